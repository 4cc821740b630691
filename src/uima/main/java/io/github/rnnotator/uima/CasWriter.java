package io.github.rnnotator.uima;

import de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.morph.MorphologicalFeatures;
import de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS;
import de.tudarmstadt.ukp.dkpro.core.api.ner.type.Location;
import de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity;
import de.tudarmstadt.ukp.dkpro.core.api.ner.type.Organization;
import de.tudarmstadt.ukp.dkpro.core.api.ner.type.Person;
import de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Lemma;
import de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.VisibleForm;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.uima.cas.Feature;
import org.apache.uima.cas.Type;
import org.apache.uima.jcas.JCas;
import org.apache.uima.jcas.tcas.Annotation;
import org.jspecify.annotations.Nullable;

/** Writes tags to a CAS. What a token has already is replaced. */
final class CasWriter {
  /** The tag of a word without features. */
  private static final String NO_FEATURES = "_";

  private static final String POS_TYPE = POS.class.getName() + "_";

  /**
   * Features of Universal Dependencies with another name in DKPro Core; the others have the same.
   */
  private static final Map<String, String> FEATURES =
      Map.of("Definite", "definiteness", "Poss", "possessive");

  private final JCas cas;
  private final Map<String, TagScheme> schemes;
  private final Set<Layer> layers;

  /**
   * Creates a writer.
   *
   * @param schemes head name to the scheme of its tags, of heads with chunk tags
   */
  CasWriter(JCas cas, Map<String, TagScheme> schemes, Set<Layer> layers) {
    this.cas = cas;
    this.schemes = schemes;
    this.layers = layers;
  }

  /**
   * Writes the tags of a sentence.
   *
   * @param tokens the annotation of each of its words
   */
  void write(TaggedSentence sentence, List<Token> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      @Nullable String upos = tag(sentence, "upos", i);
      @Nullable String xpos = tag(sentence, "xpos", i);
      if (layers.contains(Layer.POS) && (upos != null || xpos != null)) {
        token.setPos(replaced(token.getPos(), pos(token, upos, xpos)));
      }
      @Nullable String feats = tag(sentence, "feats", i);
      if (layers.contains(Layer.MORPH) && feats != null) {
        token.setMorph(
            replaced(token.getMorph(), feats.equals(NO_FEATURES) ? null : morph(token, feats)));
      }
      @Nullable String lemma = tag(sentence, "lemma", i);
      if (layers.contains(Layer.LEMMA) && lemma != null) {
        token.setLemma(
            replaced(
                token.getLemma(),
                VisibleForm.isMissing(token.getText()) ? null : lemma(token, lemma)));
      }
    }
    TagScheme scheme = schemes.get("ner");
    if (layers.contains(Layer.NER) && scheme != null) {
      for (Mention mention : sentence.mentions("ner", scheme)) {
        name(mention, sentence.sentence()).addToIndexes();
      }
    }
  }

  private static @Nullable String tag(TaggedSentence sentence, String head, int i) {
    TagSequence tags = sentence.tags().get(head);
    return tags == null || !tags.has(i) ? null : tags.tag(i);
  }

  /** Returns the annotation, which takes the place of the old one in the indexes; null for none. */
  private static <A extends Annotation> @Nullable A replaced(
      @Nullable A old, @Nullable A annotation) {
    if (old != null) {
      old.removeFromIndexes();
    }
    if (annotation != null) {
      annotation.addToIndexes();
    }
    return annotation;
  }

  /** The part of speech: DKPro Core has a type for each universal one, {@code POS_NOUN}. */
  private POS pos(Token token, @Nullable String upos, @Nullable String xpos) {
    Type type =
        upos == null
            ? null
            : cas.getTypeSystem().getType(POS_TYPE + (upos.equals("CCONJ") ? "CONJ" : upos));
    POS pos =
        (POS)
            cas.getCas()
                .createAnnotation(
                    type == null ? cas.getCasType(POS.typeIndexID) : type,
                    token.getBegin(),
                    token.getEnd());
    pos.setPosValue(xpos == null ? upos : xpos);
    pos.setCoarseValue(upos);
    return pos;
  }

  /** The features, {@code Number=Sing|Person=3}, as a whole and one by one. */
  private MorphologicalFeatures morph(Token token, String feats) {
    MorphologicalFeatures morph = new MorphologicalFeatures(cas, token.getBegin(), token.getEnd());
    morph.setValue(feats);
    for (String feature : feats.split("\\|")) {
      int equals = feature.indexOf('=');
      if (equals > 0) {
        String name = feature.substring(0, equals);
        String own = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
        Feature target = morph.getType().getFeatureByBaseName(FEATURES.getOrDefault(name, own));
        if (target != null && target.getRange().isStringOrStringSubtype()) {
          morph.setStringValue(target, feature.substring(equals + 1));
        }
      }
    }
    return morph;
  }

  private Lemma lemma(Token token, String value) {
    Lemma lemma = new Lemma(cas, token.getBegin(), token.getEnd());
    lemma.setValue(value);
    return lemma;
  }

  private NamedEntity name(Mention mention, Sentence sentence) {
    int begin = mention.begin(sentence);
    int end = mention.end(sentence);
    NamedEntity name =
        switch (mention.type()) {
          case "PER", "PERSON" -> new Person(cas, begin, end);
          case "LOC", "LOCATION" -> new Location(cas, begin, end);
          case "ORG", "ORGANIZATION" -> new Organization(cas, begin, end);
          default -> new NamedEntity(cas, begin, end);
        };
    name.setValue(mention.type());
    return name;
  }
}
