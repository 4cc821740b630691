package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  private static final String YAML =
      """
      input:   {format: columns, columns: [form, pos], heads: {pos: pos}}
      embed:   {words: {dim: 8}}
      encoder: [{bidirectional: gru, hidden: 8}]
      heads:   {pos: {kind: softmax}}
      train:   {rate: 0.05, epochs: 2, word_dropout: 0}
      """;

  private static final String PAIRS =
      """
      input:   {format: pairs, source: characters, target: tokens}
      embed:   {source: 8, target: 8}
      encoder: [{bidirectional: gru, hidden: 8}]
      decoder: {recurrent: gru, hidden: 8, attention: monotone}
      """;

  @TempDir Path folder;

  @Test
  void trainsOnTheModulePath() throws Exception {
    assertTrue(Training.class.getModule().isNamed());
    Path recipe = Files.writeString(folder.resolve("pos.yaml"), YAML);
    String sentences = "Dogs NOUN\nbark VERB\n\n".repeat(20);
    Path corpus = Files.writeString(folder.resolve("pos.conll"), sentences);
    assertEquals(Set.of("pos"), Training.tagger(recipe, corpus).labels().keySet());
    assertNotNull(Training.pretraining(recipe));
    assertNotNull(Training.pairs(Files.writeString(folder.resolve("pairs.yaml"), PAIRS)));
    assertNotNull(Training.network());
  }
}
