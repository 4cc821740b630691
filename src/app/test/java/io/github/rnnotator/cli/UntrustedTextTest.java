package io.github.rnnotator.cli;

import static io.github.rnnotator.cli.CommandLineRun.run;
import static io.github.rnnotator.cli.CommandLineRun.runWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.cli.CommandLineRun.Outcome;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.TaggerModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A model, a file or an argument of unknown origin does not steer the terminal it is shown on. */
@Isolated("sets a system property")
class UntrustedTextTest {
  private static final String EVIL = "\u001b]0;x\u0007\u009b31m\u202e";
  private static final String TAG = "N" + EVIL;

  @TempDir static Path shared;

  private static Path model;
  private static Path corpus;
  private static Path config;
  private static Outcome training;

  @BeforeAll
  static void train() throws IOException {
    corpus = shared.resolve("corpus.conll");
    Files.writeString(corpus, ("Oslo " + TAG + "\nis V\n\n").repeat(4));
    config = shared.resolve("config.yaml");
    Files.writeString(
        config,
        """
        input:   {format: columns, columns: [form, pos], heads: {"h\\e[2J": pos}}
        embed:   {words: {dim: 4}}
        encoder: [{recurrent: gru, hidden: 4}]
        heads:   {"h\\e[2J": {kind: softmax}}
        train:   {rate: 0.01, batch: 8, epochs: 1, average: 0, dropout: 0}
        """);
    model = shared.resolve("model.rnn");
    training = run("train", "-c", config, "--train", corpus, "--dev", corpus, "-o", model);
    TaggerModel carded = TaggerModel.load(model).withCard("# A card\n\n" + EVIL + "\ttext\n");
    try (OutputStream out = Files.newOutputStream(model)) {
      ModelFile.write(out, carded, Safetensors.Type.F32);
    }
  }

  @AfterEach
  void leaveTheTerminal() {
    System.clearProperty("rnnotator.columns");
  }

  private static void assertHarmless(Outcome outcome) {
    for (String text : List.of(outcome.out(), outcome.err())) {
      assertThat(text.replaceAll("[\r\n\t]", ""))
          .doesNotContainPattern("[\\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]");
    }
  }

  @Test
  void reportsShowEscapes() {
    assertThat(training.status()).as(training.err()).isZero();
    assertHarmless(training);
    assertThat(training.out()).contains("h\\u001b[2J accuracy");
    Outcome inspected = run("inspect", model);
    assertHarmless(inspected);
    assertThat(inspected.out())
        .startsWith("# A card\n")
        .contains("\\u001b]0;x\\u0007\\u009b31m\\u202e\ttext");
    assertThat(inspected.out()).contains("h\\u001b[2J: 2 labels");
    Outcome scored = run("eval", "-m", model, corpus);
    assertThat(scored.status()).as(scored.err()).isZero();
    assertThat(scored.out()).contains("h\\u001b[2J accuracy");
    assertHarmless(scored);
    Outcome validated = run("cross-validate", "-c", config, "--folds", 2, corpus);
    assertThat(validated.status()).as(validated.err()).isZero();
    assertHarmless(validated);
    Outcome compared =
        run("compare", "--gold", corpus, "--columns", "form,p" + EVIL, corpus, corpus);
    assertThat(compared.status()).as(compared.err()).isZero();
    assertHarmless(compared);
  }

  @Test
  void dataStayAsTheyAreExceptOnATerminal() {
    String[] tag = {"tag", "-m", "" + model, "--in", "columns", "" + corpus};
    assertThat(run((Object[]) tag).out()).contains(TAG);
    String[] chunks = {"conlleval", "-r", "-"};
    String scored = "Oslo " + TAG + " " + TAG + "\n\n";
    assertThat(runWith(scored, (Object[]) chunks).out()).contains("\u001b]0;x");
    System.setProperty("rnnotator.columns", "80");
    assertHarmless(run((Object[]) tag));
    assertThat(run((Object[]) tag).out()).contains("N\\u001b]0;x");
    assertHarmless(runWith(scored, (Object[]) chunks));
    for (String out : List.of("text", "table", "columns", "jsonl", "html")) {
      List<Object> words = new ArrayList<>(List.of("tag", "-m", model, "--out", out));
      words.addAll(List.of("--color", "never"));
      Outcome outcome = runWith("Oslo " + EVIL + " is", words.toArray());
      assertThat(outcome.status()).as(outcome.err()).isZero();
      assertHarmless(outcome);
    }
  }

  @Test
  void messagesShowEscapesOfArgumentsAndFileNames() throws IOException {
    Path folder = Files.createDirectories(shared.resolve("f"));
    List<List<String>> commands =
        List.of(
            List.of("ev" + EVIL + "\nla"),
            List.of("help", EVIL + "\n"),
            List.of("tag", "--colour" + EVIL + "\n"),
            List.of("tag", "--in", EVIL + "\n", "x"),
            List.of("tag", "--color", EVIL + "\n", "x"),
            List.of("tag", folder + "/" + EVIL + "\n.txt"),
            List.of("tag", "-m", folder + "/" + EVIL + "\n.rnn", "x"),
            List.of("serve", "--port", EVIL + "\n"),
            List.of("serve", "--bind", EVIL + "\n"),
            List.of("inspect", EVIL + "\n"),
            List.of("eval", EVIL + "\n"),
            List.of("train", "-c", EVIL + "\n", "--train", "x", "-o", "y"),
            List.of("train", "-c", config + "", "--set", EVIL + "\n=1", "--train", "x", "-o", "y"),
            List.of("batch", EVIL + "\n", folder + "/" + "out"));
    for (List<String> command : commands) {
      Outcome outcome = run(command.toArray());
      assertThat(outcome.status()).as(outcome.err()).isNotZero();
      assertHarmless(outcome);
      assertThat(outcome.err()).as("%s", command).hasLineCount(1).contains("\\u001b");
    }
  }
}
