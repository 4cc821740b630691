package io.github.rnnotator.train.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Readers of one input give the same numbers with every rank that loses nothing. */
class InputWeightsTest {
  private static final int DIM = 6;

  private final Random random = new Random(1);

  private FMatrixRMaj matrix(int rows, int columns) {
    FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
    for (int i = 0; i < matrix.data.length; i++) {
      matrix.data[i] = (float) random.nextGaussian();
    }
    return matrix;
  }

  private void put(Map<String, FMatrixRMaj> weights, String name, int rows, int columns) {
    weights.put(name + ".kernel", matrix(rows, columns));
    weights.put(name + ".bias", matrix(1, columns));
  }

  /** {@code W x + b}. */
  private static FMatrixRMaj read(Map<String, FMatrixRMaj> weights, String name, FMatrixRMaj x) {
    return LowRank.sum(
        LowRank.product(x, weights.get(name + ".kernel")), weights.get(name + ".bias"));
  }

  @ParameterizedTest(name = "projection of whole labels {0}, rank {1}, then {2}")
  @CsvSource({"0, 6, 9", "0, 9, 6", "2, 6, 9", "2, 9, 6", "5, 8, 8"})
  void headsWhoseLabelsShareWeights(int own, int rank, int then) {
    Map<String, FMatrixRMaj> weights = new HashMap<>();
    if (own > 0) {
      put(weights, "h.rank", DIM, own);
    }
    put(weights, "h", own > 0 ? own : DIM, 11);
    put(weights, "h.values", DIM, 4);
    FMatrixRMaj x = matrix(1, DIM);
    List<FMatrixRMaj> expected =
        List.of(
            read(weights, "h", own > 0 ? read(weights, "h.rank", x) : x),
            read(weights, "h.values", x));

    InputWeights head = InputWeights.ofHead("h", true);
    head.change(weights, 0, rank);
    assertSame(expected, weights, x, rank);
    head.change(weights, rank, then);
    assertSame(expected, weights, x, then);
  }

  private static void assertSame(
      List<FMatrixRMaj> expected, Map<String, FMatrixRMaj> weights, FMatrixRMaj x, int rank) {
    FMatrixRMaj projected = read(weights, "h.rank", x);
    assertThat(projected.numCols).isEqualTo(rank);
    for (String reader : List.of("h", "h.values")) {
      float[] wanted = expected.get(reader.equals("h") ? 0 : 1).data;
      assertThat(read(weights, reader, projected).data)
          .as(reader)
          .containsExactly(wanted, Offset.offset(1e-4f));
    }
  }
}
