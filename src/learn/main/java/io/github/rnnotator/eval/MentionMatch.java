package io.github.rnnotator.eval;

import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A gold mention and its predicted counterpart; one of them is null if it was missed or invented.
 *
 * <p>Each mention of a sentence is in exactly one pair. Mentions with the same tokens are paired
 * first, then those of one type that share a token, then any that share a token, always from left
 * to right. Since the mentions of one side do not overlap, no other way of pairing makes more pairs
 * that are correct, of one type, or of one span. So three scores are counted at once:
 *
 * <ul>
 *   <li>exact, as {@code conlleval}: {@link MatchKind#CORRECT};
 *   <li>boundary only, the <i>exact boundary</i> evaluation of SemEval-2013 task 9 (Segura-Bedmar,
 *       Martinez and Herrero-Zazo 2013), whatever the type: correct and {@link
 *       MatchKind#WRONG_TYPE};
 *   <li>type only, its <i>type</i> evaluation, which requires the type and some overlap: correct
 *       and {@link MatchKind#WRONG_BOUNDARY}.
 * </ul>
 *
 * <p>The kinds follow MUC-5 (Chinchor and Sundheim 1993), whose "incorrect" and "partial" are split
 * here by what is wrong.
 *
 * @param kind what both have in common
 * @param gold the right mention, or null
 * @param predicted the mention found, or null
 */
record MentionMatch(MatchKind kind, @Nullable Mention gold, @Nullable Mention predicted) {
  private static final Comparator<MentionMatch> IN_TEXT_ORDER =
      Comparator.comparing(MentionMatch::span);

  /** Returns the tokens of the gold mention, or else of the predicted one. */
  Span span() {
    if (gold != null) {
      return gold.span();
    }
    if (predicted != null) {
      return predicted.span();
    }
    throw new IllegalStateException("a match of nothing");
  }

  /**
   * Pairs the mentions of one sentence.
   *
   * @param gold in order, none overlapping another
   * @param predicted likewise
   * @return the pairs in the order of the text
   */
  static List<MentionMatch> of(List<Mention> gold, List<Mention> predicted) {
    List<MentionMatch> matches = new ArrayList<>();
    List<Mention> goldLeft = new ArrayList<>(gold);
    List<Mention> predictedLeft = new ArrayList<>(predicted);
    pair(goldLeft, predictedLeft, (a, b) -> a.span().equals(b.span()), matches);
    pair(goldLeft, predictedLeft, (a, b) -> overlap(a, b) && sameType(a, b), matches);
    pair(goldLeft, predictedLeft, MentionMatch::overlap, matches);
    goldLeft.forEach(mention -> matches.add(new MentionMatch(MatchKind.MISSED, mention, null)));
    predictedLeft.forEach(
        mention -> matches.add(new MentionMatch(MatchKind.INVENTED, null, mention)));
    matches.sort(IN_TEXT_ORDER);
    return matches;
  }

  /** Pairs each gold mention with the first unpaired predicted one that fits. */
  private static void pair(
      List<Mention> gold,
      List<Mention> predicted,
      BiPredicate<Mention, Mention> fits,
      List<MentionMatch> matches) {
    gold.removeIf(
        one -> {
          for (int i = 0; i < predicted.size(); i++) {
            Mention other = predicted.get(i);
            if (fits.test(one, other)) {
              predicted.remove(i);
              matches.add(new MentionMatch(kind(one, other), one, other));
              return true;
            }
          }
          return false;
        });
  }

  private static MatchKind kind(Mention gold, Mention predicted) {
    if (gold.span().equals(predicted.span())) {
      return sameType(gold, predicted) ? MatchKind.CORRECT : MatchKind.WRONG_TYPE;
    }
    return sameType(gold, predicted) ? MatchKind.WRONG_BOUNDARY : MatchKind.WRONG_TYPE_AND_BOUNDARY;
  }

  private static boolean sameType(Mention a, Mention b) {
    return a.type().equals(b.type());
  }

  private static boolean overlap(Mention a, Mention b) {
    return a.span().begin() < b.span().end() && b.span().begin() < a.span().end();
  }
}
