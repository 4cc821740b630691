package io.github.rnnotator.eval;

import io.github.rnnotator.text.TagSequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts chunks as the {@code conlleval} script of 2004-01-26 does, on any mix of tags: a predicted
 * chunk is correct if a gold chunk of the same type begins and ends at the same tokens.
 *
 * <p>The script knows {@code B}, {@code I}, {@code E} and {@code O}, but not {@code S}, {@code L}
 * and {@code U}: IOBES and BILOU tags must be converted to IOB2 first. Not thread-safe.
 */
public final class ChunkScorer implements Scorer {
  /** The counts of one type. */
  private static final class Counts {
    private long gold;
    private long predicted;
    private long correct;
  }

  private final @Nullable String rawOutside;
  private final Map<String, Counts> types = new HashMap<>();
  private long tokens;
  private long correctTags;
  private ChunkTag gold = ChunkTag.OUTSIDE;
  private ChunkTag predicted = ChunkTag.OUTSIDE;

  /** Whether a gold and a predicted chunk of one type began together and neither has ended. */
  private boolean matching;

  /** Counts chunks of tags like {@code B-PER}: the script without {@code -r}. */
  public ChunkScorer() {
    this(null);
  }

  private ChunkScorer(@Nullable String rawOutside) {
    this.rawOutside = rawOutside;
  }

  /**
   * Counts tags without prefixes ({@code PER}), each token a chunk of its own: the script's {@code
   * -r}.
   *
   * @param outside the tag of tokens outside of chunks, in addition to {@code O}: the script's
   *     {@code -o}
   */
  public static ChunkScorer raw(String outside) {
    return new ChunkScorer(Objects.requireNonNull(outside, "outside"));
  }

  /**
   * Counts one sentence; an empty one counts nothing. A token whose gold tag is {@link
   * TagSequence#MISSING} is not counted, and chunks of both sides end before it.
   *
   * @param gold the right tags
   * @param predicted the predicted tags, as many
   */
  public void add(List<String> gold, List<String> predicted) {
    if (gold.size() != predicted.size()) {
      throw new IllegalArgumentException(
          predicted.size() + " predicted tags for " + gold.size() + " gold tags");
    }
    boundary();
    for (int i = 0; i < gold.size(); i++) {
      if (TagSequence.isMissing(gold.get(i))) {
        boundary();
      } else {
        token(read(gold.get(i)), read(predicted.get(i)));
      }
    }
  }

  /** Ends a sentence and any open chunk. */
  void boundary() {
    step(ChunkTag.OUTSIDE, ChunkTag.OUTSIDE);
  }

  /** Counts the next token of a sentence. */
  void token(ChunkTag gold, ChunkTag predicted) {
    step(gold, predicted);
    tokens++;
    if (gold.equals(predicted)) {
      correctTags++;
    }
  }

  @Override
  public void add(List<String> forms, List<String> gold, List<String> predicted) {
    add(ConllTags.of(gold), ConllTags.of(predicted));
  }

  @Override
  public ChunkScore score() {
    SortedMap<String, PrecisionRecall> all = new TreeMap<>();
    types.forEach(
        (type, counts) ->
            all.put(type, new PrecisionRecall(counts.gold, counts.predicted, counts.correct)));
    if (matching) {
      all.merge(gold.type(), new PrecisionRecall(0, 0, 1), PrecisionRecall::plus);
    }
    PrecisionRecall chunks =
        all.values().stream().reduce(new PrecisionRecall(0, 0, 0), PrecisionRecall::plus);
    return new ChunkScore(tokens, correctTags, chunks, all);
  }

  private ChunkTag read(String tag) {
    if (TagSequence.isMissing(tag)) {
      return ChunkTag.OUTSIDE;
    }
    if (rawOutside == null) {
      return ChunkTag.of(tag);
    }
    return ChunkTag.ofRaw(tag, rawOutside);
  }

  private void step(ChunkTag nextGold, ChunkTag nextPredicted) {
    boolean sameType = nextGold.type().equals(nextPredicted.type());
    if (matching) {
      boolean goldEnds = gold.endsBefore(nextGold);
      boolean predictedEnds = predicted.endsBefore(nextPredicted);
      if (goldEnds && predictedEnds && gold.type().equals(predicted.type())) {
        counts(gold).correct++;
        matching = false;
      } else if (goldEnds != predictedEnds || !sameType) {
        matching = false;
      }
    }
    boolean goldStarts = nextGold.startsAfter(gold);
    boolean predictedStarts = nextPredicted.startsAfter(predicted);
    if (goldStarts) {
      counts(nextGold).gold++;
    }
    if (predictedStarts) {
      counts(nextPredicted).predicted++;
    }
    if (goldStarts && predictedStarts && sameType) {
      matching = true;
    }
    gold = nextGold;
    predicted = nextPredicted;
  }

  private Counts counts(ChunkTag chunk) {
    return types.computeIfAbsent(chunk.type(), type -> new Counts());
  }
}
