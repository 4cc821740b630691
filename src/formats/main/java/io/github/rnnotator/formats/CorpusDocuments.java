package io.github.rnnotator.formats;

import io.github.rnnotator.text.TaggedSentence;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a file document by document: a document begins at {@code -DOCSTART-} or {@code # newdoc},
 * and at the latest after {@value #LONGEST} sentences, so that a file without boundaries takes
 * constant memory too. For one thread.
 */
public final class CorpusDocuments implements Closeable {
  /** The maximum number of sentences of a document. */
  static final int LONGEST = 1000;

  private final SentenceReader reader;
  private Optional<TaggedSentence> next = Optional.empty();
  private boolean started;

  /** Groups a reader's sentences into documents; closing this closes the reader. */
  public CorpusDocuments(SentenceReader reader) {
    this.reader = reader;
  }

  /**
   * Returns the sentences of the next document, or an empty list at the end.
   *
   * @throws IOException as {@link SentenceReader#read}
   */
  public List<TaggedSentence> read() throws IOException {
    if (!started) {
      next = reader.read();
      started = true;
    }
    List<TaggedSentence> document = new ArrayList<>();
    while (next.isPresent()
        && document.size() < LONGEST
        && (document.isEmpty() || !SourceLines.of(next.get()).beginsDocument())) {
      document.add(next.get());
      next = reader.read();
    }
    return document;
  }

  /**
   * Returns the next documents until they have enough sentences, or an empty list at the end.
   *
   * @param sentences the minimum number of sentences
   * @throws IOException as {@link SentenceReader#read}
   */
  public List<List<TaggedSentence>> read(int sentences) throws IOException {
    List<List<TaggedSentence>> documents = new ArrayList<>();
    int count = 0;
    while (count < sentences) {
      List<TaggedSentence> document = read();
      if (document.isEmpty()) {
        break;
      }
      documents.add(document);
      count += document.size();
    }
    return documents;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
