package io.github.rnnotator.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.head.CrfHead;
import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.nn.head.LabelSets;
import io.github.rnnotator.nn.head.LanguageModel;
import io.github.rnnotator.nn.head.PooledHead;
import io.github.rnnotator.nn.head.SoftmaxHead;
import io.github.rnnotator.ops.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The backward pass of every layer against central differences, for every weight and the input, on
 * batches of sequences of different lengths.
 */
class GradientsTest {
  private static final int SEEDS = 4;
  private static final float EPSILON = 8e-3f;
  private static final double TOLERANCE = 5e-3;

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void gradientsMatchCentralDifferences(String name, IntFunction<LayerSpec> spec) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Layer layer = layer(spec, random);
      SequenceBatch x = input(random);
      check(name + ", seed " + seed, layer, x, seed);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void backwardAddsToTheGradients(String name, IntFunction<LayerSpec> spec) {
    SplittableRandom random = new SplittableRandom(5);
    Layer layer = layer(spec, random);
    SequenceBatch x = input(random);
    Gradients once = new Gradients(layer.parameters());
    Gradients twice = new Gradients(layer.parameters());
    for (Gradients gradients : List.of(once, twice, twice)) {
      Layer.Output output = layer.forward(x, Samples.training(5));
      output.backprop().apply(output.y().values().copy(), gradients);
    }
    for (Parameter parameter : layer.parameters()) {
      float[] one = once.of(parameter).data;
      float[] two = twice.of(parameter).data;
      for (int i = 0; i < one.length; i++) {
        assertThat(two[i]).as("%s[%d]", parameter, i).isCloseTo(2 * one[i], within(1e-4f));
      }
    }
  }

  /** Labels without a value, with one, and with several that others share. */
  private static final int[][] VALUES = {{}, {0}, {0, 1}, {2, 1}, {2}};

  @ParameterizedTest(name = "smoothing {0}, weight {1}, shared {2}")
  @CsvSource({
    "0, 1, false",
    "0, 0.1, false",
    "0.1, 1, false",
    "0.5, 0.25, false",
    "0.1, 0.5, true"
  })
  void headGradientsMatchCentralDifferences(float smoothing, float weight, boolean shared) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SequenceBatch x = Samples.batch(Samples.lengths(4, 5, random), 3, random);
      int labels = shared ? VALUES.length : 2 + random.nextInt(4);
      SoftmaxHead head =
          shared
              ? SoftmaxHead.shared("head", 3, (int) seed % 3, VALUES, 3, random)
                  .smoothing(smoothing)
              : SoftmaxHead.build("head", 3, labels, smoothing, random);
      Samples.randomize(head.parameters(), 0.8f, random);
      int[] gold = new int[x.packing().tokens()];
      Arrays.setAll(gold, i -> i % 3 == 0 ? Head.NO_LABEL : random.nextInt(labels));
      Gradients gradients = new Gradients(head.parameters());
      PassContext training = Samples.training(seed);
      FMatrixRMaj none = new FMatrixRMaj(0, 0);
      FMatrixRMaj dX =
          head.loss(x, gold, weight, training).backprop().apply(none, gradients).copy();
      check(
          "seed " + seed,
          head.parameters(),
          x,
          () -> weight * head.loss(x, gold, 1, Samples.training(1)).sum(),
          gradients,
          dX);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10})
  void gradientsOfManyLabelsThatShareValuesMatchCentralDifferences(int rank) {
    SplittableRandom random = new SplittableRandom(1);
    int[][] values = new int[200][];
    Arrays.setAll(values, i -> new int[] {i % 20, 20 + i / 20});
    SequenceBatch x = Samples.batch(new int[] {2, 1}, 40, random);
    SoftmaxHead head = SoftmaxHead.shared("head", 40, rank, values, 30, random);
    assertThat(head.parameters().stream().mapToLong(Parameter::size).sum())
        .isEqualTo(SoftmaxHead.sharedWeights(40, rank, 200, 30))
        .isLessThan(41 * 200 + 41 * 30);
    int[] gold = {3, Head.NO_LABEL, 111};
    Gradients gradients = new Gradients(head.parameters());
    FMatrixRMaj none = new FMatrixRMaj(0, 0);
    FMatrixRMaj dX =
        head.loss(x, gold, 1, Samples.training(1)).backprop().apply(none, gradients).copy();
    check(
        "many labels",
        head.parameters(),
        x,
        () -> head.loss(x, gold, 1, Samples.training(1)).sum(),
        gradients,
        dX);
  }

  @ParameterizedTest(name = "constrained {0}, weight {1}, margin {2}")
  @CsvSource({"false, 1, 0", "true, 1, 0", "true, 0.1, 0", "false, 1, 1", "true, 1, 0.5"})
  void crfGradientsMatchCentralDifferences(boolean constrained, float weight, float margin) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SequenceBatch x = Samples.batch(Samples.lengths(4, 5, random), 3, random);
      int labels = 3 + random.nextInt(3);
      CrfHead.Constraints constraints = CrfHead.Constraints.none(labels);
      if (constrained) {
        constraints.transitions()[1][0] = false;
        constraints.starts()[1] = false;
        constraints.ends()[1] = false;
      }
      CrfHead head = CrfHead.build("head", 3, constraints, margin, random);
      Samples.randomize(head.parameters(), 0.8f, random);
      int[] gold = new int[x.packing().tokens()];
      // Avoids the label that may not start or end, so that no sentence is skipped.
      Arrays.setAll(gold, i -> i % 3 == 0 ? Head.NO_LABEL : random.nextBoolean() ? 0 : labels - 1);
      Gradients gradients = new Gradients(head.parameters());
      PassContext training = Samples.training(seed);
      FMatrixRMaj none = new FMatrixRMaj(0, 0);
      Head.Loss loss = head.loss(x, gold, weight, training);
      assertThat(loss.sum()).isPositive();
      FMatrixRMaj dX = loss.backprop().apply(none, gradients).copy();
      check(
          "seed " + seed,
          head.parameters(),
          x,
          () -> weight * head.loss(x, gold, 1, Samples.training(1)).sum(),
          gradients,
          dX);
    }
  }

  @ParameterizedTest(name = "weight {0}")
  @ValueSource(floats = {1, 0.1f})
  void languageModelGradientsMatchCentralDifferences(float weight) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SequenceBatch x = Samples.batch(Samples.lengths(4, 5, random), 6, random);
      LanguageModel model = LanguageModel.build("lm", 3, 4, random);
      Samples.randomize(model.parameters(), 0.5f, random);
      int[] words = random.ints(x.packing().tokens(), 0, 6).toArray();
      Gradients gradients = new Gradients(model.parameters());
      Head.Loss loss = model.loss(x, words, weight, Samples.training(seed));
      FMatrixRMaj dX = loss.backprop().apply(new FMatrixRMaj(0, 0), gradients).copy();
      check(
          "seed " + seed,
          model.parameters(),
          x,
          () -> weight * model.loss(x, words, 1, Samples.training(1)).sum(),
          gradients,
          dX);
    }
  }

  @ParameterizedTest(name = "constrained {0}, margin {1}")
  @CsvSource({"false, 0", "true, 0", "true, 0.5"})
  void crfGradientsOfSetsMatchCentralDifferences(boolean constrained, float margin) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SequenceBatch x = Samples.batch(Samples.lengths(4, 5, random), 3, random);
      CrfHead.Constraints constraints = CrfHead.Constraints.none(4);
      if (constrained) {
        constraints.transitions()[1][0] = false;
        constraints.starts()[1] = false;
        constraints.ends()[1] = false;
      }
      CrfHead head = CrfHead.build("head", 3, constraints, margin, random);
      Samples.randomize(head.parameters(), 0.8f, random);
      LabelSets sets =
          new LabelSets(new boolean[][] {{true, true, false, false}, {false, true, true, true}});
      int[] gold = new int[x.packing().tokens()];
      int[] values = {0, 3, 4, 5, 4, 5, Head.NO_LABEL};
      Arrays.setAll(gold, i -> values[random.nextInt(values.length)]);
      gold[0] = 4;
      Gradients gradients = new Gradients(head.parameters());
      Head.Loss loss = head.loss(x, gold, sets, 0.3f, Samples.training(seed));
      assertThat(loss.sum()).isPositive();
      FMatrixRMaj dX = loss.backprop().apply(new FMatrixRMaj(0, 0), gradients).copy();
      check(
          "seed " + seed,
          head.parameters(),
          x,
          () -> 0.3 * head.loss(x, gold, sets, 1, Samples.training(1)).sum(),
          gradients,
          dX);
    }
  }

  @ParameterizedTest(name = "pooling {0}")
  @ValueSource(strings = {"last", "max", "mean"})
  void pooledHeadGradientsMatchCentralDifferences(String pooling) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SequenceBatch x = Samples.batch(Samples.lengths(5, 5, random), 4, random);
      LayerSpec spec =
          switch (pooling) {
            case "last" -> new LastStates(2);
            case "max" -> new GlobalMaxPooling();
            default -> new GlobalAveragePooling();
          };
      int labels = 2 + random.nextInt(3);
      Head head =
          new PooledHead(
              spec.build("pooling", 4, random), SoftmaxHead.build("head", 4, labels, 0.1f, random));
      Samples.randomize(head.parameters(), 0.8f, random);
      int[] gold = new int[x.packing().sequences()];
      Arrays.setAll(gold, i -> i == 1 ? Head.NO_LABEL : random.nextInt(labels));
      Gradients gradients = new Gradients(head.parameters());
      FMatrixRMaj dX =
          head.loss(x, gold, 0.5f, Samples.training(seed))
              .backprop()
              .apply(new FMatrixRMaj(0, 0), gradients)
              .copy();
      check(
          pooling + ", seed " + seed,
          head.parameters(),
          x,
          () -> 0.5 * head.loss(x, gold, 1, Samples.training(1)).sum(),
          gradients,
          dX);
    }
  }

  @Test
  void rowsWithoutLabelHaveNoGradient() {
    SplittableRandom random = new SplittableRandom(6);
    SequenceBatch x = Samples.batch(new int[] {3, 2}, 4, random);
    SoftmaxHead head = SoftmaxHead.build("head", 4, 3, 0.1f, random);
    Gradients gradients = new Gradients(head.parameters());
    int[] gold = {0, Head.NO_LABEL, 2, Head.NO_LABEL, 1};
    Head.Loss loss = head.loss(x, gold, 1, Samples.training(6));
    FMatrixRMaj dX = loss.backprop().apply(new FMatrixRMaj(0, 0), gradients);
    for (int row = 0; row < gold.length; row++) {
      float[] d = Arrays.copyOfRange(dX.data, row * 4, row * 4 + 4);
      if (gold[row] == Head.NO_LABEL) {
        assertThat(d).containsOnly(0);
      } else {
        assertThat(d).doesNotContain(0);
      }
    }
    int[] unlabelled = new int[5];
    Arrays.fill(unlabelled, Head.NO_LABEL);
    assertThat(head.loss(x, unlabelled, 1, Samples.training(6)).sum()).isZero();
  }

  @Test
  void eachDirectionGetsItsOwnGradient() {
    SplittableRandom random = new SplittableRandom(7);
    Layer layer =
        new Bidirectional(new SimpleRnn(2).returnSequences(true)).build("layer", 3, random);
    SequenceBatch x = Samples.batch(new int[] {3, 2}, 3, random);
    for (boolean backward : List.of(false, true)) {
      Gradients gradients = new Gradients(layer.parameters());
      Layer.Output output = layer.forward(x, Samples.training(7));
      FMatrixRMaj dY = new FMatrixRMaj(5, 4);
      for (int row = 0; row < 5; row++) {
        dY.set(row, backward ? 2 : 0, 1);
      }
      output.backprop().apply(dY, gradients);
      for (Parameter parameter : layer.parameters()) {
        double norm = norm(gradients.of(parameter).data);
        if (parameter.name().contains(".backward.") == backward) {
          assertThat(norm).as("%s", parameter).isPositive();
        } else {
          assertThat(norm).as("%s", parameter).isZero();
        }
      }
    }
  }

  static Stream<Arguments> layers() {
    Map<String, IntFunction<LayerSpec>> all = new LinkedHashMap<>();
    Map<String, IntFunction<RecurrentSpec>> cells = new LinkedHashMap<>();
    for (CellKind kind : CellKind.values()) {
      cells.put(kind.name(), kind::layer);
    }
    cells.put("SIMPLE_RNN relu", units -> new SimpleRnn(units).activation(Activation.RELU));
    cells.forEach(
        (name, cell) -> {
          for (boolean sequences : List.of(true, false)) {
            for (float dropout : List.of(0f, 0.4f)) {
              IntFunction<RecurrentSpec> layer =
                  n -> cell.apply(n).returnSequences(sequences).recurrentDropout(dropout);
              String what =
                  name
                      + (sequences ? ", whole sequence" : ", last state")
                      + (dropout > 0 ? ", recurrent dropout" : "");
              all.put(what, layer::apply);
              all.put("backward " + what, n -> new GoBackwards(layer.apply(n)));
              for (Bidirectional.MergeMode mode : Bidirectional.MergeMode.values()) {
                all.put("bidirectional " + mode + " " + what, n -> both(layer.apply(n), mode));
              }
            }
          }
        });
    for (Activation activation : Activation.values()) {
      all.put("Dense " + activation, n -> new Dense(n, activation));
    }
    all.put("Dropout", n -> new Dropout(0.4f));
    all.put("variational Dropout", n -> new Dropout(0.4f, true));
    all.put("no Dropout", n -> new Dropout(0));
    all.put("Conv1d of width 1", n -> new Conv1d(n, 1));
    all.put("Conv1d of width 3", n -> new Conv1d(n, 3));
    all.put("Conv1d of width 5", n -> new Conv1d(n, 5));
    all.put("GlobalMaxPooling", n -> new GlobalMaxPooling());
    all.put("GlobalAveragePooling", n -> new GlobalAveragePooling());
    all.put("LastStates", n -> new LastStates(1));
    all.put("LastStates of one direction", n -> new LastStates(INPUT_DIM));
    all.put(
        "LastStates of both directions",
        n ->
            stack(
                new Bidirectional(new Gru(n).returnSequences(true)),
                new Dropout(0.3f, true),
                new LastStates(n),
                new Dense(2)));
    all.put("RepeatVector", n -> stack(new Gru(n), new RepeatVector(3)));
    all.put(
        "a decoder of repeated vectors",
        n ->
            stack(
                new Bidirectional(new Lstm(n)),
                new RepeatVector(2),
                new Gru(n).returnSequences(true),
                new TimeDistributed(new Dense(3, Activation.SOFTMAX))));
    all.put(
        "two deep",
        n -> stack(new SimpleRnn(n).returnSequences(true), new Gru(n + 1).returnSequences(true)));
    all.put(
        "a tagger",
        n ->
            stack(
                new Dropout(0.3f, true),
                new Bidirectional(new Lstm(n).returnSequences(true).recurrentDropout(0.3f)),
                new Dropout(0.3f),
                new Bidirectional(new SimpleRnn(n).returnSequences(true)),
                new Dense(3, Activation.SOFTMAX)));
    all.put(
        "a classifier",
        n ->
            stack(
                new Bidirectional(new SimpleRnn(n).returnSequences(true)),
                new Bidirectional(new Gru(n)),
                new Dense(2, Activation.TANH)));
    for (Shortcut.Mode mode : Shortcut.Mode.values()) {
      all.put(
          mode + " past a recurrent layer",
          n -> new Shortcut(new Gru(INPUT_DIM).returnSequences(true), mode));
      all.put(
          mode + " past both directions",
          n ->
              new Shortcut(
                  both(new Lstm(INPUT_DIM).returnSequences(true), Bidirectional.MergeMode.SUM),
                  mode));
      all.put(mode + " past dropout", n -> new Shortcut(new Dropout(0.4f, true), mode));
      all.put(mode + " past nothing", n -> new Shortcut(new Dropout(0), mode));
    }
    all.put(
        "global context",
        n -> new GlobalContext(new Bidirectional(new Gru(n).returnSequences(true))));
    all.put("global context of nothing", n -> new GlobalContext(new Dropout(0)));
    all.put(
        "a deep tagger",
        n ->
            stack(
                new GlobalContext(new SimpleRnn(n).returnSequences(true)),
                new Shortcut(new Gru(n).returnSequences(true), Shortcut.Mode.DENSE),
                new Dropout(0.3f, true),
                new Shortcut(
                    new SimpleRnn(INPUT_DIM + 2 * n).returnSequences(true), Shortcut.Mode.RESIDUAL),
                new Dense(2, Activation.SOFTMAX)));
    all.put("characters by convolution", n -> stack(new Conv1d(n, 3), new GlobalMaxPooling()));
    return all.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  private static LayerSpec both(RecurrentSpec layer, Bidirectional.MergeMode mode) {
    return new Bidirectional(layer, mode);
  }

  private static LayerSpec stack(LayerSpec... specs) {
    return (name, dim, random) -> Sequential.build(name + ".", dim, List.of(specs), random);
  }

  private static final int INPUT_DIM = 3;

  private static Layer layer(IntFunction<LayerSpec> spec, SplittableRandom random) {
    int units = 2 + random.nextInt(3);
    return Samples.randomized(spec.apply(units).build("layer", INPUT_DIM, random), 0.8f, random);
  }

  private static SequenceBatch input(SplittableRandom random) {
    int[] lengths = Samples.lengths(2 + random.nextInt(4), 2 + random.nextInt(5), random);
    return Samples.batch(lengths, INPUT_DIM, random);
  }

  /** The loss is the sum of the output's elements, each times a fixed random number. */
  private static void check(String what, Layer layer, SequenceBatch x, long seed) {
    Gradients gradients = new Gradients(layer.parameters());
    Layer.Output output = layer.forward(x, Samples.training(seed));
    FMatrixRMaj y = output.y().values();
    FMatrixRMaj factors =
        Initializers.uniform(y.numRows, y.numCols, 1, new SplittableRandom(seed + 1000));
    FMatrixRMaj dX = output.backprop().apply(factors.copy(), gradients).copy();
    Workspace workspace = Samples.poisoned();
    DoubleSupplier loss =
        () -> {
          workspace.reset();
          PassContext pass = PassContext.training(Ops.best(), workspace, seed);
          float[] moved = layer.forward(x, pass).y().values().data;
          double sum = 0;
          for (int i = 0; i < factors.data.length; i++) {
            sum += (double) moved[i] * factors.data[i];
          }
          return sum;
        };
    check(what, layer.parameters(), x, loss, gradients, dX);
  }

  private static void check(
      String what,
      List<Parameter> parameters,
      SequenceBatch x,
      DoubleSupplier loss,
      Gradients gradients,
      FMatrixRMaj dX) {
    List<String> wrong = new ArrayList<>();
    for (Parameter parameter : parameters) {
      double error = error(parameter.value(), gradients.of(parameter), loss);
      if (!(error < TOLERANCE)) {
        wrong.add(parameter + ": relative error " + error);
      }
    }
    double error = error(x.values(), dX, loss);
    if (!(error < TOLERANCE)) {
      wrong.add("input: relative error " + error);
    }
    assertThat(wrong).as(what).isEmpty();
  }

  /**
   * {@code |analytic - numeric| / max(|analytic|, |numeric|)}; a gradient shorter than 0.05 counts
   * as that long, since the loss is a sum of rounded floats.
   */
  private static double error(FMatrixRMaj value, FMatrixRMaj analytic, DoubleSupplier loss) {
    assertThat(List.of(analytic.numRows, analytic.numCols))
        .isEqualTo(List.of(value.numRows, value.numCols));
    int n = value.numRows * value.numCols;
    double[] numeric = new double[n];
    for (int i = 0; i < n; i++) {
      numeric[i] = slope(value, i, -EPSILON, EPSILON, loss);
    }
    double scale = Math.max(0.05, Math.max(norm(numeric), norm(Arrays.copyOf(analytic.data, n))));
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double difference = numeric[i] - analytic.data[i];
      if (Math.abs(difference) > TOLERANCE * scale / 10) {
        // With a kink (ReLU, maximum) between both points, one side alone is right.
        double left = slope(value, i, -EPSILON / 16, 0, loss) - analytic.data[i];
        double right = slope(value, i, 0, EPSILON / 16, loss) - analytic.data[i];
        double side = Math.abs(left) < Math.abs(right) ? left : right;
        difference = Math.abs(side) < Math.abs(difference) ? side : difference;
      }
      sum += difference * difference;
    }
    return Math.sqrt(sum) / scale;
  }

  /** The slope of the loss between two points around the value's element {@code i}. */
  private static double slope(FMatrixRMaj value, int i, float from, float to, DoubleSupplier loss) {
    float old = value.data[i];
    float below = old + from;
    float above = old + to;
    value.data[i] = below;
    double lossBelow = loss.getAsDouble();
    value.data[i] = above;
    double lossAbove = loss.getAsDouble();
    value.data[i] = old;
    return (lossAbove - lossBelow) / ((double) above - below);
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
