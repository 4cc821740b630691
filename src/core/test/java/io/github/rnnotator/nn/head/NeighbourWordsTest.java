package io.github.rnnotator.nn.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.Samples;
import io.github.rnnotator.nn.SequenceBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighbourWordsTest {
  private static final int HIDDEN = 3;
  private static final int PROJECTION = 4;
  private static final int WORDS = 40;
  private static final int[] LENGTHS = {4, 1, 6, 2};
  private static final float EPSILON = 8e-3f;

  private final SplittableRandom random = new SplittableRandom(11);

  private NeighbourWords model(boolean bidirectional, int samples) {
    long[] counts = new long[WORDS];
    Arrays.setAll(counts, id -> 1000 / (id + 1));
    NeighbourWords model =
        NeighbourWords.build(
            "n",
            new NeighbourWords.Shape(HIDDEN, bidirectional, PROJECTION, samples),
            counts,
            random);
    Samples.randomize(model.parameters(), 0.8f, random);
    return model;
  }

  private int[] words(Packing packing) {
    return random.ints(packing.tokens(), 0, WORDS + 5).toArray();
  }

  /** Against the equations of the whole softmax, word by word in double precision. */
  @ParameterizedTest
  @CsvSource({"true, 20", "true, 100", "false, 40"})
  void sampleOfAllWordsGivesTheWholeSoftmax(boolean bidirectional, int samples) {
    NeighbourWords model = model(bidirectional, samples);
    int directions = bidirectional ? 2 : 1;
    SequenceBatch states = Samples.batch(LENGTHS, directions * HIDDEN, random);
    int[] ids = words(states.packing());
    double expected = expected(model, states, ids, directions);
    assertThat(model.loss(states, ids, 1, Samples.training(1)).sum())
        .isCloseTo(expected, within(1e-3));
    double[] own = model.logLikelihoods(states, ids, Samples.training(1));
    assertThat(own).hasSize(directions);
    assertThat(-Arrays.stream(own).sum()).isCloseTo(expected, within(1e-3));
  }

  /** The log likelihood of every next and previous word. */
  private static double expected(
      NeighbourWords model, SequenceBatch states, int[] ids, int directions) {
    Map<String, FMatrixRMaj> weights =
        model.parameters().stream().collect(Collectors.toMap(Parameter::name, Parameter::value));
    Packing packing = states.packing();
    double sum = 0;
    for (int d = 0; d < directions; d++) {
      String name = "n." + (d == 0 ? "forward" : "backward") + ".projection";
      FMatrixRMaj kernel = weights.get(name + ".kernel");
      FMatrixRMaj bias = weights.get(name + ".bias");
      for (int i = 0; i < packing.sequences(); i++) {
        for (int t = 0; t < packing.length(i); t++) {
          int other = d == 0 ? t + 1 : t - 1;
          if (other < 0 || other >= packing.length(i)) {
            continue;
          }
          double[] m = new double[PROJECTION];
          for (int k = 0; k < PROJECTION; k++) {
            m[k] = bias.data[k];
            for (int h = 0; h < HIDDEN; h++) {
              m[k] += states.values().get(packing.row(i, t), d * HIDDEN + h) * kernel.get(h, k);
            }
          }
          int word = ids[packing.row(i, other)];
          double total = 0;
          for (int w = 0; w < WORDS; w++) {
            total += Math.exp(logit(weights, w, m));
          }
          sum += Math.log(total) - logit(weights, word < WORDS ? word : 0, m);
        }
      }
    }
    return sum;
  }

  private static double logit(Map<String, FMatrixRMaj> weights, int word, double[] m) {
    double z = weights.get("n.words.biases").data[word];
    for (int k = 0; k < m.length; k++) {
      z += m[k] * weights.get("n.words.vectors").get(word, k);
    }
    return z;
  }

  @ParameterizedTest
  @CsvSource({"true, 7, 1", "true, 7, 0.25", "true, 40, 1", "false, 7, 1"})
  void gradientsMatchCentralDifferences(boolean bidirectional, int samples, float weight) {
    NeighbourWords model = model(bidirectional, samples);
    SequenceBatch states = Samples.batch(LENGTHS, (bidirectional ? 2 : 1) * HIDDEN, random);
    int[] ids = words(states.packing());
    Gradients gradients = new Gradients(model.parameters());
    FMatrixRMaj dStates =
        model
            .loss(states, ids, weight, Samples.training(3))
            .backprop()
            .apply(new FMatrixRMaj(0, 0), gradients)
            .copy();
    compare("states", states.values().data, dStates.data, model, states, ids, weight);
    for (Parameter parameter : model.parameters()) {
      float[] gradient =
          parameter.isTable() ? dense(parameter, gradients) : gradients.of(parameter).data;
      compare(parameter.name(), parameter.value().data, gradient, model, states, ids, weight);
    }
  }

  private static float[] dense(Parameter parameter, Gradients gradients) {
    Gradients.TableGradient table = gradients.ofTable(parameter);
    int cols = parameter.value().numCols;
    float[] dense = new float[parameter.size()];
    for (int slot = 0; slot < table.size(); slot++) {
      System.arraycopy(table.values(), table.begin(slot), dense, table.row(slot) * cols, cols);
    }
    return dense;
  }

  private static void compare(
      String name,
      float[] values,
      float[] gradient,
      NeighbourWords model,
      SequenceBatch states,
      int[] ids,
      float weight) {
    for (int i = 0; i < Math.min(values.length, gradient.length); i++) {
      float old = values[i];
      values[i] = old + EPSILON;
      double more = model.loss(states, ids, 1, Samples.training(3)).sum();
      values[i] = old - EPSILON;
      double less = model.loss(states, ids, 1, Samples.training(3)).sum();
      values[i] = old;
      assertThat((double) gradient[i])
          .as("%s[%d]", name, i)
          .isCloseTo(weight * (more - less) / (2 * EPSILON), within(5e-3));
    }
  }

  /** Words outside the sample, other than the gold words, are not in the gradient. */
  @Test
  void onlyTheSampleAndTheGoldWordsHaveAGradient() {
    NeighbourWords model = model(true, 5);
    SequenceBatch states = Samples.batch(new int[] {2}, 2 * HIDDEN, random);
    Gradients gradients = new Gradients(model.parameters());
    model
        .loss(states, new int[] {38, 39}, 1, Samples.training(1))
        .backprop()
        .apply(new FMatrixRMaj(0, 0), gradients);
    List<Parameter> parameters = model.parameters();
    Parameter vectors = parameters.get(parameters.size() - 2);
    assertThat(gradients.ofTable(vectors).size()).isBetween(5, 7);
  }

  @Test
  void singleWordHasNoLoss() {
    NeighbourWords model = model(true, 5);
    SequenceBatch states = Samples.batch(new int[] {1, 1}, 2 * HIDDEN, random);
    Head.Loss loss = model.loss(states, new int[] {1, 2}, 1, Samples.training(1));
    FMatrixRMaj d = loss.backprop().apply(new FMatrixRMaj(0, 0), new Gradients(model.parameters()));
    assertThat(loss.sum()).isZero();
    assertThat(Arrays.copyOf(d.data, 2 * 2 * HIDDEN)).containsOnly(0);
    assertThat(model.predictions(1, 1)).isZero();
    assertThat(model.predictions(3, 1, 2)).isEqualTo(6);
  }

  @Test
  void sampleHasEachWordAsOftenAsExpected() {
    int words = 100;
    int size = 20;
    int rounds = 4000;
    int[] found = new int[words];
    double[] expected = new double[words];
    for (int round = 0; round < rounds; round++) {
      LogUniformSample sample = LogUniformSample.draw(words, size, random);
      assertThat(Arrays.stream(sample.ids()).distinct().count()).isEqualTo(size);
      Arrays.stream(sample.ids()).forEach(id -> found[id]++);
      for (int id = 0; id < words; id++) {
        expected[id] += Math.exp(sample.logExpected(id));
      }
    }
    for (int id = 0; id < words; id++) {
      assertThat((double) found[id] / rounds)
          .as("word %d", id)
          .isCloseTo(expected[id] / rounds, within(0.03));
    }
  }

  /** If the logits are those of the words' distribution, samples do not move them in the mean. */
  @Test
  void trueDistributionHasNoGradientInTheMean() {
    int words = 60;
    SampledSoftmax softmax = SampledSoftmax.build("s", 1, new long[words], 12, random);
    Parameter vectors = softmax.parameters().get(0);
    Parameter biases = softmax.parameters().get(1);
    Arrays.fill(vectors.value().data, 0);
    double[] p = new double[words];
    Arrays.setAll(p, id -> id % 7 == 0 ? 5 : 1 + id % 3);
    double total = Arrays.stream(p).sum();
    for (int id = 0; id < words; id++) {
      biases.value().data[id] = (float) Math.log(p[id] / total);
    }
    // Each word as often as its probability says.
    int[] gold =
        IntStream.range(0, words)
            .flatMap(id -> IntStream.generate(() -> id).limit((long) p[id]))
            .toArray();
    FMatrixRMaj m = new FMatrixRMaj(gold.length, 1);
    Gradients gradients = new Gradients(softmax.parameters());
    int rounds = 3000;
    for (int round = 0; round < rounds; round++) {
      softmax
          .loss(m, gold, 1f / gold.length / rounds, Samples.training(round))
          .backprop()
          .apply(m, gradients);
    }
    float[] gradient = dense(biases, gradients);
    for (int id = 0; id < words; id++) {
      assertThat((double) gradient[id]).as("word %d", id).isCloseTo(0, within(0.1 * p[id] / total));
    }
  }

  @Test
  void refusesAnEmptyVocabulary() {
    assertThatThrownBy(() -> SampledSoftmax.build("s", 2, new long[0], 5, random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 words and 5 samples, expected at least 1");
  }
}
