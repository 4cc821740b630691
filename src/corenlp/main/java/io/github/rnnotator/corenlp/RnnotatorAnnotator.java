package io.github.rnnotator.corenlp;

import edu.stanford.nlp.ling.CoreAnnotation;
import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.Annotator;
import edu.stanford.nlp.pipeline.EntityMentionsAnnotator;
import edu.stanford.nlp.util.CoreMap;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tags the tokens of a CoreNLP pipeline.
 *
 * <pre>
 * annotators = tokenize, rnn, lemma, depparse
 * customAnnotatorClass.rnn = io.github.rnnotator.corenlp.RnnotatorAnnotator
 * rnn.model = /models/english.rnn
 * </pre>
 *
 * <p>The annotations depend on the heads of the model: {@code xpos} gives {@code
 * PartOfSpeechAnnotation}, {@code upos} gives {@code CoarseTagAnnotation}, {@code ner} gives the
 * annotations of named entities. All settings begin with the annotator's name, since CoreNLP caches
 * annotators by those; {@code docs/corenlp.md} lists them.
 *
 * <p>Reads its model when CoreNLP first asks for its requirements, or else for the first document,
 * since CoreNLP hides the message of an exception in a constructor. May be shared by any number of
 * threads, as CoreNLP does.
 */
public final class RnnotatorAnnotator implements Annotator {
  private final String name;
  private final AnnotatorProperties properties;
  private volatile @Nullable Stage stage;

  /**
   * The state built from the model and the settings.
   *
   * @param mentions joins tokens to mentions, or null if not needed
   */
  private record Stage(
      Tagger tagger, TokenAnnotations tokens, @Nullable EntityMentionsAnnotator mentions) {}

  /**
   * Creates an annotator; called by CoreNLP.
   *
   * @param name its name in the pipeline, the prefix of its settings
   * @param properties those of the whole pipeline
   */
  public RnnotatorAnnotator(String name, Properties properties) {
    this.name = name;
    this.properties = AnnotatorProperties.of(name, properties);
  }

  /**
   * Sets the annotations on the tokens of all sentences.
   *
   * @throws IllegalArgumentException if a setting is wrong, or the document has no sentences
   * @throws UncheckedIOException if the model can't be read
   */
  @Override
  public void annotate(Annotation annotation) {
    Stage ready = stage();
    List<CoreMap> found = annotation.get(CoreAnnotations.SentencesAnnotation.class);
    if (found == null) {
      throw new IllegalArgumentException(
          "the document has no sentences; " + name + " must come after tokenize");
    }
    List<List<CoreLabel>> tokens = new ArrayList<>();
    List<Sentence> sentences = new ArrayList<>();
    for (CoreMap sentence : found) {
      List<CoreLabel> words = sentence.get(CoreAnnotations.TokensAnnotation.class);
      if (!words.isEmpty()) {
        tokens.add(words);
        sentences.add(Sentence.of(Forms.of(words)));
      }
    }
    List<TaggedSentence> tagged = ready.tagger().tagDocument(sentences);
    NameSuffixes suffixes = new NameSuffixes();
    for (int i = 0; i < tagged.size(); i++) {
      ready.tokens().set(tokens.get(i), tagged.get(i));
      suffixes.add(tokens.get(i), tagged.get(i).sentence(), ready.tokens().mentions(tagged.get(i)));
    }
    if (ready.mentions() != null) {
      ready.mentions().annotate(annotation);
      suffixes.removeFrom(annotation);
    }
  }

  /**
   * Returns the annotations that must be present before.
   *
   * @throws IllegalArgumentException if a setting is wrong
   * @throws UncheckedIOException if the model can't be read
   */
  @Override
  public Set<Class<? extends CoreAnnotation>> requires() {
    // CoreNLP calls this when it builds a pipeline: mistakes show now, not at the first text.
    stage();
    return Set.of(
        CoreAnnotations.TextAnnotation.class,
        CoreAnnotations.TokensAnnotation.class,
        CoreAnnotations.SentencesAnnotation.class);
  }

  /** Returns the annotations that the heads of the model give. */
  @Override
  public Set<Class<? extends CoreAnnotation>> requirementsSatisfied() {
    Stage ready = stage();
    Set<Class<? extends CoreAnnotation>> satisfied = ready.tokens().keys();
    if (ready.mentions() != null) {
      satisfied.add(CoreAnnotations.MentionsAnnotation.class);
      satisfied.add(CoreAnnotations.EntityTypeAnnotation.class);
      satisfied.add(CoreAnnotations.EntityMentionIndexAnnotation.class);
      satisfied.add(CoreAnnotations.CanonicalEntityMentionIndexAnnotation.class);
    }
    return satisfied;
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
    Settings settings = Settings.of(properties);
    TaggerModel model = AnnotatorProperties.read(settings.model());
    model.requireTags();
    TokenAnnotations tokens =
        TokenAnnotations.of(settings.heads(model.labels().keySet()), model, settings.types());
    return new Stage(
        new Tagger(model),
        tokens,
        tokens.hasEntities() && settings.buildEntityMentions() ? mentions(model) : null);
  }

  /** Creates CoreNLP's own annotator of mentions, as within its {@code ner}. */
  private EntityMentionsAnnotator mentions(TaggerModel model) {
    Properties language = new Properties();
    language.setProperty(name + ".language", model.config().input().language());
    return new EntityMentionsAnnotator(name, language);
  }
}
