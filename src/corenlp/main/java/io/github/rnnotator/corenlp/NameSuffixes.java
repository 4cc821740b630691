package io.github.rnnotator.corenlp;

import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.util.CoreMap;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of tokens after an entity that ends inside of them: of Korean {@code 경찰은} the entity is
 * {@code 경찰} and the suffix {@code 은}. For one document.
 *
 * <p>They are not annotations of the tokens, since CoreNLP's serializer of protocol buffers refuses
 * a document with annotations that it doesn't know.
 */
final class NameSuffixes {
  /** By the token itself: tokens at different places may be equal. */
  private final Map<CoreLabel, String> suffixes = new IdentityHashMap<>();

  /**
   * Adds those of a sentence.
   *
   * @param tokens one for each token of the sentence
   */
  void add(List<CoreLabel> tokens, Sentence sentence, List<Mention> mentions) {
    for (Mention mention : mentions) {
      String tail = mention.tail(sentence);
      if (!tail.isEmpty()) {
        suffixes.put(tokens.get(mention.span().end() - 1), tail);
      }
    }
  }

  /** Ends the entities of the document before the suffixes of their last tokens. */
  void removeFrom(Annotation document) {
    for (CoreMap sentence : document.get(CoreAnnotations.SentencesAnnotation.class)) {
      List<CoreMap> entities = sentence.get(CoreAnnotations.MentionsAnnotation.class);
      for (CoreMap entity : entities == null ? List.<CoreMap>of() : entities) {
        removeFromEntity(entity);
      }
    }
  }

  private void removeFromEntity(CoreMap entity) {
    List<CoreLabel> tokens = entity.get(CoreAnnotations.TokensAnnotation.class);
    String tail = suffixes.get(tokens.get(tokens.size() - 1));
    String text = entity.get(CoreAnnotations.TextAnnotation.class);
    if (tail != null && text != null && text.endsWith(tail)) {
      int end = entity.get(CoreAnnotations.CharacterOffsetEndAnnotation.class);
      entity.set(
          CoreAnnotations.TextAnnotation.class, text.substring(0, text.length() - tail.length()));
      entity.set(CoreAnnotations.CharacterOffsetEndAnnotation.class, end - tail.length());
    }
  }
}
