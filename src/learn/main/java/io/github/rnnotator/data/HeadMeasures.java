package io.github.rnnotator.data;

import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import java.util.LinkedHashMap;
import java.util.Map;

/** The measure by which each head of a tagger is scored. */
public final class HeadMeasures {
  private HeadMeasures() {}

  /** Returns the measure of each head, in the order of the configuration. */
  public static Map<String, Measure> of(TaggerConfig config) {
    Map<String, Measure> measures = new LinkedHashMap<>();
    config
        .heads()
        .forEach(
            (name, head) ->
                measures.put(name, of(head, config.input().heads().getOrDefault(name, name))));
    return measures;
  }

  /**
   * Returns the measure of one head of a model.
   *
   * @throws InputException if it has no such head
   */
  public static Map<String, Measure> of(TaggerModel model, String head) throws InputException {
    Measure measure = of(model.config()).get(head);
    if (measure == null) {
      throw new InputException(
          "the model has no head '" + head + "', only " + model.labels().keySet());
    }
    return new LinkedHashMap<>(Map.of(head, measure));
  }

  private static Measure of(HeadConfig head, String column) {
    return switch (head.kind()) {
      case DOCUMENT -> Measure.LABELS;
      case FEATS -> Measure.FEATS;
      case LEMMA -> Measure.LEMMA;
      case SOFTMAX, CRF ->
          head.scheme() == null ? Measure.ofColumn(column).orElse(Measure.ACCURACY) : Measure.F1;
    };
  }
}
