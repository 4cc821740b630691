package io.github.rnnotator.nn;

import java.util.random.RandomGenerator;

/**
 * Keras' {@code SimpleRNN}: {@code h_t = tanh(W_x x_t + W_h h_(t-1) + b)} (Elman 1990).
 *
 * <p>Weights: kernel {@code W_x [inputDim x units]} (Glorot uniform), recurrent kernel {@code W_h
 * [units x units]} (orthogonal), bias {@code [1 x units]} (0).
 *
 * @param units the length of {@code h_t}, the hidden size
 * @param activation {@link Activation#TANH} or {@link Activation#RELU}
 * @param returnSequences whether the output is {@code h_t} at every timestep {@code (batch,
 *     timesteps, units)} or only the last one {@code (batch, units)}
 * @param recurrentDropout the fraction of {@code h_(t-1)} dropped from the recurrent product in
 *     training, in {@code [0, 1)}; the same units at every timestep of a sequence (Gal &amp;
 *     Ghahramani 2016)
 */
public record SimpleRnn(
    int units, Activation activation, boolean returnSequences, float recurrentDropout)
    implements RecurrentSpec {

  /** Checks the activation. */
  public SimpleRnn {
    if (activation != Activation.TANH && activation != Activation.RELU) {
      throw new IllegalArgumentException(
          "a SimpleRnn has the activation tanh or relu, not " + activation);
    }
  }

  /** Uses Keras' defaults: tanh, the last state only, no dropout. */
  public SimpleRnn(int units) {
    this(units, Activation.TANH, false, 0);
  }

  /** Returns a copy with this activation. */
  public SimpleRnn activation(Activation activation) {
    return new SimpleRnn(units, activation, returnSequences, recurrentDropout);
  }

  /** Returns a copy that outputs the whole sequence or only the last state. */
  public SimpleRnn returnSequences(boolean returnSequences) {
    return new SimpleRnn(units, activation, returnSequences, recurrentDropout);
  }

  /** Returns a copy with this recurrent dropout. */
  public SimpleRnn recurrentDropout(float recurrentDropout) {
    return new SimpleRnn(units, activation, returnSequences, recurrentDropout);
  }

  @Override
  public RecurrentLayer build(
      String name, int inputDim, Direction direction, RandomGenerator random) {
    return RecurrentLayer.build(
        name,
        inputDim,
        units,
        new SimpleRnnCell(activation),
        direction,
        returnSequences,
        recurrentDropout,
        random);
  }
}
