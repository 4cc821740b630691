package io.github.rnnotator.nn;

/** The activation function of a {@link Dense} or {@link SimpleRnn} layer. */
public enum Activation {
  /** {@code f(x) = x}. */
  LINEAR,
  /** {@code f(x) = tanh(x)}. */
  TANH,
  /** {@code f(x) = max(0, x)}. */
  RELU,
  /** {@code f(x) = 1 / (1 + exp(-x))}. */
  SIGMOID,
  /** {@code f(x)_j = exp(x_j) / sum_k exp(x_k)}. */
  SOFTMAX
}
