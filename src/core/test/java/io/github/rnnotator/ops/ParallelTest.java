package io.github.rnnotator.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelTest {
  private final ExecutorService executor = Executors.newFixedThreadPool(4);

  @AfterEach
  void shutDown() {
    executor.shutdownNow();
  }

  @Test
  void everyPieceRunsOnce() {
    for (int threads = 1; threads <= 5; threads++) {
      for (int pieces : new int[] {0, 1, 2, 3, 100}) {
        AtomicIntegerArray done = new AtomicIntegerArray(pieces + 1);
        Parallel.on(executor, threads).forEach(pieces, done::incrementAndGet);
        for (int i = 0; i < pieces; i++) {
          assertThat(done.get(i)).as("piece %d of %d on %d", i, pieces, threads).isEqualTo(1);
        }
        assertThat(done.get(pieces)).isZero();
      }
    }
  }

  @Test
  void piecesRunConcurrently() {
    CyclicBarrier all = new CyclicBarrier(4);
    // Each piece waits for the other three.
    Parallel.on(executor, 4).forEach(4, i -> await(all));
    assertThat(all.isBroken()).isFalse();
  }

  @Test
  void failureIsThrownAfterOtherPiecesEnd() {
    AtomicIntegerArray running = new AtomicIntegerArray(1);
    for (int bad = 0; bad < 20; bad++) {
      int failing = bad;
      assertThatThrownBy(
              () ->
                  Parallel.on(executor, 4)
                      .forEach(
                          20,
                          i -> {
                            running.incrementAndGet(0);
                            try {
                              if (i == failing) {
                                throw new IllegalStateException("piece " + i);
                              }
                            } finally {
                              running.decrementAndGet(0);
                            }
                          }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("piece " + bad);
      assertThat(running.get(0)).isZero();
    }
  }

  @Test
  void interruptedCallerFinishesAndStaysInterrupted() {
    AtomicIntegerArray done = new AtomicIntegerArray(1);
    Thread.currentThread().interrupt();
    Parallel.on(executor, 4).forEach(50, i -> done.incrementAndGet(0));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(done.get(0)).isEqualTo(50);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
