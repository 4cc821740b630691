package io.github.rnnotator.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;

/**
 * PyTorch's library, by way of DJL. Each operator runs on the thread that calls it alone (the
 * launcher says so to DJL).
 */
final class LibTorch implements AutoCloseable {
  private final Engine engine = Engine.getEngine("PyTorch");
  private final NDManager manager = engine.newBaseManager();

  String name() {
    return "libtorch " + engine.getVersion();
  }

  Engine engine() {
    return engine;
  }

  /** An array that lives as long as this. */
  NDArray array(float[] values, Shape shape) {
    return manager.create(FloatBuffer.wrap(values, 0, (int) shape.size()), shape);
  }

  /** Row numbers, for a look-up. */
  NDArray indices(long[] values, Shape shape) {
    return manager.create(values, shape);
  }

  /** An array of zeros that lives as long as this. */
  NDArray zeros(Shape shape) {
    return manager.zeros(shape);
  }

  /** Frees what this thread makes of arrays from now on, once it is closed. */
  static NDScope scope() {
    NDScope scope = new NDScope();
    scope.suppressNotUsedWarning();
    return scope;
  }

  /**
   * All layers of a recurrent network at once, by libtorch's own operator.
   *
   * @param x {@code [timesteps, batch, inputDim]}
   * @return {@code [timesteps, batch, 2 * hidden]}
   */
  static NDArray lstm(LstmWeights weights, NDArray x, boolean training) {
    long batch = x.getShape().get(1);
    Shape states = new Shape(2L * weights.layers(), batch, weights.hidden());
    NDList start = new NDList(x.getManager().zeros(states), x.getManager().zeros(states));
    return x.getNDArrayInternal()
        .lstm(x, start, weights.arrays(), true, weights.layers(), 0, training, true, false)
        .get(0);
  }

  /**
   * Weights as libtorch's operator takes them.
   *
   * @param arrays for each layer and direction: those of the input, of the state, and two biases
   */
  record LstmWeights(int layers, int hidden, NDList arrays) {}

  @Override
  public void close() {
    manager.close();
  }
}
