package io.github.rnnotator.eval.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Rows of sentences, and how they merge when there are too many. */
class CountBlocksTest {
  @Property(tries = 200)
  void rowsAreBlocksOfNeighboursOfOneSize(
      @ForAll @IntRange(min = 1, max = 100) int sentences,
      @ForAll @IntRange(min = 1, max = 6) int half) {
    CountBlocks counts = new CountBlocks(2, 2 * half);
    for (int i = 0; i < sentences; i++) {
      counts.add(i, 1);
    }
    long[][] rows = counts.columns(0, 1);
    assertThat(rows.length).isBetween(1, 2 * half);
    int next = 0;
    for (int row = 0; row < rows.length; row++) {
      long expected = 0;
      for (int i = 0; i < rows[row][1]; i++) {
        expected += next++;
      }
      assertThat(rows[row][0]).isEqualTo(expected);
    }
    assertThat(next).isEqualTo(sentences);
    assertThat(counts.total(1)).isEqualTo(sentences);
    List<Long> sizes = new ArrayList<>(Arrays.stream(rows).map(row -> row[1]).toList());
    long last = sizes.remove(sizes.size() - 1);
    assertThat(sizes).allMatch(size -> size.equals(sizes.get(0)) && size >= last);
  }

  @Test
  void givesTheColumnsThatAreAskedFor() {
    CountBlocks counts = new CountBlocks(3);
    counts.add(1, 2, 3);
    counts.add(4, 5, 6);
    assertThat(counts.columns(2, 0)).isDeepEqualTo(new long[][] {{3, 1}, {6, 4}});
  }

  @Test
  void refusesRowsOfAnotherWidth() {
    assertThatThrownBy(() -> new CountBlocks(3).add(1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 counts, expected 3");
  }
}
