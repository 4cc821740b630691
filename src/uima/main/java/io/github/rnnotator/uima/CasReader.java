package io.github.rnnotator.uima;

import de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence;
import de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token;
import java.util.ArrayList;
import java.util.List;
import org.apache.uima.jcas.JCas;
import org.jspecify.annotations.Nullable;

/** Reads the tokens of a CAS, sentence by sentence. */
final class CasReader {
  /** Placeholder for a token without text, so that every token has tags. */
  private static final String NONE = "\ufffd";

  private CasReader() {}

  /** Returns the sentences with the tokens that a CAS has; none if it has no tokens. */
  static List<CasSentence> read(JCas cas) {
    List<Sentence> sentences = new ArrayList<>(cas.select(Sentence.class).asList());
    List<CasSentence> read = new ArrayList<>();
    List<Token> group = new ArrayList<>();
    @Nullable Sentence of = null;
    int next = 0;
    for (Token token : cas.select(Token.class)) {
      while (next < sentences.size() && sentences.get(next).getEnd() <= token.getBegin()) {
        next++;
      }
      @Nullable Sentence within =
          next < sentences.size() && sentences.get(next).getBegin() <= token.getBegin()
              ? sentences.get(next)
              : null;
      if (within != of && !group.isEmpty()) {
        read.add(sentence(group));
        group = new ArrayList<>();
      }
      of = within;
      group.add(token);
    }
    if (!group.isEmpty()) {
      read.add(sentence(group));
    }
    return read;
  }

  private static CasSentence sentence(List<Token> tokens) {
    return new CasSentence(
        new io.github.rnnotator.text.Sentence(
            tokens.stream()
                .map(
                    token ->
                        new io.github.rnnotator.text.Token(
                            form(token), token.getBegin(), token.getEnd()))
                .toList()),
        tokens);
  }

  /** The form that a token has or, if it has none, its text. */
  private static String form(Token token) {
    String form = token.getText();
    return form == null || form.isBlank() ? NONE : form;
  }
}
