package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TermsTest {
  @Test
  void indexesLemmasAndNamesOnTheModulePath() throws IOException {
    assertTrue(Terms.class.getModule().isNamed());
    assertEquals(
        List.of("Anna", "person:anna", "leave", "Oslo", "location:oslo"),
        Terms.of("Anna left Oslo."));
  }
}
