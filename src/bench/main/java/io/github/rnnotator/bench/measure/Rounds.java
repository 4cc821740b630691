package io.github.rnnotator.bench.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Measures contestants in turn, round by round, so that a busy minute of the machine affects all of
 * them alike.
 *
 * @param count the number of rounds
 * @param sliceMillis the approximate time of a contestant per round
 * @param warmupMillis the minimum warm-up time of each contestant
 */
public record Rounds(int count, long sliceMillis, long warmupMillis) {
  /** Checks the ranges. */
  public Rounds {
    if (count < 1 || sliceMillis < 1 || warmupMillis < 0) {
      throw new IllegalArgumentException("rounds and their length must be at least 1");
    }
  }

  /** Returns the times of all contestants, in their order. */
  public List<Timing> measure(List<? extends Contestant> contestants) {
    List<Slice> slices = new ArrayList<>();
    for (Contestant contestant : contestants) {
      slices.add(new Slice(contestant));
    }
    // Also in turn, so that the compiler sees the same mix as when measuring.
    while (slices.stream().anyMatch(slice -> slice.ran < warmupMillis)) {
      slices.stream().filter(slice -> slice.ran < warmupMillis).forEach(Slice::warmUp);
    }
    for (int round = 0; round < count; round++) {
      for (int i = 0; i < slices.size(); i++) {
        // The order rotates, since each leaves its caches to the next.
        slices.get((round + i) % slices.size()).measure();
      }
    }
    return slices.stream().map(Slice::timing).toList();
  }

  /** One contestant's slice of a round. */
  private final class Slice {
    private final Contestant contestant;
    private final List<Double> wall = new ArrayList<>();
    private final List<Double> cpu = new ArrayList<>();
    private int runs = 1;
    private long ran;

    Slice(Contestant contestant) {
      this.contestant = contestant;
    }

    /** Runs for one slice and counts the runs, at least one. */
    void warmUp() {
      CpuTime cpuTime = CpuTime.start();
      long end = System.nanoTime() + sliceMillis * 1_000_000;
      runs = 0;
      do {
        contestant.run();
        runs++;
      } while (System.nanoTime() < end);
      ran += cpuTime.nanos() / 1_000_000;
    }

    void measure() {
      CpuTime cpuTime = CpuTime.start();
      long start = System.nanoTime();
      for (int i = 0; i < runs; i++) {
        contestant.run();
      }
      wall.add((System.nanoTime() - start) / 1e9 / runs);
      cpu.add(cpuTime.nanos() / 1e9 / runs);
    }

    Timing timing() {
      return new Timing(contestant.name(), new Sample(wall), new Sample(cpu));
    }
  }
}
