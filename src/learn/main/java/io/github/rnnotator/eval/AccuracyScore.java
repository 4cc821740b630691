package io.github.rnnotator.eval;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many tags are right, over all tokens and for each tag. Immutable; all rates are percentages.
 *
 * @param measure {@link Measure#ACCURACY}, or {@link Measure#LABELS} where a token is a whole text
 * @param tokens the number of tokens
 * @param correct the tokens whose tag is right
 * @param sentences the number of sentences
 * @param correctSentences the sentences whose tags are all right
 * @param unknownTokens the tokens whose form was not known
 * @param unknownCorrect those of them whose tag is right
 * @param tags each tag seen, gold or predicted, and how well it was found
 * @param confusions the mistakes, the most frequent first, then by name
 */
public record AccuracyScore(
    Measure measure,
    long tokens,
    long correct,
    long sentences,
    long correctSentences,
    long unknownTokens,
    long unknownCorrect,
    SortedMap<String, PrecisionRecall> tags,
    List<Confusion> confusions)
    implements HeadScore {
  /** Copies the map and the list. */
  public AccuracyScore {
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    confusions = List.copyOf(confusions);
  }

  @Override
  public double value() {
    return accuracy();
  }

  @Override
  public double accuracy() {
    return Percent.of(correct, tokens);
  }

  /** The percentage of sentences without a mistake. */
  public double sentenceAccuracy() {
    return Percent.of(correctSentences, sentences);
  }

  /** Returns whether each token is a whole text, which has no figures for sentences and words. */
  boolean isOfWholeTexts() {
    return measure == Measure.LABELS;
  }

  /** Returns the percentage of unknown words whose tag is right; 0 without unknown words. */
  public double unknownAccuracy() {
    return Percent.of(unknownCorrect, unknownTokens);
  }
}
