package io.github.rnnotator.keras;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one epoch.
 *
 * @param epoch from 1
 * @param epochs the maximum number of epochs
 * @param training loss and accuracy on the examples, while they were trained on
 * @param validation those on the validation examples after the epoch, or null without any
 */
public record EpochLog(int epoch, int epochs, Metrics training, @Nullable Metrics validation) {
  /** The figures as Keras prints them. */
  @Override
  public String toString() {
    return "Epoch " + epoch + "/" + epochs + figures("", training) + figures("val_", validation);
  }

  private static String figures(String prefix, @Nullable Metrics metrics) {
    return metrics == null
        ? ""
        : String.format(
            Locale.ROOT,
            " - %sloss: %.4f - %saccuracy: %.4f",
            prefix,
            metrics.loss(),
            prefix,
            metrics.accuracy());
  }
}
