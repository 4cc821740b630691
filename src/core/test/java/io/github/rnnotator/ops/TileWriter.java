package io.github.rnnotator.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes {@code VectorTiles.java}, whose methods repeat the same lines for each row of a tile: the
 * compiler keeps sums in registers only if each has a variable of its own. To change the tiles,
 * change this class and run its {@link #main}; {@code VectorTilesTest} compares both.
 */
final class TileWriter {
  /** The rows of the tiles. */
  private static final List<Integer> HEIGHTS = List.of(12, 8, 6, 4);

  private TileWriter() {}

  /** Writes the source file to this path. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), source());
  }

  /** Returns the source of {@code VectorTiles.java}. */
  static String source() {
    return """
        package io.github.rnnotator.ops;

        import static io.github.rnnotator.ops.VectorProducts.A_STEP;
        import static io.github.rnnotator.ops.VectorProducts.PANEL;

        import jdk.incubator.vector.FloatVector;
        import jdk.incubator.vector.VectorSpecies;

        /**
         * The inner loops of {@link VectorProducts}, one method per number of rows. Written by {@code
         * TileWriter}, not by hand.
         */
        final class VectorTiles {
          private static final VectorSpecies<Float> LANE = FloatVector.SPECIES_PREFERRED;
          private static final int LANES = LANE.length();

          private VectorTiles() {}

        """
        + HEIGHTS.stream().map(TileWriter::tile).collect(Collectors.joining("\n"))
        + "}\n";
  }

  /** {@code C = start + A B} for {@code height} rows and one panel, two rows of B at a time. */
  private static String tile(int height) {
    return """
          /** Computes ${height} rows of C in one panel. */
          static void tile${height}(
              float[] a,
              int aAt,
              int k,
              float[] b,
              int bAt,
              float[] start,
              int startAt,
              int startStep,
              float[] c,
              int cAt,
              int cStep) {
        ${start}\
            for (int at = 0; at + 2 <= k; at += 2) {
              FloatVector bx0 = FloatVector.fromArray(LANE, b, bAt + at * PANEL);
              FloatVector by0 = FloatVector.fromArray(LANE, b, bAt + at * PANEL + LANES);
              FloatVector bx1 = FloatVector.fromArray(LANE, b, bAt + at * PANEL + PANEL);
              FloatVector by1 = FloatVector.fromArray(LANE, b, bAt + at * PANEL + PANEL + LANES);
              FloatVector e;
        ${first}\
        ${second}\
            }
            FloatVector one = FloatVector.broadcast(LANE, 1f);
            FloatVector none = FloatVector.broadcast(LANE, -0f);
        ${end}\
          }
        """
        .replace("${height}", Integer.toString(height))
        .replace(
            "${start}",
            rows(
                height,
                """
                    FloatVector x${r} = FloatVector.fromArray(LANE, start, startAt${startRow});
                    FloatVector y${r} = FloatVector.fromArray(LANE, start, startAt${startRow} + LANES);
                """))
        .replace("${first}", rows(height, addRowOfB(0, "")))
        .replace("${second}", rows(height, addRowOfB(1, " + 1")))
        .replace(
            "${end}",
            rows(
                height,
                """
                    one.fma(x${r}, none).intoArray(c, cAt${cRow});
                    one.fma(y${r}, none).intoArray(c, cAt${cRow} + LANES);
                """));
  }

  private static String addRowOfB(int row, String column) {
    return """
              e = FloatVector.broadcast(LANE, a[aAt + at${aRow}${column}]);
              x${r} = e.fma(bx${b}, x${r});
              y${r} = e.fma(by${b}, y${r});
        """
        .replace("${b}", Integer.toString(row))
        .replace("${column}", column);
  }

  /** Repeats lines for each row of a tile. */
  private static String rows(int height, String lines) {
    return IntStream.range(0, height)
        .mapToObj(
            r ->
                lines
                    .replace("${r}", Integer.toString(r))
                    .replace("${startRow}", times(r, "startStep"))
                    .replace("${aRow}", times(r, "A_STEP"))
                    .replace("${cRow}", times(r, "cStep")))
        .collect(Collectors.joining());
  }

  private static String times(int row, String step) {
    return switch (row) {
      case 0 -> "";
      case 1 -> " + " + step;
      default -> " + " + row + " * " + step;
    };
  }
}
