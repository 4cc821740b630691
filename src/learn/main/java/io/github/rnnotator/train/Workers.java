package io.github.rnnotator.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The threads of a run.
 *
 * @param executor runs tasks on them
 * @param count their number
 */
public record Workers(ExecutorService executor, int count) implements AutoCloseable {
  /**
   * Checks a number of threads, where it is given rather than where they start.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public static void check(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads, expected at least 1");
    }
  }

  /** Starts so many threads, at least 1. */
  public static Workers start(int count) {
    return new Workers(Executors.newFixedThreadPool(count, Workers::daemon), count);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "rnnotator-train");
    thread.setDaemon(true);
    return thread;
  }

  /** Runs all tasks and returns their results, in order. */
  public <T> List<T> all(List<? extends Callable<T>> tasks) throws InterruptedException {
    List<T> results = new ArrayList<>();
    for (Future<T> future : executor.invokeAll(tasks)) {
      results.add(get(future));
    }
    return results;
  }

  private static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
