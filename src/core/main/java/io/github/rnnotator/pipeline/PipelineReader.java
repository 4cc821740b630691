package io.github.rnnotator.pipeline;

import io.github.rnnotator.corpus.ConlluText;
import io.github.rnnotator.corpus.CorpusSentence;
import io.github.rnnotator.corpus.SentenceReader;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Reads the sentences that a pipeline finds in the raw text of a CoNLL-U file, instead of the
 * file's own. Not thread-safe.
 */
public final class PipelineReader implements SentenceReader {
  private final ConlluText text;
  private final TextPipeline pipeline;
  private final Deque<TaggedSentence> found = new ArrayDeque<>();

  /** Creates a reader of the sentences of this text; closing it closes the text. */
  public PipelineReader(ConlluText text, TextPipeline pipeline) {
    this.text = text;
    this.pipeline = pipeline;
  }

  @Override
  public Optional<CorpusSentence> read() throws IOException {
    while (found.isEmpty()) {
      Optional<String> paragraph = text.nextParagraph();
      if (paragraph.isEmpty()) {
        return Optional.empty();
      }
      found.addAll(pipeline.annotate(paragraph.get()).sentences());
    }
    return Optional.of(CorpusSentence.of(found.remove()));
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
