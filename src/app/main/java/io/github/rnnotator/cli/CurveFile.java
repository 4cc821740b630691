package io.github.rnnotator.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.github.rnnotator.eval.EvaluationReport.LearningCurve;
import io.github.rnnotator.eval.EvaluationReport.Point;
import io.github.rnnotator.eval.EvaluationReport.Series;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Learning curves as comma-separated values: a line of names, then a line of numbers for each step.
 * The step is the column {@code epoch}, or else the first; the others are measurements, except
 * {@code seed}, which separates runs, and {@code seconds}, which is ignored. An empty cell is a
 * missing measurement.
 */
final class CurveFile {
  private CurveFile() {}

  /**
   * Reads a curve.
   *
   * @throws InputException if it is malformed; the message names file and line
   */
  static LearningCurve read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new InputException(file + ": a folder, expected a file");
    }
    List<String[]> rows = new ArrayList<>();
    CsvMapper mapper =
        CsvMapper.csvBuilder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.TRIM_SPACES)
            .build();
    try (Reader reader = Files.newBufferedReader(file);
        MappingIterator<String[]> lines = mapper.readerFor(String[].class).readValues(reader)) {
      while (lines.hasNextValue()) {
        rows.add(lines.nextValue());
      }
    } catch (JsonProcessingException e) {
      throw new InputException(file + ": broken CSV: " + e.getOriginalMessage());
    } catch (CharacterCodingException e) {
      throw new InputException(file + ": not UTF-8; convert the file first");
    }
    if (rows.size() < 2 || rows.get(0).length < 2) {
      throw new InputException(
          file
              + ": not a learning curve; expected a line of names, as in epoch,loss,f1, and numbers");
    }
    List<String> names = List.of(rows.get(0));
    int step = Math.max(0, names.indexOf("epoch"));
    int seed = names.indexOf("seed");
    Map<String, List<Point>> points = new LinkedHashMap<>();
    for (int row = 1; row < rows.size(); row++) {
      String[] cells = rows.get(row);
      if (cells.length == 1 && cells[0].isEmpty()) {
        continue;
      }
      if (cells.length != names.size()) {
        throw new InputException(
            file
                + ":"
                + (row + 1)
                + ": "
                + cells.length
                + " values, expected "
                + names.size()
                + " ("
                + String.join(", ", names)
                + ")");
      }
      for (int column = 0; column < cells.length; column++) {
        boolean measured = column != step && column != seed && !names.get(column).equals("seconds");
        if (measured && !cells[column].isEmpty()) {
          points
              .computeIfAbsent(
                  names.get(column) + (seed < 0 ? "" : ", seed " + cells[seed]),
                  name -> new ArrayList<>())
              .add(
                  new Point(
                      number(file, row, names.get(step), cells[step]),
                      number(file, row, names.get(column), cells[column])));
        }
      }
    }
    List<Series> series = new ArrayList<>();
    points.forEach((name, values) -> series.add(new Series(name, values)));
    return new LearningCurve(String.valueOf(file.getFileName()), names.get(step), series);
  }

  /** The curves that training wrote next to a model, {@code NAME.curves.csv}, or null. */
  static @Nullable Path nextTo(Path model) {
    String name = String.valueOf(model.getFileName()).replaceFirst("\\.rnn$", "");
    Path curves = model.resolveSibling(name + ".curves.csv");
    return Files.isRegularFile(curves) ? curves : null;
  }

  private static double number(Path file, int row, String name, String cell) throws InputException {
    double value;
    try {
      value = Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!Double.isFinite(value)) {
      throw new InputException(
          file + ":" + (row + 1) + ": '" + cell + "' in column " + name + ", expected a number");
    }
    return value;
  }
}
