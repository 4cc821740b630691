package io.github.rnnotator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.tagger.BundledModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command that takes a model takes a bundled one by its name. */
class BundledModelsTest {
  @TempDir Path folder;

  private String run(int status, Object... args) {
    CommandLineRun.Outcome outcome = CommandLineRun.runWith("Anna flew to Paris.", args);
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(status);
    return status == 0 ? outcome.out() : outcome.err();
  }

  @Test
  void theyAreListedWithTheirHeadsAndTheSizesOfTheirFiles() throws IOException {
    String list = run(0, "models");
    for (BundledModel model : BundledModel.all()) {
      try (InputStream file = model.open()) {
        String size = String.format(Locale.ROOT, "%.1f", file.readAllBytes().length / 1e6);
        assertThat(list)
            .containsPattern(
                "(?m)^"
                    + model.name()
                    + " +(en|ko) +upos xpos( feats)?( lemma ner)?( ner_suffix)? +"
                    + size
                    + "\\R");
      }
    }
  }

  @Test
  void tagEvalAndInspectKnowThem() {
    assertThat(run(0, "tag", "-m", "en-fast", "-"))
        .startsWith("[Anna/PROPN/NNP/Anna PER] flew/VERB");
    assertThat(run(0, "eval", "-m", "en-fast", "--head", "upos", "corpora/sample/en.conllu"))
        .startsWith("upos accuracy: 9");
    assertThat(run(0, "inspect", "ko")).startsWith("# Model card").contains("and 9");
    assertThat(run(2, "tag", "-m", "french", "-"))
        .contains("french: no such file, and no bundled model has that name: en, en-fast, ko");
  }

  @Test
  void composedAndDecomposedKoreanHaveTheSameScores() throws IOException {
    String composed = Files.readString(Path.of("corpora/sample/ko.conllu"));
    Path file = folder.resolve("nfd.conllu");
    // Lemmas are in NFC, whatever the form.
    Files.writeString(
        file,
        Pattern.compile("(?m)^(?:#.*|\\d++\t[^\t]++)")
            .matcher(composed)
            .replaceAll(begin -> Normalizer.normalize(begin.group(), Normalizer.Form.NFD)));
    assertThat(Files.readString(file)).hasSizeGreaterThan(composed.length());
    assertThat(run(0, "eval", "-m", "ko", file))
        .isEqualTo(run(0, "eval", "-m", "ko", "corpora/sample/ko.conllu"));
  }

  @Test
  void marksBeforeNamesDoNotChangeTags() throws IOException {
    String plain = Files.readString(Path.of("corpora/sample/en.conllu"));
    Path sample = Path.of("corpora/sample/en.conllu");
    Path file = folder.resolve("marked.conllu");
    for (String mark : List.of("\u200E", "\u2060", "\u00AD")) {
      Files.writeString(file, plain.replaceAll("(?m)^(\\d+\t)(?=\\p{Lu})", "$1" + mark));
      assertThat(file).content().contains(mark);
      for (String head : List.of("upos", "xpos", "lemma", "ner")) {
        assertThat(run(0, "eval", "-m", "en-fast", "--head", head, file))
            .isEqualTo(run(0, "eval", "-m", "en-fast", "--head", head, sample));
      }
    }
  }

  @Test
  void headWithoutGoldIsNamedWithItsColumn() throws IOException {
    Path file = Files.writeString(folder.resolve("none.conll"), "Anna\t_\nleft\t_\n\n");
    assertThat(run(2, "eval", "-m", "en-fast", "--columns", "form,ner", file))
        .contains("no word has a gold tag of head 'ner', only _; expected tags in the column ner");
  }

  @Test
  void exportKnowsThem() {
    Path file = folder.resolve("ko.onnx");
    run(0, "export", "-m", "ko", "--onnx", file);
    assertThat(file).isNotEmptyFile();
  }

  /** A run resumes only with the model that it began with. */
  @Test
  void batchKnowsThemAndTellsThemApart() throws IOException {
    Path texts = Files.createDirectories(folder.resolve("texts"));
    Files.writeString(texts.resolve("a.txt"), "Anna flew to Paris.\n");
    Path tagged = folder.resolve("tagged");
    run(0, "batch", "-m", "en-fast", texts, tagged);
    assertThat(
            new ObjectMapper()
                .readTree(Files.readString(tagged.resolve("a.jsonl")))
                .path("tags")
                .path("ner")
                .get(3)
                .textValue())
        .isEqualTo("B-LOC");
    run(0, "batch", "-m", "en-fast", texts, tagged);
    assertThat(run(2, "batch", texts, tagged)).contains("model, SHA-256");
  }
}
