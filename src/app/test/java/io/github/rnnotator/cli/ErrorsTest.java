package io.github.rnnotator.cli;

import static io.github.rnnotator.cli.CommandLineRun.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.cli.CommandLineRun.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An error is one line with its remedy. */
class ErrorsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"evla,eval", "tga,tag", "bacth,batch", "crossvalidate,cross-validate", "EVAL,eval"})
  void aMisspeltCommandGetsTheNearestOne(String misspelt, String meant) {
    for (Outcome outcome : new Outcome[] {run(misspelt, "-m", "en"), run("help", misspelt)}) {
      assertThat(outcome.err())
          .isEqualTo(
              "rnnotator: unknown command '%s'; did you mean %s? (see rnnotator --help)\n"
                  .formatted(misspelt, meant));
      assertThat(outcome.status()).isEqualTo(2);
    }
  }

  @Test
  void dissimilarCommandGetsNoSuggestion() {
    assertThat(run("frobnicate").err())
        .isEqualTo("rnnotator: unknown command 'frobnicate' (see rnnotator --help)\n");
  }

  @Test
  void aMisspeltOptionGetsTheNearestOne() {
    assertThat(run("tag", "--modle=en", "x").err())
        .isEqualTo(
            "rnnotator: Unknown option: '--modle=en'; did you mean --model?"
                + " (see rnnotator tag --help)\n");
    assertThat(run("tag", "-x", "x").err())
        .isEqualTo("rnnotator: Unknown option: '-x' (see rnnotator tag --help)\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tag FOLDER",
        "tag -m en-fast FOLDER",
        "tag -m en-fast --in conllu FOLDER",
        "tag -m FOLDER corpora/sample/en.txt",
        "classify -m FOLDER corpora/sample/en.txt",
        "inspect FOLDER",
        "export -m FOLDER --onnx x.onnx",
        "eval -m en-fast FOLDER",
        "eval -m FOLDER corpora/sample/en.conllu",
        "eval -m en-fast --head upos --dev FOLDER corpora/sample/en.conllu",
        "eval -m en-fast --head upos --train FOLDER corpora/sample/en.conllu",
        "eval -m en-fast --raw FOLDER",
        "eval -m en-fast --head upos --curve FOLDER corpora/sample/en.conllu",
        "eval --gold FOLDER --predicted corpora/sample/en.conllu",
        "eval --gold corpora/sample/en.conllu --predicted FOLDER",
        "compare --gold FOLDER a b",
        "train -c FOLDER --train corpora/sample/en.conllu -o x.rnn",
        "train -c eval/sample-messages.yaml --train FOLDER -o x.rnn",
        "train -c eval/sample-messages.yaml --train corpora/sample/messages.tsv --dev FOLDER -o x.rnn",
        "cross-validate -c eval/sample-messages.yaml FOLDER",
        "conlleval FOLDER",
        "vectors FOLDER -o x.vec",
        "merge --into FOLDER --from corpora/sample/en.conllu --head ner -o x.conllu",
        "merge --into corpora/sample/en.conllu --from FOLDER --head ner -o x.conllu",
        "batch -m FOLDER corpora/sample out",
        "serve -m FOLDER --port 0"
      })
  void aFolderInPlaceOfAFileIsNamed(String command) {
    Outcome outcome = run((Object[]) command.replace("FOLDER", folder.toString()).split(" "));
    assertThat(outcome.err()).hasLineCount(1).contains(folder + ": a folder, expected a file");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    if (command.startsWith("tag FOLDER")) {
      assertThat(outcome.err()).contains("rnnotator batch");
    }
  }

  /** Fails like a JVM that is out of memory. */
  private static final class Exhausting extends InputStream {
    private final Error error;

    Exhausting(Error error) {
      this.error = error;
    }

    @Override
    public int read() {
      throw error;
    }
  }

  @Test
  void exhaustedMemoryAndStackAreOneLine() {
    for (Error error : new Error[] {new OutOfMemoryError("Java heap"), new StackOverflowError()}) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      int status =
          Main.run(new Exhausting(error), out, err, "tag", "-m", "en-fast", "--in", "conllu", "-");
      assertThat(err.toString(StandardCharsets.UTF_8))
          .hasLineCount(1)
          .startsWith("rnnotator: ")
          .contains("RNNOTATOR_JAVA_OPTS=-X");
      assertThat(status).isEqualTo(1);
      assertThat(handled(new IllegalStateException(new CompletionException(error))))
          .startsWith("1 rnnotator: ")
          .contains("RNNOTATOR_JAVA_OPTS=-X")
          .hasLineCount(1);
    }
  }

  @Test
  void aSettingWithoutAValueIsRefused() {
    assertThat(run("train", "--set", "train.rate", "-o", folder.resolve("m.rnn")).err())
        .hasLineCount(1)
        .contains("option '--set'", "KEY=VALUE")
        .doesNotContain("option option");
  }

  private static String handled(Throwable problem) {
    StringWriter said = new StringWriter();
    int status = Errors.handle(problem, new PrintWriter(said));
    return status + " " + said;
  }

  @Test
  void exceptionsOfTheFileSystemAreOneLine() throws IOException {
    assertThat(handled(new InvalidPathException("a\0b", "Nul character not allowed")))
        .startsWith("2 rnnotator: a\\u0000b: not a file name: Nul character")
        .hasLineCount(1);
    assertThat(handled(new UncheckedIOException(new NotDirectoryException("x/y"))))
        .contains("NotDirectoryException: x/y");
    assertThat(handled(new IOException()))
        .isEqualToIgnoringNewLines("1 rnnotator: java.io.IOException");
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(run("tag", file + "/x").err()).hasLineCount(1).contains(file + "/x");
    assertThat(run("tag", folder + "/a\ufffdb").err()).contains("no such file", "rename it");
  }

  @Test
  void aDefectOfTheProgramShowsWhere() {
    assertThat(handled(new IllegalStateException("oops")))
        .startsWith("1 rnnotator: internal error: java.lang.IllegalStateException: oops")
        .contains("\tat ");
  }
}
