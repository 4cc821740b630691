package io.github.rnnotator.serve;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * A model and its name for clients. Thread-safe if its tagger is.
 *
 * @param name the name that clients use
 * @param language the language of its texts, as an ISO 639 code
 * @param kinds head name to its tags, or the types of its mentions
 * @param schemes the scheme of each head whose tags are mentions
 * @param stretch the number of sentences to tag between checks for cancellation
 * @param tagger tags passages
 */
public record ServedModel(
    String name,
    String language,
    Map<String, List<String>> kinds,
    Map<String, TagScheme> schemes,
    int stretch,
    Annotator tagger) {
  private static final int STRETCH = 64;

  /** Serves a tagger, with the results of {@link Tagger#tagDocument}. */
  public static ServedModel of(String name, Tagger tagger) {
    String language = tagger.model().config().input().language();
    // Models that read neighbouring sentences together can't tag in batches.
    boolean grouped = tagger.model().config().group() > 0;
    return new ServedModel(
        name,
        language,
        tagger.model().kinds(),
        tagger.model().schemes(),
        grouped ? Integer.MAX_VALUE : STRETCH,
        Annotator.of(
            TextSegmenter.of(tagger.model()),
            documents -> tagger.tagDocuments(documents, ServedModel::checkWanted)));
  }

  private static void checkWanted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the client no longer waits for this text");
    }
  }

  /**
   * The sentences of texts.
   *
   * @param lines one line of JSON per sentence, see {@code docs/formats.md}
   * @param tokens their number
   */
  record Tagged(byte[] lines, long tokens) {}

  /**
   * Tags texts one after the other.
   *
   * @throws InterruptedException if the thread is interrupted between two batches
   */
  Tagged tag(List<Document> texts) throws IOException, InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputFormat.Writer writer = OutputFormat.jsonl(schemes).writer(List.of(out), Counts.ZERO);
    writer.begin();
    long tokens = 0;
    for (Document text : texts) {
      Document tagged = tagged(text);
      tokens += tagged.tokenCount();
      List<CorpusException> refused = writer.write(tagged);
      if (!refused.isEmpty()) {
        throw refused.get(0);
      }
    }
    writer.end();
    writer.flush();
    return new Tagged(out.toByteArray(), tokens);
  }

  private Document tagged(Document text) throws InterruptedException {
    Document segmented = tagger.segment(text, ServedModel::checkWanted);
    List<TaggedSentence> untagged = segmented.sentences();
    List<TaggedSentence> tagged = new ArrayList<>();
    for (int from = 0; from < untagged.size(); from = tagged.size()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      int to = (int) Math.min(untagged.size(), (long) from + stretch);
      tagged.addAll(
          tagger.tag(List.of(segmented.with(untagged.subList(from, to)))).get(0).sentences());
    }
    return segmented.with(tagged);
  }
}
