package io.github.rnnotator.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of cell, on batches of random shapes, against its equations. */
class ReferenceCellsTest {
  private static final int BATCHES = 12;

  private static final Map<CellKind, Function<ReferenceWeights, ReferenceCell>> REFERENCES =
      Map.of(
          CellKind.SIMPLE_RNN, ReferenceSimpleRnn::new,
          CellKind.GRU, ReferenceGru::new,
          CellKind.LSTM, ReferenceLstm::new,
          CellKind.MIN_GRU, ReferenceMinGru::new);

  @ParameterizedTest
  @EnumSource
  void statesAndGradientsMatchTheEquations(CellKind kind) {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < BATCHES; i++) {
      int units = 1 + random.nextInt(40);
      int inputDim = 1 + random.nextInt(9);
      int[] lengths = Samples.lengths(1 + random.nextInt(6), 1 + random.nextInt(8), random);
      for (Direction direction : Direction.values()) {
        check(kind.layer(units).returnSequences(true), direction, inputDim, lengths, random);
      }
    }
  }

  private static void check(
      RecurrentSpec spec,
      Direction direction,
      int inputDim,
      int[] lengths,
      SplittableRandom random) {
    String what = spec + " " + direction + " " + inputDim + " " + Arrays.toString(lengths);
    Layer layer =
        Samples.randomized(spec.build("layer", inputDim, direction, random), 0.5f, random);
    ReferenceWeights weights =
        new ReferenceWeights(spec.cell().gates(), inputDim, spec.units(), layer.parameters());
    ReferenceCell cell = REFERENCES.get(kind(spec)).apply(weights);
    SequenceBatch x = Samples.batch(lengths, inputDim, random);
    SequenceBatch dY = Samples.batch(lengths, spec.units(), random);
    Gradients gradients = new Gradients(layer.parameters());

    Layer.Output output = layer.forward(x, Samples.training(1));
    float[][][] y = output.y().toTensor();
    float[][][] inferred = layer.forward(x, Samples.inference()).y().toTensor();
    FMatrixRMaj dX = output.backprop().apply(dY.values().copy(), gradients);

    assertThat(inferred).as(what).isDeepEqualTo(y);
    float[][][] dInputs = new SequenceBatch(x.packing(), dX).toTensor();
    for (int i = 0; i < lengths.length; i++) {
      close(what + " y", y[i], inOrder(cell.forward(read(x, i, direction)), direction), 3e-6f);
      close(
          what + " dX",
          dInputs[i],
          inOrder(cell.backward(read(dY, i, direction)), direction),
          3e-5f);
    }
    for (Parameter parameter : layer.parameters()) {
      assertThat(gradients.of(parameter).data)
          .as(what + " " + parameter)
          .containsExactly(weights.gradient(parameter), within(1e-4f));
    }
  }

  private static CellKind kind(RecurrentSpec spec) {
    return Arrays.stream(CellKind.values())
        .filter(kind -> kind.layer(1).getClass() == spec.getClass())
        .findAny()
        .orElseThrow();
  }

  /** A sequence of a batch, in the order in which the direction reads it. */
  private static double[][] read(SequenceBatch batch, int sequence, Direction direction) {
    double[][] rows =
        Arrays.stream(batch.toTensor()[sequence])
            .map(row -> Samples.doubles(row))
            .toArray(double[][]::new);
    return inOrder(rows, direction);
  }

  private static double[][] inOrder(double[][] rows, Direction direction) {
    double[][] ordered = rows.clone();
    if (direction == Direction.BACKWARD) {
      Collections.reverse(Arrays.asList(ordered));
    }
    return ordered;
  }

  private static void close(String what, float[][] actual, double[][] expected, float tolerance) {
    for (int t = 0; t < actual.length; t++) {
      for (int j = 0; j < actual[t].length; j++) {
        assertThat((double) actual[t][j])
            .as("%s[%d][%d]", what, t, j)
            .isCloseTo(expected[t][j], within((double) tolerance));
      }
    }
  }
}
