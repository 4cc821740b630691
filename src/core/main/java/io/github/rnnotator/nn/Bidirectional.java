package io.github.rnnotator.nn;

import io.github.rnnotator.kernel.Kernel;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;

/**
 * Keras' {@code Bidirectional}: one recurrent layer reads forward, a second one with its own
 * weights reads backward, and their states are merged at each timestep (Schuster &amp; Paliwal
 * 1997).
 *
 * @param layer the layer for each direction
 * @param mergeMode how the two states are merged
 */
public record Bidirectional(RecurrentSpec layer, MergeMode mergeMode) implements LayerSpec {
  /** Concatenates both states, Keras' default. */
  public Bidirectional(RecurrentSpec layer) {
    this(layer, MergeMode.CONCAT);
  }

  /** How the forward state {@code f} and the backward state {@code b} are merged. */
  public enum MergeMode {
    /** {@code [f, b]}, twice the length. */
    CONCAT,
    /** {@code f + b}. */
    SUM,
    /** {@code (f + b) / 2}. */
    AVE,
    /** {@code f * b}. */
    MUL
  }

  @Override
  public boolean needsTimesteps() {
    return true;
  }

  @Override
  public boolean keepsTimesteps() {
    return layer.keepsTimesteps();
  }

  @Override
  public Layer build(String name, int inputDim, RandomGenerator random) {
    return new BidirectionalLayer(
        layer.build(name + ".forward", inputDim, Direction.FORWARD, random),
        layer.build(name + ".backward", inputDim, Direction.BACKWARD, random),
        mergeMode);
  }

  record BidirectionalLayer(RecurrentLayer forward, RecurrentLayer backward, MergeMode mergeMode)
      implements ProjectingLayer {
    @Override
    public int outputDim() {
      return (mergeMode == MergeMode.CONCAT ? 2 : 1) * forward.outputDim();
    }

    @Override
    public List<Parameter> parameters() {
      return Stream.concat(forward.parameters().stream(), backward.parameters().stream()).toList();
    }

    @Override
    public int projectedDim() {
      return forward.projectedDim() + backward.projectedDim();
    }

    @Override
    public void project(FMatrixRMaj x, FMatrixRMaj out, int col, Pass pass) {
      forward.project(x, out, col, pass);
      backward.project(x, out, col + forward.projectedDim(), pass);
    }

    @Override
    public PackedBatch forwardProjected(Packing packing, float[][] projected, int col, Pass pass) {
      PreActivations f = RecurrentLayer.projected(projected, col);
      PreActivations b = RecurrentLayer.projected(projected, col + forward.projectedDim());
      return infer(packing, f, b, pass);
    }

    private PackedBatch infer(Packing packing, PreActivations f, PreActivations b, Pass pass) {
      if (mergeMode != MergeMode.CONCAT) {
        return merged(
            new RecurrentInference(forward, packing, f, pass).output(),
            new RecurrentInference(backward, packing, b, pass).output(),
            pass);
      }
      // Both write directly to their columns, without a copy.
      Packing packed = forward.outputPacking(packing);
      FMatrixRMaj y = pass.matrix(packed.tokens(), outputDim());
      new RecurrentInference(forward, packing, f, pass).write(y, 0);
      new RecurrentInference(backward, packing, b, pass).write(y, forward.outputDim());
      return new PackedBatch(packed, y);
    }

    private PackedBatch merged(PackedBatch f, PackedBatch b, Pass pass) {
      FMatrixRMaj y = pass.matrix(f.values().numRows, outputDim());
      merge(f.values(), b.values(), y, pass.kernel());
      return new PackedBatch(f.packing(), y);
    }

    @Override
    public Forward forward(PackedBatch x, Pass pass) {
      if (!pass.isTraining()) {
        PreActivations f = forward.projection(x.values(), pass);
        PreActivations b = backward.projection(x.values(), pass);
        return new Forward(infer(x.packing(), f, b, pass), Pass.noBackprop());
      }
      Forward f = forward.forward(x, pass);
      Forward b = backward.forward(x, pass);
      FMatrixRMaj fValues = f.output().values();
      FMatrixRMaj bValues = b.output().values();
      return new Forward(
          merged(f.output(), b.output(), pass),
          (dY, gradients) -> {
            FMatrixRMaj dF = pass.matrix(fValues.numRows, fValues.numCols);
            FMatrixRMaj dB = pass.matrix(bValues.numRows, bValues.numCols);
            split(dY, fValues, bValues, dF, dB, pass.kernel());
            FMatrixRMaj dX = f.backward().backward(dF, gradients);
            FMatrixRMaj dXBackward = b.backward().backward(dB, gradients);
            pass.kernel().addScaled(1, dXBackward.data, 0, dX.data, 0, dX.numRows * dX.numCols);
            return dX;
          });
    }

    private void merge(FMatrixRMaj f, FMatrixRMaj b, FMatrixRMaj y, Kernel kernel) {
      int n = f.numRows * f.numCols;
      switch (mergeMode) {
        case CONCAT -> {
          Columns.copy(f, 0, y, 0, f.numCols);
          Columns.copy(b, 0, y, f.numCols, b.numCols);
        }
        case SUM, AVE -> {
          System.arraycopy(f.data, 0, y.data, 0, n);
          kernel.addScaled(1, b.data, 0, y.data, 0, n);
          if (mergeMode == MergeMode.AVE) {
            kernel.scale(0.5f, y.data, 0, n);
          }
        }
        case MUL -> kernel.multiplyElements(f.data, 0, b.data, 0, y.data, 0, n);
      }
    }

    private void split(
        FMatrixRMaj dY,
        FMatrixRMaj f,
        FMatrixRMaj b,
        FMatrixRMaj dF,
        FMatrixRMaj dB,
        Kernel kernel) {
      int n = f.numRows * f.numCols;
      switch (mergeMode) {
        case CONCAT -> {
          Columns.copy(dY, 0, dF, 0, f.numCols);
          Columns.copy(dY, f.numCols, dB, 0, b.numCols);
        }
        case SUM, AVE -> {
          System.arraycopy(dY.data, 0, dF.data, 0, n);
          if (mergeMode == MergeMode.AVE) {
            kernel.scale(0.5f, dF.data, 0, n);
          }
          System.arraycopy(dF.data, 0, dB.data, 0, n);
        }
        case MUL -> {
          kernel.multiplyElements(dY.data, 0, b.data, 0, dF.data, 0, n);
          kernel.multiplyElements(dY.data, 0, f.data, 0, dB.data, 0, n);
        }
      }
    }
  }
}
