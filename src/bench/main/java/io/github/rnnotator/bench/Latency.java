package io.github.rnnotator.bench;

import io.github.rnnotator.bench.measure.Contestant;
import io.github.rnnotator.bench.measure.Sample;
import io.github.rnnotator.bench.measure.Table;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures the latency of one call on one sentence. */
final class Latency {
  /** The calls per turn of a contestant. */
  private static final int CALLS = 50;

  private static final int TURNS = 40;

  private static final int WARM_UP = 4000;

  private Latency() {}

  static void run(
      String title, List<? extends Contestant> contestants, boolean markdown, PrintStream out) {
    List<List<Double>> wall = new ArrayList<>();
    List<List<Double>> cpu = new ArrayList<>();
    for (Contestant contestant : contestants) {
      wall.add(new ArrayList<>());
      cpu.add(new ArrayList<>());
      for (int i = 0; i < WARM_UP; i++) {
        contestant.run();
      }
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int round = 0; round < TURNS; round++) {
      for (int i = 0; i < contestants.size(); i++) {
        int turn = (round + i) % contestants.size();
        for (int call = 0; call < CALLS; call++) {
          long wallStart = System.nanoTime();
          long cpuStart = threads.getCurrentThreadCpuTime();
          contestants.get(turn).run();
          cpu.get(turn).add((threads.getCurrentThreadCpuTime() - cpuStart) / 1e6);
          wall.get(turn).add((System.nanoTime() - wallStart) / 1e6);
        }
      }
    }
    Table table = new Table("", "p50 ms", "p99 ms", "cpu p50", "cpu p99");
    for (int i = 0; i < contestants.size(); i++) {
      Sample waited = new Sample(wall.get(i));
      Sample computed = new Sample(cpu.get(i));
      table.row(
          contestants.get(i).name(),
          milliseconds(waited.median()),
          milliseconds(waited.quantile(0.99)),
          milliseconds(computed.median()),
          milliseconds(computed.quantile(0.99)));
    }
    out.printf(Locale.ROOT, "%n%s (%d calls each)%n%n", title, TURNS * CALLS);
    out.print(table.text(markdown));
  }

  private static String milliseconds(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
