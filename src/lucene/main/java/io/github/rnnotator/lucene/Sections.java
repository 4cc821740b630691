package io.github.rnnotator.lucene;

import io.github.rnnotator.segment.TextSegmenter;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text section by section, cut where {@link TextSegmenter} cuts a whole text, so that both
 * have the same sentences and memory does not grow with the text. Not thread-safe.
 */
final class Sections {
  /** UTF-16 units that are read at a time. */
  private static final int BLOCK = 1 << 12;

  private final TextSegmenter segmenter;
  private final char[] block = new char[BLOCK];
  private StringBuilder pending = new StringBuilder();
  private boolean ended;
  private int begin;
  private int end;

  Sections(TextSegmenter segmenter) {
    this.segmenter = segmenter;
  }

  /** Begins with another text, and keeps nothing of the last one. */
  void reset() {
    pending = new StringBuilder();
    ended = false;
    begin = 0;
    end = 0;
  }

  /** The offset of the current section in the text. */
  int begin() {
    return begin;
  }

  /** The offset after the current section. */
  int end() {
    return end;
  }

  /** Returns the next section of at most {@link TextSegmenter#LONGEST} UTF-16 units, or null. */
  @Nullable String next(Reader text) throws IOException {
    // One more than fits, to know whether more follows.
    while (!ended && pending.length() <= TextSegmenter.LONGEST) {
      int read = text.read(block, 0, block.length);
      ended = read < 0;
      pending.append(block, 0, Math.max(0, read));
    }
    begin = end;
    if (pending.isEmpty()) {
      return null;
    }
    int length =
        pending.length() > TextSegmenter.LONGEST
            ? segmenter.cut(pending.substring(0, TextSegmenter.LONGEST))
            : pending.length();
    String section = pending.substring(0, length);
    pending.delete(0, length);
    end = begin + length;
    return section;
  }
}
