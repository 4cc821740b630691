package io.github.rnnotator.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.Activation;
import io.github.rnnotator.nn.CentralDifferences;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.Sequential;
import io.github.rnnotator.nn.SimpleRnn;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {
  private static final int[][] IDS = {{1, 0, 2}, {2}, {0, 1}};

  @Test
  void gradientOfASoftmaxMatchesCentralDifferences() {
    Sequential network =
        Sequential.of(
            1,
            1,
            new Embedding(3, 2),
            new SimpleRnn(3).returnSequences(true),
            new Dense(4, Activation.SOFTMAX));
    check(network, new int[][] {{3, 0, 1}, {2}, {0, 2}});
  }

  @Test
  void gradientOfASigmoidMatchesCentralDifferences() {
    Sequential network =
        Sequential.of(
            1, 1, new Embedding(3, 2), new SimpleRnn(3), new Dense(1, Activation.SIGMOID));
    check(network, new int[][] {{1}, {0}, {1}});
  }

  private static void check(Sequential network, int[][] labels) {
    Examples examples = Examples.of(Examples.vectors(IDS), labels);
    Gradients gradients = new Gradients(network.parameters());
    PassContext pass = PassContext.training(Ops.best(), new Workspace(), 1);
    Layer.Output output = network.forward(examples.batch(), pass);
    FMatrixRMaj dY = pass.zeros(output.y().values().numRows, output.y().dim());
    new CrossEntropy(network.outputDim()).add(output.y(), labels, dY);
    output.backprop().apply(dY, gradients);
    CentralDifferences.check(
        "loss", network.parameters(), gradients, () -> Fitting.score(network, examples).loss());
  }

  /**
   *
   *
   * <pre>
   *   softmax   -log(0.5), -log(0.8), -log(0.1)       mean (0.693147 + 0.223144 + 2.302585) / 3
   *   sigmoid   label 1: -log(0.9)   label 0: -log(1 - 0.6)   mean (0.105361 + 0.916291) / 2
   * </pre>
   */
  @Test
  void lossAndConfusionByHand() {
    CrossEntropy softmax = new CrossEntropy(3);
    softmax.add(
        SequenceBatch.of(
            new float[][][] {{{0.2f, 0.5f, 0.3f}, {0.8f, 0.1f, 0.1f}}, {{0.7f, 0.2f, 0.1f}}}),
        new int[][] {{1, 0}, {2}},
        null);
    assertThat(softmax.metrics().loss()).isCloseTo(1.072959, within(1e-5));
    assertThat(softmax.metrics().confusion())
        .isDeepEqualTo(new long[][] {{1, 0, 0}, {0, 1, 0}, {1, 0, 0}});

    CrossEntropy sigmoid = new CrossEntropy(1);
    sigmoid.add(
        SequenceBatch.of(new float[][][] {{{0.9f}}, {{0.6f}}}), new int[][] {{1}, {0}}, null);
    assertThat(sigmoid.metrics().loss()).isCloseTo(0.510826, within(1e-5));
    assertThat(sigmoid.metrics().confusion()).isDeepEqualTo(new long[][] {{0, 1}, {0, 1}});
  }

  @Test
  void aProbabilityOfZeroHasAFiniteLoss() {
    CrossEntropy loss = new CrossEntropy(2);
    FMatrixRMaj dY = new FMatrixRMaj(1, 2);
    loss.add(SequenceBatch.of(new float[][][] {{{0, 1}}}), new int[][] {{0}}, dY);
    assertThat(loss.metrics().loss()).isCloseTo(-Math.log(1e-7), within(1e-3));
    assertThat(dY.data).containsExactly(-1e7f, 0);
  }

  /** Of label 1: 2 of 3 predictions are right, 2 of 4 occurrences are found. */
  @Test
  void f1ByHand() {
    Metrics metrics = new Metrics(0, new long[][] {{5, 1}, {2, 2}});
    assertThat(metrics.accuracy()).isEqualTo(0.7);
    assertThat(metrics.precision(1)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(metrics.recall(1)).isEqualTo(0.5);
    assertThat(metrics.f1(1)).isCloseTo(4 / 7.0, within(1e-12));
    assertThat(new Metrics(0, new long[][] {{5, 0}, {2, 0}}).f1(1)).isZero();
  }
}
