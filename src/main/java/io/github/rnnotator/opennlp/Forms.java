package io.github.rnnotator.opennlp;

import io.github.rnnotator.text.Sentence;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Tokens as OpenNLP hands them over, which may be empty: {@code "Anna left".split(" ")} has such.
 */
final class Forms {
  /** Stands for a token that shows nothing, so that there is a tag for each. */
  private static final String NONE = "\ufffd";

  private Forms() {}

  /** A sentence of as many tokens. */
  static Sentence sentence(String[] tokens) {
    return Sentence.of(Arrays.stream(tokens).map(t -> isNone(t) ? NONE : t).toList());
  }

  /** A text, in which tokens that show nothing are left out. */
  static Optional<Sentence> text(String[] tokens) {
    List<String> forms =
        Arrays.stream(tokens).filter(Objects::nonNull).filter(t -> !t.isBlank()).toList();
    return forms.isEmpty() ? Optional.empty() : Optional.of(Sentence.of(forms));
  }

  private static boolean isNone(String token) {
    return token == null || token.isBlank();
  }
}
