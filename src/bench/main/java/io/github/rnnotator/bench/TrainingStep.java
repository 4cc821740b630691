package io.github.rnnotator.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.PackedWeights;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.nn.head.SoftmaxHead;
import io.github.rnnotator.nn.optimizer.Optimizer;
import io.github.rnnotator.ops.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;

/**
 * A training step: the forward pass through bidirectional LSTM layers and a softmax over labels,
 * the mean cross-entropy, the gradients of all weights and input vectors, and Adam's update. No
 * dropout. Initial weights and data are the same for all, so the losses are too.
 */
final class TrainingStep {
  private static final int LABELS = 17;
  private static final float RATE = 1e-3f;
  private static final float NO_CLIPPING = -1;
  private static final Optimizer.Adam ADAM = new Optimizer.Adam();

  private TrainingStep() {}

  /**
   * The programs that train, ours first.
   *
   * @param inputDim the length of each input vector
   * @param hidden the hidden size of each direction
   */
  static List<Calculation> contestants(
      int inputDim, int hidden, int layers, int batch, int timesteps) {
    FMatrixRMaj x = Vectors.matrix(timesteps * batch, inputDim, 4);
    int[] gold = new SplittableRandom(5).ints(x.numRows, 0, LABELS).toArray();
    return List.of(
        new Ours(LstmStack.of(inputDim, hidden, layers), x, gold, batch),
        new Torch(LstmStack.of(inputDim, hidden, layers), x, gold, batch));
  }

  private static SoftmaxHead head(LstmStack stack) {
    return SoftmaxHead.build("head", stack.outputDim(), LABELS, 0, new SplittableRandom(6));
  }

  private static final class Ours implements Calculation {
    private final LstmStack stack;
    private final SoftmaxHead head;
    private final SequenceBatch x;
    private final int[] gold;
    private final Ops ops = Ops.best();
    private final PackedWeights weights = new PackedWeights(ops);
    private final Workspace workspace = new Workspace();
    private final Gradients gradients;
    private final Optimizer optimizer;
    private double loss;

    Ours(LstmStack stack, FMatrixRMaj x, int[] gold, int batch) {
      this.stack = stack;
      this.head = head(stack);
      int[] lengths = new int[batch];
      Arrays.fill(lengths, x.numRows / batch);
      this.x = new SequenceBatch(Packing.of(lengths), x);
      this.gold = gold;
      List<Parameter> parameters = new ArrayList<>(stack.network().parameters());
      parameters.addAll(head.parameters());
      this.gradients = new Gradients(parameters);
      this.optimizer = new Optimizer(ADAM, parameters, ops);
    }

    @Override
    public String name() {
      return "Rnnotator";
    }

    @Override
    public void run() {
      workspace.reset();
      gradients.clear();
      PassContext pass = PassContext.training(ops, workspace, 1, weights);
      Layer.Output states = stack.network().forward(x, pass);
      Head.Loss scored = head.loss(states.y(), gold, 1f / gold.length, pass);
      FMatrixRMaj none = pass.matrix(0, 0);
      states.backprop().apply(scored.backprop().apply(none, gradients), gradients);
      optimizer.step(gradients, 1, RATE);
      weights.expire();
      loss = scored.sum() / gold.length;
    }

    @Override
    public float[] output() {
      return new float[] {(float) loss};
    }
  }

  private static final class Torch implements Calculation {
    private final LibTorch torch = new LibTorch();
    private final LibTorch.LstmWeights weights;
    private final NDArray headWeights;
    private final NDArray headBias;
    private final NDArray x;
    private final NDArray gold;
    private final List<Moments> trained = new ArrayList<>();
    private int step;
    private float loss;

    /** Weights and Adam's running moments of their gradients. */
    private record Moments(NDArray weights, NDArray first, NDArray second) {}

    Torch(LstmStack stack, FMatrixRMaj x, int[] gold, int batch) {
      this.weights = stack.torchWeights(torch);
      List<Parameter> head = head(stack).parameters();
      this.headWeights =
          torch.array(head.get(0).value().data, new Shape(stack.outputDim(), LABELS));
      this.headBias = torch.array(head.get(1).value().data, new Shape(LABELS));
      this.x = torch.array(x.data, new Shape(x.numRows / batch, batch, x.numCols));
      long[] indices = Arrays.stream(gold).asLongStream().toArray();
      this.gold = torch.indices(indices, new Shape(gold.length, 1));
      this.x.setRequiresGradient(true);
      for (int i = 0; i < weights.arrays().size(); i++) {
        // Without the second bias of each layer, which the others lack.
        if (i % 4 != 3) {
          train(weights.arrays().get(i));
        }
      }
      train(headWeights);
      train(headBias);
    }

    private void train(NDArray array) {
      array.setRequiresGradient(true);
      trained.add(new Moments(array, torch.zeros(array.getShape()), torch.zeros(array.getShape())));
    }

    @Override
    public String name() {
      return torch.name();
    }

    @Override
    public void run() {
      try (NDScope scope = LibTorch.scope()) {
        try (GradientCollector collector = torch.engine().newGradientCollector()) {
          NDArray states = LibTorch.lstm(weights, x, true);
          NDArray rows = states.reshape(-1, headWeights.getShape().get(0));
          NDArray logits = rows.matMul(headWeights).add(headBias);
          NDArray mean = logits.logSoftmax(1).gather(gold, 1).mean().neg();
          collector.backward(mean);
          loss = mean.getFloat();
        }
        update();
      }
    }

    private void update() {
      step++;
      double first = 1 - Math.pow(ADAM.beta1(), step);
      double second = Math.sqrt(1 - Math.pow(ADAM.beta2(), step));
      for (Moments moments : trained) {
        NDArray w = moments.weights();
        NDList inputs = new NDList(w, w.getGradient(), moments.first(), moments.second());
        // DJL takes the bias-corrected rate in addition to the rate itself.
        w.getNDArrayInternal()
            .adamUpdate(
                inputs,
                new NDList(w),
                RATE,
                (float) (RATE * second / first),
                0,
                1,
                NO_CLIPPING,
                ADAM.beta1(),
                ADAM.beta2(),
                (float) (ADAM.epsilon() * second),
                false,
                false);
      }
      x.getGradient().subi(x.getGradient());
    }

    @Override
    public float[] output() {
      return new float[] {loss};
    }

    @Override
    public void close() {
      torch.close();
    }
  }
}
