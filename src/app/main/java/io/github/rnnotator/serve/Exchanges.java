package io.github.rnnotator.serve;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that read requests and send answers, one per exchange. A client that stalls halfway
 * through a request or an answer occupies its thread. So when all threads are busy and others wait,
 * the exchanges that have waited longest for their clients are aborted, but none that has waited
 * for less than {@code patience}: idle clients can't block the server.
 */
final class Exchanges implements Executor, AutoCloseable {
  /** The maximum number of exchanges that wait for a thread; further ones are rejected. */
  private static final int QUEUE = 4096;

  private static final long IDLE_SECONDS = 10;

  private final int most;
  private final Duration patience;
  private final ThreadPoolExecutor threads;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "slow clients");
            thread.setDaemon(true);
            return thread;
          });

  /** The threads that wait for their clients, with the start time, longest wait first. */
  private final Map<Thread, Long> waiting = new LinkedHashMap<>();

  /** Exchanges that have a thread or wait for one. */
  private int open;

  /**
   * Creates the thread pool.
   *
   * @param most the maximum number of threads
   * @param patience how long a client may be idle while others wait for a thread
   */
  Exchanges(int most, Duration patience) {
    this.most = most;
    this.patience = patience;
    this.threads =
        new ThreadPoolExecutor(
            most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE));
    threads.allowCoreThreadTimeOut(true);
    long interval = Math.max(1, patience.toMillis() / 4);
    watch.scheduleWithFixedDelay(this::cutOff, interval, interval, TimeUnit.MILLISECONDS);
  }

  @Override
  public void execute(Runnable exchange) {
    synchronized (waiting) {
      open++;
    }
    try {
      threads.execute(() -> run(exchange));
    } catch (RejectedExecutionException e) {
      synchronized (waiting) {
        open--;
      }
      throw e;
    }
  }

  private void run(Runnable exchange) {
    waitsForClient();
    try {
      exchange.run();
    } finally {
      synchronized (waiting) {
        waiting.remove(Thread.currentThread());
        open--;
      }
    }
  }

  /** Marks this thread's exchange as waiting for its client, so that it may be aborted. */
  void waitsForClient() {
    synchronized (waiting) {
      waiting.remove(Thread.currentThread());
      waiting.put(Thread.currentThread(), System.nanoTime());
    }
  }

  /** Marks this thread's exchange as processing its request, so that it may not be aborted. */
  void works() {
    synchronized (waiting) {
      waiting.remove(Thread.currentThread());
    }
  }

  /** Interrupts as many exchanges as others wait for a thread, which closes their connections. */
  private void cutOff() {
    synchronized (waiting) {
      long now = System.nanoTime();
      Iterator<Map.Entry<Thread, Long>> oldest = waiting.entrySet().iterator();
      for (int over = open - most; over > 0 && oldest.hasNext(); over--) {
        Map.Entry<Thread, Long> next = oldest.next();
        if (now - next.getValue() < patience.toNanos()) {
          return;
        }
        next.getKey().interrupt();
        oldest.remove();
      }
    }
  }

  /** Accepts no more exchanges, and waits at most this long for the open ones. */
  void finish(long seconds) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(seconds, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    watch.shutdownNow();
  }
}
