package io.github.rnnotator.tagger;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a sentence too long to be read at once into overlapping stretches, and joins their tags.
 * In an overlap both stretches see the words on either side, so that the cut costs no context:
 *
 * <pre>
 *   tokens      0 ............ 1920 .. 1984 .. 2048 ............ 3968
 *   stretch 0   [------------------------------)
 *   stretch 1                  [------------------------------------)
 *   tags        from stretch 0 .......| from stretch 1 ..............
 * </pre>
 */
final class Stretches {
  /** The most tokens read at once: longer sentences could exhaust the memory. */
  static final int LONGEST = 2048;

  /** The tokens that an inner stretch has before its first tag and after its last. */
  static final int CONTEXT = 64;

  private static final int STEP = LONGEST - 2 * CONTEXT;

  private Stretches() {}

  /** Returns the sentence itself if it is short enough, else overlapping stretches. */
  static List<Sentence> of(Sentence sentence) {
    int size = sentence.size();
    if (size <= LONGEST) {
      return List.of(sentence);
    }
    List<Token> tokens = sentence.tokens();
    List<Sentence> stretches = new ArrayList<>();
    for (int i = 0; i < count(sentence); i++) {
      int begin = i * STEP;
      stretches.add(new Sentence(tokens.subList(begin, Math.min(begin + LONGEST, size))));
    }
    return stretches;
  }

  /** Returns the number of stretches. */
  static int count(Sentence sentence) {
    int size = sentence.size();
    return size <= LONGEST ? 1 : 1 + (size - LONGEST + STEP - 1) / STEP;
  }

  /** Splits a text into stretches that do not overlap, of equal length up to one token. */
  static List<Sentence> apart(Sentence text) {
    int count = (text.size() + LONGEST - 1) / LONGEST;
    List<Sentence> stretches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int begin = (int) ((long) text.size() * i / count);
      int end = (int) ((long) text.size() * (i + 1) / count);
      stretches.add(new Sentence(text.tokens().subList(begin, end)));
    }
    return stretches;
  }

  /**
   * Joins the tags of the stretches. Each seam is as near the middle of the overlap as possible, at
   * a place where both stretches agree on the tag before it, so that the tags after it are as legal
   * as within a stretch.
   */
  static TagSequence joined(List<TagSequence> stretches) {
    if (stretches.size() == 1) {
      return stretches.get(0);
    }
    List<String> tags = new ArrayList<>();
    List<Float> probabilities = new ArrayList<>();
    for (int i = 0; i < stretches.size(); i++) {
      TagSequence stretch = stretches.get(i);
      int from = i == 0 ? 0 : seam(stretches.get(i - 1), stretch);
      int to =
          i + 1 == stretches.size() ? stretch.size() : STEP + seam(stretch, stretches.get(i + 1));
      tags.addAll(stretch.tags().subList(from, to));
      probabilities.addAll(stretch.probabilities().subList(from, to));
    }
    return new TagSequence(tags, probabilities);
  }

  /** Returns the tags of an inner stretch that no other stretch is likely to supply. */
  static List<String> middle(TagSequence stretch) {
    return stretch.tags().subList(CONTEXT, Math.max(CONTEXT, stretch.size() - CONTEXT));
  }

  /** Returns the first token, counted in the later stretch, whose tag that stretch supplies. */
  private static int seam(TagSequence earlier, TagSequence later) {
    for (int distance = 0; distance < CONTEXT; distance++) {
      for (int seam : new int[] {CONTEXT - distance, CONTEXT + distance}) {
        if (earlier.tag(STEP + seam - 1).equals(later.tag(seam - 1))) {
          return seam;
        }
      }
    }
    return CONTEXT;
  }
}
