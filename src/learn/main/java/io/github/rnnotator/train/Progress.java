package io.github.rnnotator.train;

/**
 * The progress of a run.
 *
 * @param epoch epochs finished
 * @param steps optimizer steps taken
 * @param batches batches finished in the current epoch
 * @param loss the sum of their losses
 * @param bestEpoch the best epoch so far; 0 for none
 * @param bestScore its dev score, the mean over the heads
 */
public record Progress(
    int epoch, long steps, int batches, double loss, int bestEpoch, double bestScore) {
  static final Progress START = new Progress(0, 0, 0, 0, 0, 0);

  /** Returns the progress after a step of the current epoch. */
  Progress afterBatch(long steps, double loss) {
    return new Progress(epoch, steps, batches + 1, this.loss + loss, bestEpoch, bestScore);
  }

  /** Returns the progress after the last step of an epoch. */
  Progress afterEpoch(boolean better, double score) {
    return new Progress(
        epoch + 1, steps, 0, 0, better ? epoch + 1 : bestEpoch, better ? score : bestScore);
  }
}
