package io.github.rnnotator.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;

/**
 * PyTorch's library, through DJL. Each operator runs only on the calling thread (the launcher
 * configures DJL so).
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

  /** An array that lives as long as this object. */
  NDArray array(float[] values, Shape shape) {
    return manager.create(FloatBuffer.wrap(values, 0, (int) shape.size()), shape);
  }

  /** Row indices, for a lookup. */
  NDArray indices(long[] values, Shape shape) {
    return manager.create(values, shape);
  }

  /** An array of zeros that lives as long as this object. */
  NDArray zeros(Shape shape) {
    return manager.zeros(shape);
  }

  /** Opens a scope that frees the arrays this thread creates in it. */
  static NDScope scope() {
    NDScope scope = new NDScope();
    scope.suppressNotUsedWarning();
    return scope;
  }

  /**
   * Runs all layers of a recurrent network with libtorch's operator.
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
   * Weights in the layout of libtorch's operator.
   *
   * @param arrays for each layer and direction: kernel, recurrent kernel and two biases
   */
  record LstmWeights(int layers, int hidden, NDList arrays) {}

  @Override
  public void close() {
    manager.close();
  }
}
