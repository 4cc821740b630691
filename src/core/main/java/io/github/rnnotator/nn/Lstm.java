package io.github.rnnotator.nn;

import java.util.random.RandomGenerator;

/**
 * Keras' {@code LSTM} (Hochreiter &amp; Schmidhuber 1997, with the forget gate of Gers et al.
 * 2000):
 *
 * <pre>
 *   i = sigmoid(W_i x_t + U_i h_(t-1) + b_i)        input gate
 *   f = sigmoid(W_f x_t + U_f h_(t-1) + b_f)        forget gate
 *   g = tanh(W_g x_t + U_g h_(t-1) + b_g)           candidate
 *   o = sigmoid(W_o x_t + U_o h_(t-1) + b_o)        output gate
 *   c_t = f * c_(t-1) + i * g
 *   h_t = o * tanh(c_t)
 * </pre>
 *
 * <p>Weights, gates in the order i, f, g, o: kernel {@code W [inputDim x 4 units]} (Glorot
 * uniform), recurrent kernel {@code U [units x 4 units]} (orthogonal), bias {@code [1 x 4 units]}
 * (0, but 1 for the forget gate: Keras' {@code unit_forget_bias}).
 *
 * @param units the length of {@code h_t}, the hidden size
 * @param returnSequences whether the output is {@code h_t} at every timestep or only the last one
 * @param recurrentDropout the fraction of {@code h_(t-1)} dropped from the recurrent product in
 *     training, in {@code [0, 1)}; the same units at every timestep of a sequence
 */
public record Lstm(int units, boolean returnSequences, float recurrentDropout)
    implements RecurrentSpec {

  /** Uses Keras' defaults: the last state only, no dropout. */
  public Lstm(int units) {
    this(units, false, 0);
  }

  /** Returns a copy that outputs the whole sequence or only the last state. */
  public Lstm returnSequences(boolean returnSequences) {
    return new Lstm(units, returnSequences, recurrentDropout);
  }

  /** Returns a copy with this recurrent dropout. */
  public Lstm recurrentDropout(float recurrentDropout) {
    return new Lstm(units, returnSequences, recurrentDropout);
  }

  @Override
  public RecurrentLayer build(
      String name, int inputDim, Direction direction, RandomGenerator random) {
    return RecurrentLayer.build(
        name,
        inputDim,
        units,
        new LstmCell(),
        direction,
        returnSequences,
        recurrentDropout,
        random);
  }
}
