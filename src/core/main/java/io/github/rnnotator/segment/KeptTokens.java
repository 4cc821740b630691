package io.github.rnnotator.segment;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tokens of a list whole: {@code Yahoo!}. They are found where they begin and end with
 * pieces. Whether a sentence ends after one remains the network's decision. Immutable.
 */
final class KeptTokens {
  private final @Nullable Pattern pattern;

  KeptTokens(List<String> tokens) {
    this.pattern =
        tokens.isEmpty()
            ? null
            : Pattern.compile(
                tokens.stream()
                    .sorted((a, b) -> Integer.compare(b.length(), a.length()))
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|")));
  }

  void apply(String text, Pieces pieces, PieceLabels labels) {
    if (pattern == null) {
      return;
    }
    Matcher matcher = pattern.matcher(text);
    int piece = 0;
    while (matcher.find()) {
      while (piece < pieces.size() && pieces.begin(piece) < matcher.start()) {
        piece++;
      }
      int last = piece;
      while (last < pieces.size() && pieces.end(last) < matcher.end()) {
        last++;
      }
      if (last < pieces.size()
          && pieces.begin(piece) == matcher.start()
          && pieces.end(last) == matcher.end()) {
        for (int i = piece; i < last; i++) {
          labels.token(i, 0);
          labels.sentence(i, 0);
        }
        labels.token(last, 1);
        if (piece > 0) {
          labels.token(piece - 1, 1);
        }
      }
    }
  }
}
