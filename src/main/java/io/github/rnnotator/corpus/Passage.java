package io.github.rnnotator.corpus;

import java.util.List;

/**
 * A document, or a stretch of a long one: its text, its sentences, or both. A document's passages
 * come one after the other and leave nothing out. What is read, tagged and written at a time is
 * passages; the groups of sentences that some models read together lie within one. Immutable.
 *
 * @param document the document's name, or the number of its line; empty where the file is the
 *     document
 * @param begins whether this is the document's first passage
 * @param ends whether this is the last passage of a document that shares its file with others
 * @param source the file's name
 * @param line the line it begins in, from 1
 * @param unit where it begins in its document, in UTF-16 units
 * @param codePoint where it begins in its document, in code points
 * @param text the text; empty where the sentences were read from a file of tokens
 * @param sentences the sentences with offsets in {@code text}; none before they are found
 */
public record Passage(
    String document,
    boolean begins,
    boolean ends,
    String source,
    int line,
    long unit,
    long codePoint,
    String text,
    List<CorpusSentence> sentences) {
  /** Copies the list. */
  public Passage {
    sentences = List.copyOf(sentences);
  }

  /** A whole document that is no part of a file. */
  public static Passage of(String text, List<CorpusSentence> sentences) {
    return new Passage("", true, false, "", 1, 0, 0, text, sentences);
  }

  /** The same passage with these sentences. */
  public Passage with(List<CorpusSentence> found) {
    return new Passage(document, begins, ends, source, line, unit, codePoint, text, found);
  }
}
