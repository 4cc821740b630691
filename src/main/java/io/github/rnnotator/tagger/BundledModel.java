package io.github.rnnotator.tagger;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The model that comes with this library: English universal parts of speech. */
public final class BundledModel {
  private static final String RESOURCE = "/io/github/rnnotator/models/en-pos.rnn";

  private BundledModel() {}

  /**
   * Reads it.
   *
   * @throws ModelFormatException if the library was built without it
   */
  public static ModelFile.Contents read() throws IOException {
    try (InputStream in = BundledModel.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new ModelFormatException(
            RESOURCE, "", "the bundled model is missing from this build; name a model file");
      }
      return ModelFile.read(new BufferedInputStream(in), RESOURCE);
    }
  }
}
