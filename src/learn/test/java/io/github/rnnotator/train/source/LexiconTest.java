package io.github.rnnotator.train.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.Split;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.LemmaDictionary;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.train.Recipe;
import io.github.rnnotator.train.StartModel;
import io.github.rnnotator.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LexiconTest {
  private static final Path SAMPLE = Path.of("corpora/sample/en.conllu");

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aLineHasAFormATagAndALemma() throws IOException {
    Path file = file("words.tsv", "geese\tNOUN\tgoose\n\ngoose\tNOUN\nran\tVERB\trun\n");
    assertThat(Lexicon.read(file).entries())
        .containsExactly(
            new Lexicon.Entry("geese", "NOUN", "goose"),
            new Lexicon.Entry("goose", "NOUN", "goose"),
            new Lexicon.Entry("ran", "VERB", "run"));
  }

  @Test
  void otherLinesAreRefused() throws IOException {
    for (String line :
        List.of("geese", "geese NOUN goose", "\tNOUN\tgoose", "a\t\tb", "a\tb\tc\td")) {
      Path file = file("words.tsv", "ox\tNOUN\n" + line + "\n");
      assertThatThrownBy(() -> Lexicon.read(file))
          .isInstanceOf(InputException.class)
          .hasMessage(
              file
                  + ":2: expected a form, its part of speech and its lemma, with tabs between them");
    }
    Path latin = Files.write(folder.resolve("latin.tsv"), new byte[] {'a', (byte) 0xe9});
    assertThatThrownBy(() -> Lexicon.read(latin)).hasMessage(latin + ": not UTF-8");
    Path missing = folder.resolve("missing.tsv");
    assertThatThrownBy(() -> Lexicon.read(missing))
        .isInstanceOf(InputException.class)
        .hasMessage(missing + ": no such file (train.lexicon)");
  }

  /** The corpus comes first; its words keep their lemmas, and new ones are in the dictionary. */
  @Test
  void theDictionaryHasTheWordsThatTheCorpusLacks() throws Exception {
    Path config =
        file(
            "lemma.yaml",
            """
            input:   {format: conllu, heads: {upos: upos, lemma: lemma}, language: en}
            embed:   {words: {dim: 8}, shape: true}
            encoder: [{bidirectional: gru, hidden: 6}]
            heads:   {upos: {kind: softmax}, lemma: {kind: lemma, min_count: 1}}
            train:   {rate: 0.02, batch: 8, epochs: 1, calibrate: false}
            """);
    Path words =
        file(
            "words.tsv",
            "geese\tNOUN\tgoose\ngoose\tNOUN\nthe\tDET\tTHE\naxes\tNOUN\tax\naxes\tNOUN\taxis\n");
    Recipe with = Recipe.read(config, Map.of("train.lexicon", "'" + words + "'"));
    Split data = Split.holdOut(with.corpus(SAMPLE));
    TaggerModel model = Training.of(with, data).threads(1).run().model();
    LemmaDictionary found = dictionary(model);
    assertThat(found.find("geese", "NOUN")).contains("goose");
    assertThat(found.find("goose", "NOUN")).contains("goose");
    assertThat(found.find("the", "DET")).as("as in the corpus").contains("the");
    assertThat(found.find("axes", "NOUN")).as("ambiguous").isEmpty();
    LemmaDictionary without =
        dictionary(Training.of(Recipe.read(config), data).threads(1).run().model());
    without.lemmas().forEach((key, lemma) -> assertThat(found.lemmas()).containsEntry(key, lemma));
    assertThat(found.lemmas()).hasSize(without.lemmas().size() + 2);
    // Also for a model that is finished, without an epoch.
    StartModel start = new StartModel(Path.of("lemma.rnn"), model);
    Path more = file("more.tsv", "oxen\tNOUN\tox\n");
    Map<String, String> settings = Map.of("train.lexicon", "'" + more + "'", "train.epochs", "0");
    Recipe further = start.recipe(Recipe.read(config, settings));
    TaggerModel extended = Training.from(start, further, data).threads(1).run().model();
    assertThat(dictionary(extended).find("oxen", "NOUN")).contains("ox");
    assertThat(dictionary(extended).find("geese", "NOUN")).contains("goose");
    assertThat(new Tagger(extended).tag(Sentence.of("The", "oxen")).tags("lemma").size())
        .isEqualTo(2);
  }

  private static LemmaDictionary dictionary(TaggerModel model) {
    return Objects.requireNonNull(Objects.requireNonNull(model.labels().get("lemma")).dictionary());
  }
}
