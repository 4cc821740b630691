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
import java.util.List;

/**
 * A learning curve as comma-separated values: a line of names, then a line of numbers for each
 * step. The first column is the step ({@code epoch}); each other one is measured. An empty cell is
 * a step at which something was not measured.
 */
final class CurveFile {
  private CurveFile() {}

  /**
   * Reads a curve.
   *
   * @throws InputException if it is none; the message names file and line
   */
  static LearningCurve read(Path file) throws IOException {
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
          file + ": no learning curve; expected a line of names, as in epoch,loss,f1, and numbers");
    }
    String[] names = rows.get(0);
    List<Series> series = new ArrayList<>();
    for (int column = 1; column < names.length; column++) {
      List<Point> points = new ArrayList<>();
      for (int row = 1; row < rows.size(); row++) {
        String[] cells = rows.get(row);
        if (cells.length == 1 && cells[0].isEmpty()) {
          continue;
        }
        if (cells.length != names.length) {
          throw new InputException(
              file
                  + ":"
                  + (row + 1)
                  + ": "
                  + cells.length
                  + " values, expected "
                  + names.length
                  + " ("
                  + String.join(", ", names)
                  + ")");
        }
        if (!cells[column].isEmpty()) {
          points.add(
              new Point(
                  number(file, row, names[0], cells[0]),
                  number(file, row, names[column], cells[column])));
        }
      }
      if (!points.isEmpty()) {
        series.add(new Series(names[column], points));
      }
    }
    return new LearningCurve(String.valueOf(file.getFileName()), names[0], series);
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
