package io.github.rnnotator.text;

import static io.github.rnnotator.text.TagScheme.BILOU;
import static io.github.rnnotator.text.TagScheme.BMES;
import static io.github.rnnotator.text.TagScheme.IO;
import static io.github.rnnotator.text.TagScheme.IOB1;
import static io.github.rnnotator.text.TagScheme.IOB2;
import static io.github.rnnotator.text.TagScheme.IOBES;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the tag scheme of a file whose scheme nobody has named. */
public final class SchemeDetection {
  private SchemeDetection() {}

  /**
   * The strictest scheme in which all these sentences are legal. Tags that are legal in more than
   * one scheme have only the letter {@code I}; they are {@code IO}, which is a part of {@code IOB1}
   * and has the same mentions there. Where no scheme fits, and the only letters are {@code B} and
   * {@code I}, it is {@code IOB1}: corpora have mistakes ({@code O B-MISC} in CoNLL-2003), and
   * {@link TagScheme#mentions} reads them the same in {@code IOB1} and {@code IOB2}. Else it is
   * empty. A {@link TagSequence#MISSING} tag may be any.
   */
  public static Optional<TagScheme> detect(Iterable<? extends List<String>> sentences) {
    List<TagScheme> candidates = new ArrayList<>(List.of(IO, IOBES, BMES, BILOU, IOB2, IOB1));
    boolean onlyBeginAndInside = true;
    for (List<String> tags : sentences) {
      candidates.removeIf(scheme -> !scheme.isLegal(tags));
      onlyBeginAndInside &=
          tags.stream().allMatch(tag -> TagSequence.isMissing(tag) || IOB1.isTag(tag));
    }
    return candidates.isEmpty() && onlyBeginAndInside
        ? Optional.of(IOB1)
        : candidates.stream().findFirst();
  }

  /**
   * The most likely scheme of the chunk tags of a tagger, which may break it: IOBES, BMES or BILOU
   * if their letters occur, else IOB1 or IOB2, whichever they break less often, on a tie IOB2.
   */
  public static TagScheme guess(Iterable<? extends List<String>> sentences) {
    int brokenIob1 = 0;
    int brokenIob2 = 0;
    TagScheme closing = null;
    for (List<String> tags : sentences) {
      String from = TagScheme.OUTSIDE;
      for (String tag : tags) {
        if (TagSequence.isMissing(tag)) {
          from = tag;
          continue;
        }
        if (closing == null && !IOB1.isTag(tag)) {
          closing = IOBES.isTag(tag) ? IOBES : BILOU.isTag(tag) ? BILOU : null;
        }
        if (!IOBES.isTag(tag) && BMES.isTag(tag)) {
          return BMES;
        }
        brokenIob1 += IOB1.isLegalTransition(from, tag) ? 0 : 1;
        brokenIob2 += IOB2.isLegalTransition(from, tag) ? 0 : 1;
        from = tag;
      }
    }
    if (closing != null) {
      return closing;
    }
    return brokenIob1 < brokenIob2 ? IOB1 : IOB2;
  }
}
