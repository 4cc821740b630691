package io.github.rnnotator.data.survey;

import io.github.rnnotator.io.CorpusInput;
import io.github.rnnotator.io.LineReader;
import io.github.rnnotator.text.WhiteSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a file with one text per line holds: texts with labels, or pairs of texts.
 *
 * @param file the file
 * @param labels the labels before the texts with their counts, the most frequent first; empty for
 *     pairs
 * @param tabs whether tabs separate the columns; if not, the first blank does
 * @param first the first column of each line: labels or sources
 * @param second the second column of each line: texts or targets
 * @param odd the number of the first line that is not like the others; 0 for none
 */
record LinesSurvey(
    Path file,
    Map<String, Integer> labels,
    boolean tabs,
    List<String> first,
    List<String> second,
    int odd) {
  /** Enough to know a file. */
  private static final int MOST_LINES = 100_000;

  /** More different ones are not labels. */
  private static final int MOST_LABELS = 50;

  /** A label occurs at least this often on average. */
  private static final int LEAST_OFTEN = 4;

  /** Fewer lines may be a sentence of a file of columns. */
  private static final int LEAST_LINES = 8;

  private static final Pattern WORDS = Pattern.compile("\\S+");

  /** Looks at a file; empty if it has a token per line. */
  static Optional<LinesSurvey> of(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    int blank = 0;
    int tabbed = 0;
    try (LineReader in = new LineReader(CorpusInput.open(file), file.toString())) {
      for (String line = in.next(); line != null && lines.size() < MOST_LINES; line = in.next()) {
        if (LineReader.isBlank(line)) {
          blank++;
        } else {
          lines.add(line);
          numbers.add(in.line());
          tabbed += line.indexOf('\t') >= 0 ? 1 : 0;
        }
      }
    }
    // Blank lines end sentences.
    if (lines.size() < LEAST_LINES || blank > lines.size() / 100) {
      return Optional.empty();
    }
    boolean tabs = tabbed > 0.99 * lines.size();
    if (!tabs && tabbed > lines.size() / 100) {
      return Optional.empty();
    }
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    int odd = 0;
    int columns = 0;
    for (int i = 0; i < lines.size(); i++) {
      String[] cells = tabs ? lines.get(i).split("\t", -1) : lines.get(i).split("\\h+", 2);
      if (cells.length < 2 || cells[0].isBlank() || cells[1].isBlank()) {
        odd = odd == 0 ? numbers.get(i) : odd;
      } else {
        columns += cells.length;
        first.add(cells[0]);
        second.add(cells[1]);
      }
    }
    boolean two = columns == 2 * first.size();
    if (!two || first.size() < 0.99 * lines.size()) {
      return Optional.empty();
    }
    Map<String, Integer> labels = labels(first);
    boolean labelled = !labels.isEmpty() && words(second) > 1.5;
    boolean pairs = tabs && (words(second) > 1.5 || words(first) > 1.5 || areDifferent(second));
    return labelled || pairs
        ? Optional.of(new LinesSurvey(file, labelled ? labels : Map.of(), tabs, first, second, odd))
        : Optional.empty();
  }

  /** Returns the different values with their counts; empty if they are not labels. */
  private static Map<String, Integer> labels(List<String> values) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String value : values) {
      counts.merge(value, 1, Integer::sum);
      if (counts.size() > MOST_LABELS || value.codePoints().anyMatch(WhiteSpace::is)) {
        return Map.of();
      }
    }
    if (counts.size() < 2 || counts.size() * LEAST_OFTEN > values.size()) {
      return Map.of();
    }
    Map<String, Integer> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(label -> sorted.put(label.getKey(), label.getValue()));
    return sorted;
  }

  private static boolean areDifferent(List<String> values) {
    return values.stream().distinct().count() > values.size() / 2;
  }

  /** The mean number of words. */
  static double words(List<String> texts) {
    return texts.stream()
        .mapToLong(text -> WORDS.matcher(text).results().count())
        .average()
        .orElse(0);
  }

  /** Whether the texts are pairs. */
  boolean isPairs() {
    return labels.isEmpty();
  }

  /** The language of the texts or sources, by their letters. */
  String language() {
    Map<String, Integer> words = new LinkedHashMap<>();
    (isPairs() ? first : second).forEach(text -> words.merge(text, 1, Integer::sum));
    return LanguageGuess.of(words);
  }
}
