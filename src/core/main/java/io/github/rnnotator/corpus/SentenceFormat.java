package io.github.rnnotator.corpus;

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
  public Counts count(Passage passage) {
    return sentencesAndTokens(passage);
  }

  /** The size that a passage adds to a file of sentences. */
  static Counts sentencesAndTokens(Passage passage) {
    long tokens = passage.sentences().stream().mapToLong(s -> s.tagged().size()).sum();
    return new Counts(passage.begins() ? 1 : 0, passage.sentences().size(), tokens, 0, 0, 0);
  }

  /**
   * Returns the first sentence of a document, with a comment that starts the document unless it was
   * read from a file of sentences.
   *
   * @param document the document's name, or empty
   */
  static CorpusSentence beginningDocument(CorpusSentence sentence, String document) {
    if (!(sentence.rows() instanceof SourceLines.None rows) || rows.beginsDocument()) {
      return sentence;
    }
    List<String> comments = new ArrayList<>();
    comments.add(
        document.isEmpty()
            ? "# newdoc"
            : "# newdoc id = " + document.replaceAll("\\p{Cntrl}", " "));
    comments.addAll(rows.comments());
    return new CorpusSentence(
        sentence.tagged(), new SourceLines.None(comments), sentence.source(), sentence.line());
  }

  @Override
  public Writer writer(List<OutputStream> streams, Counts before) {
    SentenceWriter sentences = writers.apply(streams.get(0));
    return new Writer() {
      @Override
      public void begin() {}

      @Override
      public List<CorpusException> write(Passage passage) throws IOException {
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

  private static List<CorpusException> write(Passage passage, SentenceWriter sentences)
      throws IOException {
    List<CorpusException> refused = new ArrayList<>();
    boolean begins = passage.begins() && !passage.document().isEmpty();
    for (CorpusSentence sentence : passage.sentences()) {
      try {
        sentences.write(begins ? beginningDocument(sentence, passage.document()) : sentence);
        begins = false;
      } catch (CorpusException e) {
        refused.add(e);
      }
    }
    return refused;
  }
}
