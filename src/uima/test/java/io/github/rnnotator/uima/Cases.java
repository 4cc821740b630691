package io.github.rnnotator.uima;

import de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity;
import de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token;
import java.util.List;
import org.apache.uima.UIMAException;
import org.apache.uima.fit.factory.JCasFactory;
import org.apache.uima.jcas.JCas;

/** Documents, and what is in them. */
final class Cases {
  private Cases() {}

  static JCas text(String text) throws UIMAException {
    JCas cas = JCasFactory.createText(text, "en");
    return cas;
  }

  /** {@code form/type/posValue/lemma} of each token. */
  static List<String> tokens(JCas cas) {
    return cas.select(Token.class).asList().stream()
        .map(
            token ->
                token.getText()
                    + "/"
                    + token.getPos().getType().getShortName()
                    + "/"
                    + token.getPosValue()
                    + "/"
                    + token.getLemmaValue())
        .toList();
  }

  /** {@code type:text} of each name. */
  static List<String> names(JCas cas) {
    return cas.select(NamedEntity.class).asList().stream()
        .map(name -> name.getType().getShortName() + ":" + name.getCoveredText())
        .toList();
  }
}
