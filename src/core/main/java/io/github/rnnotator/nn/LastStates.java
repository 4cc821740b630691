package io.github.rnnotator.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * The last state of each direction, {@code y = [f_T, b_1]}: selects from all states of a recurrent
 * layer the output of {@code returnSequences(false)}, bit for bit. The direction that reads
 * backward ends at the first timestep. {@code (batch, timesteps, dim)} becomes {@code (batch,
 * dim)}.
 *
 * @param forward the number of leading columns that belong to the forward direction
 */
public record LastStates(int forward) implements LayerSpec {
  @Override
  public boolean needsTimesteps() {
    return true;
  }

  @Override
  public boolean keepsTimesteps() {
    return false;
  }

  @Override
  public Layer build(String name, int inputDim, RandomGenerator random) {
    if (forward < 0 || forward > inputDim) {
      throw new IllegalArgumentException(
          forward + " columns read forward, the input has " + inputDim);
    }
    return new LastStatesLayer(forward, inputDim);
  }

  private record LastStatesLayer(int forward, int outputDim) implements Layer {
    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public Output forward(SequenceBatch x, PassContext pass) {
      Packing packing = x.packing();
      FMatrixRMaj y = pass.matrix(packing.sequences(), outputDim);
      for (int rank = 0; rank < packing.sequences(); rank++) {
        copy(x.values(), last(packing, rank), y, rank, 0, forward);
        copy(x.values(), first(packing, rank), y, rank, forward, outputDim);
      }
      return new Output(
          new SequenceBatch(packing.lastStates(), y),
          (dY, gradients) -> {
            FMatrixRMaj dX = pass.zeros(packing.tokens(), outputDim);
            for (int rank = 0; rank < packing.sequences(); rank++) {
              copy(dY, rank, dX, last(packing, rank), 0, forward);
              copy(dY, rank, dX, first(packing, rank), forward, outputDim);
            }
            return dX;
          });
    }

    private static int last(Packing packing, int rank) {
      int sequence = packing.sequenceAt(rank);
      return packing.row(sequence, packing.length(sequence) - 1);
    }

    private static int first(Packing packing, int rank) {
      return packing.row(packing.sequenceAt(rank), 0);
    }

    /** Copies columns {@code [begin, end)} of one row to another. */
    private static void copy(
        FMatrixRMaj from, int fromRow, FMatrixRMaj to, int toRow, int begin, int end) {
      int cols = from.numCols;
      System.arraycopy(
          from.data, fromRow * cols + begin, to.data, toRow * cols + begin, end - begin);
    }
  }
}
