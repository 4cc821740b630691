package io.github.rnnotator.eval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The counts of the scorer against what the conlleval script printed for sixty files. */
class ConllevalCasesTest {
  private static final Pattern TYPE =
      Pattern.compile("\\s*(\\S*): precision: +(\\S+)%; recall: +(\\S+)%; FB1: +(\\S+)  (\\d+)");
  private static final Pattern LATEX_TYPE =
      Pattern.compile("(\\S*) +& +(\\S+)\\\\% & +(\\S+)\\\\% & +(\\S+) \\\\\\\\(?:\\\\hline)?");

  static Stream<String> cases() {
    return IntStream.range(0, 60).mapToObj("%03d"::formatted);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void countsWhatTheScriptCounts(String name) throws IOException {
    String args = read(name + ".args");
    String expected = read(name + ".expected");
    ChunkScore score = score(read(name + ".in"), args.contains("-r"));

    List<String> printed = new ArrayList<>();
    List<String> counted = new ArrayList<>();
    boolean latex = args.contains("-l");
    for (String line : expected.split("\n")) {
      if (line.startsWith("processed ") || line.startsWith("accuracy:")) {
        printed.add(line.replaceAll(" +", " "));
      }
      Matcher row = (latex ? LATEX_TYPE : TYPE).matcher(line);
      if (row.matches()) {
        printed.add(
            String.join(
                " ",
                row.group(1),
                row.group(2),
                row.group(3),
                row.group(4),
                latex ? "" : row.group(5)));
      }
    }
    PrecisionRecall all = score.chunks();
    if (!latex) {
      counted.add(
          "processed %d tokens with %d phrases; found: %d phrases; correct: %d."
              .formatted(score.tokens(), all.gold(), all.predicted(), all.correct()));
      if (score.tokens() > 0) {
        counted.add(
            "accuracy: %s%%; precision: %s%%; recall: %s%%; FB1: %s"
                .formatted(
                    Percent.text(score.accuracy()),
                    Percent.text(all.precision()),
                    Percent.text(all.recall()),
                    Percent.text(all.f1())));
      }
    }
    for (Map.Entry<String, PrecisionRecall> type : score.types().entrySet()) {
      counted.add(row(type.getKey(), type.getValue(), latex));
    }
    if (latex) {
      counted.add(row("Overall", all, true));
    }

    assertThat(counted).isEqualTo(printed).isNotEmpty();
  }

  private static String row(String name, PrecisionRecall rates, boolean latex) {
    return String.join(
        " ",
        name,
        Percent.text(rates.precision()),
        Percent.text(rates.recall()),
        Percent.text(rates.f1()),
        latex ? "" : Long.toString(rates.predicted()));
  }

  /** Fields between single spaces; a line of none, or one that begins with -X-, ends a sentence. */
  private static ChunkScore score(String text, boolean raw) {
    ChunkScorer scorer = raw ? ChunkScorer.raw("O") : new ChunkScorer();
    List<String> gold = new ArrayList<>();
    List<String> predicted = new ArrayList<>();
    for (String line : text.split("\n")) {
      List<String> fields = line.isBlank() ? List.of() : Arrays.asList(line.split(" "));
      if (fields.isEmpty() || fields.get(0).equals("-X-")) {
        scorer.add(gold, predicted);
        gold.clear();
        predicted.clear();
      } else {
        gold.add(fields.get(fields.size() - 2));
        predicted.add(fields.get(fields.size() - 1));
      }
    }
    scorer.add(gold, predicted);
    return scorer.score();
  }

  private static String read(String file) throws IOException {
    try (InputStream in =
        ConllevalCasesTest.class.getResourceAsStream("/conlleval_cases/" + file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
