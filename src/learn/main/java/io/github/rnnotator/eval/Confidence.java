package io.github.rnnotator.eval;

import io.github.rnnotator.eval.calibration.CrossFitted;
import io.github.rnnotator.eval.calibration.FittedCalibration;
import io.github.rnnotator.eval.calibration.Probabilities;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.eval.significance.Interval;
import io.github.rnnotator.eval.significance.ResamplingUnits;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far the scores of one or more heads can be trusted: the units of a {@link Bootstrap}, and
 * where predictions have probabilities, their calibration.
 *
 * <p>A predicted mention is right if gold has the same span and type; its probability is the lowest
 * of its tokens', an upper bound for that of the mention.
 *
 * <p>Tokens without a gold tag, mentions that hold one, and sentences without any gold tag are left
 * out.
 *
 * <p>Temperatures are fitted on other sentences ({@code fitted}), or without any, on each half of
 * these sentences for the other half: the first, third, ... for the second, fourth, ... and vice
 * versa. (Where only one half holds predictions, it is fitted on itself.)
 *
 * <p>Memory does not grow with the sentences. Not thread-safe.
 */
public final class Confidence {
  private final Map<String, HeadConfidence> heads = new LinkedHashMap<>();

  /**
   * Creates an object without sentences.
   *
   * @param heads head name to measure
   */
  public Confidence(Map<String, Measure> heads) {
    heads.forEach((name, measure) -> this.heads.put(name, new HeadConfidence(measure)));
  }

  /**
   * Adds one sentence.
   *
   * @param gold the sentence with the right tags
   * @param predicted the same tokens with the predicted tags
   * @throws IllegalArgumentException if chunk tags with probabilities fit no scheme
   */
  public void add(TaggedSentence gold, TaggedSentence predicted) {
    heads.forEach((name, head) -> head.add(gold.tags(name), predicted.tags(name)));
  }

  /** Returns the interval of a head's score, in percent. */
  public Interval interval(String head, Bootstrap bootstrap) {
    HeadConfidence of = head(head);
    return bootstrap.interval(of.units, sums -> of.measure.score(sums, 0));
  }

  /** Returns the number of sentences. */
  public int sentences(String head) {
    return head(head).units.size();
  }

  /**
   * Returns the calibration of a head's tokens.
   *
   * @param fitted what the temperature is fitted on, or null for these sentences
   * @return empty without probabilities
   */
  public Optional<FittedCalibration> tokens(String head, @Nullable Confidence fitted) {
    return head(head).tokens.fit(fitted == null ? null : fitted.head(head).tokens);
  }

  /**
   * Returns the calibration of a head's mentions.
   *
   * @param fitted what the temperature is fitted on, or null for these sentences
   * @return empty without probabilities or mentions
   */
  public Optional<FittedCalibration> mentions(String head, @Nullable Confidence fitted) {
    return head(head).mentions.fit(fitted == null ? null : fitted.head(head).mentions);
  }

  private HeadConfidence head(String name) {
    HeadConfidence head = heads.get(name);
    if (head == null) {
      throw new IllegalArgumentException("no head '" + name + "', only " + heads.keySet());
    }
    return head;
  }

  private static final class HeadConfidence {
    private final Measure measure;
    private final ResamplingUnits units;
    private final CrossFitted tokens = new CrossFitted();
    private final CrossFitted mentions = new CrossFitted();

    HeadConfidence(Measure measure) {
      this.measure = measure;
      this.units = new ResamplingUnits(measure.width());
    }

    void add(TagSequence gold, TagSequence predicted) {
      if (gold.labelled() == 0) {
        return;
      }
      units.add(measure.counts(gold.tags(), predicted.tags()));
      if (!predicted.hasProbabilities()) {
        return;
      }
      Probabilities half = tokens.half(units.size());
      for (int i = 0; i < gold.size(); i++) {
        if (gold.has(i)) {
          half.add(predicted.probabilities().get(i), gold.tag(i).equals(predicted.tag(i)));
        }
      }
      if (measure == Measure.F1) {
        addMentions(gold, predicted);
      }
    }

    private void addMentions(TagSequence gold, TagSequence predicted) {
      Set<Mention> right = new HashSet<>(ConllTags.mentions(gold.tags()));
      for (Mention mention : ConllTags.mentions(predicted.tags())) {
        double lowest = 1;
        boolean labelled = true;
        for (int i = mention.span().begin(); i < mention.span().end(); i++) {
          lowest = Math.min(lowest, predicted.probabilities().get(i));
          labelled &= gold.has(i);
        }
        if (labelled) {
          mentions.half(units.size()).add(lowest, right.contains(mention));
        }
      }
    }
  }
}
