package io.github.rnnotator.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.eval.calibration.Calibration;
import io.github.rnnotator.eval.calibration.FittedCalibration;
import io.github.rnnotator.eval.calibration.Temperature;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.eval.significance.Interval;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Intervals and calibration of heads, against the same from plain lists. */
class ConfidenceTest {
  private static final Map<String, Measure> POS = Map.of("pos", Measure.ACCURACY);
  private static final Map<String, Measure> NER = Map.of("ner", Measure.F1);

  private record Prediction(int sentence, float probability, boolean correct) {}

  @Property(tries = 30)
  void temperaturesAreFittedOnTheOtherHalf(@ForAll long seed) {
    Random random = new Random(seed);
    Confidence confidence = new Confidence(POS);
    List<Prediction> predictions = new ArrayList<>();
    for (int sentence = 0; sentence < 200; sentence++) {
      int size = 1 + random.nextInt(4);
      List<String> gold = new ArrayList<>();
      List<String> tags = new ArrayList<>();
      List<Float> probabilities = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        float p = 0.5f + random.nextFloat() / 2;
        boolean correct = random.nextDouble() < 0.9 * p;
        gold.add("N");
        tags.add(correct ? "N" : "V");
        probabilities.add(p);
        predictions.add(new Prediction(sentence, p, correct));
      }
      confidence.add(
          tagged("pos", TagSequence.of(gold)), tagged("pos", new TagSequence(tags, probabilities)));
    }

    FittedCalibration found = confidence.tokens("pos", null).orElseThrow();

    Temperature even = fit(predictions.stream().filter(p -> p.sentence % 2 == 0).toList());
    Temperature odd = fit(predictions.stream().filter(p -> p.sentence % 2 == 1).toList());
    Calibration raw = new Calibration();
    Calibration scaled = new Calibration();
    for (Prediction p : predictions) {
      raw.add(p.probability, p.correct);
      scaled.add((p.sentence % 2 == 0 ? odd : even).apply(p.probability), p.correct);
    }
    assertThat(found.raw().expectedCalibrationError())
        .isCloseTo(raw.expectedCalibrationError(), within(1e-9));
    assertThat(found.raw().count()).isEqualTo(predictions.size());
    assertThat(1 / found.temperature().value())
        .isCloseTo(1 / fit(predictions).value(), within(0.003));
    assertThat(found.scaled().confidence()).isCloseTo(scaled.confidence(), within(1e-3));
    assertThat(found.scaled().accuracy()).isEqualTo(scaled.accuracy());
    assertThat(confidence.mentions("pos", null)).isEmpty();
  }

  private static Temperature fit(List<Prediction> predictions) {
    boolean[] correct = new boolean[predictions.size()];
    for (int i = 0; i < correct.length; i++) {
      correct[i] = predictions.get(i).correct;
    }
    return Temperature.fit(
        predictions.stream().mapToDouble(Prediction::probability).toArray(), correct);
  }

  @Test
  void aTemperatureOfOtherSentencesIsTakenAsItIs() {
    Confidence dev = new Confidence(POS);
    Confidence test = new Confidence(POS);
    // On dev 0.9 is right 3 times of 4: T = 2, so that 0.9 becomes 0.75.
    for (int i = 0; i < 4; i++) {
      dev.add(
          tagged("pos", TagSequence.of("N")),
          tagged("pos", new TagSequence(List.of(i == 0 ? "V" : "N"), List.of(0.9f))));
    }
    test.add(
        tagged("pos", TagSequence.of("N")),
        tagged("pos", new TagSequence(List.of("N"), List.of(0.9f))));
    FittedCalibration found = test.tokens("pos", dev).orElseThrow();
    assertThat(found.temperature().value()).isCloseTo(2, within(0.01));
    assertThat(found.scaled().confidence()).isCloseTo(0.75, within(0.001));
    assertThat(ConfidenceText.of("token", found))
        .isEqualTo(
            "token calibration error: 10.00 (confidence 90.00, accuracy 100.00);"
                + " 25.00 at temperature 2.00");
  }

  @Test
  void aMentionIsAsLikelyAsItsLeastLikelyToken() {
    Confidence confidence = new Confidence(NER);
    TaggedSentence gold = tagged("ner", TagSequence.of("B-PER", "I-PER", "O", "B-LOC"));
    confidence.add(
        gold,
        tagged(
            "ner",
            new TagSequence(
                List.of("B-PER", "I-PER", "O", "B-ORG"), List.of(0.9f, 0.75f, 0.3f, 0.5f))));
    Calibration mentions = confidence.mentions("ner", null).orElseThrow().raw();
    assertThat(mentions.count()).isEqualTo(2);
    assertThat(mentions.confidence()).isEqualTo((0.75 + 0.5) / 2);
    assertThat(mentions.accuracy()).isEqualTo(0.5);
    assertThat(confidence.tokens("ner", null).orElseThrow().raw().accuracy()).isEqualTo(0.75);
  }

  @Test
  void theIntervalIsThatOfTheSentencesCounts() {
    Confidence confidence = new Confidence(NER);
    long[][] counts = new long[60][];
    for (int i = 0; i < counts.length; i++) {
      boolean found = i % 3 != 0;
      confidence.add(
          tagged("ner", TagSequence.of("S-PER", "O")),
          tagged("ner", TagSequence.of(found ? "B-PER" : "O", i % 4 == 0 ? "B-LOC" : "O")));
      counts[i] = new long[] {1, (found ? 1 : 0) + (i % 4 == 0 ? 1 : 0), found ? 1 : 0};
    }
    Bootstrap bootstrap = new Bootstrap(1000, 1, 0.95);
    Interval interval = confidence.interval("ner", bootstrap);
    assertThat(interval)
        .isEqualTo(
            bootstrap.interval(
                counts, c -> c[2] == 0 ? 0 : new PrecisionRecall(c[0], c[1], c[2]).f1()));
    assertThat(interval.contains(new PrecisionRecall(60, 55, 40).f1())).isTrue();
    assertThat(confidence.tokens("ner", null)).isEmpty();
    assertThat(ConfidenceText.of(new Interval(94.801, 95.428, 0.95), 2001))
        .isEqualTo("95 % interval: 94.80 to 95.43 (bootstrap of 2001 sentences)");
    assertThatThrownBy(() -> confidence.interval("pos", bootstrap))
        .hasMessage("no head 'pos', only [ner]");
  }

  private static TaggedSentence tagged(String head, TagSequence tags) {
    return new TaggedSentence(Sentence.of(tags.tags().toArray(String[]::new)), Map.of(head, tags));
  }
}
