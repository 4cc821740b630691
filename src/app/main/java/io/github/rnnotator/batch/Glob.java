package io.github.rnnotator.batch;

import io.github.rnnotator.io.CorpusException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * File name patterns as in a shell: {@code ?} and {@code [a-z]} match one character, {@code *} any
 * number of them, {@code {a,b}} one of several, <code>**</code> any number of characters including
 * slashes, and <code>**&#47;</code> zero or more folders. A backslash escapes the next character.
 */
final class Glob {
  private final String glob;
  private final StringBuilder regex = new StringBuilder();
  private int at;
  private int groups;

  private Glob(String glob) {
    this.glob = glob;
  }

  /** The index of the first special character; or the length. */
  static int begin(String text) {
    int at = 0;
    while (at < text.length() && "*?[{".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /**
   * Compiles a pattern for names with slashes.
   *
   * @throws CorpusException if it can't be parsed
   */
  static Pattern compile(String glob) throws CorpusException {
    return new Glob(glob).compile();
  }

  private Pattern compile() throws CorpusException {
    while (at < glob.length()) {
      char c = glob.charAt(at++);
      switch (c) {
        case '\\' -> escaped();
        case '*' -> stars();
        case '?' -> regex.append("[^/]");
        case '[' -> characters();
        case '{' -> {
          groups++;
          regex.append("(?:");
        }
        case '}' -> endOfGroup();
        case ',' -> regex.append(groups > 0 ? "|" : ",");
        default -> literal(c);
      }
    }
    if (groups > 0) {
      throw refusal("unclosed {");
    }
    try {
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw refusal(e.getDescription());
    }
  }

  private void escaped() throws CorpusException {
    if (at == glob.length()) {
      throw refusal("nothing follows the last backslash");
    }
    literal(glob.charAt(at++));
  }

  private void endOfGroup() {
    if (groups == 0) {
      literal('}');
    } else {
      groups--;
      regex.append(')');
    }
  }

  private void stars() {
    boolean first = at == 1 || "/{,".indexOf(glob.charAt(at - 2)) >= 0;
    if (!glob.startsWith("*", at)) {
      regex.append("[^/]*");
      return;
    }
    while (glob.startsWith("*", at)) {
      at++;
    }
    if (first && glob.startsWith("/", at)) {
      at++;
      regex.append("(?:.*/)?");
    } else {
      regex.append(".*");
    }
  }

  private void characters() throws CorpusException {
    boolean others = glob.startsWith("!", at) || glob.startsWith("^", at);
    at += others ? 1 : 0;
    // A closing bracket at the beginning is literal.
    int end = glob.indexOf(']', at + 1);
    if (end < 0) {
      throw refusal("unclosed [");
    }
    regex.append(others ? "[^/" : "[");
    for (; at < end; at++) {
      char c = glob.charAt(at);
      boolean range = c == '-' && at + 1 < end;
      regex.append(range || !isSpecial(c) ? "" : "\\").append(c);
    }
    at++;
    regex.append(others ? "]" : "&&[^/]]");
  }

  private void literal(char c) {
    regex.append(isSpecial(c) ? "\\" : "").append(c);
  }

  private static boolean isSpecial(char c) {
    return c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
  }

  private CorpusException refusal(String problem) {
    return new CorpusException(
        glob, "can't be parsed as a pattern: " + problem + "; put \\ before a special character");
  }
}
