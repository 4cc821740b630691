package io.github.rnnotator.corenlp;

import edu.stanford.nlp.ling.CoreAnnotation;
import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.util.CoreMap;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.SurfaceToken;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes sentences and tokens as CoreNLP's own {@code tokenize} and {@code mwt} do. For one
 * document.
 *
 * <p>A word of a multiword token has the offsets of its part, or of the whole token if it is not a
 * part of what is written.
 */
final class SentenceAnnotations {
  private final String text;
  private final @Nullable String document;
  private final List<CoreLabel> tokens = new ArrayList<>();
  private final List<CoreMap> sentences = new ArrayList<>();

  /** The last labels, which lack the text after them, and where they end. */
  private List<CoreLabel> last = List.of();

  private int end;

  private SentenceAnnotations(String text, @Nullable String document) {
    this.text = text;
    this.document = document;
  }

  /** Returns the annotations that a document gets, itself or on its sentences and tokens. */
  static Set<Class<? extends CoreAnnotation>> keys() {
    return Set.of(
        CoreAnnotations.TextAnnotation.class,
        CoreAnnotations.TokensAnnotation.class,
        CoreAnnotations.SentencesAnnotation.class,
        CoreAnnotations.SentenceIndexAnnotation.class,
        CoreAnnotations.CharacterOffsetBeginAnnotation.class,
        CoreAnnotations.CharacterOffsetEndAnnotation.class,
        CoreAnnotations.TokenBeginAnnotation.class,
        CoreAnnotations.TokenEndAnnotation.class,
        CoreAnnotations.IndexAnnotation.class,
        CoreAnnotations.ValueAnnotation.class,
        CoreAnnotations.OriginalTextAnnotation.class,
        CoreAnnotations.BeforeAnnotation.class,
        CoreAnnotations.AfterAnnotation.class,
        CoreAnnotations.IsNewlineAnnotation.class,
        // CoreNLP's tokenize promises it without setting it, and truecase asks for it.
        CoreAnnotations.PositionAnnotation.class,
        CoreAnnotations.MWTTokenTextAnnotation.class,
        CoreAnnotations.IsMultiWordTokenAnnotation.class,
        CoreAnnotations.IsFirstWordOfMWTAnnotation.class);
  }

  /**
   * Sets the sentences and tokens of a document.
   *
   * @param annotation has a text
   * @param sentences in order; each is one or more of ours
   */
  static void set(Annotation annotation, List<SentenceLine> sentences) {
    SentenceAnnotations annotations =
        new SentenceAnnotations(
            annotation.get(CoreAnnotations.TextAnnotation.class),
            annotation.get(CoreAnnotations.DocIDAnnotation.class));
    sentences.forEach(annotations::add);
    annotations.endToken(annotations.text.length());
    annotation.set(CoreAnnotations.TokensAnnotation.class, annotations.tokens);
    annotation.set(CoreAnnotations.SentencesAnnotation.class, annotations.sentences);
  }

  private void add(SentenceLine line) {
    int first = tokens.size();
    line.sentences().forEach(this::addTokens);
    List<CoreLabel> own = new ArrayList<>(tokens.subList(first, tokens.size()));
    int begin = own.get(0).beginPosition();
    Annotation sentence = new Annotation(text.substring(begin, end));
    sentence.set(CoreAnnotations.CharacterOffsetBeginAnnotation.class, begin);
    sentence.set(CoreAnnotations.CharacterOffsetEndAnnotation.class, end);
    sentence.set(CoreAnnotations.TokensAnnotation.class, own);
    sentence.set(CoreAnnotations.TokenBeginAnnotation.class, first);
    sentence.set(CoreAnnotations.TokenEndAnnotation.class, tokens.size());
    sentence.set(CoreAnnotations.SentenceIndexAnnotation.class, sentences.size());
    if (line.number() != null) {
      sentence.set(CoreAnnotations.LineNumberAnnotation.class, line.number());
    }
    if (document != null) {
      sentence.set(CoreAnnotations.DocIDAnnotation.class, document);
    }
    for (int i = 0; i < own.size(); i++) {
      own.get(i).setIndex(i + 1);
      own.get(i).setSentIndex(sentences.size());
      if (document != null) {
        own.get(i).setDocID(document);
      }
    }
    sentences.add(sentence);
  }

  private void addTokens(Sentence sentence) {
    Iterator<SurfaceToken> surface = sentence.surface().iterator();
    SurfaceToken written = surface.next();
    for (SurfaceToken part : sentence.surfaceParts()) {
      while (written.words().end() <= part.words().begin()) {
        written = surface.next();
      }
      addPart(sentence, written, part);
    }
  }

  /**
   * Adds the words of a part of the text: one, unless it is a whole multiword token.
   *
   * @param written the token that it is, or is a part of
   */
  private void addPart(Sentence sentence, SurfaceToken written, SurfaceToken part) {
    String before = endToken(part.begin());
    end = part.end();
    last = new ArrayList<>();
    for (int word = part.words().begin(); word < part.words().end(); word++) {
      CoreLabel token = CoreLabel.wordFromString(sentence.form(word));
      token.setOriginalText(sentence.form(word));
      token.setBeginPosition(part.begin());
      token.setEndPosition(part.end());
      token.setBefore(before);
      token.setIsNewline(false);
      token.set(CoreAnnotations.TokenBeginAnnotation.class, tokens.size());
      token.set(CoreAnnotations.TokenEndAnnotation.class, tokens.size() + 1);
      token.setIsMWT(written.isMultiword());
      token.setIsMWTFirst(written.isMultiword() && word == written.words().begin());
      if (written.isMultiword()) {
        token.set(CoreAnnotations.MWTTokenTextAnnotation.class, written.form());
      }
      last.add(token);
      tokens.add(token);
    }
  }

  /** Sets the text after the last token, up to the next one, and returns it. */
  private String endToken(int next) {
    String between = text.substring(end, next);
    last.forEach(token -> token.setAfter(between));
    return between;
  }
}
