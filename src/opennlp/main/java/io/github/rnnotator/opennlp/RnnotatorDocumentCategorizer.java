package io.github.rnnotator.opennlp;

import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.Sentence;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import opennlp.tools.doccat.DocumentCategorizer;

/**
 * A document categorizer with OpenNLP's interface.
 *
 * <pre>{@code
 * DocumentCategorizer categorizer =
 *     new RnnotatorDocumentCategorizer(Tagger.load(Path.of("sms.rnn")), "label");
 * String category = categorizer.getBestCategory(categorizer.categorize(tokens));
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class RnnotatorDocumentCategorizer implements DocumentCategorizer {
  private final Tagger tagger;
  private final String head;
  private final List<String> categories;

  /**
   * Creates a categorizer from one head of a model.
   *
   * @param head its name, such as {@code label}
   * @throws IllegalArgumentException if the model has no such head, or the head tags tokens
   */
  public RnnotatorDocumentCategorizer(Tagger tagger, String head) {
    Objects.requireNonNull(tagger, "the tagger is null");
    Objects.requireNonNull(head, "the head is null");
    tagger.model().requireLabels();
    if (!tagger.model().labels().containsKey(head)) {
      throw new IllegalArgumentException(
          "the model has no head '" + head + "', only " + tagger.model().labels().keySet());
    }
    this.tagger = tagger;
    this.head = head;
    this.categories = tagger.model().labels().get(head).names();
  }

  /**
   * Returns the probability of each category, in the order of their numbers.
   *
   * @param text the tokens of the whole text; without any, all categories are equally probable
   */
  @Override
  public double[] categorize(String[] text) {
    double[] probabilities = new double[categories.size()];
    Optional<Sentence> tokens = OpenNlpTokens.text(text);
    if (tokens.isEmpty()) {
      Arrays.fill(probabilities, 1.0 / categories.size());
      return probabilities;
    }
    for (Label label : tagger.labels(tokens.get(), head)) {
      Float probability = label.probability();
      probabilities[getIndex(label.name())] = probability == null ? 0 : probability;
    }
    return probabilities;
  }

  /** As above; the extra information is ignored, since the network reads only the text. */
  @Override
  public double[] categorize(String[] text, Map<String, Object> extraInformation) {
    return categorize(text);
  }

  /** Returns the category with the greatest probability; of several, the first. */
  @Override
  public String getBestCategory(double[] outcome) {
    int best = 0;
    for (int i = 1; i < outcome.length; i++) {
      if (outcome[i] > outcome[best]) {
        best = i;
      }
    }
    return getCategory(best);
  }

  /** Returns the number of a category, or -1 if the name is unknown. */
  @Override
  public int getIndex(String category) {
    return categories.indexOf(category);
  }

  @Override
  public String getCategory(int index) {
    return categories.get(index);
  }

  @Override
  public int getNumberOfCategories() {
    return categories.size();
  }

  /** Formats each category with its probability: {@code ham[0.9876] spam[0.0124]}. */
  @Override
  public String getAllResults(double[] results) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < results.length; i++) {
      all.append(i == 0 ? "" : " ")
          .append(String.format(java.util.Locale.ROOT, "%s[%.4f]", getCategory(i), results[i]));
    }
    return all.toString();
  }

  @Override
  public Map<String, Double> scoreMap(String[] text) {
    double[] probabilities = categorize(text);
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int i = 0; i < probabilities.length; i++) {
      scores.put(getCategory(i), probabilities[i]);
    }
    return scores;
  }

  /** Returns the categories by ascending probability, like OpenNLP's own categorizer. */
  @Override
  public SortedMap<Double, Set<String>> sortedScoreMap(String[] text) {
    SortedMap<Double, Set<String>> sorted = new TreeMap<>();
    scoreMap(text)
        .forEach(
            (category, probability) ->
                sorted.computeIfAbsent(probability, p -> new TreeSet<>()).add(category));
    return sorted;
  }
}
