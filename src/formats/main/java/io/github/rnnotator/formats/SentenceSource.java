package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.CorpusInput;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A source of sentences: a {@link CorpusFormat}, or {@link LabelledTexts}. Immutable. */
public interface SentenceSource {
  /** Maps each head to the column of its tags or labels, in the order of the heads. */
  Map<String, String> heads();

  /**
   * Reads sentences from a stream, compressed or not; closing the reader closes the stream.
   *
   * @param source the name for messages, such as {@link CorpusFormat#STDIN}
   */
  SentenceReader open(InputStream in, String source);

  /**
   * Reads sentences from a file.
   *
   * @throws CorpusException if the file does not exist
   */
  default SentenceReader open(Path file) throws IOException {
    return open(CorpusInput.open(file), file.toString());
  }

  /**
   * Reads a whole file.
   *
   * @throws CorpusException if it breaks the format or has no sentences
   */
  default List<TaggedSentence> read(Path file) throws IOException {
    try (SentenceReader reader = open(file)) {
      return readAll(reader, file.toString());
    }
  }

  /**
   * Reads a whole file document by document.
   *
   * @throws CorpusException if it breaks the format or has no sentences
   * @see CorpusDocuments
   */
  default List<List<TaggedSentence>> readDocuments(Path file) throws IOException {
    try (CorpusDocuments reader = new CorpusDocuments(open(file))) {
      List<List<TaggedSentence>> documents = reader.read(Integer.MAX_VALUE);
      if (documents.isEmpty()) {
        throw new CorpusException(file.toString(), "no sentences, expected at least one");
      }
      return documents;
    }
  }

  /**
   * Reads a whole stream and closes it.
   *
   * @param source the name for messages, such as {@link CorpusFormat#STDIN}
   * @throws CorpusException if it breaks the format or has no sentences
   */
  default List<TaggedSentence> read(InputStream in, String source) throws IOException {
    try (SentenceReader reader = open(in, source)) {
      return readAll(reader, source);
    }
  }

  private static List<TaggedSentence> readAll(SentenceReader reader, String source)
      throws IOException {
    List<TaggedSentence> sentences = new ArrayList<>();
    for (Optional<TaggedSentence> next = reader.read(); next.isPresent(); next = reader.read()) {
      sentences.add(next.get());
    }
    if (sentences.isEmpty()) {
      throw new CorpusException(source, "no sentences, expected at least one");
    }
    return sentences;
  }
}
