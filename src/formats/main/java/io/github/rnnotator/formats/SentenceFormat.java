package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes documents as a sequence of sentences.
 *
 * @param extension the file name extension
 * @param writers creates a writer to a stream
 */
record SentenceFormat(String extension, Function<OutputStream, SentenceWriter> writers)
    implements OutputFormat {
  @Override
  public List<String> extensions() {
    return List.of(extension);
  }

  @Override
  public Counts count(Document passage) {
    return sentencesAndTokens(passage);
  }

  /** The size that a passage adds to a file of sentences. */
  static Counts sentencesAndTokens(Document passage) {
    return new Counts(
        passage.section().begins() ? 1 : 0,
        passage.sentences().size(),
        passage.tokenCount(),
        0,
        0,
        0);
  }

  /**
   * Returns the first sentence of a document, with a comment that starts the document unless it was
   * read from a file of sentences.
   *
   * @param document the document's name, or empty
   */
  static TaggedSentence beginningDocument(TaggedSentence sentence, String document) {
    SourceLines lines = SourceLines.of(sentence);
    if (!(lines instanceof SourceLines.None none) || none.beginsDocument()) {
      return sentence;
    }
    List<String> comments = new ArrayList<>();
    comments.add(
        document.isEmpty()
            ? "# newdoc"
            : "# newdoc id = " + document.replaceAll("\\p{Cntrl}", " "));
    comments.addAll(none.comments());
    return sentence.with(new SourceLines.None(none.file(), none.line(), comments));
  }

  @Override
  public Writer writer(List<OutputStream> streams, Counts before) {
    SentenceWriter sentences = writers.apply(streams.get(0));
    return new Writer() {
      @Override
      public void begin() {}

      @Override
      public List<CorpusException> write(Document passage) throws IOException {
        return SentenceFormat.write(passage, sentences);
      }

      @Override
      public void end() {}

      @Override
      public void flush() throws IOException {
        sentences.close();
      }
    };
  }

  private static List<CorpusException> write(Document passage, SentenceWriter sentences)
      throws IOException {
    List<CorpusException> refused = new ArrayList<>();
    boolean begins = passage.section().begins() && !passage.id().isEmpty();
    for (TaggedSentence sentence : passage.sentences()) {
      try {
        sentences.write(begins ? beginningDocument(sentence, passage.id()) : sentence);
        begins = false;
      } catch (CorpusException e) {
        refused.add(e);
      }
    }
    return refused;
  }
}
