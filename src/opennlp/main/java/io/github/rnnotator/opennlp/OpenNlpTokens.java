package io.github.rnnotator.opennlp;

import io.github.rnnotator.text.Sentence;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Converts tokens from OpenNLP, which may be empty: {@code " Anna left".split(" ")} has such. */
final class OpenNlpTokens {
  /** Placeholder for an invisible token, so that every token has a tag. */
  private static final String NONE = "\ufffd";

  private OpenNlpTokens() {}

  /** Returns a sentence with as many tokens. */
  static Sentence sentence(String[] tokens) {
    return Sentence.of(Arrays.stream(tokens).map(t -> isNone(t) ? NONE : t).toList());
  }

  /** Returns a text without the invisible tokens. */
  static Optional<Sentence> text(String[] tokens) {
    List<String> forms =
        Arrays.stream(tokens).filter(Objects::nonNull).filter(t -> !t.isBlank()).toList();
    return forms.isEmpty() ? Optional.empty() : Optional.of(Sentence.of(forms));
  }

  private static boolean isNone(String token) {
    return token == null || token.isBlank();
  }
}
