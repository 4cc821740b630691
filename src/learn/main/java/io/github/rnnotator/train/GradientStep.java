package io.github.rnnotator.train;

import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.PackedWeights;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.nn.optimizer.Optimizer;
import io.github.rnnotator.nn.optimizer.WeightAverage;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.ops.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;

/**
 * Takes optimizer steps: the gradients of fixed shards in parallel, summed in a fixed order and
 * clipped, the update rule, and the moving average of the weights.
 *
 * @param <B> a batch
 */
final class GradientStep<B> {
  private final TrainingTask<B> task;
  private final List<Parameter> parameters;
  private final TrainingConfig training;
  private final Ops ops;
  private final Workers workers;
  private final Parallel parallel;
  private final Optimizer optimizer;
  private final WeightAverage average;
  private final PackedWeights packed;
  private final List<Gradients> parts = new ArrayList<>();
  private final List<Workspace> workspaces = new ArrayList<>();

  /**
   * Creates the steps of a run.
   *
   * @param task whose weights are trained
   */
  GradientStep(TrainingTask<B> task, TrainingConfig training, Ops ops, Workers workers) {
    this.task = task;
    this.parameters = task.weights();
    this.training = training;
    this.ops = ops;
    this.workers = workers;
    this.parallel = Parallel.on(workers.executor(), workers.count());
    this.optimizer = new Optimizer(training.rule(), parameters, ops, task::rate);
    this.average = new WeightAverage(training.average(), parameters, ops);
    this.packed = new PackedWeights(ops);
    for (int i = 0; i < training.shards(); i++) {
      parts.add(new Gradients(parameters));
      workspaces.add(new Workspace());
    }
  }

  Optimizer optimizer() {
    return optimizer;
  }

  WeightAverage average() {
    return average;
  }

  /** Continues after so many steps, whose weights, moments and averages were read from a file. */
  void resumeAt(long steps) {
    packed.expire();
    optimizer.resumeAt(steps);
    average.resumeAt(steps);
  }

  /**
   * Takes one step and returns the sum of its losses.
   *
   * @param scored the number of predictions of the batch, over which the loss is averaged
   * @param epoch for the message if the run diverges
   * @param steps the number of steps of the run, for the schedule of the learning rate
   */
  double take(B batch, int scored, int epoch, long steps) throws InterruptedException {
    List<B> shards = task.shards(batch, training.shards());
    List<Callable<Double>> work = new ArrayList<>();
    for (int i = 0; i < shards.size(); i++) {
      int shard = i;
      work.add(() -> gradients(shards.get(shard), shard, 1f / scored));
    }
    double sum = 0;
    for (double part : workers.all(work)) {
      sum += part;
    }
    Gradients total = parts.get(0);
    double norm = total.add(parts.subList(1, shards.size()), ops, parallel);
    if (!Double.isFinite(sum) || !Double.isFinite(norm)) {
      throw diverged(total, epoch);
    }
    update(total, norm, steps);
    return sum;
  }

  private double gradients(B shard, int index, float weight) {
    Workspace workspace = workspaces.get(index);
    workspace.reset();
    Gradients gradients = parts.get(index);
    gradients.clear();
    long seed = DerivedSeed.of(training.seed(), optimizer.step(), index);
    PassContext pass = PassContext.training(ops, workspace, seed, packed);
    return task.addGradients(shard, weight, pass, gradients);
  }

  private void update(Gradients total, double norm, long steps) {
    float scale = 1;
    if (training.clip() > 0) {
      scale = (float) Math.min(1, training.clip() / Math.max(1e-12, norm));
    }
    float rate = training.rate() * training.schedule().factor(optimizer.step(), steps);
    IntConsumer update = optimizer.begin(total, scale, rate);
    WeightAverage.Step averaging = average.begin();
    packed.expire();
    // The whole update of a parameter, while it is in the cache.
    parallel.forEach(
        parameters.size(),
        i -> {
          averaging.before(i, total);
          update.accept(i);
          averaging.after(i, total);
          packed.refresh(parameters.get(i));
        });
  }

  /**
   * Checks that all weights are finite.
   *
   * @param step for the message
   * @throws DivergedException if one is not
   */
  void requireFiniteWeights(int epoch, long step) {
    for (Parameter parameter : parameters) {
      if (!Double.isFinite(ops.sumOfSquares(parameter.value().data, 0, parameter.size()))) {
        throw new DivergedException("a weight of " + parameter.name(), epoch, step);
      }
    }
  }

  /** Names the first non-finite weight, or else gradient. */
  private DivergedException diverged(Gradients total, int epoch) {
    long step = optimizer.step() + 1;
    requireFiniteWeights(epoch, step);
    for (Parameter parameter : parameters) {
      if (!Double.isFinite(total.norm(parameter, ops))) {
        return new DivergedException("the gradient of " + parameter.name(), epoch, step);
      }
    }
    return new DivergedException("the loss", epoch, step);
  }
}
