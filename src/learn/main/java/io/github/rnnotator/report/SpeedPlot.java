package io.github.rnnotator.report;

import io.github.rnnotator.report.Drawing.Anchor;
import io.github.rnnotator.report.Drawing.Path;
import io.github.rnnotator.report.Drawing.Place;
import io.github.rnnotator.report.Drawing.Shape;
import io.github.rnnotator.report.Drawing.Words;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws the scores of programs over their speed: a group of dots per program, one per score, each
 * score in its colour. The speed has a logarithmic axis.
 */
public final class SpeedPlot {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 520;
  private static final double LEFT = 70;
  private static final double RIGHT = 760;
  private static final double TOP = 100;
  private static final double BOTTOM = 460;
  private static final double LEGEND = RIGHT + 24;

  /** The side of a dot, and the distance of dots of one program. */
  private static final double DOT = 9;

  private static final int[] COLOURS = {
    0x7f7f7f, 0x1f77b4, 0x17becf, 0x2ca02c, 0xff7f0e, 0xd62728, 0x9467bd
  };
  private static final int GRID = 0xdddddd;
  private static final int INK = 0x222222;

  private final List<Program> programs;
  private final List<String> metrics;
  private final Axis scores;
  private final double slowest;
  private final double fastest;
  private final List<Shape> shapes = new ArrayList<>();

  /**
   * A program.
   *
   * @param name its label
   * @param wordsPerSecond its speed, positive
   * @param scores metric to percentage; it may lack some
   */
  public record Program(String name, double wordsPerSecond, Map<String, Double> scores) {
    /** Checks the speed. */
    public Program {
      if (!(wordsPerSecond > 0) || wordsPerSecond == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            name + ": " + wordsPerSecond + " words/s, expected a positive number");
      }
      scores = Map.copyOf(scores);
    }
  }

  private SpeedPlot(List<String> metrics, List<Program> programs) {
    this.metrics = List.copyOf(metrics);
    this.programs =
        programs.stream().sorted(Comparator.comparingDouble(Program::wordsPerSecond)).toList();
    double[] values =
        programs.stream()
            .flatMap(program -> program.scores().entrySet().stream())
            .filter(score -> metrics.contains(score.getKey()))
            .mapToDouble(Map.Entry::getValue)
            .toArray();
    this.scores = Axis.of(values, 1, BOTTOM, TOP);
    this.slowest = this.programs.get(0).wordsPerSecond() / 1.5;
    this.fastest = this.programs.get(programs.size() - 1).wordsPerSecond() * 1.5;
  }

  /**
   * Writes a file of SVG and leaves the stream open.
   *
   * @param metrics the names of the scores in the order of the legend; others are not drawn
   * @param programs at least one, with at least one of these scores
   */
  public static void write(
      OutputStream out, String title, List<String> metrics, List<Program> programs)
      throws IOException {
    new SpeedPlot(metrics, programs).drawing(title).writeSvg(out);
  }

  private Drawing drawing(String title) {
    axes();
    for (int i = 0; i < programs.size(); i++) {
      program(programs.get(i), i);
    }
    for (int i = 0; i < metrics.size(); i++) {
      double y = TOP + 20 + i * 22;
      dot(LEGEND, y - 5, colour(i));
      words(metrics.get(i), LEGEND + 14, y, Anchor.START, false);
    }
    words(title, (LEFT + RIGHT) / 2, 24, Anchor.MIDDLE, false);
    return new Drawing(WIDTH, HEIGHT, shapes);
  }

  private void axes() {
    for (double tick : scores.ticks()) {
      stroke(LEFT, scores.at(tick), RIGHT, scores.at(tick), GRID);
      words(Figure.significant(tick), LEFT - 8, scores.at(tick) + 5, Anchor.END, false);
    }
    for (double power = 1; power <= fastest; power *= 10) {
      for (int digit : new int[] {1, 2, 5}) {
        double tick = digit * power;
        if (tick >= slowest && tick <= fastest) {
          stroke(x(tick), TOP, x(tick), BOTTOM, GRID);
          words(
              String.format(Locale.ROOT, "%,.0f", tick),
              x(tick),
              BOTTOM + 20,
              Anchor.MIDDLE,
              false);
        }
      }
    }
    stroke(LEFT, BOTTOM, RIGHT, BOTTOM, INK);
    stroke(LEFT, TOP, LEFT, BOTTOM, INK);
    words("words per second", (LEFT + RIGHT) / 2, BOTTOM + 44, Anchor.MIDDLE, false);
    words("F1", LEFT - 46, (TOP + BOTTOM) / 2, Anchor.MIDDLE, true);
  }

  /** Draws a program; names of neighbours are at different heights, so that they don't overlap. */
  private void program(Program program, int number) {
    double x = x(program.wordsPerSecond());
    double label = TOP - 16 - 20 * (number % 2);
    words(program.name(), x, label, Anchor.MIDDLE, false);
    stroke(x, label + 4, x, BOTTOM, GRID);
    for (int i = 0; i < metrics.size(); i++) {
      Double score = program.scores().get(metrics.get(i));
      if (score != null) {
        // Equal scores are next to each other.
        dot(x + (i - (metrics.size() - 1) / 2.0) * DOT, scores.at(score), colour(i));
      }
    }
  }

  private static int colour(int metric) {
    return COLOURS[metric % COLOURS.length];
  }

  private double x(double speed) {
    return LEFT + Math.log(speed / slowest) / Math.log(fastest / slowest) * (RIGHT - LEFT);
  }

  private void dot(double x, double y, int colour) {
    List<Place> places = List.of(new Place(x - DOT / 2, y), new Place(x + DOT / 2, y));
    shapes.add(new Path(places, colour, DOT));
  }

  private void stroke(double x1, double y1, double x2, double y2, int colour) {
    shapes.add(new Path(List.of(new Place(x1, y1), new Place(x2, y2)), colour, 1));
  }

  private void words(String text, double x, double y, Anchor anchor, boolean upward) {
    shapes.add(new Words(text, new Place(x, y), anchor, upward, INK));
  }
}
