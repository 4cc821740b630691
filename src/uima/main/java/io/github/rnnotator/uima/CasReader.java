package io.github.rnnotator.uima;

import de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence;
import de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token;
import io.github.rnnotator.text.VisibleForm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.uima.cas.text.AnnotationFS;
import org.apache.uima.jcas.JCas;
import org.jspecify.annotations.Nullable;

/** Reads the tokens of a CAS, sentence by sentence. */
final class CasReader {
  private CasReader() {}

  /** Returns the sentences with the tokens that a CAS has; none if it has no tokens. */
  static List<CasSentence<Token>> read(JCas cas) {
    return read(
        cas.select(Sentence.class).asList(), cas.select(Token.class).asList(), Token::getText);
  }

  /**
   * Returns the sentences with their tokens.
   *
   * @param sentences in the order of a CAS
   * @param tokens in the order of a CAS
   * @param text returns the form that a token has, or null
   */
  static <T extends AnnotationFS> List<CasSentence<T>> read(
      List<? extends AnnotationFS> sentences, List<T> tokens, Function<T, @Nullable String> text) {
    List<CasSentence<T>> read = new ArrayList<>();
    List<T> group = new ArrayList<>();
    @Nullable AnnotationFS of = null;
    int next = 0;
    for (T token : tokens) {
      while (next < sentences.size() && sentences.get(next).getEnd() <= token.getBegin()) {
        next++;
      }
      @Nullable AnnotationFS within =
          next < sentences.size() && sentences.get(next).getBegin() <= token.getBegin()
              ? sentences.get(next)
              : null;
      if (within != of && !group.isEmpty()) {
        read.add(sentence(group, text));
        group = new ArrayList<>();
      }
      of = within;
      group.add(token);
    }
    if (!group.isEmpty()) {
      read.add(sentence(group, text));
    }
    return read;
  }

  private static <T extends AnnotationFS> CasSentence<T> sentence(
      List<T> tokens, Function<T, @Nullable String> text) {
    return new CasSentence<>(
        new io.github.rnnotator.text.Sentence(
            tokens.stream()
                .map(
                    token ->
                        new io.github.rnnotator.text.Token(
                            VisibleForm.of(text.apply(token)), token.getBegin(), token.getEnd()))
                .toList()),
        tokens);
  }
}
