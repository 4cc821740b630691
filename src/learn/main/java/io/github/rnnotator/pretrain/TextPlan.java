package io.github.rnnotator.pretrain;

import io.github.rnnotator.data.TextStretches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which parts of the text are trained on, which are held out, and how they are cut into chunks:
 * each chunk has a part of every file, in proportion to its size.
 *
 * @param files at least one
 * @param words the number of words of each
 * @param trained the fraction of the words that is trained on
 * @param heldOut the fraction of the words that is held out
 * @param chunks how many chunks the text has, at least 1
 */
record TextPlan(List<Path> files, List<Long> words, double trained, double heldOut, int chunks) {
  private static final double MOST_HELD_OUT = 0.1;

  /** Counts the words of the files, which reads all of them. */
  static TextPlan of(List<Path> files, PretrainingConfig config) throws IOException {
    List<Long> words = new ArrayList<>();
    for (Path file : files) {
      words.add(TextStretches.words(file));
    }
    long total = words.stream().mapToLong(count -> count).sum();
    double heldOut = Math.min(MOST_HELD_OUT, (double) config.holdOut() / total);
    double rest = total * (1 - heldOut);
    double read = config.limitWords() == 0 ? rest : Math.min(rest, config.limitWords());
    int chunks =
        (int) Math.max(1, Math.min(100_000 / config.epochs(), Math.round(read / config.chunk())));
    return new TextPlan(List.copyOf(files), words, read / total, heldOut, chunks);
  }

  /** Returns how many words of a file are in the chunks before this one, from 0. */
  double wordsBefore(int file, int chunk) {
    return chunk >= chunks ? Double.POSITIVE_INFINITY : words.get(file) * trained * chunk / chunks;
  }
}
