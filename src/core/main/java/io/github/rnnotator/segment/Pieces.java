package io.github.rnnotator.segment;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Token;
import io.github.rnnotator.text.WhiteSpace;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text cut into pieces, the timesteps of a segmenter's network. A piece is a run of letters of
 * one script, a run of digits, one character of a script that is written without spaces, one
 * punctuation mark or symbol, a run of three or more of the same mark, a web or mail address, or a
 * line break. Characters that belong together (combining marks, joined emoji, surrogate pairs) are
 * in one piece.
 *
 * <p>Tokens end where pieces end: of the token ends of UD English-EWT, 0.03 % are inside of a run
 * of letters ({@code alot} as two words). An English text has 5 characters to a piece, so that a
 * network over pieces sees five times as far as one over characters, at a fifth of the cost.
 *
 * <p>Immutable.
 */
public final class Pieces {
  /** The beginning of a piece that touches the one before it, as in WordPiece. */
  public static final String TOUCHES = "##";

  /** The piece of a line break after a short line, such as a heading. */
  public static final String SHORT_LINE = "\\n";

  /** The piece of a line break after a line long enough to be wrapped. */
  public static final String LONG_LINE = "\\n\\n";

  /** The length of a long line, in UTF-16 units. */
  private static final int LONG = 45;

  private static final int LONGEST_LETTERS = 64;

  /** The distance from a mark of ASCII to that of full width. */
  private static final int WIDTH = 0xFEE0;

  private static final int SAME_MARKS = 3;
  private static final char ZERO_WIDTH_JOINER = '\u200D';
  private static final char ZERO_WIDTH_NON_JOINER = '\u200C';

  /** The marks between two parts of an enumeration in Korean; letters in Unicode. */
  private static final String HANGUL_DOTS = "\u318D\u119E";

  private static final String NEVER_TOGETHER = "()[]{}\"'\u201C\u201D\u2018\u2019\u00AB\u00BB";

  /**
   * ASCII only, since a particle may follow an address in Korean. The possessive quantifiers keep
   * the search through a long run of letters linear.
   */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<![A-Za-z0-9])(?:https?://|ftp://|www\\.)[!-'*-~]*[A-Za-z0-9_/=&#~%+$-]"
              + "|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]++@[A-Za-z0-9_-]++(?:\\.[A-Za-z0-9_-]++)++");

  private enum Kind {
    SPACE,
    LETTER,
    HANGUL,
    DIGIT,
    /** A character of a script without spaces between words. */
    ALONE,
    MARK
  }

  private final String text;
  private int size;
  private int[] bounds = new int[64];

  private Pieces(String text) {
    this.text = text;
  }

  /** Cuts a text. */
  public static Pieces of(String text) {
    Pieces pieces = new Pieces(text);
    pieces.cut();
    return pieces;
  }

  /** The number of pieces. */
  public int size() {
    return size;
  }

  /** Where piece {@code i} begins, in UTF-16 units. */
  public int begin(int i) {
    return bounds[2 * i];
  }

  /** Where piece {@code i} ends, in UTF-16 units. */
  public int end(int i) {
    return bounds[2 * i + 1];
  }

  /** Whether piece {@code i} is a line break, which belongs to no token. */
  public boolean isLineBreak(int i) {
    char c = text.charAt(begin(i));
    return c == '\n' || c == '\r';
  }

  /** Whether no white space separates piece {@code i} from the next one. */
  public boolean touchesNext(int i) {
    return i + 1 < size && end(i) == begin(i + 1) && !isLineBreak(i) && !isLineBreak(i + 1);
  }

  /**
   * Returns what the network reads of piece {@code i}: the piece itself, with {@link #TOUCHES}
   * before it if it touches the one before; or {@link #SHORT_LINE} or {@link #LONG_LINE}. A
   * character of a script without spaces comes with the next one, as a bigram.
   */
  public String form(int i) {
    if (isLineBreak(i)) {
      int from = i;
      while (from > 0 && !isLineBreak(from - 1)) {
        from--;
      }
      return begin(i) - begin(from) < LONG ? SHORT_LINE : LONG_LINE;
    }
    String form = halfWidth(text.substring(begin(i), end(i)));
    if (touchesNext(i) && kind(text.codePointAt(begin(i))) == Kind.ALONE) {
      int next = text.codePointAt(begin(i + 1));
      // A single character says little: the network reads it and the next one.
      form = kind(next) == Kind.ALONE ? form + Character.toString(next) : form;
    }
    return i > 0 && touchesNext(i - 1) ? TOUCHES + form : form;
  }

  /**
   * Returns what the network reads of some pieces, one token each, with the offsets of the pieces.
   *
   * @param from the first piece
   * @param to after the last one; greater than {@code from}
   */
  public Sentence timesteps(int from, int to) {
    List<Token> timesteps = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      timesteps.add(new Token(form(i), begin(i), end(i)));
    }
    return new Sentence(timesteps);
  }

  /** Whether a token begins with a character of a script that is written without spaces. */
  public static boolean isWithoutSpaces(String token) {
    return kind(token.codePointAt(0)) == Kind.ALONE;
  }

  /** Whether a token begins with a mark: neither a letter nor a digit. */
  public static boolean isMark(String token) {
    return kind(token.codePointAt(0)) == Kind.MARK;
  }

  /** Marks of full width are read as those of ASCII, which every treebank shows. */
  private static String halfWidth(String form) {
    char first = form.charAt(0);
    if (first == '\u3002' || (first >= '\uFF01' && first <= '\uFF0F') || isWideMark(first)) {
      char mark = first == '\u3002' ? '.' : (char) (first - WIDTH);
      return String.valueOf(mark).repeat(form.length());
    }
    return form;
  }

  private static boolean isWideMark(char c) {
    return (c >= '\uFF1A' && c <= '\uFF20')
        || (c >= '\uFF3B' && c <= '\uFF40')
        || (c >= '\uFF5B' && c <= '\uFF5E');
  }

  private void cut() {
    Matcher addresses = mayHaveAddress() ? ADDRESS.matcher(text) : null;
    int address = next(addresses);
    for (int at = 0; at < text.length(); ) {
      if (addresses != null && at == address) {
        add(at, addresses.end());
        at = addresses.end();
        address = next(addresses);
        continue;
      }
      int limit = Math.min(text.length(), address);
      int c = text.codePointAt(at);
      Kind kind = kind(c);
      if (kind == Kind.SPACE) {
        int end = at + 1;
        if (c == '\n' || c == '\r') {
          end += c == '\r' && end < text.length() && text.charAt(end) == '\n' ? 1 : 0;
          add(at, end);
        }
        at = end;
        continue;
      }
      int end = afterCharacter(at, limit);
      if (kind == Kind.MARK) {
        end = afterSame(at, end, limit);
      } else if (kind != Kind.ALONE) {
        while (end < limit && end - at < LONGEST_LETTERS && kind(text.codePointAt(end)) == kind) {
          end = afterCharacter(end, limit);
        }
      }
      add(at, end);
      at = end;
    }
  }

  private boolean mayHaveAddress() {
    return text.indexOf('@') >= 0 || text.contains("://") || text.contains("www.");
  }

  private static int next(@Nullable Matcher addresses) {
    return addresses != null && addresses.find() ? addresses.start() : Integer.MAX_VALUE;
  }

  private void add(int begin, int end) {
    if (2 * size == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[2 * size] = begin;
    bounds[2 * size + 1] = end;
    size++;
  }

  /** Returns the end of the run of equal marks that begins at {@code at}, if it is long enough. */
  private int afterSame(int at, int end, int limit) {
    char mark = text.charAt(at);
    // An unpaired surrogate may precede a pair that begins with the same one.
    if (end - at > 1 || NEVER_TOGETHER.indexOf(mark) >= 0 || Character.isSurrogate(mark)) {
      return end;
    }
    int last = end;
    while (last < limit && text.charAt(last) == mark) {
      last++;
    }
    return last - at >= SAME_MARKS ? last : end;
  }

  /** Returns where the character at {@code at} ends, with the marks that belong to it. */
  private int afterCharacter(int at, int limit) {
    int c = text.codePointAt(at);
    int end = at + Character.charCount(c);
    if (c < 0x80 && (end >= limit || text.charAt(end) < 0x300)) {
      return Math.min(end, limit);
    }
    if (isRegionalIndicator(c) && end < limit && isRegionalIndicator(text.codePointAt(end))) {
      end += 2;
    }
    while (end < limit) {
      int next = text.codePointAt(end);
      if (!extendsCharacter(next) && text.charAt(end - 1) != ZERO_WIDTH_JOINER) {
        break;
      }
      if (kind(next) == Kind.SPACE) {
        break;
      }
      end += Character.charCount(next);
    }
    return end;
  }

  private static boolean isRegionalIndicator(int c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
  }

  /** Whether a code point belongs to the character before it. */
  static boolean extendsCharacter(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      default ->
          codePoint == ZERO_WIDTH_JOINER
              || codePoint == ZERO_WIDTH_NON_JOINER
              || (codePoint >= 0x1F3FB && codePoint <= 0x1F3FF); // skin tones of emoji
    };
  }

  private static Kind kind(int c) {
    if (c < 0x80) {
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        return Kind.LETTER;
      }
      return c <= ' ' || c == 0x7F ? Kind.SPACE : c >= '0' && c <= '9' ? Kind.DIGIT : Kind.MARK;
    }
    if (WhiteSpace.is(c)) {
      return Kind.SPACE;
    }
    if (c >= 0xAC00 && c <= 0xD7A3) {
      return Kind.HANGUL;
    }
    if (Character.isDigit(c)) {
      return Kind.DIGIT;
    }
    if (!Character.isLetter(c)) {
      return extendsCharacter(c) ? Kind.LETTER : Kind.MARK;
    }
    if (HANGUL_DOTS.indexOf(c) >= 0) {
      return Kind.MARK;
    }
    return c < 0x0E00 ? Kind.LETTER : ofScript(UnicodeScript.of(c));
  }

  private static Kind ofScript(UnicodeScript script) {
    return switch (script) {
      case HANGUL -> Kind.HANGUL;
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR, BOPOMOFO, YI, TIBETAN -> Kind.ALONE;
      default -> Kind.LETTER;
    };
  }
}
