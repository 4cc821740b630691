package io.github.rnnotator.report;

import io.github.rnnotator.eval.EvaluationReport.Bin;
import io.github.rnnotator.eval.EvaluationReport.Point;
import io.github.rnnotator.eval.EvaluationReport.Reliability;
import io.github.rnnotator.eval.EvaluationReport.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Plots as SVG. Their colours come from the page's style, so that they follow its scheme. */
final class Plot {
  private static final double WIDTH = 340;
  private static final double LEFT = 44;
  private static final double RIGHT = 330;
  private static final double TOP = 12;
  private static final double BOTTOM = 262;

  private Plot() {}

  /**
   * Returns a reliability plot: a bar of the accuracy of each bin, a dot at its mean probability.
   */
  static Element reliability(Pointer at, Reliability reliability, String id) {
    List<Element> drawn = new ArrayList<>();
    for (double tick : new double[] {0, 0.25, 0.5, 0.75, 1}) {
      drawn.add(line("grid", LEFT, y(tick), RIGHT, y(tick)));
      drawn.add(text("tick", LEFT - 6, y(tick) + 4, Figure.significant(tick), "end"));
      drawn.add(text("tick", x(tick), BOTTOM + 16, Figure.significant(tick), "middle"));
    }
    long most = Math.max(1, reliability.bins().stream().mapToLong(Bin::count).max().orElse(1));
    for (Bin bin : reliability.bins()) {
      if (bin.confidence() != null && bin.accuracy() != null) {
        double left = x(bin.low()) + 1;
        double right = x(bin.high()) - 1;
        drawn.add(box("accuracy", left, y(bin.accuracy()), right, BOTTOM));
        // Their number, as the root of their share, so that few stay visible.
        double high = 26 * Math.sqrt((double) bin.count() / most);
        drawn.add(box("amount", left, BOTTOM + 54 - high, right, BOTTOM + 54));
      }
    }
    drawn.add(line("ideal", x(0), y(0), x(1), y(1)));
    for (Bin bin : reliability.bins()) {
      if (bin.confidence() != null && bin.accuracy() != null) {
        drawn.add(
            Element.of("circle")
                .with("class", "dot")
                .with("cx", at(x(bin.confidence())))
                .with("cy", at(y(bin.accuracy())))
                .with("r", 3.5));
      }
    }
    drawn.add(text("name", (LEFT + RIGHT) / 2, BOTTOM + 72, "probability", "middle"));
    drawn.add(
        text("name", 0, 0, "share that is right", "middle")
            .with("transform", "translate(12 " + at((TOP + BOTTOM) / 2) + ") rotate(-90)"));
    return Element.of(
        "figure",
        image(
            id,
            BOTTOM + 80,
            "Reliability plot of " + reliability.of(),
            "Bars show the share of predictions that is right in each bin of probabilities, dots"
                + " its mean probability; on the dashed line both are the same. The small bars"
                + " below show how many predictions a bin holds. The table has the figures.",
            drawn),
        Element.of(
            "figcaption",
            Element.of("b", "Probabilities of ", reliability.of()),
            ": ",
            Figure.count(at.at("count"), reliability.count()),
            " predictions, mean probability ",
            Figure.probability(at.at("confidence"), reliability.confidence()),
            ", share that is right ",
            Figure.probability(at.at("accuracy"), reliability.accuracy()),
            ", expected calibration error ",
            Figure.probability(
                at.at("expectedCalibrationError"), reliability.expectedCalibrationError()),
            "; ",
            Figure.probability(
                at.at("scaledCalibrationError"), reliability.scaledCalibrationError()),
            " at temperature ",
            Figure.number(at.at("temperature"), reliability.temperature()),
            "."),
        Element.of("details", Element.of("summary", "Figures"), bins(at.at("bins"), reliability)));
  }

  private static Element bins(Pointer at, Reliability reliability) {
    List<Element> rows = new ArrayList<>();
    for (int i = 0; i < reliability.bins().size(); i++) {
      Bin bin = reliability.bins().get(i);
      Pointer to = at.at(i);
      if (bin.confidence() != null && bin.accuracy() != null) {
        rows.add(
            Element.of(
                "tr",
                Element.of(
                        "th",
                        Figure.number(to.at("low"), bin.low()),
                        " to ",
                        Figure.number(to.at("high"), bin.high()))
                    .with("scope", "row"),
                RateTable.number(Figure.count(to.at("count"), bin.count())),
                RateTable.number(Figure.probability(to.at("confidence"), bin.confidence())),
                RateTable.number(Figure.probability(to.at("accuracy"), bin.accuracy()))));
      }
    }
    return Element.of(
        "table",
        Element.of("caption", "Bins of probabilities of ", reliability.of()),
        Element.of(
            "thead",
            Element.of(
                "tr",
                RateTable.column("Probability"),
                RateTable.column("Predictions"),
                RateTable.column("Mean"),
                RateTable.column("Right"))),
        Element.of("tbody", rows));
  }

  /** Returns what was measured at each step of training, on a scale of its own. */
  static Element curve(Pointer at, Series series, String step, String id) {
    List<Point> points = series.points();
    double firstStep = points.stream().mapToDouble(Point::step).min().orElse(0);
    double lastStep = points.stream().mapToDouble(Point::step).max().orElse(1);
    double least = points.stream().mapToDouble(Point::value).min().orElse(0);
    double most = points.stream().mapToDouble(Point::value).max().orElse(1);
    double steps = lastStep > firstStep ? lastStep - firstStep : 1;
    double span = most > least ? most - least : 1;
    StringBuilder path = new StringBuilder();
    List<Element> dots = new ArrayList<>();
    for (Point point : points) {
      double x = x((point.step() - firstStep) / steps);
      double y = y(most > least ? (point.value() - least) / span : 0.5) * 0.6;
      path.append(path.isEmpty() ? "M" : "L").append(at(x)).append(' ').append(at(y)).append(' ');
      dots.add(
          Element.of("circle")
              .with("class", "dot")
              .with("cx", at(x))
              .with("cy", at(y))
              .with("r", points.size() > 60 ? 1.5 : 3));
    }
    double bottom = BOTTOM * 0.6;
    List<Element> drawn = new ArrayList<>();
    drawn.add(line("grid", LEFT, TOP * 0.6, RIGHT, TOP * 0.6));
    drawn.add(line("grid", LEFT, bottom, RIGHT, bottom));
    drawn.add(Element.of("path").with("class", "curve").with("d", path.toString().trim()));
    drawn.addAll(dots);
    drawn.add(text("tick", LEFT - 6, TOP * 0.6 + 4, Figure.significant(most), "end"));
    if (most > least) {
      drawn.add(text("tick", LEFT - 6, bottom + 4, Figure.significant(least), "end"));
    }
    drawn.add(text("tick", LEFT, bottom + 16, Figure.significant(firstStep), "middle"));
    drawn.add(text("tick", RIGHT, bottom + 16, Figure.significant(lastStep), "middle"));
    int last = points.size() - 1;
    return Element.of(
        "figure",
        image(
            id,
            bottom + 24,
            "Learning curve: " + series.name(),
            "A line of "
                + series.name()
                + " over the steps of training, from its least to its"
                + " greatest value.",
            drawn),
        Element.of(
            "figcaption",
            Figure.name(at.at("name"), series.name()),
            " over ",
            Element.of("bdi", step),
            ": ",
            Figure.number(at.at("points").at(0).at("value"), points.get(0).value()),
            " at the start, ",
            Figure.number(at.at("points").at(last).at("value"), points.get(last).value()),
            " at the end."));
  }

  private static Element image(
      String id, double height, String title, String description, List<Element> drawn) {
    return Element.of(
            "svg",
            Element.of("title", title).with("id", id + "-title"),
            Element.of("desc", description).with("id", id + "-desc"),
            drawn)
        .with("viewBox", "0 0 " + at(WIDTH) + " " + at(height))
        .with("role", "img")
        .with("aria-labelledby", id + "-title " + id + "-desc");
  }

  private static Element line(String kind, double x1, double y1, double x2, double y2) {
    return Element.of("line")
        .with("class", kind)
        .with("x1", at(x1))
        .with("y1", at(y1))
        .with("x2", at(x2))
        .with("y2", at(y2));
  }

  private static Element box(String kind, double left, double top, double right, double bottom) {
    return Element.of("rect")
        .with("class", kind)
        .with("x", at(left))
        .with("y", at(top))
        .with("width", at(right - left))
        .with("height", at(bottom - top));
  }

  private static Element text(String kind, double x, double y, String text, String anchor) {
    return Element.of("text", text)
        .with("class", kind)
        .with("x", at(x))
        .with("y", at(y))
        .with("text-anchor", anchor);
  }

  private static double x(double share) {
    return LEFT + share * (RIGHT - LEFT);
  }

  private static double y(double share) {
    return BOTTOM - share * (BOTTOM - TOP);
  }

  private static String at(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }
}
