package io.github.rnnotator.spark;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Document;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.util.LongAccumulator;

/**
 * A model to be broadcast to executors, so that each receives its bytes once; the first task there
 * loads a tagger, which all tasks share.
 */
final class ExecutorTagger implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] model;
  private final LongAccumulator loaded;
  private transient volatile Annotator tagger;

  /**
   * Creates a tagger whose model is not yet loaded.
   *
   * @param model the bytes of a model file
   * @param loaded counts the loads
   */
  ExecutorTagger(byte[] model, LongAccumulator loaded) {
    this.model = model;
    this.loaded = loaded;
  }

  /** Tags documents. */
  List<Document> tag(List<Document> documents) {
    return ready().annotate(documents);
  }

  private Annotator ready() {
    Annotator ready = tagger;
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

  private Annotator load() {
    try {
      TaggerModel read = ModelFile.read(new ByteArrayInputStream(model), "model").model();
      loaded.add(1);
      return Annotator.of(new Tagger(read));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
