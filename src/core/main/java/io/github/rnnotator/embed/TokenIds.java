package io.github.rnnotator.embed;

import io.github.rnnotator.text.LookupForm;

/**
 * The ids of a token in a network's tables.
 *
 * @param word the word id, {@link Vocabulary#UNKNOWN} if it has none; with tuned pretrained
 *     vectors, their words not seen in training have the ids after all others
 * @param vector 1 + the row of its frozen pretrained vector; 0 if it has none
 * @param characters the character ids in order, at most 40, see {@link CharacterVectors}
 * @param shape the ordinal of its {@link WordShape}
 */
public record TokenIds(int word, int vector, int[] characters, int shape) {
  /** The middle of longer words is skipped: no tag depends on the middle of a URL. */
  private static final int LONGEST_WORD = 40;

  /** Looks up the ids of a word as written. */
  public static TokenIds of(String written, EmbedConfig config, Vocabularies vocabularies) {
    String form = LookupForm.of(written);
    int word = Vocabulary.UNKNOWN;
    int vector = 0;
    EmbedConfig.Words words = config.words();
    if (words != null) {
      word = vocabularies.words().id(words.normalize(form));
      WordVectors vectors = vocabularies.vectors();
      int row = vectors == null ? -1 : vectors.find(form);
      if (words.frozenDim() > 0) {
        vector = 1 + row;
      } else if (word == Vocabulary.UNKNOWN && row >= 0) {
        word = vocabularies.words().size() + row;
      }
    }
    boolean jamo = config.characters() != null && config.characters().jamo();
    return new TokenIds(
        word,
        vector,
        spelling(form, vocabularies.characters(), jamo),
        WordShape.of(form).ordinal());
  }

  /** Looks up the character ids of a word's lookup form. */
  static int[] spelling(String form, Vocabulary characters, boolean jamo) {
    int[] codePoints = form.codePoints().toArray();
    int length = Math.min(codePoints.length, LONGEST_WORD);
    int[] ids = new int[length];
    for (int i = 0; i < length; i++) {
      int from = i < LONGEST_WORD / 2 ? i : codePoints.length - length + i;
      ids[i] = CharacterVectors.id(codePoints[from], characters, jamo);
    }
    return ids;
  }
}
