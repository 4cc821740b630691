package io.github.rnnotator.train.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.tagger.Group;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SourceSamplingTest {
  private static Group.Source source(String name, double weight) {
    return new Group.Source(name, weight, null);
  }

  private static Map<Group.Source, Integer> sizes(
      Group.Source a, int sizeA, Group.Source b, int sizeB) {
    Map<Group.Source, Integer> sizes = new LinkedHashMap<>();
    sizes.put(a, sizeA);
    sizes.put(b, sizeB);
    return sizes;
  }

  @Property
  void epochKeepsItsLengthAndTheSmallSourceGains(
      @ForAll @IntRange(min = 1, max = 10_000) int small,
      @ForAll @IntRange(min = 1, max = 10_000) int more,
      @ForAll @DoubleRange(min = 0, max = 0.99) double balance) {
    Group.Source a = source("a", 1);
    Group.Source b = source("b", 1);
    int large = small + more;
    SourceSampling sampling = SourceSampling.of(sizes(a, small, b, large), balance);
    double length = sampling.of(a) * small + sampling.of(b) * large;
    assertThat(length).isCloseTo(small + large, within(1e-6 * length));
    assertThat(sampling.of(a)).isGreaterThan(1);
    assertThat(sampling.of(b)).isLessThan(1);
    assertThat(sampling.of(a) / sampling.of(b))
        .isCloseTo(Math.pow((double) small / large, balance - 1), within(1e-6 * large));
  }

  @Test
  void balanceOneGivesTheWeights() {
    Group.Source a = source("a", 0.25);
    Group.Source b = source("b", 3);
    SourceSampling sampling = SourceSampling.of(sizes(a, 10, b, 1000), 1);
    assertThat(sampling.of(a)).isEqualTo(0.25);
    assertThat(sampling.of(b)).isEqualTo(3);
  }

  @Test
  void balanceZeroShowsAllSourcesEquallyOften() {
    Group.Source a = source("a", 1);
    Group.Source b = source("b", 1);
    SourceSampling sampling = SourceSampling.of(sizes(a, 10, b, 1000), 0);
    assertThat(sampling.of(a) * 10).isCloseTo(505, within(1e-9));
    assertThat(sampling.of(b) * 1000).isCloseTo(505, within(1e-9));
  }

  @Test
  void onlySourceIsShownOnceWithAnyBalance() {
    for (double balance : new double[] {0, 0.3, 1}) {
      for (int size : new int[] {1, 3, 7, 12_543}) {
        assertThat(
                SourceSampling.of(Map.of(Group.Source.ONLY, size), balance).of(Group.Source.ONLY))
            .isEqualTo(1);
      }
    }
  }
}
