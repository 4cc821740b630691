package io.github.rnnotator.cli;

import io.github.rnnotator.eval.Bootstrap;
import io.github.rnnotator.eval.Randomization;
import picocli.CommandLine.Option;

/** Options of the methods that draw sentences at random. */
final class ResamplingOptions {
  private static final double LEVEL = 0.95;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "How often sentences are drawn at random. Default: ${DEFAULT-VALUE}.")
  private int samples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Where the random numbers begin. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  /** Options where so many samples are drawn unless another number is asked for. */
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
