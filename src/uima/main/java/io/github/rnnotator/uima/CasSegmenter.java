package io.github.rnnotator.uima;

import de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.SurfaceForm;
import de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.apache.uima.jcas.JCas;

/** Finds sentences and tokens in the text of a CAS and adds them to its indexes. */
final class CasSegmenter {
  private final JCas cas;
  private final TextSegmenter segmenter;

  CasSegmenter(JCas cas, TextSegmenter segmenter) {
    this.cas = cas;
    this.segmenter = segmenter;
  }

  /** Returns the sentences of the text; if the CAS has sentences, these. */
  List<CasSentence<Token>> segment() {
    String text = cas.getDocumentText();
    List<de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence> given =
        new ArrayList<>(
            cas.select(de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence.class)
                .asList());
    List<CasSentence<Token>> sentences = new ArrayList<>();
    if (text == null) {
      return sentences;
    }
    if (given.isEmpty()) {
      for (Sentence sentence : segmenter.segment(text)) {
        new de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence(
                cas, sentence.begin(), sentence.end())
            .addToIndexes();
        sentences.add(add(sentence));
      }
      return sentences;
    }
    for (de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence one : given) {
      List<Sentence> parts = segmenter.segment(one.getCoveredText());
      if (!parts.isEmpty()) {
        sentences.add(add(joined(parts, one.getBegin())));
      }
    }
    return sentences;
  }

  /** Returns the words of these parts as one sentence, which begins at this offset. */
  private static Sentence joined(List<Sentence> parts, int begin) {
    List<io.github.rnnotator.text.Token> words = new ArrayList<>();
    List<MultiwordToken> multiwordTokens = new ArrayList<>();
    for (Sentence part : parts) {
      int before = words.size();
      for (MultiwordToken m : part.multiwordTokens()) {
        Span span = new Span(before + m.words().begin(), before + m.words().end());
        multiwordTokens.add(new MultiwordToken(m.form(), span, begin + m.begin(), begin + m.end()));
      }
      for (io.github.rnnotator.text.Token word : part.tokens()) {
        words.add(
            new io.github.rnnotator.text.Token(
                word.form(), begin + word.begin(), begin + word.end()));
      }
    }
    return new Sentence(words, multiwordTokens);
  }

  private CasSentence<Token> add(Sentence sentence) {
    List<Token> tokens = new ArrayList<>();
    for (io.github.rnnotator.text.Token word : sentence.tokens()) {
      Token token = new Token(cas, word.begin(), word.end());
      if (!word.form().equals(token.getCoveredText())) {
        token.setText(word.form());
      }
      token.addToIndexes();
      tokens.add(token);
    }
    for (MultiwordToken multiword : sentence.multiwordTokens()) {
      SurfaceForm form = new SurfaceForm(cas, multiword.begin(), multiword.end());
      form.setValue(multiword.form());
      form.addToIndexes();
    }
    return new CasSentence<>(sentence, tokens);
  }
}
