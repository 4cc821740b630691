package io.github.rnnotator.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws what each symbol of an output read of its source: a square for each pair, the darker the
 * greater its weight (Bahdanau et al. 2015, figure 3).
 */
public final class AttentionPlot {
  private static final int CELL = 26;
  private static final int MARGIN = 12;
  private static final int LETTER = 9;
  private static final int TEXT = 0x222222;
  private static final int GRID = 0xdddddd;

  /** The colour of the weight 1. */
  private static final int DARK = 0x1f4e9c;

  private AttentionPlot() {}

  /**
   * Writes a file of SVG and leaves the stream open.
   *
   * @param source the symbols of the source, which label the columns; an empty one is its end
   * @param target the symbols of the output, which label the rows
   * @param weights a row for each of the target, a column for each of the source, in {@code [0, 1]}
   */
  public static void write(
      OutputStream out, List<String> source, List<String> target, float[][] weights)
      throws IOException {
    int left = MARGIN + LETTER * longest(target) + MARGIN;
    int top = MARGIN + LETTER * longest(source) + MARGIN;
    int right = left + CELL * source.size();
    int bottom = top + CELL * target.size();
    List<Drawing.Shape> shapes = new ArrayList<>();
    for (int row = 0; row < target.size(); row++) {
      double y = top + CELL * (row + 0.5);
      for (int column = 0; column < source.size(); column++) {
        double x = left + CELL * column;
        shapes.add(line(x, y, x + CELL, y, shade(weights[row][column]), CELL));
      }
      shapes.add(
          new Drawing.Words(
              label(target.get(row)),
              new Drawing.Place(left - MARGIN / 2.0, y + Drawing.FONT / 3.0),
              Drawing.Anchor.END,
              false,
              TEXT));
    }
    for (int column = 0; column < source.size(); column++) {
      boolean upward = source.get(column).length() > 1;
      double x = left + CELL * (column + 0.5);
      shapes.add(
          new Drawing.Words(
              label(source.get(column)),
              new Drawing.Place(upward ? x + Drawing.FONT / 3.0 : x, top - MARGIN / 2.0),
              upward ? Drawing.Anchor.START : Drawing.Anchor.MIDDLE,
              upward,
              TEXT));
    }
    for (int row = 0; row <= target.size(); row++) {
      shapes.add(line(left, top + CELL * row, right, top + CELL * row, GRID, 1));
    }
    for (int column = 0; column <= source.size(); column++) {
      shapes.add(line(left + CELL * column, top, left + CELL * column, bottom, GRID, 1));
    }
    new Drawing(right + MARGIN, bottom + MARGIN, shapes).writeSvg(out);
  }

  private static int longest(List<String> symbols) {
    return symbols.stream().mapToInt(symbol -> label(symbol).length()).max().orElse(1);
  }

  private static String label(String symbol) {
    return symbol.isEmpty() ? "∎" : symbol.equals(" ") ? "␣" : symbol;
  }

  private static Drawing.Path line(
      double x, double y, double toX, double toY, int colour, double width) {
    return new Drawing.Path(
        List.of(new Drawing.Place(x, y), new Drawing.Place(toX, toY)), colour, width);
  }

  /** Returns a colour between white and {@link #DARK}. */
  private static int shade(float weight) {
    float share = Math.min(1, Math.max(0, weight));
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int white = Drawing.WHITE >> shift & 0xff;
      int dark = DARK >> shift & 0xff;
      colour |= Math.round(white + share * (dark - white)) << shift;
    }
    return colour;
  }
}
