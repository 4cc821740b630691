package io.github.rnnotator.nn;

import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * A skip connection around a layer {@code f}, for training deep stacks.
 *
 * <ul>
 *   <li>{@link Mode#RESIDUAL}: {@code y_t = x_t + f(x)_t} (He et al. 2016)
 *   <li>{@link Mode#DENSE}: {@code y_t = [x_t, f(x)_t]} (Huang et al. 2017)
 * </ul>
 *
 * @param layer must keep the timesteps, and for a sum also the vector length
 * @param mode how the input and the layer's output are merged
 */
public record Shortcut(LayerSpec layer, Mode mode) implements LayerSpec {
  /** Checks that neither is null. */
  public Shortcut {
    Objects.requireNonNull(layer, "the layer of Shortcut is null");
    Objects.requireNonNull(mode, "the mode of Shortcut is null");
  }

  /** How {@code x_t} and {@code f(x)_t} are merged. */
  public enum Mode {
    /** Sum. */
    RESIDUAL,
    /** Concatenation. */
    DENSE
  }

  @Override
  public boolean needsTimesteps() {
    return layer.needsTimesteps();
  }

  @Override
  public Layer build(String name, int inputDim, RandomGenerator random) {
    Layer inner = layer.build(name, inputDim, random);
    if (mode == Mode.RESIDUAL && inner.outputDim() != inputDim) {
      throw new IllegalArgumentException(
          name
              + ": a residual layer adds its input to its output, but the input has length "
              + inputDim
              + " and the output "
              + inner.outputDim());
    }
    Sequential.requireTimesteps(name, layer);
    return inner instanceof ProjectingLayer projecting
        ? new ProjectingShortcutLayer(projecting, inputDim, mode)
        : new ShortcutLayer(inner, inputDim, mode);
  }

  private record ShortcutLayer(Layer layer, int inputDim, Mode mode) implements Layer {
    @Override
    public int outputDim() {
      return layer.outputDim() + (mode == Mode.DENSE ? inputDim : 0);
    }

    @Override
    public List<Parameter> parameters() {
      return layer.parameters();
    }

    @Override
    public Output forward(SequenceBatch x, PassContext pass) {
      Output output = layer.forward(x, pass);
      return new Output(
          joined(x.values(), output.y(), pass),
          (dY, gradients) -> {
            FMatrixRMaj past = pass.matrix(dY.numRows, inputDim);
            FMatrixRMaj through = pass.matrix(dY.numRows, layer.outputDim());
            // Copies, since the layer may overwrite its argument.
            Columns.copy(dY, 0, past, 0, inputDim);
            Columns.copy(dY, mode == Mode.DENSE ? inputDim : 0, through, 0, through.numCols);
            FMatrixRMaj dX = output.backprop().apply(through, gradients);
            pass.ops().addScaled(1, past.data, 0, dX.data, 0, dX.numRows * inputDim);
            return dX;
          });
    }

    /** {@code x + f} or {@code [x, f]}. */
    SequenceBatch joined(FMatrixRMaj x, SequenceBatch f, PassContext pass) {
      FMatrixRMaj y = pass.matrix(x.numRows, outputDim());
      Columns.copy(x, 0, y, 0, inputDim);
      if (mode == Mode.DENSE) {
        Columns.copy(f.values(), 0, y, inputDim, f.dim());
      } else {
        pass.ops().addScaled(1, f.values().data, 0, y.data, 0, y.numRows * y.numCols);
      }
      return new SequenceBatch(f.packing(), y);
    }
  }

  /** Projects an input to {@code W x + b} followed by the input itself. */
  record ProjectingShortcutLayer(ProjectingLayer layer, ShortcutLayer shortcut)
      implements ProjectingLayer {
    ProjectingShortcutLayer(ProjectingLayer layer, int inputDim, Mode mode) {
      this(layer, new ShortcutLayer(layer, inputDim, mode));
    }

    @Override
    public int outputDim() {
      return shortcut.outputDim();
    }

    @Override
    public List<Parameter> parameters() {
      return layer.parameters();
    }

    @Override
    public int projectedDim() {
      return layer.projectedDim() + shortcut.inputDim;
    }

    @Override
    public void project(FMatrixRMaj x, FMatrixRMaj out, int col, PassContext pass) {
      layer.project(x, out, col, pass);
      Columns.copy(x, 0, out, col + layer.projectedDim(), x.numCols);
    }

    @Override
    public SequenceBatch forwardProjected(
        Packing packing, float[][] projected, int col, PassContext pass) {
      int from = col + layer.projectedDim();
      FMatrixRMaj x = pass.matrix(packing.tokens(), shortcut.inputDim);
      for (int row = 0; row < packing.tokens(); row++) {
        System.arraycopy(projected[row], from, x.data, row * x.numCols, x.numCols);
      }
      return shortcut.joined(x, layer.forwardProjected(packing, projected, col, pass), pass);
    }

    @Override
    public Output forward(SequenceBatch x, PassContext pass) {
      return shortcut.forward(x, pass);
    }
  }
}
