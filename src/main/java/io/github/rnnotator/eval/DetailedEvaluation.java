package io.github.rnnotator.eval;

import io.github.rnnotator.eval.EvaluationReport.Head;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares predicted with gold tags, sentence by sentence, and counts everything that a report
 * says: besides what {@link Evaluation} counts, strict, boundary-only and type-only scores, scores
 * by length and novelty, errors by kind, illegal tags, calibration, and the worst sentences.
 *
 * <pre>{@code
 * DetailedEvaluation evaluation = new DetailedEvaluation(measures, schemes, model::knows, null);
 * evaluation.add(gold, predicted, 0);
 * List<EvaluationReport.Head> heads = evaluation.heads(new Bootstrap(1000, 1, 0.95));
 * }</pre>
 *
 * <p>Memory does not grow with the sentences. Not thread-safe.
 */
public final class DetailedEvaluation {
  private final Evaluation evaluation;
  private final Map<String, HeadEvaluation> heads = new LinkedHashMap<>();
  private long sentences;
  private long tokens;

  /**
   * An evaluation of these heads.
   *
   * @param measures head name to what it is judged by, in the order of the report
   * @param schemes head name to the scheme of its chunk tags, for each head judged by {@link
   *     Measure#F1}
   * @param known whether a form was seen in training, or null where that is not known
   * @param training the training data, or null where it is not known
   * @throws IllegalArgumentException if a head of chunks has no scheme
   */
  public DetailedEvaluation(
      Map<String, Measure> measures,
      Map<String, TagScheme> schemes,
      @Nullable Predicate<String> known,
      @Nullable TrainingData training) {
    this.evaluation = new Evaluation(measures, schemes, known == null ? form -> true : known);
    measures.forEach(
        (head, measure) -> {
          if (measure == Measure.ACCURACY) {
            heads.put(head, new TagEvaluation(head, known));
            return;
          }
          TagScheme scheme = schemes.get(head);
          if (scheme == null) {
            throw new IllegalArgumentException("no scheme for the chunks of head '" + head + "'");
          }
          heads.put(head, new ChunkEvaluation(head, scheme, known, training));
        });
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

  /** The sentences counted so far. */
  public long sentences() {
    return sentences;
  }

  /** The tokens counted so far. */
  public long tokens() {
    return tokens;
  }

  /** The scores so far, head by head in the order given. */
  public Map<String, HeadScore> scores() {
    return evaluation.scores();
  }

  /**
   * Everything that was found so far, head by head in the order given.
   *
   * @param bootstrap gives the intervals
   * @throws IllegalArgumentException if no sentence was counted
   */
  public List<Head> heads(Bootstrap bootstrap) {
    List<Head> found = new ArrayList<>();
    evaluation
        .scores()
        .forEach(
            (name, score) -> {
              HeadEvaluation head = heads.get(name);
              if (head != null) {
                found.add(head.head(score, bootstrap));
              }
            });
    return found;
  }
}
