package io.github.rnnotator.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureScoresTest {
  @Test
  void scoresAreOfWordsAndOfEachFeature() {
    AccuracyScorer scorer = new AccuracyScorer(Measure.FEATS, form -> true);
    scorer.add(
        List.of("a", "b", "c", "d", "e"),
        List.of("Number=Sing|Typo=Yes", "Number=Sing", "Number=Plur", "_", ""),
        List.of("Number=Sing", "Number=Sing", "Number=Sing", "Case=Nom", "Case=Nom"));
    AccuracyScore score = scorer.score();
    assertThat(score.tokens()).isEqualTo(4);
    assertThat(score.correct()).isEqualTo(1);
    // Typo is not universal.
    assertThat(TagTables.universalCorrect(score)).isEqualTo(2);
    assertThat(TagTables.features(score))
        .containsOnly(
            Map.entry("Number", new PrecisionRecall(3, 3, 2)),
            Map.entry("Typo", new PrecisionRecall(1, 0, 0)),
            Map.entry("Case", new PrecisionRecall(0, 1, 0)));
    assertThat(ScoreTable.of("feats", score))
        .startsWith("feats accuracy: 25.00\n")
        .contains("UFeats (universal features): 2 of 4 correct (50.00)")
        .contains("feature  precision");
  }
}
