package io.github.rnnotator.segment;

import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.Token;
import io.github.rnnotator.text.WhiteSpace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Token boundaries within a range of text. Blanks always separate; a character of several units (a
 * surrogate pair, combining marks, joined emoji) is never cut. For one thread.
 */
final class Cuts {
  private static final char ZERO_WIDTH_JOINER = '\u200D';

  /**
   * The possessive quantifiers keep the search through a long run of letters linear, and turn the
   * repeated group into a loop; a greedy one would recurse once per dot of the address.
   */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(?:https?://|ftp://|www\\.)"
              + "[^\\s\\p{Z}\\p{Cc}]*[\\p{L}\\p{N}/=&_#~%+$-]"
              + "|(?<![\\w.+-])[\\w.+-]++@[\\w-]++(?:\\.[\\w-]++)++");

  private final String text;
  private final int begin;
  private final int end;
  private final BitSet cuts = new BitSet();

  /** Creates a range without cuts. */
  Cuts(String text, int begin, int end) {
    this.text = text;
    this.begin = begin;
    this.end = end;
  }

  /** Cuts before the unit at {@code at}, an offset in the range. */
  void cut(int at) {
    cuts.set(at - begin);
  }

  /** Makes one token of each web or mail address, without the punctuation after it. */
  void keepAddressesWhole() {
    Matcher matcher = ADDRESS.matcher(text).region(begin, end).useTransparentBounds(true);
    while (matcher.find()) {
      keepWhole(matcher.start(), matcher.end());
    }
  }

  /** Returns the tokens. */
  List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    int start = begin;
    for (int i = begin; i <= end; i++) {
      boolean blank = i < end && WhiteSpace.is(text.charAt(i));
      if (i == end || blank || (cuts.get(i - begin) && !insideCharacter(i))) {
        String form = text.substring(start, i);
        if (!LookupForm.isInvisible(form)) {
          tokens.add(new Token(form, start, i));
        }
        start = blank ? i + 1 : i;
      }
    }
    return tokens;
  }

  private void keepWhole(int from, int to) {
    cut(from);
    cuts.clear(from + 1 - begin, to - begin);
    cut(to);
  }

  private boolean insideCharacter(int at) {
    if (at <= begin) {
      return false;
    }
    char before = text.charAt(at - 1);
    if (Character.isSurrogatePair(before, text.charAt(at))) {
      return true;
    }
    return before == ZERO_WIDTH_JOINER || Pieces.extendsCharacter(text.codePointAt(at));
  }
}
