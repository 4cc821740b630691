package io.github.rnnotator.text;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The label of a whole text, such as {@code spam}, with its probability if known.
 *
 * @param name the label itself
 * @param probability in 0..1, or null if unknown (gold labels)
 */
public record Label(String name, @Nullable Float probability) {
  /** Checks that there is a name. */
  public Label {
    Objects.requireNonNull(name, "name");
  }

  /** A label without a probability. */
  public static Label of(String name) {
    return new Label(name, null);
  }
}
