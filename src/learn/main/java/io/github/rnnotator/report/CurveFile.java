package io.github.rnnotator.report;

import io.github.rnnotator.eval.EvaluationReport.LearningCurve;
import io.github.rnnotator.eval.EvaluationReport.Point;
import io.github.rnnotator.eval.EvaluationReport.Series;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.CorpusInput;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learning curves as comma-separated values: a line of names, then a line of numbers for each step.
 * The step is the column {@code epoch}, or else the first; the others are measurements, except
 * {@code seed}, which separates runs, and {@code seconds}, which is ignored. An empty cell is a
 * missing measurement.
 */
public final class CurveFile {
  private final Path file;
  private final CsvTable table;
  private final int step;
  private final int seed;

  private CurveFile(Path file, CsvTable table) {
    this.file = file;
    this.table = table;
    this.step = Math.max(0, table.names().indexOf("epoch"));
    this.seed = table.names().indexOf("seed");
  }

  /**
   * Reads a curve.
   *
   * @throws CorpusException if it is malformed; the message names file and line
   */
  public static LearningCurve read(Path file) throws IOException {
    CorpusInput.requireFile(file);
    CsvTable table;
    try {
      table = CsvTable.parse(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new CorpusException(file.toString(), "not UTF-8; convert the file first");
    } catch (IllegalArgumentException e) {
      throw new CorpusException(file.toString(), "broken CSV: " + e.getMessage());
    }
    if (table.rows().isEmpty() || table.names().size() < 2) {
      throw new CorpusException(
          file.toString(),
          "not a learning curve; expected a line of names, as in epoch,loss,f1, and numbers");
    }
    return new CurveFile(file, table).curve();
  }

  /** Returns the curves that training wrote next to a model: {@code NAME.curves.csv}. */
  public static Optional<Path> nextTo(Path model) {
    String name = String.valueOf(model.getFileName()).replaceFirst("\\.rnn$", "");
    return Optional.of(model.resolveSibling(name + ".curves.csv")).filter(Files::isRegularFile);
  }

  private LearningCurve curve() throws CorpusException {
    Map<String, List<Point>> points = new LinkedHashMap<>();
    for (CsvTable.Row row : table.rows()) {
      if (row.cells().size() != table.names().size()) {
        throw new CorpusException(
            file.toString(),
            row.line(),
            "%d values, expected %d (%s)"
                .formatted(
                    row.cells().size(), table.names().size(), String.join(", ", table.names())));
      }
      for (int column = 0; column < row.cells().size(); column++) {
        if (isMeasured(column) && !row.cells().get(column).isEmpty()) {
          points
              .computeIfAbsent(series(row, column), name -> new ArrayList<>())
              .add(new Point(number(row, step), number(row, column)));
        }
      }
    }
    List<Series> series = new ArrayList<>();
    points.forEach((name, values) -> series.add(new Series(name, values)));
    return new LearningCurve(String.valueOf(file.getFileName()), table.names().get(step), series);
  }

  private boolean isMeasured(int column) {
    return column != step && column != seed && !table.names().get(column).equals("seconds");
  }

  private String series(CsvTable.Row row, int column) {
    return table.names().get(column) + (seed < 0 ? "" : ", seed " + row.cells().get(seed));
  }

  private double number(CsvTable.Row row, int column) throws CorpusException {
    String cell = row.cells().get(column);
    double value;
    try {
      value = Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!Double.isFinite(value)) {
      throw new CorpusException(
          file.toString(),
          row.line(),
          "'" + cell + "' in column " + table.names().get(column) + ", expected a number");
    }
    return value;
  }
}
