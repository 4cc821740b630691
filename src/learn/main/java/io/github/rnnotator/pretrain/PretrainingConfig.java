package io.github.rnnotator.pretrain;

import io.github.rnnotator.tagger.TrainingOptions;
import io.github.rnnotator.train.TrainingConfig;

/**
 * The settings of pretraining, the section {@code pretrain} of a recipe.
 *
 * @param words how many of the most frequent words are predicted; all others count as one
 * @param samples the words against which each gold word is compared in a step, see {@link
 *     io.github.rnnotator.nn.head.SampledSoftmax}
 * @param projection the length of the vectors that are compared with those of words
 * @param rate the learning rate, which falls linearly to a hundredth over the run
 * @param warmup the steps over which the rate first rises
 * @param batch groups (or sentences) per step
 * @param shards the parts of a batch that are computed in parallel; affects the result, unlike the
 *     number of threads
 * @param dropout on token vectors, characters and states, in {@code [0, 1)}
 * @param wordDropout how often a word's whole vector is dropped, in {@code [0, 1)}, so that the
 *     characters learn as well
 * @param clip the maximum norm of the gradient; 0 for no limit
 * @param average the decay of the moving average of the weights, in {@code [0, 1)}; 0 for none
 * @param epochs how often the text is read
 * @param limitWords how many words of the text are read, evenly from all of it; 0 for all. Words
 *     are what is between blanks
 * @param holdOut how many words are held out to measure the perplexity; at most a tenth of the text
 * @param chunk how many words are in memory together, shuffled, and scored after
 * @param seed the same seed gives the same weights, bit for bit, on any number of threads
 */
public record PretrainingConfig(
    int words,
    int samples,
    int projection,
    float rate,
    int warmup,
    int batch,
    int shards,
    float dropout,
    float wordDropout,
    float clip,
    float average,
    int epochs,
    long limitWords,
    int holdOut,
    int chunk,
    long seed) {
  private static final int MOST = 1 << 24;
  private static final int LONGEST_VECTOR = 1 << 14;

  private static final PretrainingConfig DEFAULTS =
      new PretrainingConfig(
          50_000, 1024, 100, 0.002f, 200, 32, 2, 0.1f, 0.1f, 1, 0, 1, 0, 10_000, 500_000, 1);

  /** Checks the ranges. */
  public PretrainingConfig {
    range("words", words, 2, MOST);
    range("samples", samples, 1, MOST);
    range("projection", projection, 1, LONGEST_VECTOR);
    range("warmup", warmup, 0, Integer.MAX_VALUE);
    range("batch", batch, 1, 1 << 16);
    range("shards", shards, 1, 1 << 10);
    range("epochs", epochs, 1, 1000);
    range("limit_words", limitWords, 0, Long.MAX_VALUE);
    range("hold_out", holdOut, 1, MOST);
    range("chunk", chunk, 100, MOST);
    if (!(rate > 0 && Float.isFinite(rate))) {
      throw invalid("rate", rate, "more than 0, and finite");
    }
    if (!(clip >= 0 && Float.isFinite(clip))) {
      throw invalid("clip", clip, "0 or more, and finite");
    }
    belowOne("dropout", dropout);
    belowOne("word_dropout", wordDropout);
    belowOne("average", average);
  }

  private static void range(String key, long value, long least, long most) {
    if (value < least || value > most) {
      throw invalid(key, value, least + (most < Integer.MAX_VALUE ? " to " + most : " or more"));
    }
  }

  private static void belowOne(String key, float value) {
    if (!(value >= 0 && value < 1)) {
      throw invalid(key, value, "0 or more and less than 1");
    }
  }

  private static IllegalArgumentException invalid(String key, Object value, String expected) {
    return new IllegalArgumentException(
        "pretrain." + key + " is " + value + ", expected " + expected);
  }

  /**
   * Returns the defaults: 50,000 words, 1024 samples, projection 100, Adam at 0.002 after 200
   * steps, batches of 32 in 2 shards, dropout 0.1 of numbers and of words, clip 1, no average, the
   * whole text once, 10,000 words held out, chunks of 500,000 words, seed 1.
   */
  public static PretrainingConfig defaults() {
    return DEFAULTS;
  }

  /** Returns a copy with another seed. */
  public PretrainingConfig seed(long seed) {
    return new PretrainingConfig(
        words,
        samples,
        projection,
        rate,
        warmup,
        batch,
        shards,
        dropout,
        wordDropout,
        clip,
        average,
        epochs,
        limitWords,
        holdOut,
        chunk,
        seed);
  }

  /** Returns the options of the network. */
  TrainingOptions options() {
    return new TrainingOptions(dropout, 0, dropout, wordDropout, 0, 0);
  }

  /**
   * Returns the settings of the steps.
   *
   * @param chunks the number of chunks in all epochs, each of which is an epoch of a run
   */
  TrainingConfig steps(int chunks) {
    return TrainingConfig.defaults()
        .rate(rate)
        .warmup(warmup)
        .batch(batch)
        .shards(shards)
        .epochs(chunks)
        .patience(0)
        .dropout(dropout)
        .clip(clip)
        .average(average)
        .seed(seed);
  }
}
