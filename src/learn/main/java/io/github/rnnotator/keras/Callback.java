package io.github.rnnotator.keras;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Keras' {@code Callback}: called after each epoch of {@link SequentialModel#fit fit}. */
@FunctionalInterface
public interface Callback {
  /**
   * Called after an epoch, on the thread that trains.
   *
   * @param history of all epochs so far, at least one
   */
  void epochEnded(History history);

  /**
   * Gives a line for each epoch, as {@code verbose=2} prints it, to {@code System.out::println}.
   */
  static Callback lines(Consumer<String> lines) {
    return history -> lines.accept(history.last().toString());
  }

  /**
   * Draws the learning curves after each epoch.
   *
   * @param file an SVG file; replaced
   */
  static Callback curves(Path file) {
    return history -> {
      try {
        history.draw(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
