package io.github.rnnotator.corpus;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A sentence of a corpus: its tokens and tags, and its source lines, so that it can be written back
 * with other tags and everything else unchanged. Immutable.
 *
 * @param tagged the tokens with the tags read, or to be written
 * @param rows the lines it was read from
 * @param source the file's name; empty if not read from a file
 * @param line the line of its first token, from 1; 0 if not read from a file
 */
public record CorpusSentence(TaggedSentence tagged, SourceLines rows, String source, int line) {
  /** Checks that nothing is null and that there are as many rows as tokens. */
  public CorpusSentence {
    Objects.requireNonNull(tagged, "tagged");
    Objects.requireNonNull(source, "source");
    boolean byRows = !(rows instanceof SourceLines.None || rows instanceof SourceLines.Text);
    if (byRows && rows.size() != tagged.size()) {
      throw new IllegalArgumentException(rows.size() + " rows for " + tagged.size() + " tokens");
    }
  }

  /** Creates a sentence that was not read from a corpus. */
  public static CorpusSentence of(TaggedSentence tagged) {
    return new CorpusSentence(tagged, SourceLines.NONE, "", 0);
  }

  /** The tokens. */
  public Sentence sentence() {
    return tagged.sentence();
  }

  /**
   * The tags of one head.
   *
   * @param advice how to fix it, for the message
   * @throws CorpusException if the sentence lacks the head; it names file and line
   */
  public List<String> tags(String head, String advice) throws CorpusException {
    require(head, advice);
    return tagged.tags(head).tags();
  }

  /**
   * Checks that there are tags or a label of one head.
   *
   * @param advice how to fix it, for the message
   * @throws CorpusException if they are missing; it names file and line
   */
  public void require(String head, String advice) throws CorpusException {
    if (tagged.has(head)) {
      return;
    }
    String lack =
        rows instanceof SourceLines.Text
            ? "this text has no label of head '" + head + "' (_)"
            : "this sentence has no tags of head '" + head + "' (_ at every word)";
    throw new CorpusException(source, line, lack + "; " + advice);
  }

  /** The value of the comment {@code # sent_id} before the sentence, if any. */
  public Optional<String> id() {
    return Comments.value(rows.comments(), "sent_id");
  }

  /** The name of the document that begins with the sentence: {@code # newdoc id}. */
  public Optional<String> documentId() {
    return Comments.value(rows.comments(), "newdoc id");
  }

  /**
   * The line of a token, from 1; 0 if unknown.
   *
   * @param token the token's index, from 0; the number of tokens for the line after the last
   */
  public int line(int token) {
    Objects.checkIndex(token, tagged.size() + 1);
    if (line == 0) {
      return 0;
    }
    return line + rows.row(token);
  }

  /**
   * Returns the sentence with other tags.
   *
   * @throws IllegalArgumentException if {@code other} has another number of tokens
   */
  public CorpusSentence with(TaggedSentence other) {
    return new CorpusSentence(other, rows, source, line);
  }
}
