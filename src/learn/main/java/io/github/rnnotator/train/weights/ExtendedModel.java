package io.github.rnnotator.train.weights;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TrainingOptions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * A model with the weights of another one, which can learn more words, characters and labels. New
 * words and characters begin with the vector of unknown ones or their pretrained vector; new labels
 * begin with weights of 0. Heads that the other model lacks begin afresh. Layers of the encoder and
 * heads may have another {@link EncoderLayer#rank}: then their weights are factored, see {@link
 * LowRank}.
 */
public final class ExtendedModel {
  /** One for all runs: averages need models that began with the same weights. */
  private static final long SEED = 1;

  private final TaggerModel start;

  /** With fresh weights, which those of {@code start} replace. */
  private final TaggerModel model;

  private ExtendedModel(TaggerModel start, TaggerModel model) {
    this.start = start;
    this.model = model;
  }

  /**
   * Returns the extended model.
   *
   * @param start the other model
   * @param config with its layers
   * @param vocabularies those of {@code start}, extended
   * @param labels those of {@code start}, extended, and those of new heads
   * @param options for training
   */
  public static TaggerModel of(
      TaggerModel start,
      TaggerConfig config,
      Vocabularies vocabularies,
      Map<String, Labels> labels,
      TrainingOptions options) {
    TaggerModel model = TaggerModel.create(config, vocabularies, labels, options, SEED);
    return new ExtendedModel(start, model).withWeights();
  }

  private TaggerModel withWeights() {
    Map<String, FMatrixRMaj> weights = new HashMap<>();
    start.parameters().forEach(parameter -> weights.put(parameter.name(), parameter.value()));
    int layers = Math.min(start.config().encoder().size(), model.config().encoder().size());
    for (int i = 0; i < layers; i++) {
      EncoderLayer own = start.config().encoder().get(i);
      InputWeights.ofLayer("encoder." + i, own.bidirectional() != null)
          .change(weights, own.rank(), model.config().encoder().get(i).rank());
    }
    Map<String, HeadConfig> heads = start.config().heads();
    model
        .config()
        .heads()
        .forEach(
            (name, head) -> {
              HeadConfig own = heads.get(name);
              if (own != null) {
                InputWeights.ofHead("heads." + name, own.sharesParts())
                    .change(weights, own.rank(), head.rank());
                projectLabels(weights, "heads." + name);
              }
            });
    for (Parameter target : model.parameters()) {
      if (isOfNewHead(target)) {
        continue;
      }
      FMatrixRMaj source = weights.get(target.name());
      if (source == null) {
        throw new IllegalArgumentException("the model has no weights " + target.name());
      }
      copy(source, target);
    }
    return model;
  }

  /** With many labels, whole ones have a projection; a model with fewer lacks it. */
  private void projectLabels(Map<String, FMatrixRMaj> weights, String head) {
    String projection = head + ".rank.kernel";
    for (Parameter target : model.parameters()) {
      if (target.name().equals(projection) && !weights.containsKey(projection)) {
        InputWeights.ofHead(head, false).change(weights, 0, target.value().numCols);
      }
    }
  }

  private boolean isOfNewHead(Parameter parameter) {
    return model.config().heads().keySet().stream()
        .filter(head -> !start.config().heads().containsKey(head))
        .anyMatch(head -> parameter.name().startsWith("heads." + head + "."));
  }

  private void copy(FMatrixRMaj source, Parameter parameter) {
    FMatrixRMaj target = parameter.value();
    // Tables have a row for each word, heads a column for each label.
    boolean moreRows =
        parameter.name().startsWith("embed.") || parameter.name().endsWith(".transitions");
    boolean moreColumns = parameter.name().startsWith("heads.");
    if (target.numRows < source.numRows
        || target.numCols < source.numCols
        || (target.numRows > source.numRows && !moreRows)
        || (target.numCols > source.numCols && !moreColumns)) {
      throw new IllegalArgumentException(
          "weights %s are [%d x %d], in the model they are [%d x %d]"
              .formatted(
                  parameter.name(),
                  target.numRows,
                  target.numCols,
                  source.numRows,
                  source.numCols));
    }
    boolean words = parameter.name().equals("embed.words");
    for (int row = 0; row < target.numRows; row++) {
      boolean isNew = row >= source.numRows;
      if (isNew && words && hasPretrained(row)) {
        continue;
      }
      int at = row * target.numCols;
      Arrays.fill(target.data, at, at + target.numCols, rest(parameter, source));
      if (!isNew || parameter.name().startsWith("embed.")) {
        int from = isNew ? Vocabulary.UNKNOWN : row;
        System.arraycopy(source.data, from * source.numCols, target.data, at, source.numCols);
      }
    }
  }

  /** Whether the table of a fresh network has the pretrained vector of this word. */
  private boolean hasPretrained(int word) {
    EmbedConfig.Words settings = model.config().embed().words();
    Vocabularies vocabularies = model.vocabularies();
    return settings != null
        && settings.tune()
        && vocabularies.vectors() != null
        && vocabularies.vectors().find(vocabularies.words().entries().get(word - 1).text()) >= 0;
  }

  /** A new label is treated as the rarest one. */
  private static float rest(Parameter parameter, FMatrixRMaj source) {
    if (!parameter.name().endsWith(".bias")) {
      return 0;
    }
    float least = 0;
    for (int i = 0; i < source.numRows * source.numCols; i++) {
      least = Math.min(least, source.data[i]);
    }
    return least;
  }
}
