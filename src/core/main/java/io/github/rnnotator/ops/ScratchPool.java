package io.github.rnnotator.ops;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Temporary arrays, reused so that a steady state allocates nothing. Thread-safe: if two threads
 * want the same slot, one of them allocates.
 *
 * @param <A> the array type
 */
final class ScratchPool<A> {
  private static final int SLOTS = 16;

  /** Puts each slot in its own cache line. */
  private static final int STRIDE = 32;

  private final AtomicReferenceArray<@Nullable A> slots =
      new AtomicReferenceArray<>(SLOTS * STRIDE);
  private final IntFunction<A> create;
  private final ToIntFunction<A> length;

  ScratchPool(IntFunction<A> create, ToIntFunction<A> length) {
    this.create = create;
    this.length = length;
  }

  /** Creates a pool of float arrays. */
  static ScratchPool<float[]> ofFloats() {
    return new ScratchPool<>(float[]::new, array -> array.length);
  }

  /** Returns an array of at least this length with undefined values. */
  A take(int length) {
    A kept = slots.getAndSet(slot(), null);
    return kept != null && this.length.applyAsInt(kept) >= length ? kept : create.apply(length);
  }

  /** Returns an array that is no longer used. */
  void giveBack(A array) {
    slots.set(slot(), array);
  }

  private static int slot() {
    return (int) (Thread.currentThread().getId() % SLOTS) * STRIDE;
  }
}
