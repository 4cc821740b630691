package io.github.rnnotator.report;

import io.github.rnnotator.report.Drawing.Anchor;
import io.github.rnnotator.report.Drawing.Path;
import io.github.rnnotator.report.Drawing.Place;
import io.github.rnnotator.report.Drawing.Shape;
import io.github.rnnotator.report.Drawing.Words;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Draws learning curves: dev scores on the left axis, one colour per head, and the training loss in
 * grey on the right axis; the runs of several seeds as thin lines of the same colours.
 */
public final class CurveChart {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;
  private static final double LEFT = 70;
  private static final double RIGHT = 640;
  private static final double TOP = 50;
  private static final double BOTTOM = 500;
  private static final double LEGEND = RIGHT + 90;

  private static final int[] COLOURS = {0x1f77b4, 0xd62728, 0x2ca02c, 0x9467bd, 0xff7f0e};
  private static final int LOSS = 0x808080;
  private static final int GRID = 0xdddddd;
  private static final int INK = 0x222222;

  private final LearningCurves curves;
  private final Axis epochs;
  private final Axis scores;
  private final Axis losses;
  private final List<Shape> shapes = new ArrayList<>();

  /** Image formats. */
  public enum Format {
    /** Vector image. */
    SVG,
    /** Raster image; drawn by {@code java.desktop}. */
    PNG
  }

  private CurveChart(LearningCurves curves) {
    this.curves = curves;
    List<LearningCurves.Point> points = curves.points();
    double[] measured =
        points.stream()
            .flatMap(p -> p.scores().entrySet().stream())
            .filter(score -> !LearningCurves.isOfSource(score.getKey()))
            .mapToDouble(Map.Entry::getValue)
            .toArray();
    this.epochs = Axis.of(points.stream().mapToDouble(p -> p.epoch()).toArray(), 1, LEFT, RIGHT);
    this.scores = Axis.of(measured, 0.01, BOTTOM, TOP);
    this.losses = Axis.of(points.stream().mapToDouble(p -> p.loss()).toArray(), 0.001, BOTTOM, TOP);
  }

  /**
   * Draws the curves and leaves the stream open.
   *
   * @param curves with at least one point and one head
   */
  public static void write(OutputStream out, LearningCurves curves, String title, Format format)
      throws IOException {
    Drawing drawing = new CurveChart(curves).drawing(title);
    switch (format) {
      case SVG -> drawing.writeSvg(out);
      case PNG -> Raster.writePng(drawing, out);
    }
  }

  private Drawing drawing(String title) {
    axes();
    List<Long> seeds = curves.points().stream().map(p -> p.seed()).distinct().toList();
    double width = seeds.size() == 1 ? 2 : 1;
    List<String> heads =
        curves.points().get(0).scores().keySet().stream()
            .filter(column -> !LearningCurves.isOfSource(column))
            .toList();
    for (long seed : seeds) {
      List<LearningCurves.Point> run =
          curves.points().stream().filter(point -> point.seed() == seed).toList();
      for (int i = 0; i < heads.size(); i++) {
        String head = heads.get(i);
        line(run, scores, p -> p.scores().getOrDefault(head, 0.0), colour(i), width);
      }
      line(run, losses, LearningCurves.Point::loss, LOSS, width);
    }
    for (int i = 0; i < heads.size(); i++) {
      entry(i, heads.get(i), colour(i));
    }
    entry(heads.size(), "loss", LOSS);
    words(title, (LEFT + RIGHT) / 2, TOP - 20, Anchor.MIDDLE, false);
    return new Drawing(WIDTH, HEIGHT, shapes);
  }

  private static int colour(int head) {
    return COLOURS[head % COLOURS.length];
  }

  private void axes() {
    for (double tick : scores.ticks()) {
      stroke(LEFT, scores.at(tick), RIGHT, scores.at(tick), GRID, 1);
      words(Figure.significant(tick), LEFT - 8, scores.at(tick) + 5, Anchor.END, false);
    }
    for (double tick : epochs.ticks()) {
      stroke(epochs.at(tick), TOP, epochs.at(tick), BOTTOM, GRID, 1);
      words(Figure.significant(tick), epochs.at(tick), BOTTOM + 20, Anchor.MIDDLE, false);
    }
    for (double tick : losses.ticks()) {
      words(Figure.significant(tick), RIGHT + 8, losses.at(tick) + 5, Anchor.START, false);
    }
    stroke(LEFT, BOTTOM, RIGHT, BOTTOM, INK, 1);
    stroke(LEFT, TOP, LEFT, BOTTOM, INK, 1);
    stroke(RIGHT, TOP, RIGHT, BOTTOM, INK, 1);
    words("epoch", (LEFT + RIGHT) / 2, BOTTOM + 44, Anchor.MIDDLE, false);
    words("dev score", LEFT - 52, (TOP + BOTTOM) / 2, Anchor.MIDDLE, true);
    words("training loss (nats per token)", RIGHT + 68, (TOP + BOTTOM) / 2, Anchor.MIDDLE, true);
  }

  private void line(
      List<LearningCurves.Point> run,
      Axis axis,
      ToDoubleFunction<LearningCurves.Point> value,
      int colour,
      double width) {
    List<Place> places = new ArrayList<>();
    for (LearningCurves.Point point : run) {
      places.add(new Place(epochs.at(point.epoch()), axis.at(value.applyAsDouble(point))));
    }
    if (places.size() == 1) {
      // A line of one point would be invisible.
      Place only = places.get(0);
      places = List.of(new Place(only.x() - 3, only.y()), new Place(only.x() + 3, only.y()));
    }
    shapes.add(new Path(places, colour, width));
  }

  private void entry(int row, String name, int colour) {
    double y = TOP + 20 + row * 22;
    stroke(LEGEND, y - 5, LEGEND + 20, y - 5, colour, 3);
    words(name, LEGEND + 28, y, Anchor.START, false);
  }

  private void stroke(double x1, double y1, double x2, double y2, int colour, double width) {
    shapes.add(new Path(List.of(new Place(x1, y1), new Place(x2, y2)), colour, width));
  }

  private void words(String text, double x, double y, Anchor anchor, boolean upward) {
    shapes.add(new Words(text, new Place(x, y), anchor, upward, INK));
  }
}
