package io.github.rnnotator.data;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.formats.ConlluText;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The sentences that an annotator finds in the raw text of a CoNLL-U file, instead of the file's
 * own. For one thread.
 */
final class AnnotatedText implements SentenceReader {
  private final ConlluText text;
  private final Annotator annotator;
  private final Deque<TaggedSentence> found = new ArrayDeque<>();

  /** Annotates as it is read; closing it closes the text. */
  AnnotatedText(ConlluText text, Annotator annotator) {
    this.text = text;
    this.annotator = annotator;
  }

  @Override
  public Optional<TaggedSentence> read() throws IOException {
    while (found.isEmpty()) {
      Optional<String> paragraph = text.nextParagraph();
      if (paragraph.isEmpty()) {
        return Optional.empty();
      }
      found.addAll(annotator.annotate(paragraph.get()).sentences());
    }
    return Optional.of(found.remove());
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
