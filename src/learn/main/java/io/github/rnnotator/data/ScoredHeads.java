package io.github.rnnotator.data;

import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.formats.SentenceSource;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Which of several heads a file has gold tags for. */
public final class ScoredHeads {
  /** The number of sentences that determine the measures. */
  private static final int AHEAD = 1000;

  private ScoredHeads() {}

  /**
   * Reads a file and leaves out heads without gold tags, as long as one head remains. A pipe can be
   * read only once, so that all heads remain.
   *
   * @param measures the measure of each head
   * @param notes receives a line for each head that is left out
   */
  public static Map<String, Measure> of(
      SentenceSource format, Path gold, Map<String, Measure> measures, Consumer<String> notes)
      throws IOException {
    return of(format, gold, measures, "it is not scored", notes);
  }

  /**
   * The same for another use.
   *
   * @param consequence what becomes of a head that is left out, for its line
   */
  public static Map<String, Measure> of(
      SentenceSource format,
      Path gold,
      Map<String, Measure> measures,
      String consequence,
      Consumer<String> notes)
      throws IOException {
    return Files.isRegularFile(gold) || !Files.exists(gold)
        ? of(format, gold, first -> measures, consequence, notes)
        : measures;
  }

  /**
   * The same.
   *
   * @param measures the measures of all heads by the first sentences
   */
  static Map<String, Measure> of(
      SentenceSource format,
      Path gold,
      Function<List<TaggedSentence>, Map<String, Measure>> measures,
      Consumer<String> notes)
      throws IOException {
    return of(format, gold, measures, "it is not scored", notes);
  }

  private static Map<String, Measure> of(
      SentenceSource format,
      Path gold,
      Function<List<TaggedSentence>, Map<String, Measure>> measures,
      String consequence,
      Consumer<String> notes)
      throws IOException {
    try (SentenceReader golds = format.open(gold)) {
      List<TaggedSentence> first = new ArrayList<>();
      Optional<TaggedSentence> next = golds.read();
      for (; next.isPresent() && first.size() < AHEAD; next = golds.read()) {
        first.add(next.get());
      }
      Map<String, Measure> all = new LinkedHashMap<>(measures.apply(first));
      GoldCheck check = new GoldCheck(Map.copyOf(all), format.heads());
      first.forEach(check::add);
      for (; next.isPresent() && !check.lacking().isEmpty(); next = golds.read()) {
        check.add(next.get());
      }
      Set<String> lacking = check.lacking();
      if (lacking.size() < all.size()) {
        for (String left : lacking) {
          notes.accept(check.skipped(gold.toString(), left, consequence));
          all.remove(left);
        }
      }
      return all;
    }
  }
}
