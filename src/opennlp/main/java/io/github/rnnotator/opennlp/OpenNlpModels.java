package io.github.rnnotator.opennlp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads the models in OpenNLP's own jars. */
final class OpenNlpModels {
  /** Parses a model. */
  interface Reader<M> {
    M read(InputStream in) throws IOException;
  }

  private OpenNlpModels() {}

  /**
   * Reads a model.
   *
   * @throws IllegalStateException if its jar is missing
   */
  static <M> M read(String resource, Reader<M> reader) {
    // By the loader: on the module path a class finds only the resources of its own module.
    try (InputStream in = OpenNlpModels.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "no " + resource + " on the class path; add the jar of OpenNLP's English models");
      }
      return reader.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + resource, e);
    }
  }
}
