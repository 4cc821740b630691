package io.github.rnnotator.segment;

import io.github.rnnotator.text.WhiteSpace;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits sentences by the rules of {@link BreakIterator}, for languages without a model.
 * Thread-safe.
 */
final class BreakIteratorSentenceSplitter implements SentenceSplitter {
  private final Locale locale;

  BreakIteratorSentenceSplitter(Locale locale) {
    this.locale = locale;
  }

  @Override
  public List<Segment> split(String text) {
    BreakIterator boundaries = BreakIterator.getSentenceInstance(locale);
    boundaries.setText(WhiteSpace.toSpaces(text));
    List<Segment> sentences = new ArrayList<>();
    int begin = boundaries.first();
    for (int end = boundaries.next(); end != BreakIterator.DONE; end = boundaries.next()) {
      int first = begin;
      int last = end;
      while (first < last && WhiteSpace.is(text.charAt(first))) {
        first++;
      }
      while (last > first && WhiteSpace.is(text.charAt(last - 1))) {
        last--;
      }
      if (first < last) {
        sentences.add(new Segment(first, last));
      }
      begin = end;
    }
    return sentences;
  }
}
