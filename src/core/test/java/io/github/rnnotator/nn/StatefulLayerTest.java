package io.github.rnnotator.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatefulLayerTest {
  private static final int DIM = 3;
  private static final int UNITS = 4;

  private static StatefulLayer layer(CellKind kind, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StatefulLayer layer = StatefulLayer.build("layer", DIM, kind.layer(UNITS), random);
    Samples.randomize(layer.parameters(), 0.7f, random);
    return layer;
  }

  private static StatefulLayer.State state(StatefulLayer layer, int n, SplittableRandom random) {
    return new StatefulLayer.State(
        Initializers.uniform(n, UNITS, 1, random),
        layer.hasCellState() ? Initializers.uniform(n, UNITS, 1, random) : null);
  }

  private static double dot(FMatrixRMaj a, FMatrixRMaj b) {
    double sum = 0;
    for (int i = 0; i < a.numRows * a.numCols; i++) {
      sum += (double) a.data[i] * b.data[i];
    }
    return sum;
  }

  /** The loss is a random linear function of all states and of the last ones. */
  @ParameterizedTest
  @EnumSource(CellKind.class)
  void gradientsMatchCentralDifferences(CellKind kind) {
    StatefulLayer layer = layer(kind, 1);
    SplittableRandom random = new SplittableRandom(2);
    SequenceBatch x = Samples.batch(new int[] {2, 4, 1}, DIM, random);
    StatefulLayer.State initial = state(layer, 3, random);
    FMatrixRMaj dY = Initializers.uniform(7, UNITS, 1, random);
    StatefulLayer.State dLast = state(layer, 3, random);
    Gradients gradients = new Gradients(layer.parameters());
    StatefulLayer.InputGradient d =
        layer
            .forward(x, initial, Samples.training(1))
            .backprop()
            .apply(dY.copy(), dLast, gradients);
    DoubleSupplier loss =
        () -> {
          StatefulLayer.Output output = layer.forward(x, initial, Samples.training(1));
          double sum = dot(output.y().values(), dY) + dot(output.last().h(), dLast.h());
          return output.last().c() == null ? sum : sum + dot(output.last().c(), dLast.c());
        };
    CentralDifferences.check(kind.name(), layer.parameters(), gradients, loss);
    CentralDifferences.check("x", x.values(), d.dX().copy(), loss);
    CentralDifferences.check("h_0", initial.h(), d.dInitial().h().copy(), loss);
    if (initial.c() != null) {
      CentralDifferences.check("c_0", initial.c(), d.dInitial().c().copy(), loss);
    }
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void twoHalvesGiveTheSameBitsAsTheWhole(CellKind kind) {
    StatefulLayer layer = layer(kind, 3);
    float[][][] whole = Samples.tensor(new int[] {5}, DIM, new SplittableRandom(4));
    float[][][] begin = {Arrays.copyOfRange(whole[0], 0, 2)};
    float[][][] end = {Arrays.copyOfRange(whole[0], 2, 5)};
    PassContext pass = Samples.inference();
    StatefulLayer.State zero = layer.zeroState(1, pass);
    StatefulLayer.Output first = layer.forward(SequenceBatch.of(begin), zero, pass);
    StatefulLayer.Output second = layer.forward(SequenceBatch.of(end), first.last(), pass);
    float[][][] all = layer.forward(SequenceBatch.of(whole), zero, pass).y().toTensor();
    assertThat(first.y().toTensor()[0]).isDeepEqualTo(Arrays.copyOfRange(all[0], 0, 2));
    assertThat(second.y().toTensor()[0]).isDeepEqualTo(Arrays.copyOfRange(all[0], 2, 5));
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void aZeroStateGivesTheBitsOfTheOrdinaryLayer(CellKind kind) {
    SplittableRandom random = new SplittableRandom(5);
    Layer plain = kind.layer(UNITS).returnSequences(true).build("layer", DIM, random);
    StatefulLayer layer =
        StatefulLayer.build("layer", DIM, kind.layer(UNITS), new SplittableRandom(5));
    SequenceBatch x = Samples.batch(new int[] {3, 1, 4, 4}, DIM, random);
    PassContext pass = Samples.inference();
    StatefulLayer.Output output = layer.forward(x, layer.zeroState(4, pass), pass);
    assertThat(output.y().toTensor()).isDeepEqualTo(plain.forward(x, pass).y().toTensor());
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void theInitialStateChangesEveryOutput(CellKind kind) {
    StatefulLayer layer = layer(kind, 6);
    SplittableRandom random = new SplittableRandom(7);
    SequenceBatch x = Samples.batch(new int[] {4}, DIM, random);
    PassContext pass = Samples.inference();
    float[][][] zero = layer.forward(x, layer.zeroState(1, pass), pass).y().toTensor();
    float[][][] other = layer.forward(x, state(layer, 1, random), pass).y().toTensor();
    for (int t = 0; t < 4; t++) {
      assertThat(other[0][t]).isNotEqualTo(zero[0][t]);
    }
  }

  @Test
  void wrongShapesAreRejected() {
    StatefulLayer layer = layer(CellKind.GRU, 8);
    SequenceBatch x = Samples.batch(new int[] {2, 1}, DIM, new SplittableRandom(9));
    PassContext pass = Samples.inference();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.forward(x, layer.zeroState(1, pass), pass))
        .withMessage("the initial state is [1 x 4], expected [2 x 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                StatefulLayer.build(
                    "layer", 2, new Gru(2).recurrentDropout(0.1f), new SplittableRandom(1)))
        .withMessage("layer: no recurrent dropout with an initial state");
  }

  @Test
  void aStateHasACellStateWhereTheCellHasOne() {
    SequenceBatch x = Samples.batch(new int[] {2, 1}, DIM, new SplittableRandom(9));
    FMatrixRMaj right = new FMatrixRMaj(2, UNITS);
    StatefulLayer lstm = layer(CellKind.LSTM, 8);
    refused(lstm, x, right, null, "the initial cell state is null, expected [2 x 4]");
    refused(
        lstm,
        x,
        right,
        new FMatrixRMaj(1, UNITS),
        "the initial cell state is [1 x 4], expected [2 x 4]");
    refused(
        lstm,
        x,
        right,
        new FMatrixRMaj(2, UNITS + 1),
        "the initial cell state is [2 x 5], expected [2 x 4]");
    refused(
        layer(CellKind.GRU, 8),
        x,
        right,
        right,
        "the initial state has a cell state, but the cell has none; expected null");
  }

  private static void refused(
      StatefulLayer layer,
      SequenceBatch x,
      FMatrixRMaj h,
      @Nullable FMatrixRMaj c,
      String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.forward(x, new StatefulLayer.State(h, c), Samples.inference()))
        .withMessage(message);
  }

  @Test
  void gradientsOfTheLastStatesHaveTheirShape() {
    StatefulLayer layer = layer(CellKind.LSTM, 8);
    SequenceBatch x = Samples.batch(new int[] {2, 1}, DIM, new SplittableRandom(9));
    PassContext pass = Samples.training(1);
    StatefulLayer.Output output = layer.forward(x, layer.zeroState(2, pass), pass);
    Gradients gradients = new Gradients(layer.parameters());
    FMatrixRMaj dY = new FMatrixRMaj(3, UNITS);
    FMatrixRMaj right = new FMatrixRMaj(2, UNITS);
    FMatrixRMaj wrong = new FMatrixRMaj(3, UNITS);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> output.backprop().apply(dY, new StatefulLayer.State(wrong, right), gradients))
        .withMessage("the gradient of the last state is [3 x 4], expected [2 x 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> output.backprop().apply(dY, new StatefulLayer.State(right, wrong), gradients))
        .withMessage("the gradient of the last cell state is [3 x 4], expected [2 x 4]");
  }

  @Test
  void repeatedVectorsKeepTheCallersOrder() {
    Sequential repeat =
        Sequential.of(
            DIM, 1, new Gru(UNITS), new RepeatVector(3), new TimeDistributed(new Dense(2)));
    float[][][] x = Samples.tensor(new int[] {1, 3, 2}, DIM, new SplittableRandom(10));
    float[][][] y = repeat.predict(x);
    for (int i = 0; i < 3; i++) {
      assertThat(y[i]).hasDimensions(3, 2);
      assertThat(y[i][1]).isEqualTo(y[i][0]);
      assertThat(y[i]).isDeepEqualTo(repeat.predict(new float[][][] {x[i]})[0]);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sequential.of(DIM, 1, new RepeatVector(2)).predict(x))
        .withMessageContaining("takes one vector per sequence");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TimeDistributed(new Gru(2)))
        .withMessageContaining("needs whole sequences");
  }
}
