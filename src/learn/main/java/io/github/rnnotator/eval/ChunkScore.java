package io.github.rnnotator.eval;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many chunks were found, as {@code conlleval} counts them. Immutable; all rates are
 * percentages.
 *
 * @param tokens the number of tokens
 * @param correctTags the tokens whose tag is right
 * @param chunks all chunks together
 * @param types each type seen, gold or predicted, and how well its chunks were found; the empty
 *     type is that of tags without a hyphen
 */
public record ChunkScore(
    long tokens, long correctTags, PrecisionRecall chunks, SortedMap<String, PrecisionRecall> types)
    implements HeadScore {
  /** Copies the map. */
  public ChunkScore {
    types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
  }

  @Override
  public Measure measure() {
    return Measure.F1;
  }

  @Override
  public double value() {
    return chunks.f1();
  }

  @Override
  public double accuracy() {
    return Percent.of(correctTags, tokens);
  }
}
