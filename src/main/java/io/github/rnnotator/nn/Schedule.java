package io.github.rnnotator.nn;

/**
 * The learning rate over the steps of a run: a rise from 0 over the first steps, then a fall.
 *
 * @param decay how it falls
 * @param warmup the steps of the rise; 0 for none
 * @param floor the share of the full rate that the fall ends at, in 0..1; more than 0 where it is
 *     exponential or inverse
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

  /** The shape of the fall. */
  public enum Decay {
    /** No fall. */
    CONSTANT,
    /** A straight line. */
    LINEAR,
    /** Half a cosine (Loshchilov &amp; Hutter 2017). */
    COSINE,
    /** The same share of the rate a step: {@code floor^progress}. */
    EXPONENTIAL,
    /** {@code 1 / (1 + c * progress)}, with {@code c} such that it ends at the floor. */
    INVERSE
  }

  /**
   * The factor of the learning rate.
   *
   * @param step the step, from 0
   * @param steps the steps of the whole run
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
