package io.github.rnnotator.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Lines and text on a white page, in units of a pixel from its upper left corner.
 *
 * @param width of the page
 * @param height of the page
 * @param shapes in the order in which they are drawn
 */
record Drawing(int width, int height, List<Shape> shapes) {
  /** The size of letters. */
  static final int FONT = 14;

  /** A line or a piece of text; its colour is {@code 0xRRGGBB}. */
  sealed interface Shape permits Path, Words {}

  /** A place on the page. */
  record Place(double x, double y) {}

  /** A line through these places. */
  record Path(List<Place> places, int colour, double width) implements Shape {}

  /**
   * Text in one line.
   *
   * @param at the anchor of its base line
   * @param upward whether it is read from bottom to top
   */
  record Words(String text, Place at, Anchor anchor, boolean upward, int colour) implements Shape {}

  /** The part of a text that is at its place, by the name that SVG has for it. */
  enum Anchor {
    START,
    MIDDLE,
    END;

    /** Returns the fraction of the text that is before its place. */
    double before() {
      return ordinal() / 2.0;
    }
  }

  /** Writes a file of SVG and leaves the stream open. */
  void writeSvg(OutputStream out) throws IOException {
    Element svg =
        Element.of("svg")
            .with("xmlns", "http://www.w3.org/2000/svg")
            .with("width", width)
            .with("height", height)
            .with("viewBox", "0 0 " + width + " " + height)
            .with("font-family", "sans-serif")
            .with("font-size", FONT);
    svg.add(
        Element.of("rect").with("width", width).with("height", height).with("fill", colour(WHITE)));
    shapes.forEach(shape -> svg.add("\n", element(shape)));
    String text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg.add("\n") + "\n";
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  static final int WHITE = 0xffffff;

  private static Element element(Shape shape) {
    if (shape instanceof Path path) {
      StringBuilder steps = new StringBuilder();
      for (Place place : path.places()) {
        steps.append(steps.isEmpty() ? "M" : " L");
        steps.append(at(place.x())).append(' ').append(at(place.y()));
      }
      return Element.of("path")
          .with("d", steps)
          .with("fill", "none")
          .with("stroke", colour(path.colour()))
          .with("stroke-width", path.width());
    }
    Words words = (Words) shape;
    String x = at(words.at().x());
    String y = at(words.at().y());
    Element text =
        Element.of("text", words.text())
            .with("x", x)
            .with("y", y)
            .with("text-anchor", words.anchor().name().toLowerCase(Locale.ROOT))
            .with("fill", colour(words.colour()));
    return words.upward() ? text.with("transform", "rotate(-90 " + x + " " + y + ")") : text;
  }

  private static String colour(int rgb) {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }

  private static String at(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }
}
