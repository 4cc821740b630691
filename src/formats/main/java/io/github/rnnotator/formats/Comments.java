package io.github.rnnotator.formats;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Comment lines that carry a value: {@code # sent_id = s1}. */
final class Comments {
  private static final Pattern NEW_DOCUMENT = Pattern.compile("#\\s*newdoc\\b.*", Pattern.DOTALL);

  private Comments() {}

  /** Whether a comment starts a document: {@code # newdoc id = d1}. */
  static boolean beginDocument(List<String> comments) {
    return comments.stream().anyMatch(line -> NEW_DOCUMENT.matcher(line).matches());
  }

  /**
   * The value of the first comment with this key; a space after the equals sign is not part of it.
   */
  static Optional<String> value(List<String> comments, String key) {
    return values(comments, key).stream().findFirst();
  }

  /** The values of all comments with this key, in order. */
  static List<String> values(List<String> comments, String key) {
    Pattern pattern = Pattern.compile("#\\s*" + Pattern.quote(key) + "\\s*= ?(.*)", Pattern.DOTALL);
    return comments.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(match -> match.group(1))
        .toList();
  }
}
