package io.github.rnnotator.train;

import io.github.rnnotator.report.LearningCurves;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Writes a run's learning curve to its file after each epoch. */
record CurveRecorder(long seed, LearningCurves curves, TrainingFiles files)
    implements Consumer<TrainingEvent> {
  @Override
  public void accept(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      curves.begin(seed, started.epoch());
    } else if (event instanceof TrainingEvent.EpochFinished finished) {
      curves.add(seed, finished.epoch(), finished.loss(), finished.seconds(), finished.scores());
      try {
        files.writeCurves(curves);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
