package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.TagScheme;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A format for tagged documents. A file may be written in parts by several writers, if each is
 * given the size of the parts before it. Immutable.
 */
public interface OutputFormat {
  /** Writes a part of a file. For one thread. */
  interface Writer {
    /** Writes the start of the file, before all documents. */
    void begin() throws IOException;

    /**
     * Writes a passage.
     *
     * @return one error for each sentence omitted because the format can't represent it
     * @throws IOException if a stream can't be written
     */
    List<CorpusException> write(Document passage) throws IOException;

    /** Writes the end of the file, after all documents. */
    void end() throws IOException;

    /** Flushes the buffers; the streams stay open. */
    void flush() throws IOException;
  }

  /** The file name extensions, without the dot; a document has one file for each. */
  List<String> extensions();

  /** The size that a passage adds to a file. */
  Counts count(Document passage);

  /**
   * Writes a part of a file.
   *
   * @param streams one for each extension; not closed
   * @param before the size of the parts before it
   */
  Writer writer(List<OutputStream> streams, Counts before);

  /**
   * A format of sentences without documents.
   *
   * @param extension the file name extension
   * @param writers creates a writer to a stream
   */
  static OutputFormat ofSentences(
      String extension, Function<OutputStream, SentenceWriter> writers) {
    return new SentenceFormat(extension, writers);
  }

  /**
   * CoNLL-U, with comments at the start of documents.
   *
   * @param format maps heads to columns
   */
  static OutputFormat conllu(CorpusFormat.Conllu format) {
    return new ConlluFormat(format);
  }

  /** JSONL, as {@link JsonlWriter} writes it. */
  static OutputFormat jsonl(Map<String, TagScheme> schemes) {
    return new JsonlFormat(schemes);
  }

  /** brat's standoff format: the text in one file, and annotations with offsets in another. */
  static OutputFormat brat(List<String> heads, Map<String, TagScheme> schemes) {
    return new BratFormat(heads, schemes);
  }

  /** WebAnno TSV 3.3, as INCEpTION and WebAnno read it. */
  static OutputFormat webAnno(List<String> heads, Map<String, TagScheme> schemes) {
    return new WebAnnoFormat(heads, schemes);
  }
}
