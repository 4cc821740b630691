package io.github.rnnotator.corpus;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a file document by document: a document begins where the file says so, with {@code
 * -DOCSTART-} or {@code # newdoc}, and at the latest after {@value #LONGEST} sentences, so that a
 * file that says nothing takes constant memory too. For one thread.
 */
public final class DocumentReader implements Closeable {
  /** The sentences of the longest document. */
  static final int LONGEST = 1000;

  private final SentenceReader reader;
  private Optional<CorpusSentence> next = Optional.empty();
  private boolean started;

  /** A reader of this reader's documents; closing it closes the other. */
  public DocumentReader(SentenceReader reader) {
    this.reader = reader;
  }

  /**
   * The sentences of the next document, none at the end.
   *
   * @throws IOException as {@link SentenceReader#read}
   */
  public List<CorpusSentence> read() throws IOException {
    if (!started) {
      next = reader.read();
      started = true;
    }
    List<CorpusSentence> document = new ArrayList<>();
    while (next.isPresent()
        && document.size() < LONGEST
        && (document.isEmpty() || !next.get().rows().beginsDocument())) {
      document.add(next.get());
      next = reader.read();
    }
    return document;
  }

  /**
   * The next documents, until they have some sentences together; none at the end.
   *
   * @param sentences how many are enough
   * @throws IOException as {@link SentenceReader#read}
   */
  public List<List<CorpusSentence>> read(int sentences) throws IOException {
    List<List<CorpusSentence>> documents = new ArrayList<>();
    int count = 0;
    while (count < sentences) {
      List<CorpusSentence> document = read();
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
