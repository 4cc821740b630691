package io.github.rnnotator.eval;

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
  private final Map<String, Head> heads = new LinkedHashMap<>();

  /**
   * Calibration of one kind of prediction.
   *
   * @param raw the calibration before scaling
   * @param temperature the temperature fitted to all predictions of the other sentences, or of
   *     these
   * @param scaled the calibration after scaling by a temperature fitted on other sentences
   */
  public record Reliability(Calibration raw, Temperature temperature, Calibration scaled) {}

  /**
   * Nothing yet.
   *
   * @param heads head name to measure
   */
  public Confidence(Map<String, Measure> heads) {
    heads.forEach((name, measure) -> this.heads.put(name, new Head(measure)));
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

  /** The interval of a head's score, in percent. */
  public Interval interval(String head, Bootstrap bootstrap) {
    Head of = head(head);
    return bootstrap.interval(of.units, sums -> of.measure.score(sums, 0));
  }

  /** The number of sentences. */
  public int sentences(String head) {
    return head(head).units.size();
  }

  /**
   * The calibration of a head's tokens.
   *
   * @param fitted what the temperature is fitted on, or null for these sentences
   * @return empty without probabilities
   */
  public Optional<Reliability> tokens(String head, @Nullable Confidence fitted) {
    return head(head).tokens.reliability(fitted == null ? null : fitted.head(head).tokens);
  }

  /**
   * The calibration of a head's mentions.
   *
   * @param fitted what the temperature is fitted on, or null for these sentences
   * @return empty without probabilities or mentions
   */
  public Optional<Reliability> mentions(String head, @Nullable Confidence fitted) {
    return head(head).mentions.reliability(fitted == null ? null : fitted.head(head).mentions);
  }

  private Head head(String name) {
    Head head = heads.get(name);
    if (head == null) {
      throw new IllegalArgumentException("no head '" + name + "', only " + heads.keySet());
    }
    return head;
  }

  private static final class Head {
    private final Measure measure;
    private final ResamplingUnits units;
    private final Halves tokens = new Halves();
    private final Halves mentions = new Halves();

    Head(Measure measure) {
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

  /** Predictions of every other sentence, so that a temperature can be tested on held-out ones. */
  private static final class Halves {
    private final Probabilities odd = new Probabilities();
    private final Probabilities even = new Probabilities();

    Probabilities half(int sentence) {
      return sentence % 2 == 0 ? even : odd;
    }

    private long count() {
      return odd.calibration().count() + even.calibration().count();
    }

    private Probabilities all() {
      Probabilities all = new Probabilities();
      all.addAll(odd);
      all.addAll(even);
      return all;
    }

    Optional<Reliability> reliability(@Nullable Halves fitted) {
      if (count() == 0) {
        return Optional.empty();
      }
      Probabilities all = all();
      if (fitted != null && fitted.count() > 0) {
        Temperature temperature = fitted.all().fit();
        return Optional.of(
            new Reliability(all.calibration(), temperature, all.calibration(temperature)));
      }
      Temperature temperature = all.fit();
      if (odd.calibration().count() == 0 || even.calibration().count() == 0) {
        return Optional.of(
            new Reliability(all.calibration(), temperature, all.calibration(temperature)));
      }
      Calibration scaled = new Calibration();
      odd.addTo(scaled, even.fit());
      even.addTo(scaled, odd.fit());
      return Optional.of(new Reliability(all.calibration(), temperature, scaled));
    }
  }
}
