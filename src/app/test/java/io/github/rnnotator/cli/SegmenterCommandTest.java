package io.github.rnnotator.cli;

import static io.github.rnnotator.cli.CommandLineRun.run;
import static io.github.rnnotator.cli.CommandLineRun.runWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.cli.CommandLineRun.Outcome;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.SegmenterModel;
import io.github.rnnotator.tagger.TaggerModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train} with a segmenter: in the same file, used by every command, replaced alone. */
class SegmenterCommandTest {
  private static final Path TREEBANK = Path.of("corpora/sample/en.conllu");

  private static final String RECIPE =
      """
      input:   {format: conllu, heads: {upos: upos}}
      embed:   {words: {dim: 8}}
      encoder: [{bidirectional: gru, hidden: 8}]
      heads:   {upos: {kind: softmax}}
      train:   {epochs: 1}
      segment:
        embed: {words: {dim: 16}, shape: true}
        encoder: [{bidirectional: gru, hidden: 16}]
        train: {epochs: 20, rate: 0.01, batch: 2}
        augment: 0.1
        keep: [Yahoo!]
      """;

  @TempDir private static Path folder;
  private static Path model;
  private static Path recipe;

  @BeforeAll
  static void train() throws IOException {
    recipe = Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
    model = folder.resolve("joint.rnn");
    Outcome outcome =
        run("train", "-c", recipe, "--train", TREEBANK, "--dev", TREEBANK, "-o", model);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("segmenter", "token accuracy", "sentence accuracy");
  }

  @Test
  void theModelHasItsSegmenterAndSaysSo() throws IOException {
    SegmenterModel segmenter = ModelFile.read(model).segmenter();
    assertThat(segmenter).isNotNull();
    assertThat(segmenter.keep()).containsExactly("Yahoo!");
    assertThat(segmenter.multiword().words("can't")).contains(List.of("ca", "n't"));
    assertThat(run("inspect", model).out())
        .contains("## Segmenter", "- Dev token accuracy:", "segmenter: ", "segmenter.rnn");
    assertThat(folder.resolve("joint.rnn.segmenter.checkpoint")).doesNotExist();
  }

  @Test
  void rawTextIsSegmentedWithIt() {
    String text = "We can't see it. She lives here.";
    Outcome outcome = runWith(text, "tag", "-m", model, "--out", "conllu");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("# text = We can't see it.\n", "2-3\tcan't\t_", "\n2\tca\t", "\n3\tn't\t");
    Outcome scores = run("eval", "--raw", "-m", model, TREEBANK);
    assertThat(scores.out()).contains("Tokens", "Sentences", "Words");
  }

  @Test
  void theSegmenterAloneIsTrainedAgain() throws IOException {
    Path again = folder.resolve("again.rnn");
    Outcome outcome =
        run(
            "train",
            "--from",
            model,
            "--segmenter-only",
            "--set",
            "segment={embed: {shape: true}, encoder: [{bidirectional: gru, hidden: 4}],"
                + " train: {epochs: 1}, keep: [C++]}",
            "--train",
            TREEBANK,
            "-o",
            again);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    TaggerModel before = ModelFile.read(model);
    TaggerModel after = ModelFile.read(again);
    assertThat(weights(after)).isEqualTo(weights(before));
    assertThat(after.segmenter()).isNotNull();
    assertThat(after.segmenter().keep()).containsExactly("C++");
    assertThat(after.card()).containsOnlyOnce("## Segmenter");
  }

  private static List<Integer> weights(TaggerModel model) {
    return model.parameters().stream()
        .map(Parameter::value)
        .map(value -> Arrays.hashCode(value.data))
        .toList();
  }

  @Test
  void trainingFurtherKeepsTheSegmenter() throws IOException {
    Path further = folder.resolve("further.rnn");
    Outcome outcome =
        run(
            "train",
            "--from",
            model,
            "--train",
            TREEBANK,
            "--set",
            "train.epochs=1",
            "-o",
            further);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    TaggerModel before = ModelFile.read(model);
    TaggerModel after = ModelFile.read(further);
    assertThat(weights(after)).isNotEqualTo(weights(before));
    assertThat(before.segmenter()).isNotNull();
    assertThat(after.segmenter()).isNotNull();
    assertThat(weights(after.segmenter().network()))
        .isEqualTo(weights(before.segmenter().network()));
    assertThat(after.segmenter().multiword()).isEqualTo(before.segmenter().multiword());
    assertThat(after.segmenter().keep()).isEqualTo(before.segmenter().keep());
  }

  /** The segmenter is trained before the tagger, whose run then has no checkpoint. */
  @Test
  void aRunThatStoppedBeforeItsTaggerIsResumed() throws IOException {
    Path stopped = folder.resolve("stopped.rnn");
    Outcome failed =
        run(
            "train",
            "-c",
            recipe,
            "--train",
            TREEBANK,
            "--set",
            "train.replace_mentions=0.5",
            "-o",
            stopped);
    assertThat(failed.status()).isNotZero();
    Path saved = folder.resolve("stopped.rnn.segmenter.checkpoint");
    assertThat(saved).exists();
    Outcome resumed = run("train", "-c", recipe, "--train", TREEBANK, "--resume", "-o", stopped);
    assertThat(resumed.status()).as(resumed.err()).isZero();
    assertThat(ModelFile.read(stopped).segmenter()).isNotNull();
    assertThat(saved).doesNotExist();
  }

  @Test
  void mistakesAreSaidInOneLine() throws IOException {
    Path output = folder.resolve("none.rnn");
    Outcome several =
        run(
            "train",
            "--from",
            model,
            "--from",
            model,
            "--segmenter-only",
            "--train",
            TREEBANK,
            "-o",
            output);
    assertThat(several.status()).isEqualTo(2);
    assertThat(several.err())
        .contains("--segmenter-only leaves the tagger of one model as it is; give --from once");
    Outcome noModel =
        run("train", "-c", recipe, "--segmenter-only", "--train", TREEBANK, "-o", output);
    assertThat(noModel.status()).isEqualTo(2);
    assertThat(noModel.err())
        .contains("--segmenter-only needs --from MODEL, whose segmenter it trains");
    Path columns =
        Files.writeString(
            folder.resolve("columns.yaml"),
            RECIPE.replace(
                "{format: conllu, heads", "{format: columns, columns: [form, _, upos, _], heads"));
    Outcome wrongFormat =
        run("train", "-c", columns, "--train", "corpora/sample/en.conll", "-o", output);
    assertThat(wrongFormat.status()).isEqualTo(2);
    assertThat(wrongFormat.err()).contains("a segmenter learns from CoNLL-U");
    Path spaced =
        Files.writeString(folder.resolve("spaced.yaml"), RECIPE.replace("Yahoo!", "New York"));
    Outcome keep = run("train", "-c", spaced, "--train", TREEBANK, "-o", output);
    assertThat(keep.status()).isEqualTo(2);
    assertThat(keep.err()).contains("segment.keep has 'New York', expected a token without");
  }
}
