package io.github.rnnotator.keras;

import io.github.rnnotator.nn.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How {@link SequentialModel#fit fit} trains, with Keras' defaults: Adam at 0.001, batches of 32,
 * one epoch. Immutable.
 *
 * <pre>{@code
 * FitConfig.defaults().epochs(10).validationSplit(0.1f).patience(2)
 * }</pre>
 *
 * @param optimizer the update rule
 * @param rate the learning rate, more than 0
 * @param batchSize sequences per step, at least 1
 * @param epochs the maximum number of passes over the examples, at least 1
 * @param validationSplit the fraction of the examples at the end that is not trained on but scored
 *     after each epoch, in {@code [0, 1)}; of {@code n} examples the first {@code floor(n (1 -
 *     validationSplit))} are trained on, as in Keras
 * @param patience epochs without a lower validation loss (without validation: a lower loss) after
 *     which training stops; the weights are then those of the lowest. 0 never stops early and keeps
 *     the last.
 * @param clip the maximum norm of the gradient, to which larger ones are scaled down; 0 for no
 *     limit
 * @param seed of dropout and of the order of the examples; the same seed gives the same weights
 * @param callbacks called after each epoch, in order
 */
public record FitConfig(
    Optimizer.Rule optimizer,
    float rate,
    int batchSize,
    int epochs,
    float validationSplit,
    int patience,
    float clip,
    long seed,
    List<Callback> callbacks) {
  /** Checks the ranges. */
  public FitConfig {
    Objects.requireNonNull(optimizer, "the optimizer is null");
    callbacks = List.copyOf(callbacks);
    require(rate > 0 && Float.isFinite(rate), "rate", rate, "more than 0, and finite");
    require(batchSize >= 1, "batchSize", batchSize, "at least 1");
    require(epochs >= 1, "epochs", epochs, "at least 1");
    require(
        validationSplit >= 0 && validationSplit < 1, "validationSplit", validationSplit, "0 to 1");
    require(patience >= 0, "patience", patience, "0 or more");
    require(clip >= 0 && Float.isFinite(clip), "clip", clip, "0 or more, and finite");
  }

  private static void require(boolean holds, String name, Number value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
    }
  }

  /** Returns Keras' defaults. */
  public static FitConfig defaults() {
    return new FitConfig(new Optimizer.Adam(), 0.001f, 32, 1, 0, 0, 0, 1, List.of());
  }

  /** Returns a copy with another update rule. */
  public FitConfig optimizer(Optimizer.Rule other) {
    return new FitConfig(
        other, rate, batchSize, epochs, validationSplit, patience, clip, seed, callbacks);
  }

  /** Returns a copy with another learning rate. */
  public FitConfig rate(float other) {
    return new FitConfig(
        optimizer, other, batchSize, epochs, validationSplit, patience, clip, seed, callbacks);
  }

  /** Returns a copy with another number of sequences per step. */
  public FitConfig batchSize(int other) {
    return new FitConfig(
        optimizer, rate, other, epochs, validationSplit, patience, clip, seed, callbacks);
  }

  /** Returns a copy with another number of epochs. */
  public FitConfig epochs(int other) {
    return new FitConfig(
        optimizer, rate, batchSize, other, validationSplit, patience, clip, seed, callbacks);
  }

  /** Returns a copy that scores the last examples after each epoch instead of training on them. */
  public FitConfig validationSplit(float other) {
    return new FitConfig(
        optimizer, rate, batchSize, epochs, other, patience, clip, seed, callbacks);
  }

  /** Returns a copy that stops early. */
  public FitConfig patience(int other) {
    return new FitConfig(
        optimizer, rate, batchSize, epochs, validationSplit, other, clip, seed, callbacks);
  }

  /** Returns a copy with another maximum norm of the gradient. */
  public FitConfig clip(float other) {
    return new FitConfig(
        optimizer, rate, batchSize, epochs, validationSplit, patience, other, seed, callbacks);
  }

  /** Returns a copy with another seed. */
  public FitConfig seed(long other) {
    return new FitConfig(
        optimizer, rate, batchSize, epochs, validationSplit, patience, clip, other, callbacks);
  }

  /** Returns a copy with one more callback. */
  public FitConfig callback(Callback more) {
    List<Callback> all = new ArrayList<>(callbacks);
    all.add(more);
    return new FitConfig(
        optimizer, rate, batchSize, epochs, validationSplit, patience, clip, seed, all);
  }
}
