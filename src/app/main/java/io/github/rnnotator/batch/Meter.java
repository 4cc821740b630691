package io.github.rnnotator.batch;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Measures the time and memory of a run. Thread-safe. */
final class Meter {
  private final long start = System.nanoTime();
  private final long cpuAtStart = cpu();
  private final Map<String, LongAdder> stages = new LinkedHashMap<>();

  Meter(String... stages) {
    for (String stage : stages) {
      this.stages.put(stage, new LongAdder());
    }
  }

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  double cpuSeconds() {
    return (cpu() - cpuAtStart) / 1e9;
  }

  /** Adds the processor time of some work to a stage. */
  <T> T time(String stage, Supplier<T> work) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    T result = work.get();
    LongAdder spent = stages.get(stage);
    if (spent != null) {
      spent.add(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
    }
    return result;
  }

  Map<String, Double> stages() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    stages.forEach((stage, spent) -> seconds.put(stage, spent.sum() / 1e9));
    return seconds;
  }

  /** The sum of the peak use of each heap pool. */
  static long peakHeap() {
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        bytes += pool.getPeakUsage().getUsed();
      }
    }
    return bytes;
  }

  private static long cpu() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
