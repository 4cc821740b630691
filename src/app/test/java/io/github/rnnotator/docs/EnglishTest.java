package io.github.rnnotator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Phrases that are not the field's English do not come back into sources and documentation. */
class EnglishTest {
  private static final String THING =
      "(token|sentence|message|text|word|label|number|byte|row|list|score|output|state|mask|bit|tag"
          + "|product|vector|head|line|entry|figure|value|exponential|place|array|one)";

  private static final String UNIT =
      "(line|row|time|token|sentence|sequence|word|label|step|timestep|document|text|worker|file"
          + "|number|move|part|gate|character|group|second|language|epoch|batch|head|cell)";

  private static final List<Pattern> PHRASES =
      Stream.of(
              "\\b" + THING + " an? " + UNIT + "\\b",
              "\\b(stands?|stood|standing)\\b(?! (for|alone)\\b)",
              "\\b(the|its|a|no) way back\\b|\\bgo(es)? back\\b|\\bwent back\\b",
              "\\b(is|are|was|were) (no|none)\\b(?! (longer|more)\\b)",
              "\\b(go|goes|gone|went|going) on\\b",
              "\\bmend(s|ed|ing)?\\b",
              "\\bsome (some )?[0-9]",
              "(?<!--)\\b(behind|beside)\\b",
              "\\bstrangers?\\b",
              "\\b(great|small) letters?\\b",
              "\\b(anew|of late|ever asked for|no less than)\\b",
              "\\bbecame of\\b|\\bwho means\\b")
          .map(phrase -> Pattern.compile(phrase, Pattern.CASE_INSENSITIVE))
          .toList();

  /** The beginning of a line of a comment: a phrase may be broken over two lines. */
  private static final Pattern COMMENT = Pattern.compile("^\\s*(\\*|//|#)?\\s*");

  @Test
  void proseHasNoneOfThePhrases() throws IOException {
    List<String> hits = new ArrayList<>();
    int files = 0;
    for (String root : List.of("src", "docs", "eval", "corpora", "scripts", ".")) {
      try (Stream<Path> found = Files.walk(Path.of(root), root.equals(".") ? 1 : 20)) {
        for (Path file : found.filter(EnglishTest::isProse).toList()) {
          files++;
          hits.addAll(hits(file, Files.readAllLines(file)));
        }
      }
    }
    assertThat(files).isGreaterThan(500);
    assertThat(hits).isEmpty();
  }

  @Test
  void phrasesAreFoundWithinAndAcrossLines() {
    Path file = Path.of("Any.java");
    assertThat(hits(file, List.of("/** Reads a text a line. */"))).hasSize(1);
    assertThat(hits(file, List.of("   * the run goes", "   * on where it was."))).hasSize(1);
    assertThat(hits(file, List.of("It stands for any word and is no longer alone."))).isEmpty();
  }

  private static boolean isProse(Path file) {
    String name = String.valueOf(file.getFileName());
    return Files.isRegularFile(file)
        && !name.equals("EnglishTest.java")
        && (name.matches(".*\\.(java|md|yaml|js|css|html|bash|txt)") || !name.contains("."))
        && !file.toString().contains("test" + file.getFileSystem().getSeparator() + "resources")
        && !file.startsWith("corpora/sample")
        && !name.equals("LICENSE");
  }

  private static List<String> hits(Path file, List<String> lines) {
    List<String> hits = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).stripTrailing();
      String next = i + 1 < lines.size() ? lines.get(i + 1) : "";
      String both = line + " " + COMMENT.matcher(next).replaceFirst("");
      for (Pattern phrase : PHRASES) {
        Matcher matcher = phrase.matcher(both);
        if (matcher.find() && matcher.start() < line.length()) {
          hits.add(file + ":" + (i + 1) + ": " + matcher.group());
        }
      }
    }
    return hits;
  }
}
