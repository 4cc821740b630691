package io.github.rnnotator.lucene;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PayloadAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionLengthAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/**
 * A token of a stream.
 *
 * @param position that of its term, from 0
 * @param length how many positions it takes
 */
record FoundToken(
    String term, int begin, int end, int position, int length, String type, String payload) {
  /** Reads a stream to its end and closes it. */
  static List<FoundToken> of(TokenStream stream) throws IOException {
    try (stream) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      OffsetAttribute offsets = stream.addAttribute(OffsetAttribute.class);
      PositionIncrementAttribute increment = stream.addAttribute(PositionIncrementAttribute.class);
      PositionLengthAttribute length = stream.addAttribute(PositionLengthAttribute.class);
      TypeAttribute type = stream.addAttribute(TypeAttribute.class);
      PayloadAttribute payload = stream.addAttribute(PayloadAttribute.class);
      List<FoundToken> tokens = new ArrayList<>();
      int position = -1;
      stream.reset();
      while (stream.incrementToken()) {
        position += increment.getPositionIncrement();
        tokens.add(
            new FoundToken(
                term.toString(),
                offsets.startOffset(),
                offsets.endOffset(),
                position,
                length.getPositionLength(),
                type.type(),
                payload.getPayload() == null ? "" : payload.getPayload().utf8ToString()));
      }
      stream.end();
      return tokens;
    }
  }

  static List<FoundToken> of(Analyzer analyzer, String text) throws IOException {
    return of(analyzer, new StringReader(text));
  }

  static List<FoundToken> of(Analyzer analyzer, Reader text) throws IOException {
    return of(analyzer.tokenStream("text", text));
  }

  /** Returns the token at another position. */
  FoundToken at(int other) {
    return new FoundToken(term, begin, end, other, length, type, payload);
  }

  /** {@code term@position}, with the length if it is not 1. */
  String at() {
    return term + "@" + position + (length == 1 ? "" : "+" + length);
  }
}
