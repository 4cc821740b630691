package io.github.rnnotator.eval;

import io.github.rnnotator.text.TagSequence;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The measure by which a head is judged. */
public enum Measure {
  /** The share of tokens with the right tag: part of speech and the like. */
  ACCURACY("accuracy", 2),
  /**
   * The share of words whose features are all right; {@link
   * io.github.rnnotator.text.UniversalFeatures} compares fewer.
   */
  FEATS("accuracy", 2),
  /** The share of words with the right lemma. */
  LEMMA("accuracy", 2),
  /** The share of whole texts with the right label: {@link WholeText}. */
  LABELS("accuracy", 2) {
    @Override
    Scorer scorer(Predicate<String> known) {
      return new AccuracyScorer(this, text -> true);
    }
  },
  /** F1 of whole chunks as {@code conlleval} counts them: named entities, chunks. */
  F1("f1", 3) {
    @Override
    Scorer scorer(Predicate<String> known) {
      return new ChunkScorer();
    }

    @Override
    long[] counts(List<String> gold, List<String> predicted) {
      ChunkScorer scorer = new ChunkScorer();
      scorer.add(ConllTags.of(gold), ConllTags.of(predicted));
      PrecisionRecall chunks = scorer.score().chunks();
      return new long[] {chunks.gold(), chunks.predicted(), chunks.correct()};
    }

    @Override
    double score(long[] counts, int from) {
      return new PrecisionRecall(counts[from], counts[from + 1], counts[from + 2]).f1();
    }
  };

  private final String label;
  private final int width;

  Measure(String label, int width) {
    this.label = label;
    this.width = width;
  }

  /**
   * Returns the measure of a head whose kind is not known: that of its column for {@code feats} and
   * {@code lemma}, else that of its tags.
   *
   * @param column the name of its column, or of the head
   */
  public static Measure of(String column, Iterable<? extends List<String>> tags) {
    return ofColumn(column)
        .orElseGet(() -> tags.iterator().hasNext() ? Measure.of(tags) : ACCURACY);
  }

  /** Returns the measure of a column of CoNLL-U that has its own. */
  public static Optional<Measure> ofColumn(String column) {
    return switch (column) {
      case "feats" -> Optional.of(FEATS);
      case "lemma" -> Optional.of(LEMMA);
      default -> Optional.empty();
    };
  }

  /**
   * Returns the measure for tags like these: F1 if all are chunk tags of some scheme ({@code O},
   * {@code B-PER}, {@code S}), else accuracy.
   */
  public static Measure of(Iterable<? extends List<String>> tags) {
    for (List<String> sentence : tags) {
      if (!sentence.stream().allMatch(Measure::isChunkTagOrMissing)) {
        return ACCURACY;
      }
    }
    return F1;
  }

  /**
   * Checks that tags can be judged by this.
   *
   * @throws IllegalArgumentException if it is F1 and they hold an end (E, S or L, U) and also a tag
   *     that is of neither IOBES nor BILOU
   */
  public void check(List<String> tags) {
    if (this == F1) {
      ConllTags.of(tags);
    }
  }

  /** Its name in a report. */
  public String label() {
    return label;
  }

  private static boolean isChunkTagOrMissing(String tag) {
    return TagSequence.isMissing(tag) || ConllTags.isChunkTag(tag);
  }

  /** Returns how many counts a sentence has. */
  int width() {
    return width;
  }

  /** Returns a new scorer: of accuracy, unless a measure has its own. */
  Scorer scorer(Predicate<String> known) {
    return new AccuracyScorer(this, known);
  }

  /**
   * Returns the counts of one sentence; {@link #score} takes their sums over sentences. Chunk tags
   * may be in any scheme. Of accuracy: all gold tags, and those that were found.
   */
  long[] counts(List<String> gold, List<String> predicted) {
    long all = 0;
    long correct = 0;
    for (int i = 0; i < gold.size(); i++) {
      if (!TagSequence.isMissing(gold.get(i))) {
        all++;
        correct += gold.get(i).equals(predicted.get(i)) ? 1 : 0;
      }
    }
    return new long[] {all, correct};
  }

  /** Returns the score, a percentage, for consecutive sums of counts beginning at {@code from}. */
  double score(long[] counts, int from) {
    return Percent.of(counts[from + 1], counts[from]);
  }
}
