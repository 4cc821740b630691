package io.github.rnnotator.nn;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.nn.head.SoftmaxHead;
import io.github.rnnotator.ops.Ops;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
  private static final int DIM = 64;

  // The Vector API puts its vectors on the heap until it is compiled.
  private final Ops ops = Ops.scalar();
  private final PackedWeights weights = new PackedWeights(ops);
  private final Workspace workspace = new Workspace();

  @Test
  void matricesAreReusedAfterReset() {
    FMatrixRMaj first = workspace.matrix(3, 4);
    FMatrixRMaj second = workspace.matrix(2, 2);
    float[] data = first.data;
    assertThat(second).isNotSameAs(first);
    workspace.reset();
    assertThat(workspace.matrix(4, 3)).isSameAs(first);
    assertThat(workspace.matrix(2, 1)).isSameAs(second);
    assertThat(first.data).isSameAs(data);
    assertThat(first.numRows).isEqualTo(4);
    assertThat(first.numCols).isEqualTo(3);
  }

  @Test
  void matrixGrows() {
    FMatrixRMaj matrix = workspace.matrix(2, 2);
    workspace.reset();
    assertThat(workspace.matrix(50, 3)).isSameAs(matrix);
    assertThat(matrix.data).hasSizeGreaterThanOrEqualTo(150);
  }

  @Test
  void zerosClearsUsedBuffers() {
    Arrays.fill(workspace.matrix(5, 5).data, 7);
    workspace.reset();
    FMatrixRMaj zeros = workspace.zeros(3, 4);
    for (int i = 0; i < 12; i++) {
      assertThat(zeros.data[i]).isZero();
    }
  }

  @Test
  void secondPassAllocatesNoMatrices() {
    SplittableRandom random = new SplittableRandom(1);
    Sequential network =
        Sequential.of(
            DIM,
            1,
            new Dropout(0.3f, true),
            new Bidirectional(new SimpleRnn(32).returnSequences(true).recurrentDropout(0.2f)),
            new Bidirectional(new Gru(32).returnSequences(true)),
            new Bidirectional(new Lstm(32).returnSequences(true)),
            new Conv1d(32, 3));
    SoftmaxHead head = SoftmaxHead.build("head", 32, 8, 0.1f, random);
    Gradients gradients =
        new Gradients(
            Stream.of(network.parameters(), head.parameters()).flatMap(List::stream).toList());
    SequenceBatch x = Samples.batch(Samples.lengths(20, 20, random), DIM, random);
    int[] gold = new int[x.packing().tokens()];

    long first = allocated(() -> pass(network, head, x, gold, gradients));
    long floats = workspace.floats();
    long second = allocated(() -> pass(network, head, x, gold, gradients));

    long matrix = (long) x.packing().tokens() * 32;
    assertThat(floats).isGreaterThan(20 * matrix);
    assertThat(workspace.floats()).isEqualTo(floats);
    // The remainder is small objects.
    assertThat(second).isLessThan(first - 20 * matrix * Float.BYTES).isLessThan(first / 4);
  }

  private void pass(Layer network, Head head, SequenceBatch x, int[] gold, Gradients gradients) {
    workspace.reset();
    weights.expire();
    PassContext pass = PassContext.training(ops, workspace, 1, weights);
    Layer.Output output = network.forward(x, pass);
    Head.Loss loss = head.loss(output.y(), gold, 1, pass);
    output.backprop().apply(loss.backprop().apply(new FMatrixRMaj(0, 0), gradients), gradients);
  }

  private static long allocated(Runnable task) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    task.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
