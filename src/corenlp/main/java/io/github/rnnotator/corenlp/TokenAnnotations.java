package io.github.rnnotator.corenlp;

import edu.stanford.nlp.ling.CoreAnnotation;
import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.trees.ud.CoNLLUFeatures;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.VisibleForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes tags as CoreNLP's annotations of tokens.
 *
 * @param heads maps a use ({@code xpos}, {@code upos}, {@code feats}, {@code lemma}, {@code ner})
 *     to the name of a head
 * @param scheme the scheme of the head {@code ner}, or null if its tags are not chunk tags and are
 *     kept unchanged
 * @param types maps an entity type of the model to that for CoreNLP
 */
record TokenAnnotations(
    Map<String, String> heads, @Nullable TagScheme scheme, Map<String, String> types) {
  static final String XPOS = "xpos";
  static final String UPOS = "upos";
  static final String FEATS = "feats";
  static final String LEMMA = "lemma";
  static final String NER = "ner";

  /** The type of mentions whose tags have none. */
  private static final String UNTYPED = "ENTITY";

  private static final String MISC_KEY = "NER=";

  /** Creates annotations for these uses of a model's heads. */
  static TokenAnnotations of(
      Map<String, String> heads, TaggerModel model, Map<String, String> types) {
    String ner = heads.get(NER);
    return new TokenAnnotations(heads, ner == null ? null : model.schemes().get(ner), types);
  }

  /** Whether they include named entities. */
  boolean hasEntities() {
    return heads.containsKey(NER);
  }

  /** Returns the annotations that the tokens get, as a new set. */
  Set<Class<? extends CoreAnnotation>> keys() {
    Set<Class<? extends CoreAnnotation>> keys = new LinkedHashSet<>();
    if (heads.containsKey(XPOS)) {
      keys.add(CoreAnnotations.PartOfSpeechAnnotation.class);
    }
    if (heads.containsKey(UPOS)) {
      keys.add(CoreAnnotations.CoarseTagAnnotation.class);
    }
    if (heads.containsKey(FEATS)) {
      keys.add(CoreAnnotations.CoNLLUFeats.class);
    }
    if (heads.containsKey(LEMMA)) {
      keys.add(CoreAnnotations.LemmaAnnotation.class);
    }
    if (hasEntities()) {
      keys.add(CoreAnnotations.NamedEntityTagAnnotation.class);
      keys.add(CoreAnnotations.CoarseNamedEntityTagAnnotation.class);
      keys.add(CoreAnnotations.FineGrainedNamedEntityTagAnnotation.class);
      keys.add(CoreAnnotations.NamedEntityTagProbsAnnotation.class);
    }
    return keys;
  }

  /** Sets the annotations on the tokens of one sentence. */
  void set(List<CoreLabel> tokens, TaggedSentence tagged) {
    String xpos = heads.get(XPOS);
    String upos = heads.get(UPOS);
    String feats = heads.get(FEATS);
    String lemma = heads.get(LEMMA);
    String ner = heads.get(NER);
    for (int i = 0; i < tokens.size(); i++) {
      if (xpos != null) {
        tokens.get(i).setTag(tagged.tags(xpos).tag(i));
      }
      if (upos != null) {
        tokens.get(i).set(CoreAnnotations.CoarseTagAnnotation.class, tagged.tags(upos).tag(i));
      }
    }
    if (feats != null) {
      setFeatures(tokens, tagged.tags(feats));
    }
    if (lemma != null) {
      for (int i = 0; i < tokens.size(); i++) {
        setLemma(tokens.get(i), tagged.sentence().form(i), tagged.tags(lemma).tag(i));
      }
    }
    if (ner != null) {
      setEntities(tokens, tagged);
    }
  }

  /**
   * Sets the lemma of a token, unless nothing of the token is visible: then it is its own lemma.
   *
   * @param form the form that the model read
   */
  private static void setLemma(CoreLabel token, String form, String lemma) {
    String word = token.word();
    if (!VisibleForm.isMissing(word) || !form.equals(VisibleForm.of(word))) {
      token.setLemma(lemma);
    } else if (word == null) {
      token.remove(CoreAnnotations.LemmaAnnotation.class);
    } else {
      token.setLemma(word);
    }
  }

  /** A token without features has no annotation, as when CoreNLP reads CoNLL-U. */
  private static void setFeatures(List<CoreLabel> tokens, TagSequence tags) {
    for (int i = 0; i < tokens.size(); i++) {
      CoNLLUFeatures features = new SerializableFeatures();
      for (String feature : tags.tag(i).split("\\|")) {
        int equals = feature.indexOf('=');
        if (equals > 0) {
          features.put(feature.substring(0, equals), feature.substring(equals + 1));
        }
      }
      if (features.isEmpty()) {
        tokens.get(i).remove(CoreAnnotations.CoNLLUFeats.class);
      } else {
        tokens.get(i).set(CoreAnnotations.CoNLLUFeats.class, features);
      }
    }
  }

  /** Returns the mentions of named entities; none if the tags are not chunk tags. */
  List<Mention> mentions(TaggedSentence tagged) {
    return scheme == null ? List.of() : tagged.mentions(heads.getOrDefault(NER, NER), scheme);
  }

  private void setEntities(List<CoreLabel> tokens, TaggedSentence tagged) {
    TagSequence tags = tagged.tags(heads.getOrDefault(NER, NER));
    List<Mention> mentions = mentions(tagged);
    List<String> labels = labels(tags, mentions);
    for (int i = 0; i < tokens.size(); i++) {
      CoreLabel token = tokens.get(i);
      String label = labels.get(i);
      token.setNER(label);
      token.set(CoreAnnotations.CoarseNamedEntityTagAnnotation.class, label);
      token.set(CoreAnnotations.FineGrainedNamedEntityTagAnnotation.class, label);
      // On every token: CoreNLP fails on a mention if a later token lacks it.
      token.set(
          CoreAnnotations.NamedEntityTagProbsAnnotation.class,
          Map.of(label, (double) tags.probabilities().get(i)));
      setMisc(token, tags.tag(i));
    }
    separate(tokens, mentions);
  }

  /** Returns the type of each token, {@code O} outside mentions. */
  private List<String> labels(TagSequence tags, List<Mention> mentions) {
    if (scheme == null) {
      return tags.tags().stream().map(this::type).toList();
    }
    String[] labels = new String[tags.size()];
    Arrays.fill(labels, TagScheme.OUTSIDE);
    for (Mention mention : mentions) {
      Arrays.fill(labels, mention.span().begin(), mention.span().end(), type(mention.type()));
    }
    return Arrays.asList(labels);
  }

  private String type(String type) {
    return types.getOrDefault(type, type.isEmpty() ? UNTYPED : type);
  }

  /** Adds to the last column of CoNLL-U, CoreNLP's only place for entities there. */
  private static void setMisc(CoreLabel token, String tag) {
    String misc = token.get(CoreAnnotations.CoNLLUMisc.class);
    List<String> attributes = new ArrayList<>();
    if (misc != null && !misc.equals("_")) {
      attributes.addAll(Arrays.asList(misc.split("\\|")));
      attributes.removeIf(attribute -> attribute.startsWith(MISC_KEY));
    }
    if (!tag.equals(TagScheme.OUTSIDE)) {
      attributes.add(MISC_KEY + tag);
      attributes.sort(null);
    }
    if (attributes.isEmpty()) {
      token.remove(CoreAnnotations.CoNLLUMisc.class);
    } else {
      token.set(CoreAnnotations.CoNLLUMisc.class, String.join("|", attributes));
    }
  }

  /**
   * Separates adjacent mentions. CoreNLP joins tokens of one type to one mention unless their
   * normalized forms differ; so where mentions of a type touch, every second gets its text as the
   * normalized form.
   */
  private void separate(List<CoreLabel> tokens, List<Mention> mentions) {
    boolean marked = false;
    for (int m = 1; m < mentions.size(); m++) {
      Mention mention = mentions.get(m);
      Mention before = mentions.get(m - 1);
      boolean touches =
          before.span().end() == mention.span().begin()
              && type(before.type()).equals(type(mention.type()));
      marked = touches && !marked;
      if (marked) {
        List<CoreLabel> covered = tokens.subList(mention.span().begin(), mention.span().end());
        String text = covered.stream().map(CoreLabel::word).collect(Collectors.joining(" "));
        for (CoreLabel token : covered) {
          token.set(CoreAnnotations.NormalizedNamedEntityTagAnnotation.class, text);
        }
      }
    }
  }
}
