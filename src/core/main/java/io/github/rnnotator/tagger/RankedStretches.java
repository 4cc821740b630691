package io.github.rnnotator.tagger;

import io.github.rnnotator.text.TagSequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The best tag sequences of a sentence, combined from those of its {@link Stretches}: one for each
 * stretch, with the greatest product of probabilities.
 */
final class RankedStretches {
  private final int n;
  private List<Choice> best = List.of(new Choice(null, TagSequence.of(), 0));

  /** A sequence for a stretch, linked to those for the stretches before it. */
  private record Choice(@Nullable Choice before, TagSequence tags, double logProbability) {}

  /**
   * Starts without a stretch.
   *
   * @param n the maximum number of sequences
   */
  RankedStretches(int n) {
    this.n = n;
  }

  /**
   * Returns how many sequences each stretch must supply: two may differ only in tags that another
   * stretch supplies.
   */
  int width() {
    return (int) Math.min(Integer.MAX_VALUE, 2L * n);
  }

  /** Adds the best sequences of the next stretch; of those with the same middle, the first. */
  void add(List<RankedTags> stretch) {
    Map<List<String>, RankedTags> distinct = new LinkedHashMap<>();
    for (RankedTags ranked : stretch) {
      distinct.putIfAbsent(Stretches.middle(ranked.tags()), ranked);
    }
    best =
        best.stream()
            .flatMap(
                before ->
                    distinct.values().stream()
                        .map(
                            ranked ->
                                new Choice(
                                    before,
                                    ranked.tags(),
                                    before.logProbability + ranked.logProbability())))
            .sorted(Comparator.comparingDouble(choice -> -choice.logProbability))
            .limit(width())
            .toList();
  }

  /** Returns the best sequences of the sentence, best first, without duplicates. */
  List<RankedTags> joined(Labels labels) {
    Map<List<String>, RankedTags> joined = new LinkedHashMap<>();
    for (Choice choice : best) {
      if (joined.size() < n) {
        ArrayDeque<TagSequence> stretches = new ArrayDeque<>();
        for (Choice at = choice; at != null && at.before != null; at = at.before) {
          stretches.addFirst(at.tags);
        }
        TagSequence tags = labels.legal(Stretches.joined(new ArrayList<>(stretches)));
        joined.putIfAbsent(tags.tags(), new RankedTags(tags, choice.logProbability));
      }
    }
    return List.copyOf(joined.values());
  }
}
