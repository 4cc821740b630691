package io.github.rnnotator.annotate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Computes results on several threads and returns them in the order of their tasks. For one thread
 * that adds and takes.
 *
 * @param <T> the type of the results
 */
public final class OrderedTasks<T> implements AutoCloseable {
  private final int threads;
  private final ExecutorService workers;
  private final Deque<Future<T>> pending = new ArrayDeque<>();

  /**
   * Creates a queue; threads start with their first task.
   *
   * @param threads how many compute, besides the one that adds and takes; at least 1
   */
  public OrderedTasks(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads, expected at least 1");
    }
    this.threads = threads;
    this.workers = Executors.newFixedThreadPool(threads, OrderedTasks::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "rnnotator-tag");
    thread.setDaemon(true);
    return thread;
  }

  /** Adds a task. */
  public void add(Callable<T> task) {
    pending.add(workers.submit(task));
  }

  /** Whether the oldest result should be taken: it is there, or enough tasks wait. */
  public boolean isDue() {
    return !pending.isEmpty() && (pending.size() > 2 * threads || pending.getFirst().isDone());
  }

  /** Whether all results were taken. */
  public boolean isEmpty() {
    return pending.isEmpty();
  }

  /**
   * Waits for the result of the oldest task. An interrupted caller still waits, and stays
   * interrupted.
   *
   * @throws RuntimeException or {@link Error}, that the task threw
   * @throws java.util.NoSuchElementException if no task is left
   */
  public T take() {
    Future<T> oldest = pending.remove();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return oldest.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException cause) {
            throw cause;
          }
          if (e.getCause() instanceof Error cause) {
            throw cause;
          }
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Drops the tasks that have not begun, and ends the threads. */
  @Override
  public void close() {
    pending.clear();
    workers.shutdownNow();
  }
}
