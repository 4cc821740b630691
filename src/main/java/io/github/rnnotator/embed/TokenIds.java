package io.github.rnnotator.embed;

/**
 * The numbers by which a network knows a token.
 *
 * @param word the number of its word, {@link Vocabulary#UNKNOWN} if it has none
 * @param characters the numbers of its characters in order, at most 40
 * @param shape the number of its {@link WordShape}
 */
public record TokenIds(int word, int[] characters, int shape) {
  /** The middle of longer words is left out: nobody's tag depends on the middle of a URL. */
  private static final int LONGEST_WORD = 40;

  /** The numbers of a word form. */
  public static TokenIds of(String form, EmbedConfig config, Vocabularies vocabularies) {
    return new TokenIds(
        config.words() == null
            ? Vocabulary.UNKNOWN
            : vocabularies.words().id(config.words().normalize(form)),
        spelling(form, vocabularies.characters()),
        WordShape.of(form).ordinal());
  }

  /** The numbers of a word's characters. */
  static int[] spelling(String form, Vocabulary characters) {
    int[] codePoints = form.codePoints().toArray();
    int length = Math.min(codePoints.length, LONGEST_WORD);
    int[] ids = new int[length];
    for (int i = 0; i < length; i++) {
      int from = i < LONGEST_WORD / 2 ? i : codePoints.length - length + i;
      ids[i] = characters.id(Character.toString(codePoints[from]));
    }
    return ids;
  }
}
