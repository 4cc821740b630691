package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.LineReader;
import io.github.rnnotator.io.Position;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the documents of a file of tokens. */
final class TokenDocuments implements DocumentReader {
  private final String source;
  private final LineReader lines;
  private final RecoveringReader sentences;
  private final int longest;

  /** The sentence read but not yet returned, and its position. */
  private @Nullable TaggedSentence held;

  private @Nullable CorpusException failed;
  private Position position;
  private String document;

  TokenDocuments(CorpusFormat format, InputStream in, String source, Position start, int longest) {
    this.source = source;
    this.lines = new LineReader(in, source, start);
    this.sentences =
        format instanceof CorpusFormat.Columns columns
            ? new ColumnsReader(columns, lines, start.rows())
            : new ConlluReader((CorpusFormat.Conllu) format, lines, start.rows());
    this.longest = longest;
    this.position = start;
    this.document = start.document();
  }

  @Override
  public Optional<Document> read() throws IOException {
    List<TaggedSentence> found = new ArrayList<>();
    int units = 0;
    while (units < longest) {
      fetch(found.isEmpty());
      if (held == null || (!found.isEmpty() && SourceLines.of(held).beginsDocument())) {
        break;
      }
      units += held.sentence().tokens().stream().mapToInt(t -> t.form().length() + 1).sum();
      if (SourceLines.of(held).beginsDocument()) {
        document = SourceLines.of(held).documentId().orElse("");
      }
      found.add(held);
      held = null;
      position = here();
    }
    if (found.isEmpty()) {
      position = here();
      return Optional.empty();
    }
    boolean begins = SourceLines.of(found.get(0)).beginsDocument();
    return Optional.of(Document.ofTokens(document, begins, source, found));
  }

  /**
   * Reads a sentence, if none is held; an error is deferred until the preceding sentences are
   * returned.
   */
  private void fetch(boolean report) throws IOException {
    if (held == null && failed == null) {
      try {
        held = sentences.read().orElse(null);
      } catch (CorpusException e) {
        failed = e;
      }
    }
    if (failed != null && report) {
      CorpusException error = failed;
      failed = null;
      if (!lines.isBroken()) {
        RecoveringReader.skipSentence(lines);
      }
      position = here();
      throw error;
    }
  }

  private Position here() {
    return new Position(
        lines.position(),
        lines.line(),
        0,
        0,
        0,
        document,
        sentences.anyRow(),
        lines.carriageReturns());
  }

  @Override
  public boolean goesOn() {
    return !lines.isBroken();
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
