package io.github.rnnotator.train.weights;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;

/**
 * The kernels {@code W [inputDim x columns]} that read one input: those of the directions of a
 * layer of the encoder, or of a head, where weights that labels share are apart.
 *
 * @param layer its name, with that of its projection: {@code LAYER.rank.kernel}
 * @param readers the prefixes of their names
 */
record InputWeights(String layer, List<String> readers) {
  static InputWeights ofLayer(String name, boolean bidirectional) {
    return new InputWeights(
        name, bidirectional ? List.of(name + ".forward", name + ".backward") : List.of(name));
  }

  static InputWeights ofHead(String name, boolean sharesParts) {
    return new InputWeights(name, sharesParts ? List.of(name, name + ".values") : List.of(name));
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
      factor(weights, to);
    } else if (weights.containsKey(layer + ".rank.kernel")) {
      factorProjected(weights, to);
    } else {
      factor(weights, to);
    }
  }

  /** {@code W (P x + c) + b = (W P) x + (W c + b)}. */
  private void multiplyOut(Map<String, FMatrixRMaj> weights) {
    FMatrixRMaj projection = get(weights, layer + ".rank.kernel");
    FMatrixRMaj bias = get(weights, layer + ".rank.bias");
    for (String reader : readers) {
      FMatrixRMaj kernel = get(weights, reader + ".kernel");
      FMatrixRMaj own = get(weights, reader + ".bias");
      weights.put(reader + ".kernel", LowRank.product(projection, kernel));
      weights.put(reader + ".bias", LowRank.sum(own, LowRank.product(bias, kernel)));
    }
  }

  /** One projection for all readers; none for a rank of 0. */
  private void factor(Map<String, FMatrixRMaj> weights, int rank) {
    if (rank == 0) {
      return;
    }
    List<FMatrixRMaj> kernels =
        readers.stream().map(reader -> get(weights, reader + ".kernel")).toList();
    LowRank factors = LowRank.of(LowRank.columns(kernels), rank);
    weights.put(layer + ".rank.kernel", factors.left());
    weights.put(layer + ".rank.bias", new FMatrixRMaj(1, rank));
    int from = 0;
    for (int i = 0; i < kernels.size(); i++) {
      int columns = kernels.get(i).numCols;
      weights.put(readers.get(i) + ".kernel", factors.rightColumns(from, from + columns));
      from += columns;
    }
  }

  /**
   * Without a rank, whole labels of a head may have a projection of their own: {@code W (P x + c) +
   * b}. Then {@code P} is factored together with the shared weights, {@code P = P' Q}, and what is
   * left to whole labels is {@code W Q}.
   */
  private void factorProjected(Map<String, FMatrixRMaj> weights, int rank) {
    FMatrixRMaj whole = get(weights, layer + ".kernel");
    FMatrixRMaj bias = get(weights, layer + ".bias");
    FMatrixRMaj c = get(weights, layer + ".rank.bias");
    weights.put(layer + ".kernel", get(weights, layer + ".rank.kernel"));
    factor(weights, rank);
    weights.put(layer + ".kernel", LowRank.product(get(weights, layer + ".kernel"), whole));
    weights.put(layer + ".bias", LowRank.sum(bias, LowRank.product(c, whole)));
  }
}
