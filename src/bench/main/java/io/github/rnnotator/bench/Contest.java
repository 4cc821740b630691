package io.github.rnnotator.bench;

import io.github.rnnotator.bench.measure.Contestant;
import io.github.rnnotator.bench.measure.Rounds;
import io.github.rnnotator.bench.measure.Sample;
import io.github.rnnotator.bench.measure.Table;
import io.github.rnnotator.bench.measure.Timing;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Contestants that do the same work.
 *
 * @param title a description of the work
 * @param work the {@code unit}s of work per run
 * @param unit the unit counted per second
 * @param tolerance the maximum difference between outputs
 * @param contestants the first is the baseline of the others
 */
record Contest(
    String title, double work, String unit, double tolerance, List<Calculation> contestants)
    implements AutoCloseable {
  /** More than one, so that training shows its updates. */
  private static final int RUNS_BEFORE_CHECK = 3;

  /** Checks that all outputs agree after a few runs, then measures and prints a table. */
  void run(Rounds rounds, boolean markdown, PrintStream out) {
    double apart = greatestDifference();
    List<Timing> timings = rounds.measure(contestants);
    Timing ours = timings.get(0);
    Table table =
        new Table(
            "", "ms, median", "min", "max", "cpu ms", unit, "our speed by theirs", "10%", "90%");
    for (Timing timing : timings) {
      Sample ratios = ours.cpu().ratios(timing.cpu());
      table.row(
          timing.name(),
          number(timing.wall().median() * 1e3),
          number(timing.wall().min() * 1e3),
          number(timing.wall().max() * 1e3),
          number(timing.cpu().median() * 1e3),
          number(work / timing.cpu().median()),
          String.format(Locale.ROOT, "%.2f", ratios.median()),
          String.format(Locale.ROOT, "%.2f", ratios.quantile(0.1)),
          String.format(Locale.ROOT, "%.2f", ratios.quantile(0.9)));
    }
    out.printf(Locale.ROOT, "%n%s (outputs at most %.1e apart)%n%n", title, apart);
    out.print(table.text(markdown));
  }

  private double greatestDifference() {
    double greatest = 0;
    float[] expected = null;
    for (Calculation contestant : contestants) {
      for (int i = 0; i < RUNS_BEFORE_CHECK; i++) {
        contestant.run();
      }
      float[] output = contestant.output();
      if (expected == null) {
        expected = output;
      }
      if (output.length != expected.length) {
        throw new IllegalStateException(
            contestant.name() + " gives " + output.length + " numbers, not " + expected.length);
      }
      for (int i = 0; i < output.length; i++) {
        double apart = Math.abs(output[i] - expected[i]);
        if (!(apart <= tolerance)) {
          throw new IllegalStateException(
              contestant.name() + " gives " + output[i] + " at " + i + ", not " + expected[i]);
        }
        greatest = Math.max(greatest, apart);
      }
    }
    return greatest;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : value < 1000 ? "%.1f" : "%,.0f", value);
  }

  @Override
  public void close() {
    contestants.forEach(Contestant::close);
  }
}
