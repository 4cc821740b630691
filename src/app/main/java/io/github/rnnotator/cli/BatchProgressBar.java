package io.github.rnnotator.cli;

import io.github.rnnotator.batch.BatchProgress;
import io.github.rnnotator.cli.console.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows the progress of a batch run: a bar on a terminal, otherwise one line per minute. For one
 * thread.
 */
final class BatchProgressBar implements Consumer<BatchProgress>, AutoCloseable {
  private static final long MINUTE = 60_000_000_000L;

  private final PrintWriter err;
  private final long start = System.nanoTime();
  private final @Nullable ProgressBar bar;
  private long said = start;

  BatchProgressBar(PrintWriter err) {
    this.err = err;
    this.bar =
        Terminal.isWatched()
            ? new ProgressBarBuilder()
                .setTaskName("batch")
                .setInitialMax(-1)
                .setUnit(" MB", 1_000_000)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .hideEta()
                .clearDisplayOnFinish()
                .build()
            : null;
  }

  @Override
  public void accept(BatchProgress progress) {
    long now = System.nanoTime();
    if (bar != null) {
      if (progress.allBytes() > 0) {
        bar.maxHint(progress.allBytes());
        bar.stepTo(progress.bytes());
      }
      bar.setExtraMessage(" " + line(progress, (now - start) / 1e9));
    } else if (now - said >= MINUTE) {
      said = now;
      err.println(line(progress, (now - start) / 1e9));
      err.flush();
    }
  }

  /** Documents, tokens, speed, failures and remaining time, estimated from the remaining bytes. */
  static String line(BatchProgress progress, double seconds) {
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%,d documents, %,d tokens, %,.0f tokens/s",
                progress.totals().documents(),
                progress.totals().tokens(),
                progress.tokensNow() / Math.max(seconds, 1e-3)));
    if (progress.totals().failures() > 0) {
      line.append(String.format(Locale.ROOT, ", %,d failures", progress.totals().failures()));
    }
    if (progress.allBytes() > 0 && progress.bytesNow() > 0) {
      double left = seconds * (progress.allBytes() - progress.bytes()) / progress.bytesNow();
      Duration time = Duration.ofSeconds(Math.round(left));
      line.append(
          String.format(
              Locale.ROOT,
              ", %d:%02d:%02d left",
              time.toHours(),
              time.toMinutesPart(),
              time.toSecondsPart()));
    }
    return line.toString();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
