package io.github.rnnotator.train.weights;

import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TrainingOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    same.put("embed", first.config().embed().equals(other.config().embed()));
    same.put("encoder", first.config().encoder().equals(other.config().encoder()));
    same.put("heads", first.config().heads().equals(other.config().heads()));
    same.put("words", entries(first.vocabularies()).equals(entries(other.vocabularies())));
    same.put("labels", names(first).equals(names(other)));
    List<String> different =
        same.entrySet().stream().filter(part -> !part.getValue()).map(Map.Entry::getKey).toList();
    if (!different.isEmpty()) {
      throw new IllegalArgumentException(
          "models to average differ in "
              + String.join(", ", different)
              + "; they must have been trained from one model (--from) on the same data");
    }
  }

  /** Returns words, characters and values of other columns with their counts. */
  private static List<List<Vocabulary.Entry>> entries(Vocabularies vocabularies) {
    List<Vocabulary> all = new ArrayList<>();
    all.add(vocabularies.words());
    all.add(vocabularies.characters());
    all.addAll(vocabularies.columns().values());
    return all.stream().map(Vocabulary::entries).toList();
  }

  private static List<List<String>> names(TaggerModel model) {
    return model.labels().values().stream().map(Labels::names).toList();
  }
}
