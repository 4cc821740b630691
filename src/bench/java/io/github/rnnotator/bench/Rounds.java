package io.github.rnnotator.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures contestants in turn, round after round, so that a busy minute of the machine meets all
 * of them alike.
 *
 * @param count how many rounds
 * @param sliceMillis how long a contestant runs in one round, about
 * @param warmupMillis how long each runs before anything is measured
 */
record Rounds(int count, long sliceMillis, long warmupMillis) {
  /** Checks the ranges. */
  Rounds {
    if (count < 1 || sliceMillis < 1 || warmupMillis < 0) {
      throw new IllegalArgumentException("rounds and their length must be at least 1");
    }
  }

  /** The times of all contestants, in their order. */
  List<Timing> measure(List<? extends Contestant> contestants) {
    List<Slice> slices = new ArrayList<>();
    for (Contestant contestant : contestants) {
      slices.add(new Slice(contestant));
    }
    warmUp(slices);
    slices.forEach(slice -> slice.calibrate(sliceMillis));
    for (int round = 0; round < count; round++) {
      for (int i = 0; i < slices.size(); i++) {
        // Who comes first changes, since each leaves the caches to the next.
        slices.get((round + i) % slices.size()).measure();
      }
    }
    return slices.stream().map(Slice::timing).toList();
  }

  private void warmUp(List<Slice> slices) {
    long left = warmupMillis;
    while (left > 0) {
      slices.forEach(slice -> slice.runFor(sliceMillis));
      left -= sliceMillis;
    }
  }

  /** One contestant's part of the rounds. */
  private static final class Slice {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Contestant contestant;
    private final List<Double> wall = new ArrayList<>();
    private final List<Double> cpu = new ArrayList<>();
    private int runs = 1;

    Slice(Contestant contestant) {
      this.contestant = contestant;
    }

    /** Runs for that long, at least once, and gives the number of runs. */
    int runFor(long millis) {
      long end = System.nanoTime() + millis * 1_000_000;
      int done = 0;
      do {
        contestant.run();
        done++;
      } while (System.nanoTime() < end);
      return done;
    }

    void calibrate(long millis) {
      runs = runFor(millis);
    }

    void measure() {
      long wallStart = System.nanoTime();
      long cpuStart = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < runs; i++) {
        contestant.run();
      }
      cpu.add((THREADS.getCurrentThreadCpuTime() - cpuStart) / 1e9 / runs);
      wall.add((System.nanoTime() - wallStart) / 1e9 / runs);
    }

    Timing timing() {
      return new Timing(contestant.name(), new Sample(wall), new Sample(cpu));
    }
  }
}
