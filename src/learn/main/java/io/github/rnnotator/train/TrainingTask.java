package io.github.rnnotator.train;

import io.github.rnnotator.eval.Score;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a run trains, and on what. All three lists of weights are of the same network, in one order.
 *
 * @param <B> a batch
 */
public interface TrainingTask<B> {
  /** The weights that steps update. */
  List<Parameter> weights();

  /** The weights that {@link #scores} is of while the run lasts: the moving average. */
  List<Parameter> averaged();

  /** The weights of the best epoch. */
  List<Parameter> best();

  /** The factor of the learning rate of a weight, more than 0. */
  default float rate(Parameter weight) {
    return 1;
  }

  /** The number of steps of all epochs. */
  long steps();

  /** Whether a run with this data can have come so far. */
  boolean isPossible(Progress progress);

  /**
   * Returns the batches of an epoch, counted from 1.
   *
   * @throws IOException if they can't be read
   */
  List<B> batches(int epoch) throws IOException, InterruptedException;

  /** Returns the tokens of a batch, for the display of the speed. */
  int tokens(B batch);

  /** Returns the predictions of a batch, over which its loss is averaged. */
  int scored(B batch);

  /** Distributes a batch over at most so many shards, always in the same way. */
  List<B> shards(B batch, int shards);

  /** Adds the gradients of a shard, times the weight, and returns the sum of its losses. */
  double addGradients(B shard, float weight, PassContext pass, Gradients gradients);

  /** Returns the dev scores with the averaged weights. */
  Map<String, ? extends Score> scores() throws InterruptedException;

  /** Describes the run that begins with this epoch. */
  TrainingEvent.Started started(int epoch);
}
