package io.github.rnnotator.tagger;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * A sentence that is too long to be read at once, in stretches that overlap, and their tags as one
 * sequence. Where two stretches overlap, both know the words on either side, so that the cut costs
 * no context:
 *
 * <pre>
 *   tokens      0 ............ 1920 .. 1984 .. 2048 ............ 3968
 *   stretch 0   [------------------------------)
 *   stretch 1                  [------------------------------------)
 *   tags        from stretch 0 .......| from stretch 1 ..............
 * </pre>
 */
final class Stretches {
  /** The most tokens that are read at once: longer sentences would fill the memory. */
  static final int LONGEST = 2048;

  /** How many tokens a stretch has before its first tag and after its last one, in the middle. */
  static final int CONTEXT = 64;

  private static final int STEP = LONGEST - 2 * CONTEXT;

  private Stretches() {}

  /** The sentence itself where it is short enough; else stretches that overlap. */
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

  /** How many there are. */
  static int count(Sentence sentence) {
    int size = sentence.size();
    return size <= LONGEST ? 1 : 1 + (size - LONGEST + STEP - 1) / STEP;
  }

  /** A text in stretches of one length, up to a token, that do not overlap. */
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
   * The tags of a sentence from those of its stretches. Each seam is as near to the middle of an
   * overlap as may be where both stretches agree on the tag before it: then what follows is as
   * legal as it was inside of a stretch.
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

  /** The tags of a stretch in the middle of a sentence that no other stretch is likely to give. */
  static List<String> middle(TagSequence stretch) {
    return stretch.tags().subList(CONTEXT, Math.max(CONTEXT, stretch.size() - CONTEXT));
  }

  /** From which token on the tags are those of the later stretch, counted in it. */
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
