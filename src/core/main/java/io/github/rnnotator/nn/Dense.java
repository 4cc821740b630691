package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Ops;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Keras' {@code Dense}, applied at every timestep: {@code y_t = f(W x_t + b)}.
 *
 * <p>Weights: kernel {@code W [inputDim x units]} (Glorot uniform), bias {@code [1 x units]} (0).
 *
 * @param units the length of {@code y_t}, at least 1
 * @param activation {@code f}
 */
public record Dense(int units, Activation activation) implements LayerSpec {
  /**
   * Checks the units.
   *
   * @throws IllegalArgumentException if there are less than 1
   */
  public Dense {
    Objects.requireNonNull(activation, "the activation is null");
    if (units < 1) {
      throw new IllegalArgumentException("Dense has " + units + " units, expected at least 1");
    }
  }

  /** Uses no activation, Keras' default. */
  public Dense(int units) {
    this(units, Activation.LINEAR);
  }

  /** Returns a copy with this activation. */
  public Dense activation(Activation activation) {
    return new Dense(units, activation);
  }

  /**
   * Returns a layer with this one between it and its input, so that it reads {@code units} numbers.
   * Its weights keep their names; those of this one are named {@code NAME.rank}.
   */
  public LayerSpec before(LayerSpec layer) {
    return (name, inputDim, random) -> {
      LayerSpec first = (ignored, dim, r) -> build(name + ".rank", dim, r);
      LayerSpec second = (ignored, dim, r) -> layer.build(name, dim, r);
      return Sequential.build("", inputDim, List.of(first, second), random);
    };
  }

  @Override
  public Layer build(String name, int inputDim, RandomGenerator random) {
    return layer(name, Initializers.glorotUniform(inputDim, units, random), activation);
  }

  /** Creates a layer with this kernel {@code [inputDim x units]} and a bias of 0. */
  public static Layer layer(String name, FMatrixRMaj kernel, Activation activation) {
    return new DenseLayer(
        Parameter.dense(name + ".kernel", kernel),
        Parameter.dense(name + ".bias", new FMatrixRMaj(1, kernel.numCols)),
        activation);
  }

  private record DenseLayer(Parameter w, Parameter b, Activation activation) implements Layer {
    @Override
    public int outputDim() {
      return w.value().numCols;
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(w, b);
    }

    @Override
    public Output forward(SequenceBatch x, PassContext pass) {
      Ops ops = pass.ops();
      int tokens = x.packing().tokens();
      FMatrixRMaj y = pass.matrix(tokens, outputDim());
      ops.affine(x.values(), 0, tokens, pass.packed(w, false), b.value(), y, 0);
      activate(y, ops);
      return new Output(
          new SequenceBatch(x.packing(), y),
          (dY, gradients) -> {
            FMatrixRMaj dZ = pass.matrix(tokens, outputDim());
            activateBackward(y, dY, dZ, ops);
            ops.multiplyTransposed(x.values(), pass.pack(dZ), gradients.of(w), true);
            ops.addColumnSums(dZ, 0, tokens, gradients.of(b));
            FMatrixRMaj dX = pass.matrix(tokens, x.dim());
            ops.multiply(dZ, 0, tokens, pass.packed(w, true), dX, 0, false);
            return dX;
          });
    }

    private void activate(FMatrixRMaj y, Ops ops) {
      int n = y.numRows * y.numCols;
      switch (activation) {
        case LINEAR -> {}
        case TANH -> ops.tanh(y.data, 0, n);
        case RELU -> ops.relu(y.data, 0, n);
        case SIGMOID -> ops.sigmoid(y.data, 0, n);
        case SOFTMAX -> ops.softmaxRows(y, 0, y.numRows);
      }
    }

    private void activateBackward(FMatrixRMaj y, FMatrixRMaj dY, FMatrixRMaj dZ, Ops ops) {
      int n = y.numRows * y.numCols;
      switch (activation) {
        case LINEAR -> System.arraycopy(dY.data, 0, dZ.data, 0, n);
        case TANH -> ops.tanhBackward(y.data, 0, dY.data, 0, dZ.data, 0, n);
        case RELU -> ops.reluBackward(y.data, 0, dY.data, 0, dZ.data, 0, n);
        case SIGMOID -> ops.sigmoidBackward(y.data, 0, dY.data, 0, dZ.data, 0, n);
        case SOFTMAX -> softmaxBackward(y, dY, dZ);
      }
    }

    /** {@code dz_j = y_j * (dy_j - sum_k dy_k y_k)}. */
    private static void softmaxBackward(FMatrixRMaj y, FMatrixRMaj dY, FMatrixRMaj dZ) {
      int cols = y.numCols;
      for (int i = 0; i < y.numRows; i++) {
        float dot = 0;
        for (int j = 0; j < cols; j++) {
          dot += dY.data[i * cols + j] * y.data[i * cols + j];
        }
        for (int j = 0; j < cols; j++) {
          dZ.data[i * cols + j] = y.data[i * cols + j] * (dY.data[i * cols + j] - dot);
        }
      }
    }
  }
}
