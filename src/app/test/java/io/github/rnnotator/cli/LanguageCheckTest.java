package io.github.rnnotator.cli;

import static io.github.rnnotator.cli.CommandLineRun.run;
import static io.github.rnnotator.cli.CommandLineRun.runWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model of another language is detected, without false alarms. */
class LanguageCheckTest {
  private static final String KOREAN = "corpora/sample/ko.txt";
  private static final String ENGLISH = "corpora/sample/en.txt";

  @TempDir Path folder;

  @Test
  void theEnglishModelOnKoreanTextSaysSoOnce() {
    String warning =
        "rnnotator: warning: %s is mostly in Hangul script, but the model is for English (en);"
            + " the bundled model for such text is -m ko\n";
    assertThat(run("tag", "-m", "en-fast", KOREAN, KOREAN).err())
        .isEqualTo(warning.formatted(KOREAN));
    assertThat(run("tag", "-m", "en-fast", ENGLISH, KOREAN).err())
        .isEqualTo(warning.formatted(KOREAN));
    assertThat(runWith("그는 책을 읽는다.", "tag", "-m", "en-fast").err())
        .isEqualTo(warning.formatted("<stdin>"));
    String corpus = "corpora/sample/ko.conllu";
    assertThat(run("tag", "-m", "en-fast", "--in", "conllu", corpus).err())
        .isEqualTo(warning.formatted(corpus));
    assertThat(run("tag", "-m", "ko", ENGLISH).err()).contains("Latin", "Korean (ko)", "-m en");
  }

  @Test
  void batchSaysSoOncePerRunAndCountsTheFiles() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    String korean = Files.readString(Path.of(KOREAN));
    Files.copy(Path.of(ENGLISH), in.resolve("a.txt"));
    Files.writeString(in.resolve("b.txt"), korean);
    Files.writeString(in.resolve("c.txt"), korean.repeat(20));
    assertThat(run("batch", "-m", "en-fast", in, folder.resolve("out")).err())
        .contains(
            "rnnotator: warning: b.txt, the first of 2 such files, is mostly in Hangul script",
            "-m ko\n")
        .containsOnlyOnce("warning");
    assertThat(run("batch", "-m", "en-fast", in.resolve("b.txt"), folder.resolve("b")).err())
        .contains("warning: b.txt is mostly in Hangul script");
    assertThat(run("batch", "-m", "en-fast", in.resolve("a.txt"), folder.resolve("a")).err())
        .doesNotContain("warning");
  }

  @Test
  void evaluationAndFurtherTrainingSaySo() {
    String corpus = "corpora/sample/ko.conllu";
    assertThat(run("eval", "-m", "en-fast", "--head", "upos", corpus).err())
        .contains("warning: " + corpus + " is mostly in Hangul script", "-m ko\n")
        .containsOnlyOnce("warning");
    assertThat(run("eval", "-m", "en-fast", "corpora/sample/en.conllu").err())
        .doesNotContain("warning");
    assertThat(
            run(
                    "train",
                    "--from",
                    "en-fast",
                    "--train",
                    corpus,
                    "-o",
                    folder.resolve("m.rnn"),
                    "--set",
                    "train.epochs=0")
                .err())
        .contains("warning: " + corpus + " is mostly in Hangul script", "--from ko\n")
        .containsOnlyOnce("is mostly in");
  }

  @Test
  void theRightModelSaysNothing() {
    assertThat(run("tag", "-m", "en-fast", ENGLISH).err()).isEmpty();
    assertThat(run("tag", "-m", "ko", KOREAN).err()).isEmpty();
    assertThat(runWith("서울 (Seoul) KBS MBC SBS 뉴스", "tag", "-m", "ko").err()).isEmpty();
    assertThat(runWith("12:30 → 14 °C", "tag", "-m", "en-fast").err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "en, Привет всем, Cyrillic",
        "en-GB, こんにちは, Hiragana",
        "de, größere Häuser, -",
        "ja, 東京都に住んでいる, -",
        "zh, 我住在北京市, -",
        "ru, Он живёт в Москве, -",
        "ru, He lives in Moscow, Latin",
        "sr, On živi u Moskvi, -",
        "xx, 그는 책을 읽는다, -",
        "en, 안녕, -"
      })
  void scriptsAreComparedWithLanguages(String language, String text, String script) {
    StringWriter said = new StringWriter();
    new LanguageCheck(language, new PrintWriter(said)).look("text", text);
    if (script == null) {
      assertThat(said.toString()).isEmpty();
    } else {
      assertThat(said.toString()).contains("mostly in " + script + " script").hasLineCount(1);
    }
  }
}
