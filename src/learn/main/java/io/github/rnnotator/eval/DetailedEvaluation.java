package io.github.rnnotator.eval;

import io.github.rnnotator.eval.EvaluationReport.HeadReport;
import io.github.rnnotator.eval.EvaluationReport.Reliability;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.eval.significance.ResamplingUnits;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares predicted with gold tags, sentence by sentence, and counts all figures of a report: in
 * addition to those of {@link Evaluation}, strict, boundary-only and type-only scores, scores by
 * length and novelty, errors by kind, illegal tags, calibration, and the worst sentences.
 *
 * <pre>{@code
 * DetailedEvaluation evaluation =
 *     new DetailedEvaluation(measures, schemes, schemes, model::knows, null);
 * evaluation.add(gold, predicted, 0);
 * confidence.add(gold, predicted);
 * var heads = evaluation.heads(new Bootstrap(1000, 1, 0.95), confidence, null);
 * }</pre>
 *
 * <p>Memory grows with the kinds of sentences and not with the sentences ({@link ResamplingUnits}).
 * Not thread-safe.
 */
public final class DetailedEvaluation {
  private final Evaluation evaluation;
  private final Map<String, HeadEvaluation> heads = new LinkedHashMap<>();
  private long sentences;
  private long tokens;

  /**
   * An evaluation of these heads.
   *
   * @param measures head name to measure, in the order of the report
   * @param goldSchemes head name to the scheme of its gold tags, for each head judged by {@link
   *     Measure#F1}
   * @param predictedSchemes head name to the scheme of its predicted tags, likewise
   * @param known whether a form was seen in training, or null if unknown
   * @param training the training data, or null if unknown
   * @throws IllegalArgumentException if a head of chunks has no scheme
   */
  public DetailedEvaluation(
      Map<String, Measure> measures,
      Map<String, TagScheme> goldSchemes,
      Map<String, TagScheme> predictedSchemes,
      @Nullable Predicate<String> known,
      @Nullable TrainingData training) {
    this.evaluation = new Evaluation(measures, known == null ? form -> true : known);
    measures.forEach(
        (head, measure) ->
            heads.put(
                head,
                measure != Measure.F1
                    ? new TagEvaluation(head, measure, known)
                    : new ChunkEvaluation(
                        head,
                        scheme(goldSchemes, head),
                        scheme(predictedSchemes, head),
                        known,
                        training)));
  }

  private static TagScheme scheme(Map<String, TagScheme> schemes, String head) {
    TagScheme scheme = schemes.get(head);
    if (scheme == null) {
      throw new IllegalArgumentException("no scheme for the chunks of head '" + head + "'");
    }
    return scheme;
  }

  /**
   * Counts one sentence.
   *
   * @param gold the sentence with the right tags, at least those of the heads evaluated
   * @param predicted the same tokens with the predicted tags
   * @param line the line of the sentence's first token in the gold file, from 1; 0 if not known
   * @throws IllegalArgumentException as {@link Evaluation#add}; nothing is counted then
   */
  public void add(TaggedSentence gold, TaggedSentence predicted, int line) {
    evaluation.add(gold, predicted);
    sentences++;
    tokens += gold.size();
    SentencePair pair = new SentencePair(sentences, line, gold, predicted);
    heads.values().forEach(head -> head.add(pair));
  }

  /** Returns the sentences counted so far. */
  public long sentences() {
    return sentences;
  }

  /** Returns the tokens counted so far. */
  public long tokens() {
    return tokens;
  }

  /** Returns the scores so far, head by head in the order given. */
  public Map<String, HeadScore> scores() {
    return evaluation.scores();
  }

  /**
   * Returns the reports so far, head by head in the order given.
   *
   * @param bootstrap gives the intervals
   * @param confidence of the same sentences, for the calibration of their probabilities
   * @param fitted of the sentences that temperatures are fitted on, or null for the same ones
   * @throws IllegalArgumentException if no sentence was counted
   */
  public List<HeadReport> heads(
      Bootstrap bootstrap, Confidence confidence, @Nullable Confidence fitted) {
    Map<String, HeadScore> scores = evaluation.scores();
    List<HeadReport> found = new ArrayList<>();
    heads.forEach(
        (name, head) -> {
          List<Reliability> calibration = new ArrayList<>();
          confidence
              .tokens(name, fitted)
              .ifPresent(tokens -> calibration.add(Reliability.of("tokens", tokens)));
          confidence
              .mentions(name, fitted)
              .ifPresent(chunks -> calibration.add(Reliability.of("chunks", chunks)));
          HeadScore score = Objects.requireNonNull(scores.get(name), name);
          found.add(head.head(score, bootstrap, calibration));
        });
    return found;
  }
}
