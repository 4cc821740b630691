package io.github.rnnotator.nn.optimizer;

/**
 * A learning-rate schedule: linear warmup from 0, then decay.
 *
 * @param decay the shape of the decay
 * @param warmup the number of warmup steps; 0 for none
 * @param floor the fraction of the full rate at the end, in 0..1; positive for exponential and
 *     inverse decay
 */
public record Schedule(Decay decay, int warmup, float floor) {
  /** Checks the floor. */
  public Schedule {
    boolean divides = decay == Decay.EXPONENTIAL || decay == Decay.INVERSE;
    if (!(floor >= 0 && floor <= 1) || (divides && floor == 0)) {
      throw new IllegalArgumentException(
          "floor is "
              + floor
              + ", expected "
              + (divides ? "more than 0" : "0 or more")
              + ", at most 1");
    }
  }

  /** The shape of the decay. */
  public enum Decay {
    /** No decay. */
    CONSTANT,
    /** A straight line. */
    LINEAR,
    /** Half a cosine (Loshchilov &amp; Hutter 2017). */
    COSINE,
    /** A constant factor per step: {@code floor^progress}. */
    EXPONENTIAL,
    /** {@code 1 / (1 + c * progress)}, with {@code c} such that it ends at the floor. */
    INVERSE
  }

  /**
   * Returns the factor of the learning rate.
   *
   * @param step the step, from 0
   * @param steps the total steps of the run
   */
  public float factor(long step, long steps) {
    float rise = warmup == 0 ? 1 : Math.min(1, (step + 1) / (float) warmup);
    double progress =
        Math.min(1, Math.max(0, (step - warmup) / (double) Math.max(1, steps - warmup)));
    double fall =
        switch (decay) {
          case CONSTANT -> 1;
          case LINEAR -> floor + (1 - floor) * (1 - progress);
          case EXPONENTIAL -> StrictMath.pow(floor, progress);
          case INVERSE -> 1 / (1 + (1 / (double) floor - 1) * progress);
          case COSINE -> floor + (1 - floor) * 0.5 * (1 + StrictMath.cos(Math.PI * progress));
        };
    return (float) (rise * fall);
  }
}
