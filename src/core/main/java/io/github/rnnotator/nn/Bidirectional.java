package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Ops;
import java.util.List;
import java.util.Objects;
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
  /** Checks that neither is null. */
  public Bidirectional {
    Objects.requireNonNull(layer, "the layer of Bidirectional is null");
    Objects.requireNonNull(mergeMode, "the merge mode of Bidirectional is null");
  }

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

  record BidirectionalLayer(
      RecurrentLayer leftToRight, RecurrentLayer rightToLeft, MergeMode mergeMode)
      implements ProjectingLayer {
    @Override
    public int outputDim() {
      return (mergeMode == MergeMode.CONCAT ? 2 : 1) * leftToRight.outputDim();
    }

    @Override
    public List<Parameter> parameters() {
      return Stream.concat(leftToRight.parameters().stream(), rightToLeft.parameters().stream())
          .toList();
    }

    @Override
    public int projectedDim() {
      return leftToRight.projectedDim() + rightToLeft.projectedDim();
    }

    @Override
    public void project(FMatrixRMaj x, FMatrixRMaj out, int col, PassContext pass) {
      leftToRight.project(x, out, col, pass);
      rightToLeft.project(x, out, col + leftToRight.projectedDim(), pass);
    }

    @Override
    public SequenceBatch forwardProjected(
        Packing packing, float[][] projected, int col, PassContext pass) {
      PreActivations f = RecurrentLayer.projected(projected, col);
      PreActivations b = RecurrentLayer.projected(projected, col + leftToRight.projectedDim());
      return infer(packing, f, b, pass);
    }

    private SequenceBatch infer(
        Packing packing, PreActivations f, PreActivations b, PassContext pass) {
      if (mergeMode != MergeMode.CONCAT) {
        return merged(
            new RecurrentInference(leftToRight, packing, f, pass).output(),
            new RecurrentInference(rightToLeft, packing, b, pass).output(),
            pass);
      }
      // Both write directly to their columns, without a copy.
      Packing packed = leftToRight.outputPacking(packing);
      FMatrixRMaj y = pass.matrix(packed.tokens(), outputDim());
      new RecurrentInference(leftToRight, packing, f, pass).write(y, 0);
      new RecurrentInference(rightToLeft, packing, b, pass).write(y, leftToRight.outputDim());
      return new SequenceBatch(packed, y);
    }

    private SequenceBatch merged(SequenceBatch f, SequenceBatch b, PassContext pass) {
      FMatrixRMaj y = pass.matrix(f.values().numRows, outputDim());
      merge(f.values(), b.values(), y, pass.ops());
      return new SequenceBatch(f.packing(), y);
    }

    @Override
    public Output forward(SequenceBatch x, PassContext pass) {
      if (!pass.isTraining()) {
        PreActivations f = leftToRight.projection(x.values(), pass);
        PreActivations b = rightToLeft.projection(x.values(), pass);
        return new Output(infer(x.packing(), f, b, pass), PassContext.noBackprop());
      }
      Output f = leftToRight.forward(x, pass);
      Output b = rightToLeft.forward(x, pass);
      FMatrixRMaj fValues = f.y().values();
      FMatrixRMaj bValues = b.y().values();
      return new Output(
          merged(f.y(), b.y(), pass),
          (dY, gradients) -> {
            FMatrixRMaj dF = pass.matrix(fValues.numRows, fValues.numCols);
            FMatrixRMaj dB = pass.matrix(bValues.numRows, bValues.numCols);
            split(dY, fValues, bValues, dF, dB, pass.ops());
            FMatrixRMaj dX = f.backprop().apply(dF, gradients);
            FMatrixRMaj dXBackward = b.backprop().apply(dB, gradients);
            pass.ops().addScaled(1, dXBackward.data, 0, dX.data, 0, dX.numRows * dX.numCols);
            return dX;
          });
    }

    private void merge(FMatrixRMaj f, FMatrixRMaj b, FMatrixRMaj y, Ops ops) {
      int n = f.numRows * f.numCols;
      switch (mergeMode) {
        case CONCAT -> {
          Columns.copy(f, 0, y, 0, f.numCols);
          Columns.copy(b, 0, y, f.numCols, b.numCols);
        }
        case SUM, AVE -> {
          System.arraycopy(f.data, 0, y.data, 0, n);
          ops.addScaled(1, b.data, 0, y.data, 0, n);
          if (mergeMode == MergeMode.AVE) {
            ops.scale(0.5f, y.data, 0, n);
          }
        }
        case MUL -> ops.multiplyElements(f.data, 0, b.data, 0, y.data, 0, n);
      }
    }

    private void split(
        FMatrixRMaj dY, FMatrixRMaj f, FMatrixRMaj b, FMatrixRMaj dF, FMatrixRMaj dB, Ops ops) {
      int n = f.numRows * f.numCols;
      switch (mergeMode) {
        case CONCAT -> {
          Columns.copy(dY, 0, dF, 0, f.numCols);
          Columns.copy(dY, f.numCols, dB, 0, b.numCols);
        }
        case SUM, AVE -> {
          System.arraycopy(dY.data, 0, dF.data, 0, n);
          if (mergeMode == MergeMode.AVE) {
            ops.scale(0.5f, dF.data, 0, n);
          }
          System.arraycopy(dF.data, 0, dB.data, 0, n);
        }
        case MUL -> {
          ops.multiplyElements(dY.data, 0, b.data, 0, dF.data, 0, n);
          ops.multiplyElements(dY.data, 0, f.data, 0, dB.data, 0, n);
        }
      }
    }
  }
}
