package io.github.rnnotator.cli;

import static io.github.rnnotator.cli.CommandLineRun.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.cli.CommandLineRun.Outcome;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.JsonlWriter;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.formats.SentenceWriter;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lemmas and features in every output, and their scores. */
class AnalysisTest {
  private static final CorpusFormat.Conllu CONLLU =
      new CorpusFormat.Conllu(Map.of("upos", "upos", "feats", "feats", "lemma", "lemma"));

  private static final List<TaggedSentence> CORPUS = TinyTaggers.analysed(20);

  @TempDir static Path folder;

  private static Path model;
  private static Path gold;
  private static List<TaggedSentence> expected;

  @BeforeAll
  static void write() throws IOException {
    TaggerModel tagger = TinyTaggers.untrained(TinyTaggers.analysis(true), CORPUS, 2, 3);
    model = folder.resolve("analysis.rnn");
    try (OutputStream out = Files.newOutputStream(model)) {
      ModelFile.write(out, tagger, Safetensors.Type.F32);
    }
    gold = folder.resolve("gold.conllu");
    try (OutputStream out = Files.newOutputStream(gold);
        SentenceWriter writer = CONLLU.writer(out)) {
      for (TaggedSentence sentence : CORPUS) {
        writer.write(sentence);
      }
    }
    expected = new Tagger(tagger).tag(CORPUS.stream().map(TaggedSentence::sentence).toList());
  }

  private static String succeeded(Outcome outcome) {
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome.out();
  }

  private static List<TaggedSentence> read(CorpusFormat format, Path file) throws IOException {
    List<TaggedSentence> sentences = new ArrayList<>();
    try (SentenceReader reader = format.open(file)) {
      for (Optional<TaggedSentence> next = reader.read(); next.isPresent(); next = reader.read()) {
        sentences.add(next.get());
      }
    }
    return sentences;
  }

  @ParameterizedTest
  @ValueSource(strings = {"conllu", "columns"})
  void lemmasAndFeaturesAreReadAsTheyWereWritten(String name) throws IOException {
    Path file = folder.resolve("tagged." + name);
    succeeded(run("tag", "-m", model, "--out", name, "-o", file, gold));
    CorpusFormat format =
        name.equals("conllu")
            ? CONLLU
            : new CorpusFormat.Columns(
                List.of("form", "lemma", "upos", "feats"),
                Map.of("lemma", "lemma", "upos", "upos", "feats", "feats"));
    List<TaggedSentence> found = read(format, file);
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      for (String head : List.of("lemma", "upos", "feats")) {
        assertThat(found.get(i).tags(head).tags())
            .as("%s of sentence %d", head, i)
            .isEqualTo(expected.get(i).tags(head).tags());
      }
    }
  }

  @Test
  void everyOtherFormatShowsThem() throws IOException {
    TagSequence lemmas = expected.get(0).tags("lemma");
    String jsonl = succeeded(run("tag", "-m", model, "--out", "jsonl", gold));
    JsonNode first = new ObjectMapper().readTree(jsonl.lines().findFirst().orElseThrow());
    for (int i = 0; i < lemmas.size(); i++) {
      assertThat(first.at("/tags/lemma").get(i).textValue()).isEqualTo(lemmas.tag(i));
      assertThat(first.at("/probabilities/lemma").get(i).doubleValue()).isBetween(0.0, 1.0);
    }
    assertThat(first.has("morphemes")).isFalse();
    String html = succeeded(run("tag", "-m", model, "--out", "html", gold));
    assertThat(html).contains("data-lemma=\"" + lemmas.tag(0) + "\"", "data-feats=");
    // The tags that are coloured are those of the first head that has a fixed set.
    assertThat(html).contains("<li class=\"head\">upos</li>").doesNotContain("l0;;");
    String text = succeeded(run("tag", "-m", model, "--out", "text", gold));
    assertThat(text).startsWith(CORPUS.get(0).sentence().form(0) + "/" + lemmas.tag(0) + "/");
  }

  @Test
  void featuresAreScoredAsAWholeAndEachAlone() throws IOException {
    String out = succeeded(run("eval", "-m", model, gold));
    assertThat(out)
        .contains("lemma accuracy: ", "upos accuracy: ", "feats accuracy: ")
        .contains("UFeats (universal features): ", "feature  precision", "UFeats  ");
    String raw = succeeded(run("eval", "--raw", "-m", model, gold));
    assertThat(raw).contains("lemmas f1: ", "ufeats f1: ").doesNotContain("alltags");
    assertThat(succeeded(run("eval", "--raw", "--predicted", gold, gold)))
        .contains("ufeats f1: 100.00", "lemmas f1: 100.00")
        .contains("upos f1: 100.00");
    for (String head : List.of("lemma", "feats")) {
      assertThat(succeeded(run("eval", "--predicted", gold, gold, "--head", head)))
          .startsWith(head + " accuracy: 100.00");
    }
    Path plain =
        Files.writeString(folder.resolve("plain.conllu"), "1\ta\ta\tX\t_\t_\t_\t_\t_\t_\n\n");
    assertThat(run("eval", "--raw", plain, "--predicted", plain).err())
        .contains("no word has features of head 'feats', only _", "it is not scored");
    assertThat(run("eval", plain, "--predicted", plain, "--head", "feats").err())
        .contains("no word has features of head 'feats', only _");
  }

  @Test
  void inspectNamesTheScripts() {
    assertThat(succeeded(run("inspect", model)))
        .contains("lemma: ", " labels", "l0;; ", "heads.feats.values.kernel")
        .contains("lemmas.tsv");
  }

  @Test
  void koreanWordsHaveTheirMorphemes() throws IOException {
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    tags.put("xpos", TagSequence.of("NNG+JX", "MAG", "VV+EF"));
    tags.put("lemma", TagSequence.of("정부+는", "참", "가+았+다"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonlWriter writer = new JsonlWriter(out, Map.of())) {
      writer.write(new TaggedSentence(Sentence.of("정부는", "참", "갔다"), tags));
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "\"morphemes\":[[{\"form\":\"정부\",\"tag\":\"NNG\"},{\"form\":\"는\",\"tag\":\"JX\"}],"
                + "[{\"form\":\"참\",\"tag\":\"MAG\"}],[]]");
  }
}
