package io.github.rnnotator.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WholeTextTest {
  private static TaggedSentence text(String words, String label, Float probability) {
    return WholeText.of(
        TaggedSentence.labelled(
            Sentence.of(words.split(" ")), Map.of("label", new Label(label, probability))));
  }

  @Test
  void aTextIsOneTokenWithItsLabelsAsTags() {
    TaggedSentence one = text("you have won", "spam", 0.75f);
    assertThat(one.sentence().forms()).containsExactly("you have won");
    assertThat(one.tags("label").tags()).containsExactly("spam");
    assertThat(one.tags("label").probabilities()).containsExactly(0.75f);
    assertThat(one.labels()).isEmpty();
    assertThat(text("hello", "ham", null).tags("label").hasProbabilities()).isFalse();
  }

  /** Of any length: a long text counts as much as a short one. */
  @Test
  void everyTextCountsOnce() {
    Evaluation evaluation = new Evaluation(Map.of("label", Measure.LABELS));
    evaluation.add(text("a b c d e f g", "spam", null), text("a b c d e f g", "ham", 0.6f));
    evaluation.add(text("a", "ham", null), text("a", "ham", 0.9f));
    evaluation.add(text("b", "ham", null), text("b", "ham", 0.9f));
    evaluation.add(text("c d", "spam", null), text("c d", "spam", 0.9f));
    AccuracyScore score = (AccuracyScore) evaluation.scores().get("label");
    assertThat(score.accuracy()).isEqualTo(75);
    assertThat(score.isOfWholeTexts()).isTrue();
    assertThat(score.tags().get("spam")).isEqualTo(new PrecisionRecall(2, 1, 1));
    assertThat(ScoreTable.of("label", score).lines())
        .containsExactlyElementsOf(
            List.of(
                "label accuracy: 75.00",
                "  texts: 3 of 4 correct (75.00)",
                "",
                "  label  precision  recall      f1      gold",
                "  ham        66.67  100.00   80.00         2",
                "  spam      100.00   50.00   66.67         2",
                "",
                "  gold  predicted     times",
                "  spam  ham               1"));
  }
}
