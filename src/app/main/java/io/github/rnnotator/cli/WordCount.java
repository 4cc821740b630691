package io.github.rnnotator.cli;

import io.github.rnnotator.cli.console.Terminal;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows the number of word vectors read so far, on a terminal. */
final class WordCount implements LongConsumer, AutoCloseable {
  private final @Nullable ProgressBar bar;

  WordCount(String file) {
    this.bar =
        Terminal.isWatched()
            ? new ProgressBarBuilder()
                .setTaskName(file)
                .setInitialMax(-1)
                .setUnit(" words", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .clearDisplayOnFinish()
                .build()
            : null;
  }

  @Override
  public void accept(long words) {
    if (bar != null) {
      bar.stepTo(words);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
