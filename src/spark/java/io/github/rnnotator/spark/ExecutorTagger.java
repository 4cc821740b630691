package io.github.rnnotator.spark;

import io.github.rnnotator.corpus.Passage;
import io.github.rnnotator.pipeline.PassageTagger;
import io.github.rnnotator.pipeline.TextSegmenter;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.util.LongAccumulator;

/**
 * A model on its way to the executors. It is broadcast, so that its bytes go to each executor once;
 * there the first task makes a tagger of them, and all tasks share it.
 */
final class ExecutorTagger implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] model;
  private final LongAccumulator loaded;
  private transient volatile PassageTagger tagger;

  /**
   * A model that is not yet loaded.
   *
   * @param model the bytes of a model file
   * @param loaded counts how often it is loaded
   */
  ExecutorTagger(byte[] model, LongAccumulator loaded) {
    this.model = model;
    this.loaded = loaded;
  }

  /** Documents with their tagged sentences. */
  List<Passage> tag(List<Passage> documents) {
    PassageTagger ready = ready();
    return ready.tag(documents.stream().map(ready::segment).toList());
  }

  private PassageTagger ready() {
    PassageTagger ready = tagger;
    if (ready == null) {
      synchronized (this) {
        ready = tagger;
        if (ready == null) {
          ready = load();
          tagger = ready;
        }
      }
    }
    return ready;
  }

  private PassageTagger load() {
    try {
      TaggerModel read = ModelFile.read(new ByteArrayInputStream(model), "model").model();
      loaded.add(1);
      return new PassageTagger(
          TextSegmenter.forLanguage(read.config().input().language()),
          new Tagger(read)::tagDocuments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
