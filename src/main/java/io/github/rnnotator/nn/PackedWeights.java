package io.github.rnnotator.nn;

import io.github.rnnotator.kernel.Kernel;
import io.github.rnnotator.kernel.PackedMatrix;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Weights laid out for products, each once for all passes and threads until the weights change.
 *
 * <p>Thread-safe; {@link #expire} must not run beside passes that use it.
 */
public final class PackedWeights {
  private final Kernel kernel;
  private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
  private volatile long version = 1;

  /** Nothing is packed before it is asked for. */
  public PackedWeights(Kernel kernel) {
    this.kernel = kernel;
  }

  private record Key(Parameter parameter, boolean transpose) {}

  private static final class Entry {
    final PackedMatrix matrix = new PackedMatrix();
    long version;
  }

  /** Says that the weights have changed: each is packed again when it is next asked for. */
  public void expire() {
    version++;
  }

  /** Packs a parameter again as it was ever asked for. */
  public void refresh(Parameter parameter) {
    for (boolean transpose : new boolean[] {false, true}) {
      if (entries.containsKey(new Key(parameter, transpose))) {
        of(parameter, transpose);
      }
    }
  }

  /** The weights of a parameter, or their transpose, as the right operand of a product. */
  PackedMatrix of(Parameter parameter, boolean transpose) {
    Entry entry = entries.computeIfAbsent(new Key(parameter, transpose), key -> new Entry());
    synchronized (entry) {
      if (entry.version != version) {
        kernel.pack(parameter.value(), transpose, entry.matrix);
        entry.version = version;
      }
    }
    return entry.matrix;
  }
}
