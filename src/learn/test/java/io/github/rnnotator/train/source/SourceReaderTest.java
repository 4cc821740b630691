package io.github.rnnotator.train.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.data.GoldCorpus;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.Split;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources as recipes describe them, from files. */
class SourceReaderTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    file("web/train.conllu", conllu("Ann", "NER=B-PER") + conllu("Oslo", "NER=B-LOC"));
    file("web/dev.conllu", conllu("Bob", "NER=B-PER"));
    file("books/train.txt", "# a\nAnn B-writer\nBell I-writer\nBob B-poet\n. O\n\nNobel B-award\n");
    file("books/dev.txt", "Eve B-poet\n");
    file("news/train.txt", "Ann I-PER\nBell I-PER\nBob B-PER\n\nRome I-LOC\n");
    file("tags/train.tsv", "Ann\tPROPN\nruns\tVERB\n");
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String conllu(String form, String misc) {
    return "1\t%s\t_\tPROPN\tNNP\t_\t_\t_\t_\t%s\n2\truns\t_\tVERB\tVBZ\t_\t_\t_\t_\t_\n\n"
        .formatted(form, misc);
  }

  private Recipe recipe(String... sources) throws IOException {
    return recipeWith("ner: {kind: crf, scheme: iobes}", "ner: misc:NER", sources);
  }

  private Recipe recipeWith(String heads, String columns, String... sources) throws IOException {
    String list = String.join(", ", sources).replace("@", folder + "/");
    return Recipe.read(
        Files.writeString(
            folder.resolve("c.yaml"),
            """
            input:   {format: conllu, heads: {%s}}
            embed:   {words: {dim: 8}}
            encoder: [{bidirectional: lstm, hidden: 8}]
            heads:   {%s}
            train:   {epochs: 1, sources: [%s]}
            """
                .formatted(columns, heads, list)));
  }

  private static final String WEB = "{file: @web/train.conllu, dev: @web/dev.conllu}";
  private static final String BOOKS =
      "{file: @books/train.txt, columns: [form, ner], comments: true,"
          + " types: {writer: PER, poet: PER, award: ~}}";
  private static final String NEWS = "{file: @news/train.txt, columns: [form, ner]}";
  private static final String TAGS =
      "{file: @tags/train.tsv, columns: [form, pos], heads: {upos: pos}}";

  private static List<List<String>> tags(GoldCorpus corpus, String source) {
    return corpus.dataset().bySource().entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(source))
        .flatMap(entry -> entry.getValue().sentences().stream())
        .map(sentence -> sentence.tags("ner").tags())
        .toList();
  }

  @Test
  void sourceHasTheFolderForNameAndItsOwnFormat() throws IOException {
    Split data = recipe(WEB, BOOKS).sources(null, null);
    assertThat(data.train().sizes().keySet())
        .extracting(Group.Source::name)
        .containsExactly("web", "books");
    assertThat(data.dev().sizes().keySet()).extracting(Group.Source::name).containsExactly("web");
    assertThat(tags(data.train(), "web"))
        .containsExactly(List.of("B-PER", "O"), List.of("B-LOC", "O"));
    assertThat(tags(data.train(), "books"))
        .containsExactly(List.of("B-PER", "I-PER", "B-PER", "O"), List.of("O"));
  }

  @Test
  void schemesThatDifferBecomeIob2() throws IOException {
    Split data = recipe(WEB, NEWS).sources(null, null);
    assertThat(tags(data.train(), "news"))
        .containsExactly(List.of("B-PER", "I-PER", "B-PER"), List.of("B-LOC"));
    Split alone = recipe(NEWS.replace("}", ", dev: @news/train.txt}")).sources(null, null);
    assertThat(tags(alone.train(), "news"))
        .containsExactly(List.of("I-PER", "I-PER", "B-PER"), List.of("I-LOC"));
  }

  @Test
  void trainAndDevOfTheCommandLineAreTheFirstSource() throws IOException {
    Split data =
        recipe(BOOKS).sources(folder.resolve("web/train.conllu"), folder.resolve("web/dev.conllu"));
    assertThat(data.train().sizes().values()).containsExactly(2, 2);
    assertThat(data.dev().size()).isEqualTo(1);
    refused(() -> recipe(WEB).sources(null, folder.resolve("web/dev.conllu")), "--dev is the dev");
  }

  /** A CoNLL-U file without any NER= would teach that nothing is a name. */
  @Test
  void headOfAnotherSourceIsUnknownWhereTheFirstHasNoGold() throws IOException {
    file("plain/train.conllu", conllu("Ann", "_") + conllu("Oslo", "_"));
    String heads = "upos: {kind: softmax}, ner: {kind: crf, scheme: iobes}";
    String columns = "upos: upos, ner: misc:NER";
    Path plain = folder.resolve("plain/train.conllu");
    String named = BOOKS.replace("comments", "heads: {ner: ner}, dev: @books/dev.txt, comments");
    Split data = recipeWith(heads, columns, named).sources(plain, folder.resolve("web/dev.conllu"));
    assertThat(data.train().sentences())
        .extracting(s -> s.tags().keySet())
        .containsExactly(Set.of("upos"), Set.of("upos"), Set.of("ner"), Set.of("ner"));
    assertThat(data.dev().sentences().get(0).has("ner")).isTrue();
    refused(
        () -> recipeWith(heads, columns, BOOKS).sources(plain, null),
        "no word has a gold tag of head 'ner'");
  }

  @Test
  void headMayBeMissingInASourceButNotInAll() throws IOException {
    String heads = "upos: {kind: softmax}, ner: {kind: crf, scheme: iobes}";
    String columns = "upos: upos, ner: misc:NER";
    Split data = recipeWith(heads, columns, WEB, BOOKS, TAGS).sources(null, null);
    List<TaggedSentence> train = data.train().sentences();
    assertThat(train)
        .extracting(s -> s.tags().keySet())
        .containsExactly(
            Set.of("upos", "ner"),
            Set.of("upos", "ner"),
            Set.of("ner"),
            Set.of("ner"),
            Set.of("upos"));
    refused(
        () -> recipeWith(heads, columns, BOOKS).sources(null, null),
        "train.sources: no source has the head 'upos'; add it to the heads of one");
    refused(
        () ->
            recipeWith(
                    heads,
                    columns,
                    WEB.replace(", dev: @web/dev.conllu", ""),
                    BOOKS.replace("comments", "dev: @books/dev.txt, comments"))
                .sources(null, null),
        "train.sources: no source with dev data has the head 'upos'");
  }

  @Test
  void withoutDevDataATenthOfEachSourceIsHeldOut() throws IOException {
    file("many/train.txt", "Ann B-PER\n\n".repeat(30));
    file("more/train.txt", "Rome B-LOC\n\n".repeat(10));
    Split data =
        recipe(
                "{file: @many/train.txt, columns: [form, ner]}",
                "{file: @more/train.txt, columns: [form, ner]}")
            .sources(null, null);
    assertThat(data.train().sizes().values()).containsExactly(27, 9);
    assertThat(data.dev().sizes().values()).containsExactly(3, 1);
  }

  @Test
  void annotatedTypesAndWeightAreThoseOfTheGroups() throws IOException {
    String source = NEWS.replace("}", ", annotates: [PER, LOC], weight: 0.5, name: wire}");
    Split data = recipe(WEB, source).sources(null, null);
    assertThat(data.train().sizes().keySet())
        .contains(new Group.Source("wire", 0.5, Set.of("LOC", "PER")));
  }

  @Test
  void mistakesAreRefusedInOneSentence() throws IOException {
    refused(
        () -> recipe(WEB, NEWS.replace("}", ", annotates: [PER]}")).sources(null, null),
        "'I-LOC' has a type that its source does not annotate; add LOC to annotates [PER]");
    refused(
        () -> recipe(WEB, NEWS.replace("}", ", types: {PER: PER}}")).sources(null, null),
        "news/train.txt:5: 'I-LOC' has a type that is not among PER; add LOC: LOC to keep it");
    refused(
        () -> recipe(WEB, NEWS.replace("}", ", types: {'*': O}}")).sources(null, null),
        "no mention of head 'ner', only O");
    refused(
        () -> recipe(WEB, WEB).sources(null, null),
        "train.sources: two sources are named 'web'; give each a name");
    refused(
        () -> recipe(WEB, NEWS.replace("}", ", heads: {pos: ner}}")).sources(null, null),
        "train.sources, news: no head 'pos', only [ner]");
    refused(
        () -> recipe(WEB, NEWS.replace("ner]", "x]")).sources(null, null),
        "train.sources, news: no column for a head");
    refused(
        () -> recipe(WEB, NEWS.replace("}", ", format: labelled}")).sources(null, null),
        "train.sources, news: format labelled, but the heads are for tokens of sentences");
    refused(
        () -> recipe(WEB, NEWS.replace("}", ", format: tsv}")).sources(null, null),
        "train.sources, news: unknown format 'tsv'");
    refused(
        () ->
            recipeWith(
                    "upos: {kind: softmax}", "upos: upos", TAGS.replace("}}", "}, types: {A: B}}"))
                .sources(null, null),
        "train.sources, tags: types and annotates are for heads with a scheme");
    refused(() -> recipe("{dev: @news/train.txt}"), "train.sources: a source has no file");
    refused(() -> recipe("~"), "train.sources has an empty entry, expected {file: FILE}");
    refused(() -> recipe("{file: a, weight: 0}"), "a source has weight: 0.0, expected more than 0");
    refused(() -> recipe("{file: a, annotates: []}"), "annotates: [], expected at least one type");
    refused(() -> recipe("{file: a, colums: [form]}"), "did you mean 'columns'?");
    refused(
        () ->
            recipeWith(
                "ner: {kind: softmax, scheme: iobes}",
                "ner: misc:NER",
                NEWS.replace("}", ", annotates: [PER, LOC]}")),
        "train.sources has annotates, from which only heads of kind: crf can learn, not 'ner'");
    recipe(WEB);
    refused(
        () -> Recipe.read(folder.resolve("c.yaml"), Map.of("train.balance", "1.5")),
        "train.balance is 1.5, expected 0 to 1");
  }

  private interface Reading {
    @Nullable Object read() throws IOException;
  }

  private static void refused(Reading reading, String message) {
    assertThatThrownBy(reading::read)
        .isInstanceOfAny(
            InputException.class,
            CorpusException.class,
            io.github.rnnotator.train.SettingException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }
}
