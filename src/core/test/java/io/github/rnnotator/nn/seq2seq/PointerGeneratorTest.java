package io.github.rnnotator.nn.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointerGeneratorTest {
  /** A vocabulary of 3; symbol 1 twice in the source, 3 unknown. */
  private static final int[] COPIES = {1, 3, 1, 0};

  private static final FMatrixRMaj V = new FMatrixRMaj(1, 3, true, 0.2f, 0.3f, 0.5f);
  private static final FMatrixRMaj A = new FMatrixRMaj(1, 4, true, 0.1f, 0.2f, 0.3f, 0.4f);

  private static PointerGenerator.Parts parts(double generates) {
    double logit = Math.log(generates / (1 - generates));
    return new PointerGenerator.Parts(V, new FMatrixRMaj(1, 1, true, (float) logit));
  }

  @Test
  void probabilitiesAreThoseOfEquation9() {
    FMatrixRMaj p = new FMatrixRMaj(2, 5);
    Arrays.fill(p.data, Float.NaN);
    PointerGenerator.Pointer pointer = new PointerGenerator.Pointer(A, 0, COPIES);
    PointerGenerator.mix(parts(0.75), 0, pointer, p, 1, Samples.inference());
    double[] expected = {
      0.75 * 0.2 + 0.25 * 0.4, 0.75 * 0.3 + 0.25 * (0.1 + 0.3), 0.75 * 0.5, 0.25 * 0.2, 0
    };
    for (int k = 0; k < 5; k++) {
      assertThat((double) p.get(1, k)).as("%d", k).isCloseTo(expected[k], within(1e-7));
    }
    assertThat(p.get(0, 0)).isNaN();
  }

  @Test
  void theLossIsTheCrossEntropyOfTheMixture() {
    PointerGenerator plain = new PointerGenerator("copy", 2, 0, new SplittableRandom(1));
    PointerGenerator smooth = new PointerGenerator("copy", 2, 0.3f, new SplittableRandom(1));
    IdPair pair = new IdPair(new IdSource(new int[4], COPIES), new int[] {});
    double end = 0.75 * 0.2 + 0.25 * 0.4;
    assertThat(loss(plain, pair)).isCloseTo(-Math.log(end), within(1e-6));
    double rest = Math.log(0.75 * 0.3 + 0.25 * 0.4) + Math.log(0.75 * 0.5);
    assertThat(loss(smooth, pair)).isCloseTo(-0.8 * Math.log(end) - 0.1 * rest, within(1e-6));
  }

  private static double loss(PointerGenerator copy, IdPair pair) {
    return copy.loss(List.of(pair), Packing.of(1), parts(0.75), List.of(A), 1, Samples.training(1))
        .sum();
  }

  /** A symbol that only copying writes keeps its gradient if the gate is all but open. */
  @Test
  void aSaturatedGateStillLearnsToCopy() {
    PointerGenerator copy = new PointerGenerator("copy", 2, 0, new SplittableRandom(1));
    FMatrixRMaj a = new FMatrixRMaj(2, 4, true, 0.1f, 0.2f, 0.3f, 0.4f, 0.1f, 0.2f, 0.3f, 0.4f);
    FMatrixRMaj v = new FMatrixRMaj(2, 3, true, 0.2f, 0.3f, 0.5f, 0.2f, 0.3f, 0.5f);
    PointerGenerator.Parts parts =
        new PointerGenerator.Parts(v, new FMatrixRMaj(2, 1, true, 30, 30));
    IdPair pair = new IdPair(new IdSource(new int[4], COPIES), new int[] {3});
    PointerGenerator.Loss loss =
        copy.loss(List.of(pair), Packing.of(2), parts, List.of(a), 1, Samples.training(1));
    assertThat(loss.sum()).isCloseTo(30 - Math.log(0.2) - Math.log(0.2), within(1e-4));
    assertThat(loss.dGates().get(0, 0)).isCloseTo(1, within(1e-5f));
    assertThat(loss.dA().get(0).get(0, 1)).isCloseTo(-1 / 0.2f, within(1e-4f));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void probabilitiesOfAllSymbolsSumToOne(long seed) {
    DecoderSpec spec =
        new DecoderSpec(Networks.TARGET_IDS, 3, CellKind.GRU, 4, 1, Attention.GENERAL).copying();
    EncoderDecoder network = Networks.of(spec, 0, 0, seed);
    IdSource source = new IdSource(new int[] {1, 0, 0, 4}, new int[] {1, 4, 5, 0});
    Decoder.Writing writing = network.begin(List.of(source), Samples.inference());
    int[] zero = {0};
    Decoder.Beginnings begin = new Decoder.Beginnings(zero, new boolean[] {true}, zero, zero);
    FMatrixRMaj p = writing.step(begin, writing.initial(), Samples.inference()).p();
    assertThat(p.numCols).isEqualTo(writing.ids(0)).isEqualTo(6);
    double sum = 0;
    for (int symbol = 0; symbol < p.numCols; symbol++) {
      assertThat(p.get(0, symbol)).isPositive();
      sum += p.get(0, symbol);
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  @Test
  void aTargetThatTheSourceLacksIsRefused() {
    PointerGenerator copy = new PointerGenerator("copy", 2, 0, new SplittableRandom(1));
    IdPair pair = new IdPair(new IdSource(new int[4], COPIES), new int[] {4});
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                copy.loss(
                    List.of(pair), Packing.of(2), parts(0.5), List.of(A), 1, Samples.training(1)))
        .withMessage("a target id of 4, expected less than 4 with this source");
  }

  @Test
  void aSourceNeedsCopies() {
    DecoderSpec spec =
        new DecoderSpec(Networks.TARGET_IDS, 3, CellKind.GRU, 4, 1, Attention.GENERAL).copying();
    IdPair pair = new IdPair(new int[] {1, 2}, new int[] {1});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Networks.of(spec, 0, 0, 1).loss(List.of(pair), 1, Samples.inference()))
        .withMessage("a source without copies, expected one of each id for a decoder that copies");
  }

  @Test
  void copyingNeedsWeights() {
    for (Attention attention : Arrays.asList(null, Attention.MONOTONE)) {
      DecoderSpec spec = new DecoderSpec(4, 3, CellKind.GRU, 4, 1, attention);
      assertThatIllegalArgumentException()
          .isThrownBy(spec::copying)
          .withMessage("copying needs the weights of an attention: dot, general or additive");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IdSource(new int[3], new int[2]))
        .withMessage("2 copies of 3 ids, expected one each or none");
  }
}
