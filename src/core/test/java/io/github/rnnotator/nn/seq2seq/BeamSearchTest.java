package io.github.rnnotator.nn.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.PackedWeights;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.Samples;
import io.github.rnnotator.nn.StatefulLayer;
import io.github.rnnotator.ops.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BeamSearchTest {
  private static final int LIMIT = 3;

  /** More than all beginnings of at most three of five symbols: 5 + 25 + 125 and their ends. */
  private static final int WIDE = 400;

  private static List<List<Hypothesis>> search(
      BeamSearch search, EncoderDecoder network, List<IdSource> sources, Ops ops) {
    int[] limits = new int[sources.size()];
    Arrays.fill(limits, LIMIT);
    return search.search(network, sources, limits, ops, new PackedWeights(ops));
  }

  private static List<IdSource> sources(int n, long seed) {
    return Networks.sources(n, false, new SplittableRandom(seed));
  }

  /** All outputs of at most three symbols, best first, each scored by the loss of training. */
  private static List<Hypothesis> enumerated(EncoderDecoder network, IdSource source, float power) {
    int ids =
        source.copies().length == 0
            ? Networks.TARGET_IDS
            : PointerGenerator.ids(source, Networks.TARGET_IDS);
    List<int[]> outputs = new ArrayList<>(List.of(new int[0]));
    for (int from = 0, length = 1; length <= LIMIT; length++) {
      int end = outputs.size();
      for (; from < end; from++) {
        for (int symbol = 1; symbol < ids; symbol++) {
          int[] longer = Arrays.copyOf(outputs.get(from), length);
          longer[length - 1] = symbol;
          outputs.add(longer);
        }
      }
    }
    int n = ids - 1;
    assertThat(outputs).hasSize(1 + n + n * n + n * n * n);
    return outputs.stream()
        .map(
            output -> {
              IdPair pair = new IdPair(source, output);
              double log = -network.loss(List.of(pair), 1, Samples.inference()).sum();
              return new Hypothesis(output, log, log / Math.pow(output.length + 1, power));
            })
        .sorted(Comparator.comparingDouble(hypothesis -> -hypothesis.score()))
        .toList();
  }

  @ParameterizedTest(name = "{0}, {1}, power {2}, copy {3}")
  @CsvSource({
    "GRU, DOT, 0, false",
    "GRU, ADDITIVE, 0.6, false",
    "LSTM, GENERAL, 1, false",
    "LSTM, ADDITIVE, 2, false",
    "MIN_GRU, , 1, false",
    "GRU, MONOTONE, 0, false",
    "LSTM, MONOTONE, 1, false",
    "GRU, DOT, 0, true",
    "LSTM, ADDITIVE, 1, true"
  })
  void aWideBeamFindsWhatEnumerationFinds(
      CellKind cell, Attention attention, float power, boolean copy) {
    DecoderSpec plain = new DecoderSpec(Networks.TARGET_IDS, 3, cell, 4, 1, attention);
    for (long seed = 1; seed <= 6; seed++) {
      EncoderDecoder network = Networks.of(copy ? plain.copying() : plain, 0, 0, seed);
      List<IdSource> sources = Networks.sources(5, copy, new SplittableRandom(seed));
      List<List<Hypothesis>> found =
          search(new BeamSearch(WIDE, 10, power), network, sources, Ops.best());
      for (int i = 0; i < sources.size(); i++) {
        List<Hypothesis> all = enumerated(network, sources.get(i), power);
        for (int rank = 0; rank < 10; rank++) {
          Hypothesis hypothesis = found.get(i).get(rank);
          assertThat(hypothesis.score()).isCloseTo(all.get(rank).score(), within(1e-5));
          assertThat(hypothesis.logProbability())
              .isCloseTo(logProbability(all, hypothesis.symbols()), within(1e-5));
        }
        assertThat(found.get(i).get(0).symbols()).isEqualTo(all.get(0).symbols());
      }
    }
  }

  private static double logProbability(List<Hypothesis> all, int[] symbols) {
    return all.stream()
        .filter(hypothesis -> Arrays.equals(hypothesis.symbols(), symbols))
        .findFirst()
        .orElseThrow()
        .logProbability();
  }

  @Test
  void aBeamOfOneFollowsTheMostLikelySymbol() {
    for (long seed = 1; seed <= 10; seed++) {
      EncoderDecoder network = Networks.of(CellKind.GRU, Attention.ADDITIVE, 1, 0, seed);
      IdSource source = sources(1, seed).get(0);
      int[] greedy =
          search(BeamSearch.greedy(), network, List.of(source), Ops.best()).get(0).get(0).symbols();
      List<Integer> followed = new ArrayList<>();
      while (followed.size() < LIMIT) {
        int next = mostLikely(network, source, followed);
        if (next == EncoderDecoder.BOUNDARY) {
          break;
        }
        followed.add(next);
      }
      assertThat(greedy).containsExactly(followed.stream().mapToInt(i -> i).toArray());
    }
  }

  /** Compares beginnings by the difference that one more symbol makes to the loss. */
  private static int mostLikely(EncoderDecoder network, IdSource source, List<Integer> beginning) {
    int best = EncoderDecoder.BOUNDARY;
    double bestProbability = 0;
    double rest = 1;
    double before = probability(network, source, beginning);
    for (int symbol = 1; symbol < Networks.TARGET_IDS; symbol++) {
      List<Integer> longer = new ArrayList<>(beginning);
      longer.add(symbol);
      double p = probability(network, source, longer) / before;
      rest -= p;
      if (p > bestProbability) {
        best = symbol;
        bestProbability = p;
      }
    }
    return rest > bestProbability ? EncoderDecoder.BOUNDARY : best;
  }

  /** The probability of a beginning, {@code p(y_1) p(y_2 | y_1) ..}. */
  private static double probability(
      EncoderDecoder network, IdSource source, List<Integer> beginning) {
    int[] symbols = beginning.stream().mapToInt(i -> i).toArray();
    double product = 1;
    for (int n = 0; n < symbols.length; n++) {
      double[] p = next(network, source, Arrays.copyOf(symbols, n));
      product *= p[symbols[n]];
    }
    return product;
  }

  private static double[] next(EncoderDecoder network, IdSource source, int[] beginning) {
    PassContext pass = Samples.inference();
    Decoder.Writing writing = network.begin(List.of(source), pass);
    List<StatefulLayer.State> states = writing.initial();
    int[] inputs = new int[beginning.length + 1];
    System.arraycopy(beginning, 0, inputs, 1, beginning.length);
    Decoder.Next next = null;
    for (int input : inputs) {
      Decoder.Beginnings one =
          new Decoder.Beginnings(
              new int[] {input}, new boolean[] {true}, new int[] {0}, new int[] {0});
      next = writing.step(one, states, pass);
      states = next.states();
    }
    return Samples.doubles(Arrays.copyOf(next.p().data, next.p().numCols));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBatchGivesTheBitsOfSingleSources(boolean copy) {
    DecoderSpec plain =
        new DecoderSpec(Networks.TARGET_IDS, 3, CellKind.LSTM, 4, 2, Attention.ADDITIVE);
    EncoderDecoder network = Networks.of(copy ? plain.copying() : plain, 0, 0, 11);
    List<IdSource> sources = Networks.sources(12, copy, new SplittableRandom(11));
    BeamSearch search = new BeamSearch(3, 2, 1);
    List<List<Hypothesis>> batch = search(search, network, sources, Ops.best());
    for (int i = 0; i < sources.size(); i++) {
      List<Hypothesis> alone = search(search, network, List.of(sources.get(i)), Ops.best()).get(0);
      assertSame(batch.get(i), alone);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void vectorAndScalarOpsGiveTheSameBits(boolean copy) {
    DecoderSpec plain =
        new DecoderSpec(Networks.TARGET_IDS, 3, CellKind.GRU, 4, 1, Attention.GENERAL);
    EncoderDecoder network = Networks.of(copy ? plain.copying() : plain, 0, 0, 12);
    List<IdSource> sources = Networks.sources(6, copy, new SplittableRandom(12));
    BeamSearch search = new BeamSearch(4, 4, 1);
    List<List<Hypothesis>> best = search(search, network, sources, Ops.best());
    List<List<Hypothesis>> scalar = search(search, network, sources, Ops.scalar());
    for (int i = 0; i < sources.size(); i++) {
      assertSame(best.get(i), scalar.get(i));
    }
  }

  private static void assertSame(List<Hypothesis> a, List<Hypothesis> b) {
    assertThat(a).hasSameSizeAs(b);
    for (int i = 0; i < a.size(); i++) {
      assertThat(a.get(i).symbols()).isEqualTo(b.get(i).symbols());
      assertThat(a.get(i).logProbability()).isEqualTo(b.get(i).logProbability());
      assertThat(a.get(i).score()).isEqualTo(b.get(i).score());
    }
  }

  @Test
  void everyOutputEndsWithinItsLimit() {
    EncoderDecoder network = Networks.of(CellKind.GRU, Attention.DOT, 1, 0, 13);
    // The end is all but impossible.
    FMatrixRMaj bias = Samples.parameter(network.parameters(), "decoder.output.bias").value();
    bias.data[EncoderDecoder.BOUNDARY] = -100;
    Ops ops = Ops.best();
    for (int beam : new int[] {1, 4}) {
      List<List<Hypothesis>> found =
          new BeamSearch(beam, 1, 1)
              .search(
                  network,
                  Stream.of(new int[] {1}, new int[] {2, 3}, new int[] {4})
                      .map(IdSource::new)
                      .toList(),
                  new int[] {0, 7, 50},
                  ops,
                  new PackedWeights(ops));
      assertThat(found.get(0).get(0).symbols()).isEmpty();
      assertThat(found.get(1).get(0).symbols()).hasSize(7);
      assertThat(found.get(2).get(0).symbols()).hasSize(50);
    }
  }

  @Test
  void noSourceGivesNoOutput() {
    EncoderDecoder network = Networks.of(CellKind.GRU, Attention.DOT, 1, 0, 14);
    assertThat(search(BeamSearch.greedy(), network, List.of(), Ops.best())).isEmpty();
  }

  @Test
  void wrongSettingsAreRejected() {
    assertThatIllegalArgumentException().isThrownBy(() -> new BeamSearch(0, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BeamSearch(2, 3, 1))
        .withMessage("3 best outputs, expected 1 to the beam, which is 2");
    assertThatIllegalArgumentException().isThrownBy(() -> new BeamSearch(2, 1, -1));
  }
}
