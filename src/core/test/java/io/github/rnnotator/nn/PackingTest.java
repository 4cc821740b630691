package io.github.rnnotator.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ejml.data.FMatrixRMaj;

class PackingTest {
  @Property(tries = 200)
  void everyTokenHasItsOwnRow(@ForAll("lengths") int[] lengths) {
    Packing packing = Packing.of(lengths);
    BitSet rows = new BitSet();
    for (int sequence = 0; sequence < lengths.length; sequence++) {
      assertThat(packing.length(sequence)).isEqualTo(lengths[sequence]);
      for (int t = 0; t < lengths[sequence]; t++) {
        int row = packing.row(sequence, t);
        assertThat(rows.get(row)).as("row %d twice", row).isFalse();
        rows.set(row);
      }
    }
    assertThat(packing.tokens()).isEqualTo(Arrays.stream(lengths).sum());
    assertThat(rows.cardinality()).isEqualTo(packing.tokens());
    assertThat(rows.length()).isEqualTo(packing.tokens());
  }

  @Property(tries = 200)
  void rowsOfTimestepAreTheFirstActiveRanks(@ForAll("lengths") int[] lengths) {
    Packing packing = Packing.of(lengths);
    assertThat(packing.timesteps()).isEqualTo(Arrays.stream(lengths).max().orElseThrow());
    int row = 0;
    for (int t = 0; t < packing.timesteps(); t++) {
      int now = t;
      assertThat(packing.offset(t)).isEqualTo(row);
      assertThat(packing.active(t))
          .isEqualTo((int) Arrays.stream(lengths).filter(length -> length > now).count());
      assertThat(packing.active(t)).isGreaterThanOrEqualTo(packing.active(t + 1));
      for (int rank = 0; rank < packing.active(t); rank++) {
        assertThat(packing.row(packing.sequenceAt(rank), t)).isEqualTo(row++);
      }
    }
    assertThat(packing.active(packing.timesteps())).isZero();
  }

  @Property(tries = 100)
  void ranksSortByLengthStably(@ForAll("lengths") int[] lengths) {
    Packing packing = Packing.of(lengths);
    for (int rank = 0; rank < lengths.length; rank++) {
      int sequence = packing.sequenceAt(rank);
      assertThat(packing.rank(sequence)).isEqualTo(rank);
      if (rank > 0) {
        int before = packing.sequenceAt(rank - 1);
        assertThat(lengths[before]).isGreaterThanOrEqualTo(lengths[sequence]);
        assertThat(lengths[before] > lengths[sequence] || before < sequence).isTrue();
      }
    }
  }

  @Property(tries = 100)
  void tensorSurvivesRoundTrip(@ForAll("lengths") int[] lengths, @ForAll long seed) {
    float[][][] tensor = new float[lengths.length][][];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < lengths.length; i++) {
      tensor[i] = new float[lengths[i]][3];
      for (float[] vector : tensor[i]) {
        for (int j = 0; j < 3; j++) {
          vector[j] = random.nextFloat();
        }
      }
    }
    SequenceBatch batch = SequenceBatch.of(tensor);
    assertThat(batch.values().numRows).isEqualTo(batch.packing().tokens());
    assertThat(Arrays.deepEquals(batch.toTensor(), tensor)).isTrue();
  }

  @Property(tries = 100)
  void lastStatesKeepTheRanks(@ForAll("lengths") int[] lengths) {
    Packing packing = Packing.of(lengths);
    Packing last = packing.lastStates();
    assertThat(last.sequences()).isEqualTo(lengths.length);
    assertThat(last.tokens()).isEqualTo(lengths.length);
    assertThat(last.timesteps()).isEqualTo(1);
    for (int sequence = 0; sequence < lengths.length; sequence++) {
      assertThat(last.length(sequence)).isEqualTo(1);
      assertThat(last.row(sequence, 0)).isEqualTo(packing.rank(sequence));
    }
  }

  @Example
  void threeSequencesByHand() {
    // t      0  1  2
    // 2      0  3  5
    // 1      1  4
    // 0      2
    Packing packing = Packing.of(1, 2, 3);
    assertThat(new int[] {packing.row(2, 0), packing.row(2, 1), packing.row(2, 2)})
        .containsExactly(0, 3, 5);
    assertThat(new int[] {packing.row(1, 0), packing.row(1, 1)}).containsExactly(1, 4);
    assertThat(packing.row(0, 0)).isEqualTo(2);
  }

  @Example
  void lengthsAreCopied() {
    int[] lengths = {2, 1};
    Packing packing = Packing.of(lengths);
    lengths[0] = 9;
    assertThat(packing.length(0)).isEqualTo(2);
  }

  @Example
  void emptySequenceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Packing.of(2, 0))
        .withMessage("sequence 1 has length 0, expected at least 1");
  }

  @Example
  void rowsMustFitThePacking() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SequenceBatch(Packing.of(2, 1), new FMatrixRMaj(4, 5)))
        .withMessage("a batch of 3 tokens needs as many rows, found [4 x 5]");
  }

  @Example
  void vectorsOfDifferentLengthsAreRefused() {
    for (float[] odd : new float[][] {{1}, {1, 2, 3}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SequenceBatch.of(new float[][][] {{{1, 2}}, {{1, 2}, odd}}))
          .withMessage("sequence 1, timestep 1 has a vector of length %d, expected 2", odd.length);
    }
  }

  @Provide
  Arbitrary<int[]> lengths() {
    return Arbitraries.integers().between(1, 9).array(int[].class).ofMinSize(1).ofMaxSize(12);
  }

  @Example
  void emptyBatchIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SequenceBatch.of(new float[0][][]))
        .withMessageContaining("empty batch");
  }
}
