package io.github.rnnotator.nn.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.CentralDifferences;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.PackedWeights;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.Samples;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.optimizer.Optimizer;
import io.github.rnnotator.ops.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EncoderDecoderTest {
  private static final List<IdPair> PAIRS =
      List.of(
          new IdPair(new int[] {1, 2}, new int[] {3, 1, 2}),
          new IdPair(new int[] {4, 1, 3, 0}, new int[] {2}),
          new IdPair(new int[] {2}, new int[] {}),
          new IdPair(new int[] {3, 3, 1}, new int[] {1, 1, 3, 2, 1}));

  static Stream<Arguments> networks() {
    List<Arguments> all = new ArrayList<>();
    for (CellKind cell : CellKind.values()) {
      for (Attention attention : Attention.values()) {
        all.add(Arguments.of(cell, attention, 1));
      }
      all.add(Arguments.of(cell, null, 1));
    }
    all.add(Arguments.of(CellKind.LSTM, Attention.ADDITIVE, 2));
    all.add(Arguments.of(CellKind.GRU, Attention.DOT, 3));
    return all.stream();
  }

  @ParameterizedTest(name = "{0}, {1}, {2} layers")
  @MethodSource("networks")
  void gradientsOfAllWeightsMatchCentralDifferences(
      CellKind cell, Attention attention, int layers) {
    EncoderDecoder network = Networks.of(cell, attention, layers, 0, 1);
    Gradients gradients = new Gradients(network.parameters());
    network.loss(PAIRS, 0.5f, Samples.training(1)).backprop().accept(gradients);
    CentralDifferences.check(
        "",
        network.parameters(),
        gradients,
        () -> 0.5 * network.loss(PAIRS, 1, Samples.training(1)).sum());
  }

  @Test
  void gradientsUnderDropoutMatchCentralDifferences() {
    EncoderDecoder network = Networks.of(CellKind.LSTM, Attention.ADDITIVE, 2, 0.4f, 2);
    Gradients gradients = new Gradients(network.parameters());
    network.loss(PAIRS, 1, Samples.training(7)).backprop().accept(gradients);
    CentralDifferences.check(
        "",
        network.parameters(),
        gradients,
        () -> network.loss(PAIRS, 1, Samples.training(7)).sum());
  }

  @ParameterizedTest(name = "{0}, {1}, {2} layers")
  @MethodSource("networks")
  void theLossOfABatchIsTheSumOfItsPairs(CellKind cell, Attention attention, int layers) {
    EncoderDecoder network = Networks.of(cell, attention, layers, 0, 3);
    double sum = 0;
    for (IdPair pair : PAIRS) {
      sum += network.loss(List.of(pair), 1, Samples.inference()).sum();
    }
    assertThat(network.loss(PAIRS, 1, Samples.inference()).sum()).isCloseTo(sum, within(1e-12));
  }

  @ParameterizedTest(name = "{0}, {1}, {2} layers")
  @MethodSource("networks")
  void vectorAndScalarOpsGiveTheSameBits(CellKind cell, Attention attention, int layers) {
    List<float[]> gradientsOf = new ArrayList<>();
    for (Ops ops : List.of(Ops.best(), Ops.scalar())) {
      EncoderDecoder network = Networks.of(cell, attention, layers, 0.2f, 4);
      Gradients gradients = new Gradients(network.parameters());
      network
          .loss(PAIRS, 1, PassContext.training(ops, Samples.poisoned(), 5))
          .backprop()
          .accept(gradients);
      for (Parameter parameter : network.parameters()) {
        gradientsOf.add(
            parameter.isTable()
                ? gradients.ofTable(parameter).values().clone()
                : gradients.of(parameter).data.clone());
      }
    }
    int half = gradientsOf.size() / 2;
    for (int i = 0; i < half; i++) {
      assertThat(gradientsOf.get(half + i)).containsExactly(gradientsOf.get(i));
    }
  }

  @Test
  void outputDependsOnEverySymbolOfTheSource() {
    EncoderDecoder network = Networks.of(CellKind.GRU, Attention.ADDITIVE, 1, 0, 6);
    int[] source = {1, 2, 3, 4};
    double loss = loss(network, source);
    for (int i = 0; i < source.length; i++) {
      int[] other = source.clone();
      other[i] = 0;
      assertThat(loss(network, other)).as("%d", i).isNotEqualTo(loss);
    }
  }

  private static double loss(EncoderDecoder network, int[] source) {
    IdPair pair = new IdPair(source, new int[] {1, 2});
    return network.loss(List.of(pair), 1, Samples.inference()).sum();
  }

  @Test
  void weightsOfTheAttentionSumToOne() {
    for (Attention kind : List.of(Attention.ADDITIVE, Attention.MONOTONE)) {
      EncoderDecoder network = Networks.of(CellKind.GRU, kind, 1, 0, 7);
      float[][] a = network.attention(PAIRS.get(0), Samples.inference());
      assertThat(a).hasDimensions(4, 2);
      for (float[] row : a) {
        assertThat(row[0] + row[1]).isCloseTo(1, within(1e-6f));
      }
    }
    EncoderDecoder without = Networks.of(CellKind.GRU, null, 1, 0, 7);
    assertThatIllegalStateException()
        .isThrownBy(() -> without.attention(PAIRS.get(0), Samples.inference()));
  }

  /** The definitions of the scores, in double precision. */
  @Test
  void attentionIsTheSoftmaxOfItsScores() {
    SplittableRandom random = new SplittableRandom(8);
    float[][][] h = Samples.tensor(new int[] {2}, 2, random);
    float[][][] s = Samples.tensor(new int[] {3}, 2, random);
    for (Attention kind : List.of(Attention.DOT, Attention.GENERAL, Attention.ADDITIVE)) {
      AttentionLayer layer = kind.build("attention", 2, 2, random);
      Samples.randomize(layer.parameters(), 1, random);
      PassContext pass = Samples.inference();
      AttentionLayer.Source source = layer.sources(SequenceBatch.of(s), pass).get(0);
      SequenceBatch batch = SequenceBatch.of(h);
      FMatrixRMaj a = layer.weights(source, layer.queries(batch.values(), pass), pass);
      for (int t = 0; t < 2; t++) {
        double[] e = new double[3];
        for (int j = 0; j < 3; j++) {
          e[j] = Math.exp(score(kind, layer, h[0][t], s[0][j]));
        }
        double sum = Arrays.stream(e).sum();
        for (int j = 0; j < 3; j++) {
          assertThat((double) a.get(t, j)).as("%s", kind).isCloseTo(e[j] / sum, within(1e-5));
        }
      }
    }
  }

  private static double score(Attention kind, AttentionLayer layer, float[] h, float[] s) {
    return switch (kind) {
      case DOT -> h[0] * s[0] + h[1] * s[1];
      case GENERAL -> h[0] * product(layer.u(), s, 0) + h[1] * product(layer.u(), s, 1);
      case ADDITIVE -> {
        double sum = 0;
        for (int k = 0; k < 2; k++) {
          sum +=
              layer.v().value().data[k]
                  * Math.tanh(product(layer.w(), h, k) + product(layer.u(), s, k));
        }
        yield sum;
      }
      case MONOTONE -> throw new IllegalArgumentException("monotone has no scores");
    };
  }

  private static double product(Parameter kernel, float[] x, int column) {
    return x[0] * kernel.value().get(0, column) + x[1] * kernel.value().get(1, column);
  }

  @Test
  void dotNeedsStatesOfOneLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attention.DOT.build("attention", 2, 3, new SplittableRandom(1)))
        .withMessageContaining("dot needs states of one length");
  }

  @ParameterizedTest(name = "{0}, {1}, {2} layers")
  @MethodSource("networks")
  void weightsOfTheDecoderAreCounted(CellKind cell, Attention attention, int layers) {
    DecoderSpec spec = new DecoderSpec(Networks.TARGET_IDS, 3, cell, 4, layers, attention);
    long own =
        Networks.of(cell, attention, layers, 0, 1).parameters().stream()
            .filter(parameter -> parameter.name().startsWith("decoder."))
            .mapToLong(Parameter::size)
            .sum();
    assertThat(spec.weights(4)).isEqualTo(own);
  }

  /** Symbol 1 is written twice, 2 not at all: nobody says which symbol comes from which. */
  @Test
  void monotoneLearnsWithoutAlignments() {
    EncoderDecoder network = trained(Attention.MONOTONE, 500, EncoderDecoderTest::stretched);
    assertThat(right(network, EncoderDecoderTest::stretched)).isGreaterThanOrEqualTo(18);
    IdPair pair = stretched(new int[] {1, 2, 3});
    float[][] a = network.attention(pair, Samples.inference());
    assertThat(a[0][0]).isGreaterThan(0.5f);
    assertThat(a[1][0]).isGreaterThan(0.5f);
    assertThat(a[2][2]).isGreaterThan(0.5f);
  }

  /** Reversing needs the whole source before the first output, and attention to its end. */
  @Test
  void learnsToReverse() {
    EncoderDecoder network = trained(Attention.ADDITIVE, 800, EncoderDecoderTest::reversed);
    assertThat(right(network, EncoderDecoderTest::reversed)).isGreaterThanOrEqualTo(18);
  }

  private static EncoderDecoder trained(
      Attention attention, int steps, Function<int[], IdPair> task) {
    EncoderDecoder network = Networks.of(CellKind.GRU, attention, 1, 0, 9);
    SplittableRandom random = new SplittableRandom(10);
    Samples.randomize(network.parameters(), 0.3f, random);
    Optimizer optimizer = new Optimizer(new Optimizer.Adam(), network.parameters(), Ops.best());
    for (int step = 0; step < steps; step++) {
      List<IdPair> batch = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        batch.add(task.apply(Networks.ids(1 + random.nextInt(4), 1, 4, random)));
      }
      Gradients gradients = new Gradients(network.parameters());
      network.loss(batch, 1f / 16, Samples.training(step)).backprop().accept(gradients);
      optimizer.step(gradients, 1, 0.02f);
    }
    return network;
  }

  /** The number of right outputs of 20. */
  private static int right(EncoderDecoder network, Function<int[], IdPair> task) {
    SplittableRandom random = new SplittableRandom(11);
    List<int[]> sources = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      sources.add(Networks.ids(1 + random.nextInt(4), 1, 4, random));
    }
    int[] limits = new int[20];
    Arrays.fill(limits, 8);
    Ops ops = Ops.best();
    List<List<Hypothesis>> found =
        BeamSearch.greedy().search(network, sources, limits, ops, new PackedWeights(ops));
    int right = 0;
    for (int i = 0; i < 20; i++) {
      int[] symbols = found.get(i).get(0).symbols();
      right += Arrays.equals(symbols, task.apply(sources.get(i)).target()) ? 1 : 0;
    }
    return right;
  }

  private static IdPair stretched(int[] source) {
    int[] target =
        Arrays.stream(source)
            .flatMap(
                id -> id == 1 ? IntStream.of(1, 1) : id == 2 ? IntStream.of() : IntStream.of(id))
            .toArray();
    return new IdPair(source, target);
  }

  private static IdPair reversed(int[] source) {
    int[] target = new int[source.length];
    Arrays.setAll(target, i -> source[source.length - 1 - i]);
    return new IdPair(source, target);
  }
}
