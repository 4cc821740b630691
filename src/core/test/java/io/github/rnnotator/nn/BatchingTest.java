package io.github.rnnotator.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.ops.Ops;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The output of a sequence does not depend, bit for bit, on the rest of its batch. */
class BatchingTest {
  private static final int DIM = 5;

  @ParameterizedTest
  @MethodSource("layers")
  void outputIsTheSameInBatchAsAlone(LayerSpec spec) {
    for (long seed = 1; seed <= 5; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Sequential network = Sequential.of(DIM, seed, spec);
      Samples.randomized(network, 0.7f, random);
      float[][][] x = Samples.tensor(Samples.lengths(9, 12, random), DIM, random);
      float[][][] together = network.predict(x);
      for (int i = 0; i < x.length; i++) {
        float[][] alone = network.predict(new float[][][] {x[i]})[0];
        assertThat(together[i]).as("seed %d, sequence %d", seed, i).isDeepEqualTo(alone);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void gradientIsTheSameInBatchAsAlone(LayerSpec spec) {
    SplittableRandom random = new SplittableRandom(6);
    Sequential network = Sequential.of(DIM, 6, spec);
    SequenceBatch x = Samples.batch(Samples.lengths(4, 6, random), DIM, random);
    float[][][] together = inputGradient(network, x);
    float[][][] tensor = x.toTensor();
    for (int i = 0; i < tensor.length; i++) {
      float[][] alone = inputGradient(network, SequenceBatch.of(new float[][][] {tensor[i]}))[0];
      assertThat(together[i]).as("sequence %d", i).isDeepEqualTo(alone);
    }
  }

  static Stream<LayerSpec> layers() {
    return Stream.of(
        new SimpleRnn(7).returnSequences(true),
        new GoBackwards(new SimpleRnn(7)),
        new Bidirectional(new SimpleRnn(9)),
        new Bidirectional(new SimpleRnn(9).returnSequences(true), Bidirectional.MergeMode.MUL),
        new Bidirectional(new Gru(9).returnSequences(true)),
        new Bidirectional(new Gru(9)),
        new Bidirectional(new Lstm(9).returnSequences(true)),
        new Bidirectional(new Lstm(9)),
        new Dense(4, Activation.SOFTMAX),
        new Conv1d(4, 3),
        new GlobalMaxPooling());
  }

  private static float[][][] inputGradient(Layer network, SequenceBatch x) {
    PassContext pass = PassContext.training(Ops.best(), new Workspace(), 0);
    Layer.Output output = network.forward(x, pass);
    return new SequenceBatch(
            x.packing(),
            output
                .backprop()
                .apply(output.y().values().copy(), new Gradients(network.parameters())))
        .toTensor();
  }
}
