package io.github.rnnotator.train;

/**
 * How far a run is.
 *
 * @param epoch epochs finished
 * @param steps optimizer steps taken
 * @param bestEpoch the best epoch so far; 0 for none
 * @param bestScore its dev score, the mean over the heads
 */
record Progress(int epoch, long steps, int bestEpoch, double bestScore) {
  static final Progress START = new Progress(0, 0, 0, 0);
}
