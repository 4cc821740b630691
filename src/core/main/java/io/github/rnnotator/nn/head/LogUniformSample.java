package io.github.rnnotator.nn.head;

import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/**
 * A sample of different words, in which frequent words are more probable: {@code p(id) = log((id +
 * 2) / (id + 1)) / log(words + 1)}, about Zipf's law for ids in the order of frequency. Words are
 * drawn until the sample is full, so that a word is expected in it {@code 1 - (1 - p)^draws} times.
 *
 * @param ids the words, in the order in which they were drawn
 * @param words the size of the vocabulary
 * @param draws how often a word was drawn; 0 if the sample is the whole vocabulary
 */
record LogUniformSample(int[] ids, int words, long draws) {
  /**
   * Draws a sample.
   *
   * @param size the number of words; from half of the vocabulary on it is the whole of it, since
   *     drawing the rest would take long
   */
  static LogUniformSample draw(int words, int size, RandomGenerator random) {
    if (size >= words / 2) {
      int[] all = new int[words];
      Arrays.setAll(all, id -> id);
      return new LogUniformSample(all, words, 0);
    }
    double range = StrictMath.log(words + 1.0);
    BitSet drawn = new BitSet(words);
    int[] ids = new int[size];
    long draws = 0;
    for (int found = 0; found < size; draws++) {
      int id = (int) StrictMath.exp(random.nextDouble() * range) - 1;
      if (id < words && !drawn.get(id)) {
        drawn.set(id);
        ids[found++] = id;
      }
    }
    return new LogUniformSample(ids, words, draws);
  }

  /** Returns the log of how often a word is expected in the sample; 0 if it is in every one. */
  float logExpected(int id) {
    if (draws == 0) {
      return 0;
    }
    double p = StrictMath.log((id + 2.0) / (id + 1.0)) / StrictMath.log(words + 1.0);
    return (float) StrictMath.log(-StrictMath.expm1(draws * StrictMath.log1p(-p)));
  }
}
