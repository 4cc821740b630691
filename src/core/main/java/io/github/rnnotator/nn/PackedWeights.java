package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.ops.PanelMatrix;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Caches weights packed for products, for all passes and threads, until the weights change.
 *
 * <p>Thread-safe; {@link #expire} must not run while a pass uses it.
 */
public final class PackedWeights {
  private final Ops ops;
  private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
  private volatile long version = 1;

  /** Creates an empty cache; weights are packed on first use. */
  public PackedWeights(Ops ops) {
    this.ops = ops;
  }

  private record Key(Parameter parameter, boolean transpose) {}

  private static final class Entry {
    final PanelMatrix matrix = new PanelMatrix();
    long version;
  }

  /** Marks all weights as changed: each is repacked on its next use. */
  public void expire() {
    version++;
  }

  /** Repacks every layout requested so far. */
  public void refresh(Parameter parameter) {
    for (boolean transpose : new boolean[] {false, true}) {
      if (entries.containsKey(new Key(parameter, transpose))) {
        of(parameter, transpose);
      }
    }
  }

  /** Returns the weights of a parameter, or their transpose, as a right operand. */
  PanelMatrix of(Parameter parameter, boolean transpose) {
    Entry entry = entries.computeIfAbsent(new Key(parameter, transpose), key -> new Entry());
    synchronized (entry) {
      if (entry.version != version) {
        ops.pack(parameter.value(), transpose, entry.matrix);
        entry.version = version;
      }
    }
    return entry.matrix;
  }
}
