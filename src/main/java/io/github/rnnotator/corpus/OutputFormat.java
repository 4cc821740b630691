package io.github.rnnotator.corpus;

import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A format in which tagged documents are written. A file may be written in parts by several
 * writers, if each knows how much the ones before it have written. Immutable.
 */
public interface OutputFormat {
  /** Writes a part of a file. For one thread. */
  interface Writer {
    /** Writes what stands before all documents. */
    void begin() throws IOException;

    /**
     * Writes a passage.
     *
     * @return for each sentence that the format can't hold, and that is left out, why
     * @throws IOException if a stream can't be written
     */
    List<CorpusException> write(Passage passage) throws IOException;

    /** Writes what stands after all documents. */
    void end() throws IOException;

    /** Writes out what is buffered; the streams stay open. */
    void flush() throws IOException;
  }

  /** How the names of the files end, without the dot; a document has a file of each kind. */
  List<String> extensions();

  /** How much a passage adds to a file. */
  Counts count(Passage passage);

  /**
   * Writes a part of a file.
   *
   * @param streams one for each extension; not closed
   * @param before how much stands before it
   */
  Writer writer(List<OutputStream> streams, Counts before);

  /**
   * A format that knows sentences only.
   *
   * @param extension the end of the file's name
   * @param writers makes a writer to a stream
   */
  static OutputFormat ofSentences(
      String extension, Function<OutputStream, SentenceWriter> writers) {
    return new SentenceFormat(extension, writers);
  }

  /**
   * CoNLL-U, whose comments say where documents begin.
   *
   * @param format where the tags of each head go
   */
  static OutputFormat conllu(CorpusFormat.Conllu format) {
    return new ConlluFormat(format);
  }

  /** JSONL, as {@link JsonlWriter} writes it. */
  static OutputFormat jsonl(Map<String, TagScheme> schemes) {
    return new JsonlFormat(schemes);
  }

  /** brat's standoff format: the text in one file, and annotations with places in it in another. */
  static OutputFormat brat(List<String> heads, Map<String, TagScheme> schemes) {
    return new BratFormat(heads, schemes);
  }

  /** WebAnno TSV 3.3, as INCEpTION and WebAnno read it. */
  static OutputFormat webAnno(List<String> heads, Map<String, TagScheme> schemes) {
    return new WebAnnoFormat(heads, schemes);
  }

  /**
   * HTML: the text with its mentions and tags coloured, to be looked at.
   *
   * @param kinds for each head its tags, or the types of its mentions, for colours and legend
   */
  static OutputFormat html(Map<String, List<String>> kinds, Map<String, TagScheme> schemes) {
    return new HtmlFormat(kinds, schemes);
  }

  /** How many mentions a passage has in all heads that have a scheme. */
  static long mentions(Passage passage, Map<String, TagScheme> schemes) {
    long mentions = 0;
    for (CorpusSentence sentence : passage.sentences()) {
      for (Map.Entry<String, TagSequence> head : sentence.tagged().tags().entrySet()) {
        TagScheme scheme = schemes.get(head.getKey());
        if (scheme != null && head.getValue().tags().stream().allMatch(scheme::isTag)) {
          List<Mention> found = scheme.mentions(head.getValue().tags());
          mentions += found.size();
        }
      }
    }
    return mentions;
  }
}
