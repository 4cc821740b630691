package io.github.rnnotator.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Time on a processor, which other programs on the machine take nothing from: that of the calling
 * thread and, where the system tells it (Linux), that of the JVM's threads that collect garbage.
 */
final class CpuTime {
  private static final Path TASKS = Path.of("/proc/self/task");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final long collecting;
  private final long computing;

  private CpuTime(long collecting, long computing) {
    this.collecting = collecting;
    this.computing = computing;
  }

  /** Begins to count. */
  static CpuTime start() {
    // What looks at the collector must not count itself.
    long collecting = collectorNanos();
    return new CpuTime(collecting, THREADS.getCurrentThreadCpuTime());
  }

  /** Nanoseconds since the start. */
  long nanos() {
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
      // The first number: nanoseconds on a processor.
      return Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]);
    } catch (IOException ended) {
      return 0;
    }
  }
}
