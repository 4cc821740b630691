package io.github.rnnotator.train.source;

import io.github.rnnotator.eval.HeadScore;
import io.github.rnnotator.eval.Score;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The mean of a head's scores over the sources that have it, so that a small source counts as much
 * as a large one. Immutable.
 *
 * @param sources the score of each source by its name, at least one
 */
public record MacroScore(Map<String, HeadScore> sources) implements Score {
  /** Copies the scores. */
  public MacroScore {
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
  }

  @Override
  public String label() {
    return sources.values().iterator().next().label();
  }

  @Override
  public double value() {
    return sources.values().stream().mapToDouble(Score::value).average().orElse(0);
  }

  @Override
  public Map<String, Double> bySource() {
    Map<String, Double> values = new LinkedHashMap<>();
    sources.forEach((name, score) -> values.put(name, score.value()));
    return values;
  }
}
