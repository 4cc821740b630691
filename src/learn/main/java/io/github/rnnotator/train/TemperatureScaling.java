package io.github.rnnotator.train;

import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.LemmaDictionary;
import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Calibrates the probabilities of a model by temperature scaling: of the tags with 0.9, nine in ten
 * should be right. A network is too certain after training, since it has seen its training data
 * many times. Each head's logits are divided by the temperature (Guo et al. 2017, "On Calibration
 * of Modern Neural Networks", section 4.2) under which the mean probability on the dev data equals
 * the share of right predictions, by scaling its weights, so that the best tags and the speed stay.
 *
 * <p>Chunk tags are fitted by mentions: the probability of a mention is the lowest of its tokens'.
 * Lemmas are fitted by words without an entry in the dictionary.
 *
 * @param model whose heads are scaled
 * @param predictions tags the dev data with it
 */
record TemperatureScaling(TaggerModel model, Predictions predictions, Ops ops) {
  /** Enough to halve the interval of a temperature until it is a fiftieth wide. */
  private static final int ROUNDS = 9;

  /** Between the mean probability and the accuracy. */
  private static final double CLOSE = 0.0005;

  /** Fewer predictions, or errors, say nothing about a temperature. */
  private static final int LEAST = 100;

  private static final int LEAST_ERRORS = 20;

  /** The factor by which a temperature changes until it lies in an interval. */
  private static final double STEP = 2;

  /** A sentence with gold tags, and with what the model predicts. */
  record Prediction(TaggedSentence gold, TaggedSentence found) {}

  /** Tags the dev data. */
  @FunctionalInterface
  interface Predictions {
    /** Returns what the model predicts with its present weights. */
    List<Prediction> tag() throws InterruptedException;
  }

  /** Scales the heads, and returns the temperature of each that had enough errors. */
  Map<String, Double> apply() throws InterruptedException {
    Map<String, Search> searches = new LinkedHashMap<>();
    model.labels().keySet().forEach(head -> searches.put(head, new Search()));
    for (int round = 0; round < ROUNDS; round++) {
      List<Prediction> predicted = predictions.tag();
      for (Map.Entry<String, Search> search : searches.entrySet()) {
        String head = search.getKey();
        Labels labels = Objects.requireNonNull(model.labels().get(head), head);
        double before = search.getValue().temperature;
        search.getValue().next(outcomes(head, labels, predicted));
        head(head).divideLogits((float) (search.getValue().temperature / before), ops);
      }
    }
    Map<String, Double> found = new LinkedHashMap<>();
    searches.forEach(
        (head, search) -> {
          if (search.temperature != 1) {
            found.put(head, search.temperature);
          }
        });
    return found;
  }

  /** Looks for a temperature; the mean probability falls as it rises. */
  private static final class Search {
    private double temperature = 1;

    /** The interval where the temperature is, once both ends are known. */
    private double low;

    private double high = Double.POSITIVE_INFINITY;

    /** Moves the temperature by what was predicted with it. */
    void next(Outcomes outcomes) {
      double excess = outcomes.meanProbability() - outcomes.accuracy();
      if (!outcomes.isEnough() || Math.abs(excess) < CLOSE) {
        return;
      }
      if (excess > 0) {
        low = temperature;
      } else {
        high = temperature;
      }
      if (low == 0) {
        temperature /= STEP;
      } else if (Double.isInfinite(high)) {
        temperature *= STEP;
      } else {
        temperature = Math.sqrt(low * high);
      }
    }
  }

  private Head head(String name) {
    Head head = model.network().heads().get(name);
    if (head == null) {
      throw new IllegalStateException("no head " + name);
    }
    return head;
  }

  /** Sums over predictions. */
  private static final class Outcomes {
    private double probabilities;
    private int right;
    private int count;

    void add(double probability, boolean isRight) {
      probabilities += probability;
      right += isRight ? 1 : 0;
      count++;
    }

    boolean isEnough() {
      return count >= LEAST && count - right >= LEAST_ERRORS && right >= LEAST_ERRORS;
    }

    double meanProbability() {
      return probabilities / count;
    }

    double accuracy() {
      return (double) right / count;
    }
  }

  private static Outcomes outcomes(String head, Labels labels, List<Prediction> predicted) {
    Outcomes outcomes = new Outcomes();
    TagScheme scheme = labels.fileScheme();
    for (Prediction prediction : predicted) {
      TaggedSentence found = prediction.found();
      Label label = prediction.gold().labels().get(head);
      TagSequence tags = prediction.gold().tags().get(head);
      if (label != null) {
        Label other = found.label(head);
        float probability = Objects.requireNonNull(other.probability(), "probability");
        outcomes.add(probability, other.name().equals(label.name()));
      } else if (tags != null && scheme != null) {
        mentions(tags, found.tags(head), scheme, outcomes);
      } else if (tags != null) {
        tokens(head, labels, prediction, outcomes);
      }
    }
    return outcomes;
  }

  private static void mentions(
      TagSequence gold, TagSequence found, TagScheme scheme, Outcomes outcomes) {
    Set<Mention> right = new HashSet<>(scheme.mentions(gold.tags()));
    for (Mention mention : scheme.mentions(found.tags())) {
      double least = 1;
      boolean isLabelled = true;
      for (int i = mention.span().begin(); i < mention.span().end(); i++) {
        least = Math.min(least, found.probabilities().get(i));
        isLabelled &= gold.has(i);
      }
      if (isLabelled) {
        outcomes.add(least, right.contains(mention));
      }
    }
  }

  private static void tokens(String head, Labels labels, Prediction prediction, Outcomes outcomes) {
    TaggedSentence found = prediction.found();
    TagSequence right = prediction.gold().tags(head);
    TagSequence tags = found.tags(head);
    LemmaDictionary dictionary = labels.dictionary();
    for (int i = 0; i < right.size(); i++) {
      boolean isEntry =
          dictionary != null
              && dictionary
                  .find(
                      LookupForm.of(found.sentence().form(i)),
                      dictionary.tags().isEmpty() ? "" : found.tags(dictionary.tags()).tag(i))
                  .isPresent();
      if (right.has(i) && !isEntry) {
        outcomes.add(tags.probabilities().get(i), tags.tag(i).equals(right.tag(i)));
      }
    }
  }
}
