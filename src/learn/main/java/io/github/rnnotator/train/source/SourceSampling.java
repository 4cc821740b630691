package io.github.rnnotator.train.source;

import io.github.rnnotator.tagger.Group;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How often an epoch shows the sentences of each source:
 *
 * <pre>
 *   times_i = c * weight_i * size_i^(balance - 1)
 * </pre>
 *
 * <p>where {@code c} is such that an epoch has {@code sum_i weight_i * size_i} sentences. With
 * {@code balance} 1, that is {@code weight_i}; with 0, all sources have the same number of
 * sentences in an epoch if their weights are the same (Arivazhagan et al. 2019, "Massively
 * Multilingual Neural Machine Translation in the Wild", section 4.2, with {@code 1 / T} for {@code
 * balance}).
 *
 * <p>Text without labels is shown as often as its weight says, whatever the balance.
 *
 * @param times for each source, more than 0; 1.5 is each sentence once and half of them twice
 */
public record SourceSampling(Map<Group.Source, Double> times) {
  /**
   * Computes how often to show each source.
   *
   * @param sizes the number of sentences of each source
   * @param balance in {@code [0, 1]}
   */
  public static SourceSampling of(Map<Group.Source, Integer> sizes, double balance) {
    double total = 0;
    double shares = 0;
    for (Map.Entry<Group.Source, Integer> source : sizes.entrySet()) {
      if (source.getKey().isUnlabelled()) {
        continue;
      }
      double weight = source.getKey().weight();
      total += weight * source.getValue();
      shares += weight * Math.pow(source.getValue(), balance);
    }
    Map<Group.Source, Double> times = new LinkedHashMap<>();
    for (Map.Entry<Group.Source, Integer> source : sizes.entrySet()) {
      double weight = source.getKey().weight();
      double share = weight * Math.pow(source.getValue(), balance) / shares;
      boolean isWeight = balance == 1 || source.getKey().isUnlabelled();
      times.put(source.getKey(), isWeight ? weight : total * share / source.getValue());
    }
    return new SourceSampling(times);
  }

  /** Returns how often an epoch shows the sentences of a source. */
  public double of(Group.Source source) {
    return Objects.requireNonNull(times.get(source));
  }
}
