package org.example;

import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.Sentence;
import java.io.IOException;
import java.util.List;

/** Finds names. */
public final class Names {
  private Names() {}

  /** Returns the entity tag of each of these tokens. */
  public static List<String> tags(String... tokens) throws IOException {
    return Tagger.bundled("en-fast").tag(Sentence.of(tokens)).tags("ner").tags();
  }
}
