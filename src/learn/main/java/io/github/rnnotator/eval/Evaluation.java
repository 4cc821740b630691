package io.github.rnnotator.eval;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Compares predicted with gold tags, sentence by sentence and head by head.
 *
 * <pre>{@code
 * Evaluation evaluation = new Evaluation(Map.of("upos", Measure.ACCURACY), trainingWords::contains);
 * evaluation.add(gold, predicted);
 * System.out.print(ScoreTable.of(evaluation.scores()));
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class Evaluation {
  private final Map<String, Scorer> scorers = new LinkedHashMap<>();
  private final Map<String, TagScheme> converted = new LinkedHashMap<>();
  private long sentences;

  /** An evaluation that takes every word for known, so it has no figures for unknown ones. */
  public Evaluation(Map<String, Measure> heads) {
    this(heads, form -> true);
  }

  /**
   * An evaluation of these heads.
   *
   * @param heads head name to measure, in the order of the report
   * @param known whether a form was seen in training
   */
  public Evaluation(Map<String, Measure> heads, Predicate<String> known) {
    this(heads, Map.of(), known);
  }

  /**
   * An evaluation of these heads.
   *
   * @param heads head name to measure, in the order of the report
   * @param schemes head name to the scheme of its chunk tags; those that {@code conlleval} cannot
   *     read (IOBES, BMES, BILOU) are compared in IOB2
   * @param known whether a form was seen in training
   */
  public Evaluation(
      Map<String, Measure> heads, Map<String, TagScheme> schemes, Predicate<String> known) {
    heads.forEach((head, measure) -> scorers.put(head, measure.scorer(known)));
    schemes.forEach(
        (head, scheme) -> {
          if (scheme == TagScheme.IOBES || scheme == TagScheme.BMES || scheme == TagScheme.BILOU) {
            converted.put(head, scheme);
          }
        });
  }

  /** Returns the scores of these sentences: both in the same order and number. */
  public static Map<String, HeadScore> of(
      Map<String, Measure> heads,
      Predicate<String> known,
      Iterable<TaggedSentence> gold,
      Iterable<TaggedSentence> predicted) {
    Evaluation evaluation = new Evaluation(heads, known);
    Iterator<TaggedSentence> others = predicted.iterator();
    for (TaggedSentence sentence : gold) {
      if (!others.hasNext()) {
        throw new IllegalArgumentException(
            "only " + evaluation.sentences + " predicted sentences, but more gold ones");
      }
      evaluation.add(sentence, others.next());
    }
    if (others.hasNext()) {
      throw new IllegalArgumentException(
          "only " + evaluation.sentences + " gold sentences, but more predicted ones");
    }
    return evaluation.scores();
  }

  /**
   * Counts one sentence.
   *
   * @param gold the sentence with the right tags, at least those of the heads evaluated
   * @param predicted the same tokens with the predicted tags
   * @throws IllegalArgumentException if the tokens differ or a head is missing; nothing is counted
   *     then
   */
  public void add(TaggedSentence gold, TaggedSentence predicted) {
    checkSameTokens(gold.sentence(), predicted.sentence());
    for (String head : scorers.keySet()) {
      checkHead("gold", gold, head);
      checkHead("predicted", predicted, head);
    }
    sentences++;
    scorers.forEach(
        (head, scorer) ->
            scorer.add(gold.sentence().forms(), tags(gold, head), tags(predicted, head)));
  }

  private List<String> tags(TaggedSentence sentence, String head) {
    List<String> tags = sentence.tags(head).tags();
    TagScheme scheme = converted.get(head);
    return scheme == null ? tags : ConllTags.of(tags);
  }

  /**
   * Returns the scores so far, head by head in the order given; more sentences may be added after.
   */
  public Map<String, HeadScore> scores() {
    Map<String, HeadScore> scores = new LinkedHashMap<>();
    scorers.forEach((head, scorer) -> scores.put(head, scorer.score()));
    return Collections.unmodifiableMap(scores);
  }

  private void checkSameTokens(Sentence gold, Sentence predicted) {
    int both = Math.min(gold.size(), predicted.size());
    for (int i = 0; i < both; i++) {
      if (!gold.form(i).equals(predicted.form(i))) {
        throw new IllegalArgumentException(
            place()
                + "token "
                + (i + 1)
                + " is '"
                + gold.form(i)
                + "' in gold, but '"
                + predicted.form(i)
                + "' in predicted; both must have the same tokens");
      }
    }
    if (gold.size() != predicted.size()) {
      throw new IllegalArgumentException(
          place()
              + gold.size()
              + " tokens in gold, but "
              + predicted.size()
              + " in predicted; both must have the same tokens");
    }
  }

  private void checkHead(String side, TaggedSentence sentence, String head) {
    if (!sentence.tags().containsKey(head)) {
      throw new IllegalArgumentException(
          place()
              + "no tags for head '"
              + head
              + "' in "
              + side
              + ", only "
              + sentence.tags().keySet());
    }
  }

  private String place() {
    return "sentence " + (sentences + 1) + ": ";
  }
}
