package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program that tags sentences, and nothing else. */
class TaggerTest {
  @Test
  void tagsASentence() throws IOException {
    TaggedSentence tagged = Tagger.bundled("en-fast").tag(Sentence.of("Anna", "left", "Oslo"));
    assertEquals(List.of("PROPN", "VERB", "PROPN"), tagged.tags("upos").tags());
    assertEquals(List.of("B-PER", "O", "B-LOC"), tagged.tags("ner").tags());
  }

  @Test
  void needsAtMostSixJarsAndFiveMegabytes() {
    File[] jars = new File("target/lib").listFiles(jar -> !jar.getName().contains("-model-"));
    String names = Arrays.toString(jars);
    assertTrue(jars.length <= 6, names);
    assertTrue(Arrays.stream(jars).mapToLong(File::length).sum() <= 5_000_000, names);
  }
}
