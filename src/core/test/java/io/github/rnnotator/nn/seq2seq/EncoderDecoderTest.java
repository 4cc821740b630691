package io.github.rnnotator.nn.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.Bidirectional;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.CentralDifferences;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Gru;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderDecoderTest {
  private static final List<IdPair> PAIRS =
      List.of(
          new IdPair(new int[] {1, 2}, new int[] {3, 1, 2}),
          new IdPair(new int[] {4, 1, 3, 0}, new int[] {2}),
          new IdPair(new int[] {2}, new int[] {}),
          new IdPair(new int[] {3, 3, 1}, new int[] {1, 1, 3, 2, 1}));

  /** With symbols that the vocabulary of 4 lacks, once or twice, copied or not. */
  private static final List<IdPair> COPIED =
      List.of(
          copied(new int[] {1, 2}, new int[] {3, 0}, 3, 1, 2),
          copied(new int[] {4, 1, 3, 0}, new int[] {4, 2, 4, 0}, 2, 4),
          copied(new int[] {2}, new int[] {0}),
          copied(new int[] {3, 3, 1, 0}, new int[] {4, 5, 1, 0}, 5, 1, 4, 2, 4));

  private static IdPair copied(int[] ids, int[] copies, int... target) {
    return new IdPair(new IdSource(ids, copies), target);
  }

  static Stream<DecoderSpec> networks() {
    List<DecoderSpec> all = new ArrayList<>();
    for (CellKind cell : CellKind.values()) {
      for (Attention attention : Attention.values()) {
        all.add(spec(cell, attention, 1));
      }
      all.add(spec(cell, null, 1));
    }
    all.add(spec(CellKind.LSTM, Attention.ADDITIVE, 2));
    all.add(spec(CellKind.GRU, Attention.DOT, 3));
    all.add(spec(CellKind.GRU, Attention.DOT, 1).copying());
    all.add(spec(CellKind.SIMPLE_RNN, Attention.GENERAL, 1).copying());
    all.add(spec(CellKind.LSTM, Attention.ADDITIVE, 2).copying());
    return all.stream();
  }

  private static DecoderSpec spec(CellKind cell, @Nullable Attention attention, int layers) {
    return new DecoderSpec(Networks.TARGET_IDS, 3, cell, 4, layers, attention);
  }

  private static List<IdPair> pairs(DecoderSpec spec) {
    return spec.copy() ? COPIED : PAIRS;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientsOfAllWeightsMatchCentralDifferences(DecoderSpec spec) {
    EncoderDecoder network = Networks.of(spec, 0, 0, 1);
    Gradients gradients = new Gradients(network.parameters());
    network.loss(pairs(spec), 0.5f, Samples.training(1)).backprop().accept(gradients);
    CentralDifferences.check(
        "",
        network.parameters(),
        gradients,
        () -> 0.5 * network.loss(pairs(spec), 1, Samples.training(1)).sum());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientsUnderDropoutAndSmoothingMatchCentralDifferences(boolean copy) {
    DecoderSpec plain = spec(CellKind.LSTM, Attention.ADDITIVE, 2);
    DecoderSpec spec = copy ? plain.copying() : plain;
    EncoderDecoder network = Networks.of(spec, 0.4f, 0.2f, 2);
    Gradients gradients = new Gradients(network.parameters());
    network.loss(pairs(spec), 1, Samples.training(7)).backprop().accept(gradients);
    CentralDifferences.check(
        "",
        network.parameters(),
        gradients,
        () -> network.loss(pairs(spec), 1, Samples.training(7)).sum());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theLossOfABatchIsTheSumOfItsPairs(DecoderSpec spec) {
    EncoderDecoder network = Networks.of(spec, 0, 0, 3);
    double sum = 0;
    for (IdPair pair : pairs(spec)) {
      sum += network.loss(List.of(pair), 1, Samples.inference()).sum();
    }
    assertThat(network.loss(pairs(spec), 1, Samples.inference()).sum())
        .isCloseTo(sum, within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void vectorAndScalarOpsGiveTheSameBits(DecoderSpec spec) {
    List<float[]> gradientsOf = new ArrayList<>();
    for (Ops ops : List.of(Ops.best(), Ops.scalar())) {
      EncoderDecoder network = Networks.of(spec, 0.2f, 0, 4);
      Gradients gradients = new Gradients(network.parameters());
      network
          .loss(pairs(spec), 1, PassContext.training(ops, Samples.poisoned(), 5))
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

  @ParameterizedTest
  @MethodSource("networks")
  void weightsOfTheDecoderAreCounted(DecoderSpec spec) {
    long own =
        Networks.of(spec, 0, 0, 1).parameters().stream()
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

  /**
   * Half of the symbols in training are unknown, and those of the test are others. Source id 0 is
   * the unknown symbol, 4 the end.
   */
  @Test
  void learnsToCopySymbolsThatItHasNeverSeen() {
    DecoderSpec spec = spec(CellKind.GRU, Attention.ADDITIVE, 1).copying();
    EncoderSpec encoder =
        new EncoderSpec(
            Networks.SOURCE_IDS,
            3,
            List.of(new Bidirectional(new Gru(8).returnSequences(true))),
            8);
    SplittableRandom random = new SplittableRandom(9);
    EncoderDecoder network = EncoderDecoder.build(encoder, spec, 0, 0, random);
    train(network, 500, EncoderDecoderTest::marked, random);
    assertThat(right(network, EncoderDecoderTest::marked)).isGreaterThanOrEqualTo(18);
    IdPair pair = copied(new int[] {0, 1, 0, 4}, new int[] {8, 1, 9, 0}, 8, 9);
    List<Hypothesis> found = greedy(network, List.of(pair.source())).get(0);
    assertThat(found.get(0).symbols()).containsExactly(8, 9);
  }

  /** Symbols 1 are left out, others are copied, of which 0 are unknown. */
  private static IdPair marked(int[] ids) {
    int[] source = Arrays.copyOf(ids, ids.length + 1);
    int[] copies = new int[source.length];
    int next = Networks.TARGET_IDS;
    for (int i = 0; i < ids.length; i++) {
      source[i] = ids[i] == 3 ? 0 : ids[i];
      copies[i] = ids[i] == 3 ? next++ : ids[i];
    }
    source[ids.length] = 4;
    return copied(source, copies, Arrays.stream(copies).filter(id -> id > 1).toArray());
  }

  private static EncoderDecoder trained(
      Attention attention, int steps, Function<int[], IdPair> task) {
    EncoderDecoder network = Networks.of(CellKind.GRU, attention, 1, 0, 9);
    SplittableRandom random = new SplittableRandom(10);
    Samples.randomize(network.parameters(), 0.3f, random);
    train(network, steps, task, random);
    return network;
  }

  private static void train(
      EncoderDecoder network, int steps, Function<int[], IdPair> task, SplittableRandom random) {
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
  }

  /** The number of right outputs of 20. */
  private static int right(EncoderDecoder network, Function<int[], IdPair> task) {
    SplittableRandom random = new SplittableRandom(11);
    List<IdPair> pairs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      pairs.add(task.apply(Networks.ids(1 + random.nextInt(4), 1, 4, random)));
    }
    List<List<Hypothesis>> found = greedy(network, pairs.stream().map(IdPair::source).toList());
    int right = 0;
    for (int i = 0; i < 20; i++) {
      int[] symbols = found.get(i).get(0).symbols();
      right += Arrays.equals(symbols, pairs.get(i).target()) ? 1 : 0;
    }
    return right;
  }

  private static List<List<Hypothesis>> greedy(EncoderDecoder network, List<IdSource> sources) {
    int[] limits = new int[sources.size()];
    Arrays.fill(limits, 8);
    Ops ops = Ops.best();
    return BeamSearch.greedy().search(network, sources, limits, ops, new PackedWeights(ops));
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
