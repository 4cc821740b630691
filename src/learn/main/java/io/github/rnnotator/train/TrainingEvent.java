package io.github.rnnotator.train;

import io.github.rnnotator.eval.Score;
import java.util.Map;

/** Events of a training run, for listeners. */
public sealed interface TrainingEvent {
  /**
   * The run begins or resumes.
   *
   * @param weights the number of weights
   * @param sentences training sentences
   * @param tokens training tokens
   * @param epoch the next epoch, from 1
   * @param epochs the maximum number of epochs
   */
  record Started(long weights, int sentences, long tokens, int epoch, int epochs)
      implements TrainingEvent {}

  /**
   * An epoch begins.
   *
   * @param epoch from 1
   */
  record EpochStarted(int epoch) implements TrainingEvent {}

  /**
   * A step was taken.
   *
   * @param tokens the tokens of its batch
   * @param loss the mean loss per token, in nats
   */
  record Stepped(int tokens, double loss) implements TrainingEvent {}

  /**
   * An epoch ended and the averaged weights were scored on the dev data.
   *
   * @param epoch from 1
   * @param loss the mean training loss per token, in nats
   * @param scores dev score of each head
   * @param best whether this is the best epoch so far
   * @param seconds training and dev together
   */
  record EpochFinished(
      int epoch, double loss, Map<String, ? extends Score> scores, boolean best, double seconds)
      implements TrainingEvent {}

  /**
   * The run ended.
   *
   * @param bestEpoch the epoch whose weights are kept
   * @param early whether it stopped because the dev score no longer rose
   */
  record Finished(int bestEpoch, boolean early) implements TrainingEvent {}
}
