package io.github.rnnotator.nn;

import java.util.random.RandomGenerator;

/**
 * Keras' {@code GRU} with {@code reset_after=True} (Cho et al. 2014):
 *
 * <pre>
 *   z = sigmoid(W_z x_t + U_z h_(t-1) + b_z)        update gate
 *   r = sigmoid(W_r x_t + U_r h_(t-1) + b_r)        reset gate
 *   n = tanh(W_n x_t + b_n + r * (U_n h_(t-1) + c_n))
 *   h_t = z * h_(t-1) + (1 - z) * n
 * </pre>
 *
 * <p>Weights, gates in the order z, r, n: kernel {@code W [inputDim x 3 units]} (Glorot uniform),
 * recurrent kernel {@code U [units x 3 units]} (orthogonal), bias {@code [1 x 3 units]} and
 * recurrent bias {@code [1 x 3 units]} (0).
 *
 * @param units the length of {@code h_t}, the hidden size
 * @param returnSequences whether the output is {@code h_t} at every timestep or only the last one
 * @param recurrentDropout the fraction of {@code h_(t-1)} dropped from the recurrent product in
 *     training, in {@code [0, 1)}; the same units at every timestep of a sequence
 */
public record Gru(int units, boolean returnSequences, float recurrentDropout)
    implements RecurrentSpec {

  /** Uses Keras' defaults: the last state only, no dropout. */
  public Gru(int units) {
    this(units, false, 0);
  }

  /** Returns a copy that outputs the whole sequence or only the last state. */
  public Gru returnSequences(boolean returnSequences) {
    return new Gru(units, returnSequences, recurrentDropout);
  }

  /** Returns a copy with this recurrent dropout. */
  public Gru recurrentDropout(float recurrentDropout) {
    return new Gru(units, returnSequences, recurrentDropout);
  }

  @Override
  public RecurrentLayer build(
      String name, int inputDim, Direction direction, RandomGenerator random) {
    return RecurrentLayer.build(
        name, inputDim, units, new GruCell(), direction, returnSequences, recurrentDropout, random);
  }
}
