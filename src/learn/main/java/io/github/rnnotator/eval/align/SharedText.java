package io.github.rnnotator.eval.align;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.TextCharacters;

/** The text of both sides: the same characters, of which one side may be ahead. Not thread-safe. */
final class SharedText {
  /** The number of characters that a message quotes. */
  private static final int EXCERPT = 20;

  private final Side gold = new Side();
  private final Side predicted = new Side();

  /** The characters of one side. */
  private static final class Side {
    private long length;

    /** The characters at the end that the other side has not read yet. */
    private final StringBuilder ahead = new StringBuilder();

    private String place = "";
  }

  /** Returns the number of characters of the gold side. */
  long gold() {
    return gold.length;
  }

  /** Returns the number of characters of the predicted side. */
  long predicted() {
    return predicted.length;
  }

  /** Returns the number of characters that both sides have. */
  long both() {
    return Math.min(gold.length, predicted.length);
  }

  /**
   * Adds characters of the gold side.
   *
   * @param place where they are, for messages
   * @throws CorpusException if the predicted side has others there
   */
  void addGold(String characters, String place) throws CorpusException {
    add(gold, predicted, characters, place);
  }

  /**
   * Adds characters of the predicted side.
   *
   * @param place where they are, for messages
   * @throws CorpusException if the gold side has others there
   */
  void addPredicted(String characters, String place) throws CorpusException {
    add(predicted, gold, characters, place);
  }

  /**
   * Both sides have ended.
   *
   * @throws CorpusException if one has more text
   */
  void finish() throws CorpusException {
    if (!gold.ahead.isEmpty() || !predicted.ahead.isEmpty()) {
      throw apart();
    }
  }

  private void add(Side side, Side other, String characters, String place) throws CorpusException {
    side.place = place;
    side.length += characters.length();
    int both = Math.min(other.ahead.length(), characters.length());
    side.ahead.append(characters, both, characters.length());
    if (!characters.startsWith(other.ahead.substring(0, both))) {
      int same = 0;
      while (characters.charAt(same) == other.ahead.charAt(same)) {
        same++;
      }
      side.ahead.insert(0, characters.substring(same, both));
      other.ahead.delete(0, same);
      throw apart();
    }
    other.ahead.delete(0, both);
  }

  private CorpusException apart() {
    return new CorpusException(
        gold.place.isEmpty() ? "gold" : gold.place,
        "the text continues with "
            + beginning(gold)
            + ", but that of "
            + (predicted.place.isEmpty() ? "the predicted side" : predicted.place)
            + " with "
            + beginning(predicted)
            + "; both must have the same characters, white space aside");
  }

  private static String beginning(Side side) {
    return side.ahead.isEmpty()
        ? "nothing"
        : "'"
            + TextCharacters.readable(
                side.ahead.substring(0, Math.min(EXCERPT, side.ahead.length())))
            + "'";
  }
}
