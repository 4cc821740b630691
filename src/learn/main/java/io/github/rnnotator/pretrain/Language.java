package io.github.rnnotator.pretrain;

import io.github.rnnotator.embed.TokenEncoder;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.nn.head.NeighbourWords;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.pretrained.PretrainedEncoder;
import io.github.rnnotator.text.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The network of pretraining: the layers that are kept, and the prediction of neighbouring words,
 * which is not.
 *
 * @param encoder the layers
 * @param words the prediction from the layers' states
 */
record Language(PretrainedEncoder encoder, NeighbourWords words) {
  /**
   * Creates a network; each call with the same arguments gives one with the same weights.
   *
   * @param vectors those with which words begin, or null for random ones
   */
  static Language create(PretrainRecipe recipe, TextSurvey survey, @Nullable WordVectors vectors) {
    PretrainingConfig training = recipe.training();
    SplittableRandom random = new SplittableRandom(training.seed());
    PretrainedEncoder encoder =
        PretrainedEncoder.create(
            recipe.config(), survey.vocabularies(), training.options(), random);
    if (vectors != null) {
      begin(encoder, vectors);
    }
    EncoderLayer layer = recipe.config().layer();
    NeighbourWords.Shape shape =
        new NeighbourWords.Shape(
            layer.hidden(),
            layer.bidirectional() != null,
            training.projection(),
            training.samples());
    return new Language(
        encoder, NeighbourWords.build("neighbours", shape, counts(recipe, survey), random));
  }

  private static void begin(PretrainedEncoder encoder, WordVectors vectors) {
    FMatrixRMaj table = encoder.wordTable();
    List<Vocabulary.Entry> entries = encoder.vocabularies().words().entries();
    for (int i = 0; i < entries.size(); i++) {
      int row = vectors.find(entries.get(i).text());
      if (row >= 0) {
        vectors.copy(row, table.data, (i + 1) * table.numCols);
      }
    }
  }

  /** The count of all words that are not predicted, then those of the predicted ones. */
  private static long[] counts(PretrainRecipe recipe, TextSurvey survey) {
    Vocabulary words = survey.vocabularies().words();
    long[] counts = new long[Math.min(recipe.training().words(), words.size())];
    long known = 0;
    for (int id = 1; id < counts.length; id++) {
      counts[id] = words.count(id);
      known += counts[id];
    }
    counts[0] = Math.max(0, survey.tokens() - known);
    return counts;
  }

  /** Counts the weights without allocating them. */
  static long weights(PretrainRecipe recipe, Vocabularies vocabularies) {
    PretrainingConfig training = recipe.training();
    long words = Math.min(training.words(), vocabularies.words().size());
    long projections = 2 * (recipe.config().layer().hidden() + 1L) * training.projection();
    return Math.addExact(
        PretrainedEncoder.weights(recipe.config(), vocabularies),
        projections + words * (training.projection() + 1L));
  }

  /** Returns the weights, in a fixed order. */
  List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(encoder.parameters());
    all.addAll(words.parameters());
    return all;
  }

  /** Adds the gradients of groups and returns the sum of their losses. */
  double addGradients(List<Sentence> groups, float weight, PassContext pass, Gradients gradients) {
    TokenEncoder.Output tokens = encoder.embed().forward(groups, pass);
    Layer.Output states = encoder.layer().forward(tokens.y(), pass);
    int[] ids = encoder.embed().wordIds(groups);
    Head.Loss loss = words.loss(states.y(), ids, weight, pass);
    FMatrixRMaj d = loss.backprop().apply(states.y().values(), gradients);
    tokens.backprop().apply(states.backprop().apply(d, gradients), gradients);
    return loss.sum();
  }

  /** Returns the sum of the log probabilities of the words, for each direction. */
  double[] logLikelihoods(List<Sentence> groups, PassContext pass) {
    TokenEncoder.Output tokens = encoder.embed().forward(groups, pass);
    Layer.Output states = encoder.layer().forward(tokens.y(), pass);
    return words.logLikelihoods(states.y(), encoder.embed().wordIds(groups), pass);
  }
}
