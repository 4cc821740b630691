package io.github.rnnotator.annotate;

import io.github.rnnotator.segment.Segmenter;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.segment.TextTokenizer;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Origin;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Turns text into a tagged document: finds sentences and tokens, and tags them.
 *
 * <pre>{@code
 * Document document = Annotator.bundled("en").annotate("She lives in New York.");
 * for (DocumentMention mention : document.mentions())
 *   System.out.println(mention.type() + " " + mention.text());
 * }</pre>
 *
 * <p>Documents that already have sentences keep them and are only tagged. Several documents are
 * tagged together, which is faster; the result does not depend on how they are grouped.
 *
 * <p>Thread-safe, if segmenter and tagger are.
 */
public final class Annotator {
  private final Segmenter segmenter;
  private final Function<List<List<Sentence>>, List<List<TaggedSentence>>> tagger;

  private Annotator(
      Segmenter segmenter, Function<List<List<Sentence>>, List<List<TaggedSentence>>> tagger) {
    this.segmenter = Objects.requireNonNull(segmenter, "the segmenter is null");
    this.tagger = Objects.requireNonNull(tagger, "the tagger is null");
  }

  /**
   * Creates an annotator from any tagger.
   *
   * @param segmenter finds the sentences of documents without any
   * @param tagger returns the sentences of each document with their tags, in the same order
   */
  public static Annotator of(
      Segmenter segmenter, Function<List<List<Sentence>>, List<List<TaggedSentence>>> tagger) {
    return new Annotator(segmenter, tagger);
  }

  /** Creates an annotator with another segmenter than that of the model's language. */
  public static Annotator of(Tagger tagger, Segmenter segmenter) {
    if (tagger.model().columns().isEmpty()) {
      return new Annotator(segmenter, tagger::tagDocuments);
    }
    return new Annotator(
        (text, beforeWork) -> {
          tagger.model().requireNoColumns();
          return List.of();
        },
        tagger::tagDocuments);
  }

  /**
   * Creates an annotator that segments text with the model's own segmenter or, if it has none, by
   * its language. If the model labels whole texts, a text is one sequence of tokens.
   */
  public static Annotator of(Tagger tagger) {
    InputConfig input = tagger.model().config().input();
    return of(
        tagger,
        tagger.model().config().labelsTexts()
            ? TextTokenizer.of(input.language(), input.tokenized())
            : TextSegmenter.of(tagger.model()));
  }

  /** Creates an annotator of documents that have sentences; it needs no segmenter. */
  public static Annotator ofTokens(Tagger tagger) {
    return of(
        tagger,
        (text, beforeWork) -> {
          throw new IllegalStateException(
              "the document has no sentences, and this annotator has no segmenter;"
                  + " create it with Annotator.of(tagger)");
        });
  }

  /**
   * Reads a model file.
   *
   * @throws io.github.rnnotator.tagger.ModelFormatException if the file is broken or not a model
   */
  public static Annotator load(Path model) throws IOException {
    return of(Tagger.load(model));
  }

  /**
   * Creates an annotator with a bundled model.
   *
   * @param model its name, such as {@code en}
   * @throws IllegalArgumentException if no model has that name
   * @throws io.github.rnnotator.tagger.ModelFormatException if its artifact is not on the class
   *     path
   */
  public static Annotator bundled(String model) throws IOException {
    return of(Tagger.bundled(model));
  }

  /**
   * Returns the text with its tagged sentences; none if it is blank.
   *
   * @throws NullPointerException if the text is null
   */
  public Document annotate(String text) {
    return annotate(Document.of(text));
  }

  /** Returns the document with tagged sentences: its own or, if it has none, those of its text. */
  public Document annotate(Document document) {
    return annotate(List.of(Objects.requireNonNull(document, "the document is null"))).get(0);
  }

  /** Returns the documents with tagged sentences, in the same order. */
  public List<Document> annotate(List<Document> documents) {
    return tag(documents.stream().map(this::segment).toList());
  }

  /**
   * Returns the documents with tagged sentences, in the same order, as they are asked for: any
   * number of them, without an end, too. One document at a time is read and tagged on the thread
   * that asks. Closing the stream closes the given one.
   */
  public Stream<Document> annotate(Stream<Document> documents) {
    return annotate(documents, 1);
  }

  /**
   * As above, but reads {@code together} documents ahead and tags them at once, which is faster if
   * they are short; the result is the same.
   *
   * @param together at least 1
   */
  public Stream<Document> annotate(Stream<Document> documents, int together) {
    if (together < 1) {
      throw new IllegalArgumentException(together + " documents together, expected at least 1");
    }
    return StreamSupport.stream(
            new AnnotatedStream(documents.spliterator(), together, this::annotate), false)
        .onClose(documents::close);
  }

  /**
   * Returns the document with its sentences, untagged; one that has sentences is returned
   * unchanged.
   */
  public Document segment(Document document) {
    return segment(document, () -> {});
  }

  /**
   * As above, but cancellable.
   *
   * @param beforeWork called before each part of the work, such as a sentence, or a batch of them;
   *     an exception it throws ends the work and is passed to the caller
   */
  public Document segment(Document document, Runnable beforeWork) {
    String text = Objects.requireNonNull(document, "the document is null").text();
    if (!document.sentences().isEmpty() || text.isEmpty()) {
      return document;
    }
    List<TaggedSentence> sentences = new ArrayList<>();
    int line = document.section().origin().line();
    int at = 0;
    for (Sentence sentence : segmenter.segment(text, beforeWork)) {
      for (int begin = sentence.tokens().get(0).begin(); at < begin; at++) {
        line += text.charAt(at) == '\n' ? 1 : 0;
      }
      sentences.add(
          TaggedSentence.untagged(sentence)
              .with(Origin.at(document.section().origin().file(), line)));
    }
    return document.with(sentences);
  }

  /**
   * Returns segmented documents with tagged sentences, in the same order.
   *
   * @throws IllegalStateException if the tagger does not return the given sentences in order
   */
  public List<Document> tag(List<Document> segmented) {
    List<List<TaggedSentence>> results =
        tagger.apply(
            segmented.stream()
                .map(
                    document ->
                        document.sentences().stream().map(TaggedSentence::sentence).toList())
                .toList());
    List<Document> documents = new ArrayList<>();
    for (int i = 0; i < segmented.size(); i++) {
      List<TaggedSentence> sentences = segmented.get(i).sentences();
      documents.add(segmented.get(i).with(withOrigins(results.get(i), sentences)));
    }
    return documents;
  }

  private static List<TaggedSentence> withOrigins(
      List<TaggedSentence> tagged, List<TaggedSentence> sentences) {
    List<TaggedSentence> same = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      if (tagged.size() != sentences.size()
          || !tagged.get(i).sentence().equals(sentences.get(i).sentence())) {
        throw new IllegalStateException(
            "the tagger returned other sentences than the "
                + sentences.size()
                + " it was given; it must keep them and their order");
      }
      same.add(tagged.get(i).with(sentences.get(i).origin()));
    }
    return same;
  }
}
