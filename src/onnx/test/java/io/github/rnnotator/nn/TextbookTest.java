package io.github.rnnotator.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Recurrent networks as in a textbook: examples in Keras' terms, a few lines each. */
class TextbookTest {
  private static final int BATCH = 4;
  private static final int TIMESTEPS = 5;
  private static final int INPUT_DIM = 3;
  private static final int HIDDEN_SIZE = 6;
  private static final long SEED = 1;

  private final float[][][] x =
      Samples.tensor(
          Collections.nCopies(BATCH, TIMESTEPS).stream().mapToInt(n -> n).toArray(),
          INPUT_DIM,
          new SplittableRandom(SEED));

  @Test
  void lastStateHasShapeBatchByHiddenSize() {
    Sequential rnn = Sequential.of(INPUT_DIM, SEED, new SimpleRnn(HIDDEN_SIZE));
    SequenceBatch y = rnn.forward(SequenceBatch.of(x), Samples.inference()).y();
    assertThat(y.values().numRows).isEqualTo(BATCH);
    assertThat(y.values().numCols).isEqualTo(HIDDEN_SIZE);
    assertThat(rnn.predict(x)).hasDimensions(BATCH, 1);
  }

  @Test
  void wholeSequenceHasShapeBatchByTimestepsByHiddenSize() {
    float[][][] h =
        Sequential.of(INPUT_DIM, SEED, new SimpleRnn(HIDDEN_SIZE).returnSequences(true)).predict(x);
    assertThat(h).hasDimensions(BATCH, TIMESTEPS);
    assertThat(h[0]).hasDimensions(TIMESTEPS, HIDDEN_SIZE);
  }

  /**
   * Two timesteps by hand, with one input and two units:
   *
   * <pre>
   *   W = [0.5  -1.0]    U = [0.1  0.2]    b = [0.1  -0.1]    x_1 = 1    x_2 = 2
   *                          [0.3  0.4]
   *
   *   h_1 = tanh(0.5 * 1 + 0.1,  -1.0 * 1 - 0.1) = tanh(0.6, -1.1) = (0.537050, -0.800499)
   *   h_2 = tanh( 0.5 * 2 + 0.1 + 0.1 * 0.537050 - 0.3 * 0.800499,
   *              -1.0 * 2 - 0.1 + 0.2 * 0.537050 - 0.4 * 0.800499)
   *       = tanh(0.913555, -2.312790) = (0.722834, -0.980594)
   * </pre>
   */
  @Test
  void twoStepsByHand() {
    Sequential rnn = Sequential.of(1, SEED, new SimpleRnn(2).returnSequences(true));
    set(rnn, "0.kernel", 0.5f, -1.0f);
    set(rnn, "0.recurrent_kernel", 0.1f, 0.2f, 0.3f, 0.4f);
    set(rnn, "0.bias", 0.1f, -0.1f);
    float[][] h = rnn.predict(new float[][][] {{{1}, {2}}})[0];
    assertThat(h[0]).containsExactly(new float[] {0.537050f, -0.800499f}, within(1e-6f));
    assertThat(h[1]).containsExactly(new float[] {0.722834f, -0.980594f}, within(1e-6f));
  }

  /**
   * Backward, the same cell reads {@code x_2 = 2} first, and its last state is at the first
   * timestep:
   *
   * <pre>
   *   h_2 = tanh(1.1, -2.1) = (0.800499, -0.970452)
   *   h_1 = tanh( 0.6 + 0.1 * 0.800499 - 0.3 * 0.970452,
   *              -1.1 + 0.2 * 0.800499 - 0.4 * 0.970452)
   *       = tanh(0.388914, -1.328081) = (0.370424, -0.868780)
   * </pre>
   */
  @Test
  void twoStepsBackwardByHand() {
    Sequential rnn =
        Sequential.of(1, SEED, new GoBackwards(new SimpleRnn(2).returnSequences(true)));
    set(rnn, "0.kernel", 0.5f, -1.0f);
    set(rnn, "0.recurrent_kernel", 0.1f, 0.2f, 0.3f, 0.4f);
    set(rnn, "0.bias", 0.1f, -0.1f);
    float[][] h = rnn.predict(new float[][][] {{{1}, {2}}})[0];
    assertThat(h[1]).containsExactly(new float[] {0.800499f, -0.970452f}, within(1e-6f));
    assertThat(h[0]).containsExactly(new float[] {0.370424f, -0.868780f}, within(1e-6f));
  }

  /**
   * Many-to-one: the forward direction ends at the last timestep, the backward direction at the
   * first, and a dense layer reads both. With the states of the two examples above:
   *
   * <pre>
   *   y = [h_2 of the first, h_1 of the second] = (0.722834, -0.980594, 0.370424, -0.868780)
   *   z = (0.722834 - 0.980594,  0.370424 - 2 * 0.868780 + 0.5) = (-0.257760, -0.867136)
   *   p = softmax(z) = (0.647798, 0.352202)
   * </pre>
   */
  @Test
  void manyToOneByHand() {
    Sequential rnn =
        Sequential.of(
            1, SEED, new Bidirectional(new SimpleRnn(2)), new Dense(2, Activation.SOFTMAX));
    for (String direction : List.of("0.forward", "0.backward")) {
      set(rnn, direction + ".kernel", 0.5f, -1.0f);
      set(rnn, direction + ".recurrent_kernel", 0.1f, 0.2f, 0.3f, 0.4f);
      set(rnn, direction + ".bias", 0.1f, -0.1f);
    }
    set(rnn, "1.kernel", 1, 0, 1, 0, 0, 1, 0, 2);
    set(rnn, "1.bias", 0, 0.5f);
    float[][] p = rnn.predict(new float[][][] {{{1}, {2}}})[0];
    assertThat(p).hasDimensions(1, 2);
    assertThat(p[0]).containsExactly(new float[] {0.647798f, 0.352202f}, within(2e-6f));
  }

  /** What a head selects from all states equals the output of {@code returnSequences(false)}. */
  @Test
  void lastStatesEqualReturnSequencesFalse() {
    float[][][] texts =
        Samples.tensor(new int[] {4, 1, 7, 2, 7, 3}, INPUT_DIM, new SplittableRandom(3));
    for (RecurrentSpec cell :
        List.of(new SimpleRnn(HIDDEN_SIZE), new Gru(HIDDEN_SIZE), new Lstm(HIDDEN_SIZE))) {
      Sequential last = Sequential.of(INPUT_DIM, SEED, new Bidirectional(cell));
      Sequential all =
          Sequential.of(
              INPUT_DIM,
              SEED,
              new Bidirectional(cell.returnSequences(true)),
              new LastStates(HIDDEN_SIZE));
      assertThat(all.predict(texts)).as("%s", cell).isDeepEqualTo(last.predict(texts));
      Sequential forward = Sequential.of(INPUT_DIM, SEED, cell);
      Sequential states =
          Sequential.of(INPUT_DIM, SEED, cell.returnSequences(true), new LastStates(HIDDEN_SIZE));
      assertThat(states.predict(texts)).as("%s", cell).isDeepEqualTo(forward.predict(texts));
    }
  }

  @Test
  void poolingByHand() {
    float[][][] sequences = {{{1, -4}, {3, -2}, {2, -3}}, {{5, 0}}};
    assertThat(Sequential.of(2, SEED, new GlobalAveragePooling()).predict(sequences))
        .isDeepEqualTo(new float[][][] {{{2, -3}}, {{5, 0}}});
    assertThat(Sequential.of(2, SEED, new GlobalMaxPooling()).predict(sequences))
        .isDeepEqualTo(new float[][][] {{{3, -2}}, {{5, 0}}});
    assertThat(Sequential.of(2, SEED, new LastStates(1)).predict(sequences))
        .isDeepEqualTo(new float[][][] {{{2, -4}}, {{5, 0}}});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sequential.of(2, SEED, new LastStates(3)))
        .withMessage("3 columns read forward, the input has 2");
  }

  /** With ReLU: {@code h_1 = max(0, 0.6), max(0, -1.1)}, {@code h_2 = 1.1 + 0.1 * 0.6}. */
  @Test
  void reluByHand() {
    Sequential rnn =
        Sequential.of(1, SEED, new SimpleRnn(2).activation(Activation.RELU).returnSequences(true));
    set(rnn, "0.kernel", 0.5f, -1.0f);
    set(rnn, "0.recurrent_kernel", 0.1f, 0.2f, 0.3f, 0.4f);
    set(rnn, "0.bias", 0.1f, -0.1f);
    float[][] h = rnn.predict(new float[][][] {{{1}, {2}}})[0];
    assertThat(h[0]).containsExactly(new float[] {0.6f, 0}, within(1e-6f));
    assertThat(h[1]).containsExactly(new float[] {1.16f, 0}, within(1e-6f));
  }

  @Test
  void lastStateEqualsLastOfSequence() {
    for (RecurrentSpec layer :
        List.of(new SimpleRnn(HIDDEN_SIZE), new Gru(HIDDEN_SIZE), new Lstm(HIDDEN_SIZE))) {
      float[][][] last = Sequential.of(INPUT_DIM, SEED, layer).predict(x);
      float[][][] all = Sequential.of(INPUT_DIM, SEED, layer.returnSequences(true)).predict(x);
      for (int i = 0; i < BATCH; i++) {
        assertThat(last[i][0]).as("%s", layer).isEqualTo(all[i][TIMESTEPS - 1]);
      }
    }
  }

  @Test
  void backwardLayerReturnsTheStateAfterTheFirstTimestep() {
    for (RecurrentSpec layer :
        List.of(new SimpleRnn(HIDDEN_SIZE), new Gru(HIDDEN_SIZE), new Lstm(HIDDEN_SIZE))) {
      float[][][] last = Sequential.of(INPUT_DIM, SEED, new GoBackwards(layer)).predict(x);
      float[][][] all =
          Sequential.of(INPUT_DIM, SEED, new GoBackwards(layer.returnSequences(true))).predict(x);
      for (int i = 0; i < BATCH; i++) {
        assertThat(last[i][0]).as("%s", layer).isEqualTo(all[i][0]);
      }
    }
  }

  @Test
  void backwardLayerEqualsForwardLayerOnReversedSequence() {
    RecurrentSpec layer = new SimpleRnn(HIDDEN_SIZE).returnSequences(true);
    float[][][] backward = Sequential.of(INPUT_DIM, SEED, new GoBackwards(layer)).predict(x);
    float[][][] reversed = new float[BATCH][][];
    for (int i = 0; i < BATCH; i++) {
      reversed[i] = reversed(x[i]);
    }
    float[][][] forward = Sequential.of(INPUT_DIM, SEED, layer).predict(reversed);
    for (int i = 0; i < BATCH; i++) {
      assertThat(backward[i]).isDeepEqualTo(reversed(forward[i]));
    }
  }

  @Test
  void layersStack() {
    Sequential deep =
        Sequential.of(
            INPUT_DIM,
            SEED,
            new SimpleRnn(HIDDEN_SIZE).returnSequences(true),
            new SimpleRnn(2).returnSequences(true));
    SplittableRandom random = new SplittableRandom(SEED);
    Layer first = new SimpleRnn(HIDDEN_SIZE).returnSequences(true).build("0", INPUT_DIM, random);
    Layer second = new SimpleRnn(2).returnSequences(true).build("1", HIDDEN_SIZE, random);
    SequenceBatch h1 = first.forward(SequenceBatch.of(x), Samples.inference()).y();
    SequenceBatch h2 = second.forward(h1, Samples.inference()).y();
    float[][][] y = deep.predict(x);
    assertThat(y[0]).hasDimensions(TIMESTEPS, 2);
    for (int i = 0; i < BATCH; i++) {
      assertThat(y[i]).isDeepEqualTo(h2.toTensor()[i]);
    }
  }

  @Test
  void bidirectionalLayerConcatenatesBothStates() {
    RecurrentSpec layer = new SimpleRnn(HIDDEN_SIZE).returnSequences(true);
    Sequential both = Sequential.of(INPUT_DIM, SEED, new Bidirectional(layer));
    Sequential forward = Sequential.of(INPUT_DIM, 2, layer);
    Sequential backward = Sequential.of(INPUT_DIM, 3, new GoBackwards(layer));
    for (String name : List.of("kernel", "recurrent_kernel", "bias")) {
      copy(forward, "0." + name, both, "0.forward." + name);
      copy(backward, "0." + name, both, "0.backward." + name);
    }
    float[][][] y = both.predict(x);
    float[][][] f = forward.predict(x);
    float[][][] b = backward.predict(x);
    assertThat(y[0]).hasDimensions(TIMESTEPS, 2 * HIDDEN_SIZE);
    for (int i = 0; i < BATCH; i++) {
      for (int t = 0; t < TIMESTEPS; t++) {
        assertThat(y[i][t]).startsWith(f[i][t]).endsWith(b[i][t]);
      }
    }
  }

  @Test
  void shortcutAddsOrConcatenatesTheInput() {
    RecurrentSpec layer = new SimpleRnn(INPUT_DIM).returnSequences(true);
    float[][][] f = Sequential.of(INPUT_DIM, SEED, layer).predict(x);
    float[][][] sum =
        Sequential.of(INPUT_DIM, SEED, new Shortcut(layer, Shortcut.Mode.RESIDUAL)).predict(x);
    float[][][] both =
        Sequential.of(INPUT_DIM, SEED, new Shortcut(layer, Shortcut.Mode.DENSE)).predict(x);
    for (int i = 0; i < BATCH; i++) {
      for (int t = 0; t < TIMESTEPS; t++) {
        assertThat(both[i][t]).hasSize(2 * INPUT_DIM).startsWith(x[i][t]).endsWith(f[i][t]);
        for (int k = 0; k < INPUT_DIM; k++) {
          assertThat(sum[i][t][k]).isEqualTo(x[i][t][k] + f[i][t][k]);
        }
      }
    }
    assertThatThrownBy(
            () ->
                Sequential.of(
                    INPUT_DIM,
                    SEED,
                    new Shortcut(new SimpleRnn(INPUT_DIM + 1), Shortcut.Mode.RESIDUAL)))
        .hasMessageContaining(
            "the input has length " + INPUT_DIM + " and the output " + (INPUT_DIM + 1));
  }

  @Test
  void globalContextIsTheMeanOfSecondEncoder() {
    RecurrentSpec encoder = new SimpleRnn(2).returnSequences(true);
    float[][][] shorter = {x[0], java.util.Arrays.copyOf(x[1], TIMESTEPS - 1)};
    float[][][] f = Sequential.of(INPUT_DIM, SEED, encoder).predict(shorter);
    float[][][] y = Sequential.of(INPUT_DIM, SEED, new GlobalContext(encoder)).predict(shorter);
    for (int i = 0; i < shorter.length; i++) {
      for (int t = 0; t < shorter[i].length; t++) {
        assertThat(y[i][t]).hasSize(INPUT_DIM + 2).startsWith(shorter[i][t]);
        for (int k = 0; k < 2; k++) {
          double mean = 0;
          for (float[] state : f[i]) {
            mean += state[k] / (double) f[i].length;
          }
          assertThat((double) y[i][t][INPUT_DIM + k]).isCloseTo(mean, within(1e-6));
        }
      }
    }
  }

  @Test
  void firstOutputDependsOnLastToken() {
    RecurrentSpec layer = new SimpleRnn(HIDDEN_SIZE).returnSequences(true);
    Sequential forward = Sequential.of(INPUT_DIM, SEED, layer);
    Sequential both = Sequential.of(INPUT_DIM, SEED, new Bidirectional(layer));
    float[] firstOfForward = forward.predict(x)[0][0];
    float[] firstOfBoth = both.predict(x)[0][0];
    x[0][TIMESTEPS - 1][0] += 1;
    assertThat(forward.predict(x)[0][0]).isEqualTo(firstOfForward);
    assertThat(both.predict(x)[0][0]).isNotEqualTo(firstOfBoth);
  }

  @Test
  void lastOutputDependsOnFirstToken() {
    RecurrentSpec layer = new SimpleRnn(HIDDEN_SIZE).returnSequences(true);
    Sequential forward = Sequential.of(INPUT_DIM, SEED, layer);
    Sequential backward = Sequential.of(INPUT_DIM, SEED, new GoBackwards(layer));
    float[] lastOfForward = forward.predict(x)[0][TIMESTEPS - 1];
    float[] lastOfBackward = backward.predict(x)[0][TIMESTEPS - 1];
    x[0][0][0] += 1;
    assertThat(forward.predict(x)[0][TIMESTEPS - 1]).isNotEqualTo(lastOfForward);
    assertThat(backward.predict(x)[0][TIMESTEPS - 1]).isEqualTo(lastOfBackward);
  }

  @Test
  void fourBidirectionalLayersMatchOnnxRuntime() throws OrtException {
    LayerSpec layer = new Bidirectional(new SimpleRnn(HIDDEN_SIZE).returnSequences(true));
    List<LayerSpec> layers = List.of(layer, layer, layer, layer);
    Sequential deep = Sequential.of(INPUT_DIM, SEED, layers.toArray(LayerSpec[]::new));
    Samples.randomized(deep, 0.5f, new SplittableRandom(SEED));
    float[][][] y = deep.predict(x);
    float[][][] expected = OnnxNetwork.predict(OnnxNetwork.model(INPUT_DIM, layers, deep), x);
    assertThat(y[0]).hasDimensions(TIMESTEPS, 2 * HIDDEN_SIZE);
    for (int i = 0; i < BATCH; i++) {
      for (int t = 0; t < TIMESTEPS; t++) {
        assertThat(y[i][t]).containsExactly(expected[i][t], within(1e-5f));
      }
    }
  }

  @Test
  void weightShapesMatchKeras() {
    RecurrentSpec rnn = new SimpleRnn(HIDDEN_SIZE);
    assertThat(shapes(rnn))
        .containsExactly("0.kernel [3 x 6]", "0.recurrent_kernel [6 x 6]", "0.bias [1 x 6]");
    assertThat(shapes(new Gru(HIDDEN_SIZE)))
        .containsExactly(
            "0.kernel [3 x 18]",
            "0.recurrent_kernel [6 x 18]",
            "0.bias [1 x 18]",
            "0.recurrent_bias [1 x 18]");
    assertThat(shapes(new Lstm(HIDDEN_SIZE)))
        .containsExactly("0.kernel [3 x 24]", "0.recurrent_kernel [6 x 24]", "0.bias [1 x 24]");
    assertThat(shapes(new Bidirectional(rnn)))
        .containsExactly(
            "0.forward.kernel [3 x 6]",
            "0.forward.recurrent_kernel [6 x 6]",
            "0.forward.bias [1 x 6]",
            "0.backward.kernel [3 x 6]",
            "0.backward.recurrent_kernel [6 x 6]",
            "0.backward.bias [1 x 6]");
    assertThat(shapes(new Dense(2))).containsExactly("0.kernel [3 x 2]", "0.bias [1 x 2]");
    assertThat(shapes(new Conv1d(2, 3))).containsExactly("0.kernel [9 x 2]", "0.bias [1 x 2]");

    for (Bidirectional.MergeMode mode : Bidirectional.MergeMode.values()) {
      Sequential both = Sequential.of(INPUT_DIM, SEED, new Bidirectional(rnn, mode));
      int dim = mode == Bidirectional.MergeMode.CONCAT ? 2 * HIDDEN_SIZE : HIDDEN_SIZE;
      assertThat(both.outputDim()).isEqualTo(dim);
      assertThat(both.predict(x)[0]).hasDimensions(1, dim);
    }
    assertThat(Sequential.of(INPUT_DIM, SEED, new GlobalMaxPooling()).predict(x)[0])
        .hasDimensions(1, INPUT_DIM);
    assertThat(Sequential.of(INPUT_DIM, SEED, new Dense(2)).predict(x)[0])
        .hasDimensions(TIMESTEPS, 2);
  }

  /** {@code f = (1, 2)} and {@code b = (3, 0.5)} as constant states: all weights 0 but the bias. */
  @Test
  void mergeModesByHand() {
    assertThat(merged(Bidirectional.MergeMode.CONCAT)).containsExactly(1, 2, 3, 0.5f);
    assertThat(merged(Bidirectional.MergeMode.SUM)).containsExactly(4, 2.5f);
    assertThat(merged(Bidirectional.MergeMode.AVE)).containsExactly(2, 1.25f);
    assertThat(merged(Bidirectional.MergeMode.MUL)).containsExactly(3, 1);
  }

  @Test
  void everyTimestepGetsProbabilities() {
    Sequential tagger =
        Sequential.of(
            INPUT_DIM,
            SEED,
            new Bidirectional(new SimpleRnn(HIDDEN_SIZE).returnSequences(true)),
            new Dense(4, Activation.SOFTMAX));
    for (float[][] sequence : tagger.predict(x)) {
      for (float[] probabilities : sequence) {
        float sum = 0;
        for (float p : probabilities) {
          assertThat(p).isBetween(0f, 1f);
          sum += p;
        }
        assertThat(sum).isCloseTo(1, within(1e-6f));
      }
    }
  }

  /** {@code y_t = max(0, b + W_1 x_(t-1) + W_2 x_t + W_3 x_(t+1))} with 0 past both ends. */
  @Test
  void convolutionByHand() {
    Sequential layer = Sequential.of(1, SEED, new Conv1d(1, 3));
    set(layer, "0.kernel", 100, 10, 1);
    set(layer, "0.bias", -12);
    float[][] y = layer.predict(new float[][][] {{{1}, {2}, {3}}})[0];
    assertThat(y).isDeepEqualTo(new float[][] {{0}, {111}, {218}});
  }

  @Test
  void maximumIgnoresOtherSequences() {
    Sequential pooling = Sequential.of(2, SEED, new GlobalMaxPooling());
    float[][][] sequences = {{{-3, 5}}, {{-1, 2}, {-2, 4}, {-7, 3}}};
    assertThat(pooling.predict(sequences)[0]).isDeepEqualTo(new float[][] {{-3, 5}});
    assertThat(pooling.predict(sequences)[1]).isDeepEqualTo(new float[][] {{-1, 4}});
  }

  @Test
  void dropoutIsTheIdentityInInference() {
    float[][][] y = Sequential.of(INPUT_DIM, SEED, new Dropout(0.9f)).predict(x);
    for (int i = 0; i < BATCH; i++) {
      assertThat(y[i]).isDeepEqualTo(x[i]);
    }
  }

  @Test
  void inputOfAnotherLengthIsRefused() {
    Sequential rnn = Sequential.of(INPUT_DIM + 1, SEED, new SimpleRnn(HIDDEN_SIZE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rnn.predict(x))
        .withMessage("input vectors have length 3, the first layer expects 4");
  }

  private static float[] merged(Bidirectional.MergeMode mode) {
    Sequential both =
        Sequential.of(
            1, SEED, new Bidirectional(new SimpleRnn(2).activation(Activation.RELU), mode));
    both.parameters().forEach(parameter -> parameter.value().zero());
    set(both, "0.forward.bias", 1, 2);
    set(both, "0.backward.bias", 3, 0.5f);
    return both.predict(new float[][][] {{{7}}})[0][0];
  }

  private static List<String> shapes(LayerSpec spec) {
    return Sequential.of(INPUT_DIM, SEED, spec).parameters().stream()
        .map(Parameter::toString)
        .toList();
  }

  private static void set(Layer layer, String name, float... values) {
    float[] data = Samples.parameter(layer, name).value().data;
    assertThat(data).hasSameSizeAs(values);
    System.arraycopy(values, 0, data, 0, values.length);
  }

  private static void copy(Layer from, String fromName, Layer to, String toName) {
    set(to, toName, Samples.parameter(from, fromName).value().data);
  }

  private static float[][] reversed(float[][] sequence) {
    float[][] reversed = sequence.clone();
    Collections.reverse(java.util.Arrays.asList(reversed));
    return reversed;
  }

  /** Every kind of layer that needs whole sequences, after every kind that returns one vector. */
  @Test
  void layerThatNeedsSequencesAfterLastStateIsRefused() {
    List<LayerSpec> reducing =
        List.of(
            new SimpleRnn(4),
            new Gru(4),
            new Lstm(4),
            new Bidirectional(new Lstm(2)),
            new GlobalMaxPooling(),
            new GlobalAveragePooling(),
            new LastStates(4));
    List<LayerSpec> needing = new ArrayList<>(reducing);
    needing.add(new Lstm(4).returnSequences(true));
    needing.add(new Conv1d(4, 3));
    needing.add(new GlobalContext(new Lstm(4).returnSequences(true)));
    needing.add(new Shortcut(new Lstm(4).returnSequences(true), Shortcut.Mode.DENSE));
    for (LayerSpec first : reducing) {
      Sequential.of(4, SEED, first, new Dropout(0.5f), new Dense(4));
      for (LayerSpec second : needing) {
        assertThatIllegalArgumentException()
            .as("%s, %s", first, second)
            .isThrownBy(() -> Sequential.of(4, SEED, new Dense(4), first, new Dense(4), second))
            .withMessageStartingWith("layer 3 (" + second.getClass().getSimpleName())
            .withMessageContaining("layer 1 (" + first.getClass().getSimpleName());
      }
      for (LayerSpec joined :
          List.of(new Shortcut(first, Shortcut.Mode.DENSE), new GlobalContext(first))) {
        assertThatIllegalArgumentException()
            .as("%s", joined)
            .isThrownBy(() -> Sequential.of(4, SEED, joined))
            .withMessageContaining("joined to whole sequences");
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sequential.of(10, 1, new Lstm(5), new Lstm(5)))
        .withMessage(
            "layer 1 (Lstm) needs whole sequences, but layer 0 (Lstm) returns one vector for each"
                + " sequence; give its recurrent layer returnSequences(true)");
    for (LayerSpec second : needing) {
      LayerSpec first = new Bidirectional(new Lstm(2).returnSequences(true));
      assertThat(Sequential.of(4, SEED, first, new Dense(4), second).size()).isEqualTo(3);
    }
  }
}
