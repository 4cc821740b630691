package io.github.rnnotator.corenlp;

import edu.stanford.nlp.ling.CoreAnnotation;
import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.Annotator;
import io.github.rnnotator.segment.TextSegmenter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the sentences and tokens of a CoreNLP pipeline with the segmenter of a model, in place of
 * CoreNLP's {@code tokenize}, which includes {@code ssplit} and {@code mwt}.
 *
 * <pre>
 * annotators = rnntok, rnn, lemma, depparse
 * customAnnotatorClass.rnntok = io.github.rnnotator.corenlp.RnnotatorTokenizerAnnotator
 * customAnnotatorClass.rnn = io.github.rnnotator.corenlp.RnnotatorAnnotator
 * </pre>
 *
 * <p>Tokens have the annotations of CoreNLP's, so that any annotator may follow. All settings begin
 * with the annotator's name; {@code docs/corenlp.md} lists them.
 *
 * <p>Reads its model when CoreNLP first asks for its requirements, or else for the first document,
 * since CoreNLP hides the message of an exception in a constructor. May be shared by any number of
 * threads, as CoreNLP does.
 */
public final class RnnotatorTokenizerAnnotator implements Annotator {
  private static final String SENTENCES = "sentences";
  private static final List<String> KNOWN =
      List.of(AnnotatorProperties.MODEL, AnnotatorProperties.MODEL_DIR, SENTENCES);

  private final AnnotatorProperties properties;
  private volatile @Nullable Stage stage;

  /** The state built from the model and the settings. */
  private record Stage(TextSegmenter segmenter, SentenceRule rule) {}

  /**
   * Creates an annotator; called by CoreNLP.
   *
   * @param name its name in the pipeline, the prefix of its settings
   * @param properties those of the whole pipeline
   */
  public RnnotatorTokenizerAnnotator(String name, Properties properties) {
    this.properties = AnnotatorProperties.of(name, properties);
  }

  /**
   * Sets the sentences and tokens of the document's text; a blank one has none.
   *
   * @throws IllegalArgumentException if a setting is wrong, or the document has no text
   * @throws IllegalStateException if the model has no segmenter, nor has its language
   * @throws java.io.UncheckedIOException if the model can't be read
   */
  @Override
  public void annotate(Annotation annotation) {
    Stage ready = stage();
    String text = annotation.get(CoreAnnotations.TextAnnotation.class);
    if (text == null) {
      throw new IllegalArgumentException(
          "the document has no text; " + properties.name() + " finds its sentences and tokens");
    }
    SentenceAnnotations.set(annotation, ready.rule().segment(ready.segmenter(), text));
  }

  /**
   * Returns the annotations that must be present before: none.
   *
   * @throws IllegalArgumentException if a setting is wrong
   * @throws IllegalStateException if the model has no segmenter, nor has its language
   * @throws java.io.UncheckedIOException if the model can't be read
   */
  @Override
  public Set<Class<? extends CoreAnnotation>> requires() {
    // CoreNLP calls this when it builds a pipeline: mistakes show now, not at the first text.
    stage();
    return Set.of();
  }

  /** Returns the annotations that CoreNLP's {@code tokenize} and {@code mwt} give. */
  @Override
  public Set<Class<? extends CoreAnnotation>> requirementsSatisfied() {
    return SentenceAnnotations.keys();
  }

  private Stage stage() {
    Stage ready = stage;
    if (ready == null) {
      synchronized (this) {
        ready = stage;
        if (ready == null) {
          ready = read();
          stage = ready;
        }
      }
    }
    return ready;
  }

  private Stage read() {
    properties.requireKnown(KNOWN);
    SentenceRule rule = rule();
    return new Stage(TextSegmenter.of(AnnotatorProperties.read(properties.model())), rule);
  }

  private SentenceRule rule() {
    String value = properties.get(SENTENCES, SentenceRule.TEXT.value()).strip();
    for (SentenceRule rule : SentenceRule.values()) {
      if (rule.value().equals(value.toLowerCase(Locale.ROOT))) {
        return rule;
      }
    }
    throw new IllegalArgumentException(
        properties.key(SENTENCES)
            + " is '"
            + value
            + "', expected one of "
            + Arrays.stream(SentenceRule.values()).map(SentenceRule::value).toList());
  }
}
