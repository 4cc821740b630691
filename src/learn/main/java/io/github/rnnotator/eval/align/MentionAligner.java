package io.github.rnnotator.eval.align;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Finds the mentions that both sides have, by the characters of the text they hold and their type.
 * A predicted mention is cut at words without a gold tag, as with gold tokens.
 *
 * <p>Text that both sides have read is settled and dropped. Not thread-safe.
 */
final class MentionAligner {
  /** A mention: characters of the text without white space, and a type. */
  record Typed(long begin, long end, String type) {}

  private record Characters(long begin, long end) {}

  private final List<Typed> gold = new ArrayList<>();
  private final List<Typed> predicted = new ArrayList<>();
  private final List<Characters> unlabelled = new ArrayList<>();
  private final LongConsumer passed;
  private final LongConsumer matched;

  /**
   * A matcher.
   *
   * @param passed receives the first character of each predicted mention
   * @param matched receives the first character of each mention that both sides have
   */
  MentionAligner(LongConsumer passed, LongConsumer matched) {
    this.passed = passed;
    this.matched = matched;
  }

  void addGold(Typed mention) {
    gold.add(mention);
  }

  void addPredicted(Typed mention) {
    predicted.add(mention);
  }

  /** Adds the characters of a gold word that has no tag. */
  void addUnlabelled(long begin, long end) {
    unlabelled.add(new Characters(begin, end));
  }

  /** Where the first predicted mention begins that is not settled, or {@code otherwise}. */
  long settledUntil(long otherwise) {
    return predicted.stream().mapToLong(Typed::begin).min().orElse(otherwise);
  }

  /** Settles all mentions up to a character that both sides have read. */
  void advance(long until) {
    for (Typed mention : predicted) {
      if (mention.end <= until) {
        for (Typed piece : cut(mention)) {
          passed.accept(piece.begin);
          if (gold.remove(piece)) {
            matched.accept(piece.begin);
          }
        }
      }
    }
    predicted.removeIf(mention -> mention.end <= until);
    // A mention that is still pending may be cut to an earlier one.
    long pending = settledUntil(until);
    gold.removeIf(mention -> mention.begin < pending && mention.end <= until);
    unlabelled.removeIf(word -> word.end <= pending);
  }

  /** Returns the pieces of a mention between words without a gold tag. */
  private List<Typed> cut(Typed mention) {
    List<Typed> pieces = new ArrayList<>();
    long from = mention.begin;
    for (Characters word : unlabelled) {
      if (word.end > from && word.begin < mention.end) {
        if (word.begin > from) {
          pieces.add(new Typed(from, word.begin, mention.type));
        }
        from = word.end;
      }
    }
    if (from < mention.end) {
      pieces.add(new Typed(from, mention.end, mention.type));
    }
    return pieces;
  }
}
