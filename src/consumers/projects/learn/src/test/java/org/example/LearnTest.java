package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rnnotator.data.GoldCorpus;
import io.github.rnnotator.data.Scoring;
import io.github.rnnotator.data.Split;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.train.Recipe;
import io.github.rnnotator.train.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that trains a tagger from a YAML file, and scores it. */
class LearnTest {
  private static final String YAML =
      """
      input:   {format: columns, columns: [form, pos], heads: {pos: pos}}
      embed:   {words: {dim: 8}}
      encoder: [{bidirectional: gru, hidden: 8}]
      heads:   {pos: {kind: softmax}}
      train:   {rate: 0.05, epochs: 10, word_dropout: 0}
      """;

  @Test
  void trainsFromYaml(@TempDir Path folder) throws Exception {
    Recipe recipe = Recipe.read(Files.writeString(folder.resolve("pos.yaml"), YAML));
    String sentences = "Dogs NOUN\nbark VERB\n\nBirds NOUN\nsing VERB\n\n".repeat(20);
    GoldCorpus corpus = recipe.corpus(Files.writeString(folder.resolve("pos.conll"), sentences));
    TaggerModel model = Training.of(recipe, Split.holdOut(corpus)).run().model();
    assertEquals(100, Scoring.of(model, corpus).scores().get("pos").value());
    assertEquals(
        List.of("NOUN", "VERB"),
        new Tagger(model).tag(Sentence.of("Birds", "bark")).tags("pos").tags());
  }
}
