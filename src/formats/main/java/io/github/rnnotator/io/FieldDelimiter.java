package io.github.rnnotator.io;

import io.github.rnnotator.text.OneLine;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Separates the fields of a line: a regular expression as in Perl's {@code split(/DELIMITER/)}, on
 * bytes.
 *
 * <p>The fields are the bytes between the matches. A match has at least one byte, so that the empty
 * expression splits after every byte. The groups of a match are fields too. Trailing empty fields
 * are dropped; a leading one is kept, unless all are empty.
 *
 * <p>Immutable, safe to share between threads.
 */
public final class FieldDelimiter {
  /** One space. */
  public static final FieldDelimiter SPACE = of(" ");

  /** Not a byte. */
  static final int NOT_SINGLE = 256;

  private static final String LITERAL = "[^\\\\^$.|?*+()\\[\\]{}]";

  private static final Pattern QUANTIFIER =
      Pattern.compile("\\{[ \\t]*+(\\d*+)[ \\t]*+(?:(,)[ \\t]*+(\\d*+)[ \\t]*+)?\\}");

  private static final Pattern POSIX = Pattern.compile("\\[:(\\^?)([a-z]+):\\]");

  private final int single;
  private final Pattern pattern;

  private FieldDelimiter(int single, Pattern pattern) {
    this.single = single;
    this.pattern = pattern;
  }

  /**
   * Compiles a delimiter.
   *
   * @param expression a Perl regular expression; non-ASCII characters stand for their UTF-8 bytes.
   *     Recursion and verbs such as {@code (*FAIL)} are not supported.
   * @throws IllegalArgumentException if it is not a regular expression; the message says why
   */
  public static FieldDelimiter of(String expression) {
    String bytes =
        new String(expression.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    try {
      String java = translate(bytes);
      Pattern.compile(java);
      // \G is the start of the search: a match that ends there is empty, and Perl looks for
      // another.
      Pattern pattern = Pattern.compile("(?:" + java + ")(?!\\G)", Pattern.UNIX_LINES);
      return new FieldDelimiter(single(bytes), pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          OneLine.of(
              "'"
                  + expression
                  + "' is not a regular expression: "
                  + e.getDescription().toLowerCase(Locale.ROOT)),
          e);
    }
  }

  /** The only byte that this matches, or {@link #NOT_SINGLE} if not a single byte. */
  int single() {
    return single;
  }

  /** Creates a matcher for a line's bytes, decoded as ISO 8859-1. */
  Matcher matcher(String line) {
    return pattern.matcher(line).useAnchoringBounds(false).useTransparentBounds(true);
  }

  private static int single(String expression) {
    if (expression.equals("\\t")) {
      return '\t';
    }
    if (expression.matches("\\\\[|.,;:/+*?^$-]")) {
      return expression.charAt(1);
    }
    return expression.matches(LITERAL) ? expression.charAt(0) : NOT_SINGLE;
  }

  /**
   * Translates Perl's syntax to Java's: braces that are not a quantifier, and in classes {@code
   * [:alpha:]}, {@code [} and {@code &&}.
   */
  private static String translate(String perl) {
    StringBuilder java = new StringBuilder();
    int i = 0;
    int classBegin = -1;
    while (i < perl.length()) {
      char c = perl.charAt(i);
      Matcher here;
      if (c == '\\' && i + 1 < perl.length()) {
        int end = escapeEnd(perl, i);
        // \Q and \E quote in Java, but not in an expression that comes from a variable in Perl.
        java.append(perl, "QE".indexOf(perl.charAt(i + 1)) >= 0 ? i + 1 : i, end);
        i = end;
      } else if (classBegin >= 0) {
        here = POSIX.matcher(perl).region(i, perl.length());
        if (here.lookingAt()) {
          java.append(posix(here.group(2), !here.group(1).isEmpty()));
          i = here.end();
          continue;
        }
        boolean first = i == classBegin || (i == classBegin + 1 && perl.charAt(classBegin) == '^');
        if (c == ']' && !first) {
          classBegin = -1;
          java.append(c);
        } else if (c == '^' && i == classBegin) {
          java.append(c);
        } else {
          java.append("[]&^".indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        i++;
      } else if (c == '[') {
        java.append(c);
        i++;
        classBegin = i;
      } else if (c == '{') {
        here = QUANTIFIER.matcher(perl).region(i, perl.length());
        boolean counts =
            here.lookingAt() && !(here.group(1) + (here.end(3) < 0 ? "" : here.group(3))).isEmpty();
        if (counts) {
          String most = here.group(2) == null ? "" : "," + here.group(3);
          java.append('{').append(here.group(1).isEmpty() ? "0" : here.group(1));
          java.append(most).append('}');
          i = here.end();
        } else {
          java.append("\\{");
          i++;
        }
      } else {
        java.append(c);
        i++;
      }
    }
    return java.toString();
  }

  /** The end of an escape: {@code \x{e9}}, {@code \p{Lu}} and {@code \k{name}} have an argument. */
  private static int escapeEnd(String perl, int begin) {
    int end = begin + 2;
    if ("xpPgkNob".indexOf(perl.charAt(begin + 1)) >= 0
        && end < perl.length()
        && perl.charAt(end) == '{') {
      int close = perl.indexOf('}', end);
      return close < 0 ? end : close + 1;
    }
    return end;
  }

  private static String posix(String name, boolean negated) {
    String property =
        switch (name) {
          case "alnum" -> "Alnum";
          case "alpha" -> "Alpha";
          case "ascii" -> "ASCII";
          case "blank" -> "Blank";
          case "cntrl" -> "Cntrl";
          case "digit" -> "Digit";
          case "graph" -> "Graph";
          case "lower" -> "Lower";
          case "print" -> "Print";
          case "punct" -> "Punct";
          case "space" -> "Space";
          case "upper" -> "Upper";
          case "xdigit" -> "XDigit";
          case "word" -> "w";
          default ->
              throw new PatternSyntaxException("POSIX class [:" + name + ":] unknown", name, 0);
        };
    if (property.equals("w")) {
      return negated ? "\\W" : "\\w";
    }
    return (negated ? "\\P{" : "\\p{") + property + "}";
  }
}
