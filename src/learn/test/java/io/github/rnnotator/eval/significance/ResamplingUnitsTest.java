package io.github.rnnotator.eval.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** ResamplingUnits are drawn with exactly the right probability, however their rows are kept. */
class ResamplingUnitsTest {
  @Property(tries = 300)
  void eachRowHasAsManyPartsOfTheSlotsAsItHasUnits(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 12) Integer> values) {
    ResamplingUnits units = new ResamplingUnits(2);
    Map<Long, Integer> expected = new HashMap<>();
    for (int value : values) {
      units.add(value, -value);
      expected.merge((long) value, 1, Integer::sum);
    }
    ResamplingUnits.Sampler sampler = units.sampler();
    assertThat(sampler.slots()).isEqualTo(expected.size());
    Map<Long, Integer> parts = new HashMap<>();
    for (int slot = 0; slot < sampler.slots(); slot++) {
      for (int part = 0; part < units.size(); part++) {
        int row = sampler.row(slot, part);
        assertThat(sampler.count(row, 1)).isEqualTo(-sampler.count(row, 0));
        parts.merge(sampler.count(row, 0), 1, Integer::sum);
      }
    }
    expected.replaceAll((value, times) -> times * sampler.slots());
    assertThat(parts).isEqualTo(expected);
  }

  @Property(tries = 100)
  void aDrawHasAsManyUnitsAsThereAre(
      @ForAll @Size(min = 1, max = 100) List<@IntRange(min = 0, max = 5) Integer> values) {
    ResamplingUnits units = new ResamplingUnits(2);
    values.forEach(value -> units.add(1, value));
    long[] sums = {-1, -1};
    units.sampler().draw(new SplittableRandom(values.hashCode()), sums);
    assertThat(sums[0]).isEqualTo(values.size());
    assertThat(sums[1])
        .isBetween(
            (long) values.size() * values.stream().min(Integer::compare).orElseThrow(),
            (long) values.size() * values.stream().max(Integer::compare).orElseThrow());
  }

  @Test
  void rowsAreCountedOnceAndSummed() {
    ResamplingUnits units = ResamplingUnits.of(new long[][] {{1, 2}, {3, 4}, {1, 2}});
    assertThat(units.size()).isEqualTo(3);
    assertThat(units.sums()).containsExactly(5, 8);
    List<String> rows = new ArrayList<>();
    units.forEach((row, times) -> rows.add(Arrays.toString(row) + " " + times));
    assertThat(rows).containsExactly("[1, 2] 2", "[3, 4] 1");
  }

  @Test
  void aRowIsCopied() {
    ResamplingUnits units = new ResamplingUnits(1);
    long[] row = {1};
    units.add(row);
    row[0] = 5;
    units.add(row);
    units.sums()[0] = 100;
    assertThat(units.sums()).containsExactly(6);
    assertThat(units.sampler().slots()).isEqualTo(2);
  }

  @Test
  void refusesNothingAndRowsOfOtherLengths() {
    assertThatThrownBy(() -> new ResamplingUnits(2).sampler()).hasMessage("no units to draw from");
    assertThatThrownBy(() -> new ResamplingUnits(2).add(1))
        .hasMessage("row 0 has 1 counts, expected 2");
  }
}
