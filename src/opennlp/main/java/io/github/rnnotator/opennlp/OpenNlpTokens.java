package io.github.rnnotator.opennlp;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.VisibleForm;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Converts tokens from OpenNLP, which may be empty: {@code " Anna left".split(" ")} has such. */
final class OpenNlpTokens {
  private OpenNlpTokens() {}

  /** Returns a sentence with as many tokens. */
  static Sentence sentence(String[] tokens) {
    return Sentence.of(Arrays.stream(tokens).map(VisibleForm::of).toList());
  }

  /** Returns a text without the invisible tokens. */
  static Optional<Sentence> text(String[] tokens) {
    List<String> forms =
        Arrays.stream(tokens).filter(token -> !VisibleForm.isMissing(token)).toList();
    return forms.isEmpty() ? Optional.empty() : Optional.of(Sentence.of(forms));
  }

  /** Returns the lemma of a token: an invisible one is its own. */
  static String lemma(String token, String predicted) {
    return VisibleForm.isMissing(token) ? Objects.requireNonNullElse(token, "") : predicted;
  }
}
