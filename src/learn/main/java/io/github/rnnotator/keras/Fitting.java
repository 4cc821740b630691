package io.github.rnnotator.keras;

import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.PackedWeights;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.Sequential;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.nn.optimizer.Optimizer;
import io.github.rnnotator.ops.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * One run of training: for each batch the loss and its gradient, and a step of the optimizer. For
 * one thread.
 */
final class Fitting {
  private static final int SCORED = 256;

  private final Sequential network;
  private final FitConfig config;
  private final Ops ops = Ops.best();
  private final Workspace workspace = new Workspace();
  private final PackedWeights packed = new PackedWeights(ops);
  private final Optimizer optimizer;
  private final Gradients gradients;

  Fitting(Sequential network, FitConfig config) {
    this.network = network;
    this.config = config;
    this.optimizer = new Optimizer(config.optimizer(), network.parameters(), ops);
    this.gradients = new Gradients(network.parameters());
  }

  History run(Examples examples) {
    int trained = trained(examples.size());
    Examples training = examples.part(0, trained);
    Examples validation = examples.part(trained, examples.size());
    SplittableRandom random = new SplittableRandom(config.seed());
    List<EpochLog> logs = new ArrayList<>();
    double lowest = Double.POSITIVE_INFINITY;
    int best = 0;
    List<float[]> bestWeights = List.of();
    for (int epoch = 1; epoch <= config.epochs(); epoch++) {
      Metrics learned = epoch(training, random);
      Metrics validated = validation.size() == 0 ? null : score(network, validation);
      logs.add(new EpochLog(epoch, config.epochs(), learned, validated));
      History history = new History(logs);
      config.callbacks().forEach(callback -> callback.epochEnded(history));
      double loss = (validated == null ? learned : validated).loss();
      if (config.patience() > 0 && loss < lowest) {
        lowest = loss;
        best = epoch;
        bestWeights = network.parameters().stream().map(p -> p.value().data.clone()).toList();
      }
      if (config.patience() > 0 && epoch - best >= config.patience()) {
        break;
      }
    }
    for (int i = 0; i < bestWeights.size(); i++) {
      float[] weights = bestWeights.get(i);
      System.arraycopy(weights, 0, network.parameters().get(i).value().data, 0, weights.length);
    }
    return new History(logs);
  }

  /** Returns how many of so many examples are trained on: the first, rounded down as in Keras. */
  private int trained(int examples) {
    // As the split is written: 0.1f is a little more than 0.1.
    double split = Double.parseDouble(Float.toString(config.validationSplit()));
    int trained = (int) Math.floor(examples * (1.0 - split));
    if (split != 0 && (trained == 0 || trained == examples)) {
      throw new IllegalArgumentException(
          "validationSplit is %s: of %d examples %d are trained on and %d held out, expected at least 1 of each; give more examples or another split"
              .formatted(config.validationSplit(), examples, trained, examples - trained));
    }
    return trained;
  }

  private Metrics epoch(Examples examples, SplittableRandom random) {
    int[] order = shuffled(examples.size(), random);
    CrossEntropy loss = new CrossEntropy(network.outputDim());
    for (int from = 0; from < order.length; from += config.batchSize()) {
      int to = Math.min(order.length, from + config.batchSize());
      step(examples.part(order, from, to), loss, random.nextLong());
    }
    return loss.metrics();
  }

  private static int[] shuffled(int size, SplittableRandom random) {
    int[] order = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  private void step(Examples batch, CrossEntropy loss, long seed) {
    workspace.reset();
    gradients.clear();
    PassContext pass = PassContext.training(ops, workspace, seed, packed);
    Layer.Output output = network.forward(batch.batch(), pass);
    FMatrixRMaj p = output.y().values();
    FMatrixRMaj dY = pass.zeros(p.numRows, p.numCols);
    loss.add(output.y(), batch.y(), dY);
    output.backprop().apply(dY, gradients);
    double norm = gradients.norm(ops);
    if (!Double.isFinite(norm)) {
      throw new IllegalStateException(
          "step "
              + (optimizer.step() + 1)
              + ": the gradient is not finite; lower the rate or set clip");
    }
    float scale = config.clip() == 0 ? 1 : (float) Math.min(1, config.clip() / norm);
    optimizer.step(gradients, scale, config.rate());
    packed.expire();
  }

  /** Computes loss and confusion without training. */
  static Metrics score(Sequential network, Examples examples) {
    CrossEntropy loss = new CrossEntropy(network.outputDim());
    Workspace workspace = new Workspace();
    PassContext pass = PassContext.inference(Ops.best(), workspace);
    for (int from = 0; from < examples.size(); from += SCORED) {
      workspace.reset();
      Examples part = examples.part(from, Math.min(examples.size(), from + SCORED));
      loss.add(network.forward(part.batch(), pass).y(), part.y(), null);
    }
    return loss.metrics();
  }

  /** Computes the outputs of sequences, {@code (batch, timesteps, units)}. */
  static float[][][] outputs(Sequential network, float[][][] x) {
    float[][][] all = new float[x.length][][];
    Workspace workspace = new Workspace();
    PassContext pass = PassContext.inference(Ops.best(), workspace);
    for (int from = 0; from < x.length; from += SCORED) {
      workspace.reset();
      float[][][] part = Arrays.copyOfRange(x, from, Math.min(x.length, from + SCORED));
      float[][][] y = network.forward(SequenceBatch.of(part), pass).y().toTensor();
      System.arraycopy(y, 0, all, from, y.length);
    }
    return all;
  }
}
