package io.github.rnnotator.keras;

import io.github.rnnotator.report.CurveChart;
import io.github.rnnotator.report.LearningCurves;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Keras' {@code History}: the figures of each epoch of {@link SequentialModel#fit fit}.
 *
 * @param epochs at least one, in order
 */
public record History(List<EpochLog> epochs) {
  /** Copies the list. */
  public History {
    epochs = List.copyOf(epochs);
    if (epochs.isEmpty()) {
      throw new IllegalArgumentException("a history without an epoch");
    }
  }

  /** The last epoch. */
  public EpochLog last() {
    return epochs.get(epochs.size() - 1);
  }

  /**
   * Returns a line with the names of the columns, then one line per epoch: {@code
   * epoch,loss,accuracy} and, with validation, {@code val_loss,val_accuracy}.
   */
  public String toCsv() {
    boolean validated = last().validation() != null;
    StringBuilder csv = new StringBuilder("epoch,loss,accuracy");
    csv.append(validated ? ",val_loss,val_accuracy\n" : "\n");
    for (EpochLog log : epochs) {
      csv.append(log.epoch());
      append(csv, log.training());
      Metrics validation = log.validation();
      if (validation != null) {
        append(csv, validation);
      }
      csv.append('\n');
    }
    return csv.toString();
  }

  private static void append(StringBuilder csv, Metrics metrics) {
    csv.append(String.format(Locale.ROOT, ",%.6f,%.6f", metrics.loss(), metrics.accuracy()));
  }

  /**
   * Draws the loss and the accuracies by epoch.
   *
   * @param file an SVG file; replaced
   */
  public void draw(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      CurveChart.write(out, curves(), "Learning curves", CurveChart.Format.SVG);
    }
  }

  private LearningCurves curves() {
    LearningCurves curves = new LearningCurves();
    for (EpochLog log : epochs) {
      Map<String, Double> accuracies = new LinkedHashMap<>();
      accuracies.put("accuracy", log.training().accuracy());
      Metrics validation = log.validation();
      if (validation != null) {
        accuracies.put("val_accuracy", validation.accuracy());
      }
      curves.add(new LearningCurves.Point(0, log.epoch(), log.training().loss(), 0, accuracies));
    }
    return curves;
  }
}
