package io.github.rnnotator.text;

import java.util.Objects;

/**
 * A typed span: a named entity or a chunk. In languages that write particles after a name without a
 * space, it may end inside its last token: of Korean {@code 경찰은} only {@code 경찰} is the name.
 *
 * @param span the tokens it covers
 * @param type its type ({@code PER}, {@code NP}, ...); may be empty where the tags carry none
 * @param suffix how many characters of its last token come after it, in code points of the token's
 *     {@link LookupForm}; 0 where it ends with the token
 */
public record Mention(Span span, String type, int suffix) {
  private static final String SUFFIX = "_suffix";

  /** Checks that neither is null. */
  public Mention {
    Objects.requireNonNull(span, "span");
    Objects.requireNonNull(type, "type");
    if (suffix < 0) {
      throw new IllegalArgumentException("suffix is " + suffix + ", expected 0 or more");
    }
  }

  /** A mention that ends with its last token. */
  public Mention(Span span, String type) {
    this(span, type, 0);
  }

  /**
   * Returns the name of the head whose tags are the suffixes of another head's mentions: {@code
   * ner_suffix} for {@code ner}. The tag of a mention's last token is a number.
   */
  public static String suffixHead(String head) {
    return head + SUFFIX;
  }

  /** Whether a head has the suffixes of another head's mentions. */
  public static boolean isSuffixHead(String head) {
    return head.length() > SUFFIX.length() && head.endsWith(SUFFIX);
  }

  /** Returns the head whose mentions a head has the suffixes of, see {@link #isSuffixHead}. */
  public static String headOf(String suffixHead) {
    return suffixHead.substring(0, suffixHead.length() - SUFFIX.length());
  }

  /** Returns a copy that ends earlier or later in its last token. */
  public Mention suffix(int suffix) {
    return new Mention(span, type, suffix);
  }

  /** The offset of its first character in the text of its sentence. */
  public int begin(Sentence sentence) {
    return sentence.tokens().get(span.begin()).begin();
  }

  /** The offset after its last character in the text of its sentence. */
  public int end(Sentence sentence) {
    return sentence.tokens().get(span.end() - 1).end() - tail(sentence).length();
  }

  /**
   * Returns the part of its last token that comes after it, as written; empty if it ends with the
   * token, if nothing of the token would remain, or if the token is not written as such.
   */
  public String tail(Sentence sentence) {
    Token last = sentence.tokens().get(span.end() - 1);
    String form = last.form();
    if (suffix == 0 || form.length() != last.end() - last.begin()) {
      return "";
    }
    String lookup = LookupForm.of(form);
    int kept = lookup.codePointCount(0, lookup.length()) - suffix;
    if (kept < 1) {
      return "";
    }
    String name = lookup.substring(0, lookup.offsetByCodePoints(0, kept));
    if (form.startsWith(name)) {
      return form.substring(name.length());
    }
    // The text has combining or invisible characters.
    for (int end = 1; end < form.length(); end++) {
      if (LookupForm.of(form.substring(0, end)).equals(name)) {
        return form.substring(end);
      }
    }
    return "";
  }
}
