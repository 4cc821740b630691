package io.github.rnnotator.bench.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * CPU time, which other programs do not affect: that of the calling thread and, on Linux, of the
 * JVM's garbage collection threads.
 */
public final class CpuTime {
  private static final Path TASKS = Path.of("/proc/self/task");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final long collecting;
  private final long computing;

  private CpuTime(long collecting, long computing) {
    this.collecting = collecting;
    this.computing = computing;
  }

  /** Starts measuring. */
  public static CpuTime start() {
    // Reading the collector's time must not count.
    long collecting = collectorNanos();
    return new CpuTime(collecting, THREADS.getCurrentThreadCpuTime());
  }

  /** Returns nanoseconds since the start. */
  public long nanos() {
    long computed = THREADS.getCurrentThreadCpuTime() - computing;
    return computed + collectorNanos() - collecting;
  }

  private static long collectorNanos() {
    if (!Files.exists(TASKS)) {
      return 0;
    }
    try (Stream<Path> tasks = Files.list(TASKS)) {
      return tasks.mapToLong(CpuTime::collectorNanos).sum();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long collectorNanos(Path task) {
    try {
      String name = Files.readString(task.resolve("comm"));
      if (Stream.of("VM Thread", "GC Thread", "G1 ").noneMatch(name::startsWith)) {
        return 0;
      }
      // The first number: CPU time in nanoseconds.
      return Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]);
    } catch (IOException ended) {
      return 0;
    }
  }
}
