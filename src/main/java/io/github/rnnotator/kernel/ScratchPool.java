package io.github.rnnotator.kernel;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Arrays for the time of one operation, kept so that a steady state allocates nothing. Safe for any
 * number of threads: where two want the same slot, one of them allocates.
 *
 * @param <A> the kind of array
 */
final class ScratchPool<A> {
  private static final int SLOTS = 16;

  /** Slots in cache lines of their own. */
  private static final int STRIDE = 32;

  private final AtomicReferenceArray<@Nullable A> slots =
      new AtomicReferenceArray<>(SLOTS * STRIDE);
  private final IntFunction<A> create;
  private final ToIntFunction<A> length;

  ScratchPool(IntFunction<A> create, ToIntFunction<A> length) {
    this.create = create;
    this.length = length;
  }

  /** A pool of simple arrays. */
  static ScratchPool<float[]> ofFloats() {
    return new ScratchPool<>(float[]::new, array -> array.length);
  }

  /** An array of at least this length with undefined values. */
  A take(int length) {
    A kept = slots.getAndSet(slot(), null);
    return kept != null && this.length.applyAsInt(kept) >= length ? kept : create.apply(length);
  }

  /** To be called when nobody reads the array any more. */
  void giveBack(A array) {
    slots.set(slot(), array);
  }

  private static int slot() {
    return (int) (Thread.currentThread().getId() % SLOTS) * STRIDE;
  }
}
