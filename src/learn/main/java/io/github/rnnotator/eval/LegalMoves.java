package io.github.rnnotator.eval;

import io.github.rnnotator.text.TagScheme;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the moves that a scheme does not allow. Look-ups are cached: there are few tags. Not
 * thread-safe.
 */
final class LegalMoves {
  /**
   * A tag after a tag.
   *
   * @param from null at the start of a sentence
   * @param to null at its end
   */
  record Move(@Nullable String from, @Nullable String to) {}

  private final TagScheme scheme;
  private final Map<String, Map<String, Boolean>> known = new HashMap<>();
  private final Tally<Move> illegal = new Tally<>();

  LegalMoves(TagScheme scheme) {
    this.scheme = scheme;
  }

  /** Counts the illegal moves of a sentence and returns whether all moves are legal. */
  boolean add(List<String> tags) {
    boolean legal = true;
    String from = TagScheme.OUTSIDE;
    for (int i = 0; i < tags.size(); i++) {
      String to = tags.get(i);
      // A sentence begins as after O: no chunk is open.
      if (!isLegal(from, to)) {
        illegal.add(new Move(i == 0 ? null : from, to));
        legal = false;
      }
      from = to;
    }
    if (!isLegal(from, TagScheme.OUTSIDE)) {
      illegal.add(new Move(from, null));
      legal = false;
    }
    return legal;
  }

  /** Returns the illegal moves, the most frequent first. */
  List<EvaluationReport.Move> illegal() {
    return illegal.mostFrequentFirst().stream()
        .map(
            move ->
                new EvaluationReport.Move(move.getKey().from, move.getKey().to, move.getValue()))
        .toList();
  }

  private boolean isLegal(String from, String to) {
    return known
        .computeIfAbsent(from, tag -> new HashMap<>())
        .computeIfAbsent(to, tag -> scheme.isLegalTransition(from, tag));
  }
}
