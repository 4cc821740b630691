package io.github.rnnotator.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs independent pieces of work, in parallel if there are threads. Results must not depend on the
 * order.
 */
@FunctionalInterface
public interface Parallel {
  /** Runs the pieces in order on the calling thread. */
  Parallel NONE =
      (pieces, work) -> {
        for (int i = 0; i < pieces; i++) {
          work.accept(i);
        }
      };

  /**
   * Runs {@code work} for each index in {@code 0..pieces-1} and waits for all of them.
   *
   * @throws RuntimeException the first that a piece threw; other pieces may then be skipped
   */
  void forEach(int pieces, IntConsumer work);

  /**
   * Runs on the calling thread and {@code threads - 1} threads of an executor. An interrupted
   * caller still waits for all pieces, and stays interrupted.
   */
  static Parallel on(ExecutorService executor, int threads) {
    return (pieces, work) -> {
      int others = Math.min(threads, pieces) - 1;
      if (others < 1) {
        NONE.forEach(pieces, work);
        return;
      }
      AtomicInteger next = new AtomicInteger();
      Runnable share =
          () -> {
            for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
              work.accept(i);
            }
          };
      List<Future<?>> shares = new ArrayList<>();
      for (int i = 0; i < others; i++) {
        shares.add(executor.submit(share));
      }
      @Nullable RuntimeException failure = null;
      try {
        share.run();
      } catch (RuntimeException e) {
        failure = e;
      }
      for (Future<?> other : shares) {
        @Nullable RuntimeException theirs = await(other);
        failure = failure == null ? theirs : failure;
      }
      if (failure != null) {
        throw failure;
      }
    };
  }

  private static @Nullable RuntimeException await(Future<?> share) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          share.get();
          return null;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          return e.getCause() instanceof RuntimeException cause
              ? cause
              : new IllegalStateException(e.getCause());
        } catch (CancellationException e) {
          return e;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
