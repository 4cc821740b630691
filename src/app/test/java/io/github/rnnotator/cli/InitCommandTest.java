package io.github.rnnotator.cli;

import static io.github.rnnotator.cli.CommandLineRun.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.cli.CommandLineRun.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitCommandTest {
  @TempDir Path folder;

  @Test
  void writesAConfigurationThatTrains() throws IOException {
    Path config = folder.resolve("mine.yaml");
    Path model = folder.resolve("mine.rnn");
    Path train = Path.of("corpora/sample/en.conll");
    Outcome outcome = run("init", train, "-o", config);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("columns, 60 sentences", "learned as ner", "wrote " + config);
    assertThat(Files.readString(config)).startsWith("# " + train).contains("kind: crf");
    Outcome trained =
        run("train", "-c", config, "--set", "train.epochs=1", "--train", train, "-o", model);
    assertThat(trained.status()).as(trained.err()).isZero();
  }

  /** A file, and what its configuration must have. */
  static Stream<Arguments> filesOfLines() {
    String tokenized =
        "1 a fine film , and a short one .\n0 a dull film .\n1 fine , fine !\n0 it is dull .\n";
    String phonemes =
        "cat\tK AE1 T\nact\tAE1 K T\ntack\tT AE1 K\nat\tAE1 T\nkit\tK IH1 T\nit\tIH1 T\n"
            + "tick\tT IH1 K\nsick\tS IH1 K\nsit\tS IH1 T\nsat\tS AE1 T\nsack\tS AE1 K\n";
    String korean =
        "가나\tk a n a\n나가\tn a k a\n가가\tk a k a\n나나\tn a n a\n간\tk a n\n낙\tn a k\n"
            + "나\tn a\n가\tk a\n각\tk a k\n난\tn a n\n";
    String answers =
        "잘 지내?\t네, 잘 지내요.\n뭐 해?\t책을 읽어요.\n배고파\t밥을 드세요.\n심심하다\t산책은 어때요?\n졸려\t일찍"
            + " 주무세요.\n춥다\t옷을 입으세요.\n덥다\t물을 드세요.\n안녕\t안녕하세요.\n고마워\t별말씀을요.\n";
    return Stream.of(
        Arguments.of(text("corpora/sample/messages.tsv"), "labelled texts", "tokenized: false"),
        Arguments.of(text("corpora/sample/plurals.tsv"), "pairs of texts", "target: characters"),
        Arguments.of(tokenized.repeat(3), "2 labels: 1 6, 0 6", "tokenized: true"),
        Arguments.of(phonemes, "pairs of texts, 11 lines", "target: tokens"),
        Arguments.of(korean, "pairs of texts", "source: letters"),
        Arguments.of(answers, "pairs of texts", "measure: chrf"));
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("filesOfLines")
  void filesWithATextPerLineTrainToo(String text, String report, String setting)
      throws IOException {
    Path train = Files.writeString(folder.resolve("train.tsv"), text);
    Path config = folder.resolve("mine.yaml");
    Outcome outcome = run("init", train, "-o", config);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains(report);
    assertThat(Files.readString(config)).contains(setting);
    Path model = folder.resolve("mine.rnn");
    Outcome trained =
        run("train", "-c", config, "--set", "train.epochs=1", "--train", train, "-o", model);
    assertThat(trained.status()).as(trained.err()).isZero();
  }

  /** A sentence without a blank line is not a file of texts. */
  @Test
  void oneSentenceIsReadAsColumns() throws IOException {
    String sentence =
        "Ann\tB-PER\nand\tO\nBob\tB-PER\nsaw\tO\nthe\tO\nold\tO\ncity\tO\nhall\tO\n.\tO\n";
    Path train = Files.writeString(folder.resolve("train.conll"), sentence);
    Outcome outcome = run("init", train, "-o", folder.resolve("mine.yaml"));
    assertThat(outcome.out()).contains("columns, 1 sentences", "learned as ner");
  }

  @Test
  void refusesToReplaceAFile() throws IOException {
    Path config = Files.writeString(folder.resolve("mine.yaml"), "mine");
    Outcome outcome = run("init", "corpora/sample/en.conll", "-o", config);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("mine.yaml exists; name another file with -o, or delete it");
    assertThat(Files.readString(config)).isEqualTo("mine");
  }

  @Test
  void refusesAMissingFileInOneLine() {
    Outcome outcome = run("init", folder.resolve("none.conll"), "-o", folder.resolve("a.yaml"));
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("none.conll: no such file").hasLineCount(1);
  }
}
