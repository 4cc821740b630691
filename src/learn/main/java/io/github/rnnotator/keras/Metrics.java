package io.github.rnnotator.keras;

import java.util.Arrays;
import java.util.Locale;

/**
 * How well a model predicts labels.
 *
 * @param loss the mean cross-entropy per label, in nats
 * @param confusion {@code confusion[gold][predicted]}, the number of such labels
 */
public record Metrics(double loss, long[][] confusion) {
  /** The number of labels. */
  public long labels() {
    return Arrays.stream(confusion).flatMapToLong(Arrays::stream).sum();
  }

  /** The fraction of labels predicted right, in 0..1. */
  public double accuracy() {
    long right = 0;
    for (int label = 0; label < confusion.length; label++) {
      right += confusion[label][label];
    }
    return ratio(right, labels());
  }

  /** The fraction of the predictions of this label that are right, in 0..1; 0 without any. */
  public double precision(int label) {
    return ratio(confusion[label][label], Arrays.stream(confusion).mapToLong(r -> r[label]).sum());
  }

  /** The fraction of the occurrences of this label that are found, in 0..1; 0 without any. */
  public double recall(int label) {
    return ratio(confusion[label][label], Arrays.stream(confusion[label]).sum());
  }

  /** The harmonic mean of precision and recall, in 0..1. */
  public double f1(int label) {
    double sum = precision(label) + recall(label);
    return sum == 0 ? 0 : 2 * precision(label) * recall(label) / sum;
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** Loss and accuracy as Keras prints them. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "loss: %.4f - accuracy: %.4f", loss, accuracy());
  }
}
