package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rnnotator.tagger.Tagger;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void tagsASentenceOnTheModulePath() throws IOException {
    assertTrue(Names.class.getModule().isNamed());
    assertEquals("io.github.rnnotator.core", Tagger.class.getModule().getName());
    assertEquals(List.of("B-PER", "O", "B-LOC"), Names.tags("Anna", "left", "Oslo"));
  }
}
