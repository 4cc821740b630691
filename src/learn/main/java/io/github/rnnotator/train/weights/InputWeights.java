package io.github.rnnotator.train.weights;

import io.github.rnnotator.tagger.LabelParts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;

/**
 * The input weights of a layer of the encoder or of a head, {@code W [inputDim x columns]} of all
 * directions side by side.
 *
 * @param layer the prefix of their names
 */
record InputWeights(String layer, boolean bidirectional) {
  private List<String> directions() {
    return bidirectional ? List.of(layer + ".forward", layer + ".backward") : List.of(layer);
  }

  private static FMatrixRMaj get(Map<String, FMatrixRMaj> weights, String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }

  /**
   * Changes the rank.
   *
   * @param weights all weights by name, of which those of the layer are replaced
   * @param from the rank that they have, 0 for none
   * @param to the rank to give them, 0 for none
   */
  void change(Map<String, FMatrixRMaj> weights, int from, int to) {
    if (from == to) {
      return;
    }
    if (from > 0) {
      multiplyOut(weights);
    }
    if (to > 0) {
      factor(weights, to);
    }
  }

  /**
   * Adds what the parts of labels share to the weights of whole labels, which then are the only
   * ones: {@code W x + b + (W_v x + b_v) A = (W + W_v A) x + (b + b_v A)}. Those of parts are 0.
   *
   * @param parts of the labels, {@code A}
   * @param from the rank, 0 for none
   * @param to the rank that follows, at least 1
   */
  void gather(Map<String, FMatrixRMaj> weights, LabelParts parts, int from, int to) {
    String rank = layer + ".rank.kernel";
    if (from == 0 && weights.containsKey(rank)) {
      // Without a rank, a projection is that of whole labels alone.
      multiplyOut(weights);
    }
    for (String of : List.of(".kernel", ".bias")) {
      FMatrixRMaj shared = get(weights, layer + ".values" + of);
      FMatrixRMaj whole = get(weights, layer + of).copy();
      int labels = whole.numCols;
      for (int row = 0; row < whole.numRows; row++) {
        for (int label = 0; label < labels; label++) {
          for (int part : parts.ofLabels()[label]) {
            whole.data[row * labels + label] += shared.data[row * shared.numCols + part];
          }
        }
      }
      weights.put(layer + of, whole);
      int rows = of.equals(".bias") ? 1 : to;
      weights.put(layer + ".values" + of, new FMatrixRMaj(rows, shared.numCols));
    }
  }

  /** {@code W (P x + c) + b = (W P) x + (W c + b)}. */
  private void multiplyOut(Map<String, FMatrixRMaj> weights) {
    FMatrixRMaj projection = get(weights, layer + ".rank.kernel");
    FMatrixRMaj bias = get(weights, layer + ".rank.bias");
    for (String direction : directions()) {
      FMatrixRMaj kernel = get(weights, direction + ".kernel");
      FMatrixRMaj own = get(weights, direction + ".bias");
      weights.put(direction + ".kernel", LowRank.product(projection, kernel));
      weights.put(direction + ".bias", LowRank.sum(own, LowRank.product(bias, kernel)));
    }
  }

  /** One projection for all directions. */
  private void factor(Map<String, FMatrixRMaj> weights, int rank) {
    List<FMatrixRMaj> kernels =
        directions().stream().map(direction -> get(weights, direction + ".kernel")).toList();
    LowRank factors = LowRank.of(LowRank.columns(kernels), rank);
    weights.put(layer + ".rank.kernel", factors.left());
    weights.put(layer + ".rank.bias", new FMatrixRMaj(1, rank));
    int from = 0;
    for (int i = 0; i < kernels.size(); i++) {
      int columns = kernels.get(i).numCols;
      weights.put(directions().get(i) + ".kernel", factors.rightColumns(from, from + columns));
      from += columns;
    }
  }
}
