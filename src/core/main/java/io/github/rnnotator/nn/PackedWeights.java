package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.ops.PanelMatrix;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.ejml.data.FMatrixRMaj;

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

  private enum Form {
    PLAIN,
    TRANSPOSED,
    DERIVED
  }

  private record Key(Parameter parameter, Form form) {}

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
      if (entries.containsKey(new Key(parameter, form(transpose)))) {
        of(parameter, transpose);
      }
    }
  }

  private static Form form(boolean transpose) {
    return transpose ? Form.TRANSPOSED : Form.PLAIN;
  }

  /** Returns the weights of a parameter, or their transpose, as a right operand. */
  PanelMatrix of(Parameter parameter, boolean transpose) {
    return packed(new Key(parameter, form(transpose)), parameter::value);
  }

  /**
   * Returns a matrix that is computed from weights as a right operand.
   *
   * @param parameter one of these weights, which has no other derived matrix
   * @param value computes the matrix
   */
  PanelMatrix derived(Parameter parameter, Supplier<FMatrixRMaj> value) {
    return packed(new Key(parameter, Form.DERIVED), value);
  }

  private PanelMatrix packed(Key key, Supplier<FMatrixRMaj> value) {
    Entry entry = entries.computeIfAbsent(key, absent -> new Entry());
    synchronized (entry) {
      if (entry.version != version) {
        ops.pack(value.get(), key.form() == Form.TRANSPOSED, entry.matrix);
        entry.version = version;
      }
    }
    return entry.matrix;
  }
}
