package io.github.rnnotator.report;

import io.github.rnnotator.eval.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The loss and the dev scores of each epoch, in the runs of one or more seeds. As text it is a CSV
 * file: {@code seed,epoch,loss,seconds} and then one column per head, {@code ner f1}; where that is
 * the mean over several corpora, one per corpus after it, {@code ner f1 [tweets]}. Not thread-safe.
 */
public final class LearningCurves {
  private static final List<String> FIRST = List.of("seed", "epoch", "loss", "seconds");

  private final List<Point> points = new ArrayList<>();

  /**
   * One epoch.
   *
   * @param seed the run's seed
   * @param epoch from 1
   * @param loss the mean training loss per token, in nats
   * @param seconds training and dev together; for a resumed epoch, the last part only
   * @param scores dev scores by head and measure, such as {@code ner f1}
   */
  public record Point(
      long seed, int epoch, double loss, double seconds, Map<String, Double> scores) {}

  /** Creates curves without points. */
  public LearningCurves() {}

  /**
   * Parses the output of {@link #toCsv}.
   *
   * @return curves without points if the text is anything else
   */
  public static LearningCurves parse(String csv) {
    try {
      return of(CsvTable.parse(csv));
    } catch (IllegalArgumentException e) {
      return new LearningCurves();
    }
  }

  /**
   * Returns the curves of a table.
   *
   * @throws IllegalArgumentException if it is not one of a training run
   */
  private static LearningCurves of(CsvTable table) {
    List<String> names = table.names();
    if (names.size() <= FIRST.size() || !names.subList(0, FIRST.size()).equals(FIRST)) {
      throw new IllegalArgumentException("other columns: " + names);
    }
    LearningCurves curves = new LearningCurves();
    for (CsvTable.Row row : table.rows()) {
      List<String> cells = row.cells();
      if (cells.size() != names.size()) {
        throw new IllegalArgumentException(cells.size() + " cells, expected " + names.size());
      }
      Map<String, Double> scores = new LinkedHashMap<>();
      for (int i = FIRST.size(); i < names.size(); i++) {
        scores.put(names.get(i), Double.valueOf(cells.get(i)));
      }
      curves.points.add(
          new Point(
              Long.parseLong(cells.get(0)),
              Integer.parseInt(cells.get(1)),
              Double.parseDouble(cells.get(2)),
              Double.parseDouble(cells.get(3)),
              scores));
    }
    return curves;
  }

  /** Returns the points in the order in which they were added. */
  public List<Point> points() {
    return List.copyOf(points);
  }

  /** Removes all runs except those of seeds {@code first} to {@code last}. */
  public void keep(long first, long last) {
    points.removeIf(point -> point.seed() < first || point.seed() > last);
  }

  /** Removes the points of a run from this epoch on, since it begins or resumes there. */
  public void begin(long seed, int epoch) {
    points.removeIf(point -> point.seed() == seed && point.epoch() >= epoch);
  }

  /**
   * Adds an epoch of a run.
   *
   * @param scores the dev score of each head
   * @see Point
   */
  public void add(
      long seed, int epoch, double loss, double seconds, Map<String, ? extends Score> scores) {
    Map<String, Double> values = new LinkedHashMap<>();
    scores.forEach(
        (head, score) -> {
          String column = column(head, score);
          values.put(column, score.value());
          score
              .bySource()
              .forEach((name, value) -> values.put(column + " [" + plain(name) + "]", value));
        });
    add(new Point(seed, epoch, loss, seconds, values));
  }

  /** Adds an epoch of a run. */
  public void add(Point point) {
    points.add(point);
  }

  /** Whether a score is that of one corpus among those of a mean. */
  static boolean isOfSource(String column) {
    return column.endsWith("]");
  }

  private static String column(String head, Score score) {
    return plain(head) + " " + score.label();
  }

  /** Replaces what would end a cell. */
  private static String plain(String name) {
    return name.replaceAll("[,\"\\p{Cntrl}]", "_");
  }

  /** Returns a line with the names of the columns, then one line per epoch. */
  public String toCsv() {
    List<String> header = new ArrayList<>(FIRST);
    points.stream().limit(1).forEach(point -> header.addAll(point.scores().keySet()));
    StringBuilder csv = new StringBuilder(String.join(",", header)).append('\n');
    for (Point point : points) {
      csv.append(point.seed()).append(',').append(point.epoch());
      csv.append(String.format(Locale.ROOT, ",%.6f,%.1f", point.loss(), point.seconds()));
      point.scores().values().forEach(v -> csv.append(String.format(Locale.ROOT, ",%.4f", v)));
      csv.append('\n');
    }
    return csv.toString();
  }
}
