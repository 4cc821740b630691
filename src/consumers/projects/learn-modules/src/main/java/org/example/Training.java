package org.example;

import io.github.rnnotator.data.Split;
import io.github.rnnotator.keras.Input;
import io.github.rnnotator.keras.SequentialModel;
import io.github.rnnotator.nn.Activation;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Lstm;
import io.github.rnnotator.pretrain.PretrainRecipe;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.train.PairRecipe;
import io.github.rnnotator.train.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Trains a tagger, reads the other kinds of recipes, and builds a network by hand. */
public final class Training {
  private Training() {}

  /** Returns the tagger that a recipe and a corpus give. */
  public static TaggerModel tagger(Path recipe, Path corpus)
      throws IOException, InterruptedException {
    Recipe read = Recipe.read(recipe);
    return io.github.rnnotator.train.Training.of(read, Split.holdOut(read.corpus(corpus)))
        .run()
        .model();
  }

  /** Returns the language of a recipe for pretraining. */
  public static PretrainRecipe pretraining(Path recipe) throws IOException {
    return PretrainRecipe.read(recipe, Map.of());
  }

  /** Returns a recipe for pairs of texts. */
  public static PairRecipe pairs(Path recipe) throws IOException {
    return PairRecipe.read(recipe, Map.of());
  }

  /** Returns a network as in Keras. */
  public static SequentialModel network() {
    return SequentialModel.of(Input.vectors(3), 1, new Lstm(4), new Dense(2, Activation.SOFTMAX));
  }
}
