package io.github.rnnotator.train.weights;

import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TrainingOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;

/**
 * The mean of the weights of models that were trained further from one model, on the same data with
 * other seeds: nearly as accurate as their ensemble, and as fast as one of them (Wortsman et al.
 * 2022, "Model soups", equation 1). Models that began with other weights have nothing in common
 * that could be averaged.
 */
public final class ModelAverage {
  private ModelAverage() {}

  /**
   * Returns the average, with the segmenter and the card of the first model.
   *
   * @param models at least one
   * @throws IllegalArgumentException if they differ in more than their weights, segmenters and
   *     cards
   */
  public static TaggerModel of(List<TaggerModel> models) {
    TaggerModel first = models.get(0);
    models.subList(1, models.size()).forEach(other -> requireSame(first, other));
    TaggerModel average =
        TaggerModel.create(
            first.config(), first.vocabularies(), first.labels(), TrainingOptions.NONE, 1);
    List<List<Parameter>> weights = models.stream().map(TaggerModel::parameters).toList();
    for (int i = 0; i < average.parameters().size(); i++) {
      FMatrixRMaj mean = average.parameters().get(i).value();
      for (int k = 0; k < mean.getNumElements(); k++) {
        double sum = 0;
        for (List<Parameter> own : weights) {
          sum += own.get(i).value().data[k];
        }
        mean.data[k] = (float) (sum / models.size());
      }
    }
    return average.withSegmenter(first.segmenter()).withCard(first.card());
  }

  private static void requireSame(TaggerModel first, TaggerModel other) {
    Map<String, Boolean> same = new LinkedHashMap<>();
    same.put("layers or heads", shapes(first).equals(shapes(other)));
    same.put("words", entries(first.vocabularies()).equals(entries(other.vocabularies())));
    same.put("word vectors", sha256(first.vocabularies()).equals(sha256(other.vocabularies())));
    same.put("labels", labels(first).equals(labels(other)));
    List<String> different =
        same.entrySet().stream().filter(part -> !part.getValue()).map(Map.Entry::getKey).toList();
    if (!different.isEmpty()) {
      throw new IllegalArgumentException(
          "models to average differ in "
              + String.join(", ", different)
              + "; they must have been trained from one model on the same data");
    }
  }

  /** Returns the cells of the layers, and the names and shapes of all weights, in order. */
  private static List<String> shapes(TaggerModel model) {
    List<String> shapes = new ArrayList<>();
    Stream.concat(Stream.ofNullable(model.config().context()), model.config().encoder().stream())
        .forEach(layer -> shapes.add(layer.toString()));
    for (Parameter weights : model.parameters()) {
      shapes.add(weights.name() + " " + weights.value().numRows + " x " + weights.value().numCols);
    }
    return shapes;
  }

  /** Returns words, characters and values of other columns with their counts. */
  private static List<List<Vocabulary.Entry>> entries(Vocabularies vocabularies) {
    List<Vocabulary> all = new ArrayList<>();
    all.add(vocabularies.words());
    all.add(vocabularies.characters());
    all.addAll(vocabularies.columns().values());
    return all.stream().map(Vocabulary::entries).toList();
  }

  private static String sha256(Vocabularies vocabularies) {
    return vocabularies.vectors() == null ? "" : vocabularies.vectors().sha256();
  }

  /** Returns the labels of each head, their schemes and their combinations. */
  private static Map<String, List<Object>> labels(TaggerModel model) {
    Map<String, List<Object>> all = new LinkedHashMap<>();
    model
        .labels()
        .forEach(
            (head, labels) ->
                all.put(
                    head,
                    List.of(
                        labels.names(),
                        Optional.ofNullable(labels.modelScheme()),
                        Optional.ofNullable(labels.fileScheme()),
                        Optional.ofNullable(labels.combinations()))));
    return all;
  }
}
