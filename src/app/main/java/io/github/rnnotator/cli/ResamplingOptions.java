package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.eval.significance.Randomization;
import picocli.CommandLine.Option;

/** Options for resampling of sentences. */
final class ResamplingOptions {
  private static final double LEVEL = 0.95;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "The number of random samples. Default: ${DEFAULT-VALUE}.")
  private int samples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The random seed. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  /** Creates options with a default number of samples. */
  ResamplingOptions(int samples) {
    this.samples = samples;
  }

  Bootstrap bootstrap() throws InputException {
    try {
      return new Bootstrap(samples, seed, LEVEL);
    } catch (IllegalArgumentException e) {
      throw new InputException("--samples: " + e.getMessage());
    }
  }

  Randomization randomization() throws InputException {
    try {
      return new Randomization(samples, seed);
    } catch (IllegalArgumentException e) {
      throw new InputException("--samples: " + e.getMessage());
    }
  }
}
