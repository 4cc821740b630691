package io.github.rnnotator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.eval.Evaluation;
import io.github.rnnotator.eval.HeadScore;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.SeedSummary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The record of a run: it can be read again, and a resumed run continues it. */
class LearningCurvesTest {
  private final LearningCurves curves = new LearningCurves();

  @Test
  void csvSurvivesRoundTrip() {
    add(1, 1);
    add(1, 2);
    add(2, 1);
    String csv = curves.toCsv();
    assertThat(csv.lines().findFirst())
        .contains("seed,epoch,loss,seconds,upos accuracy,x_y accuracy");
    LearningCurves read = LearningCurves.parse(csv);
    assertThat(read.toCsv()).isEqualTo(csv);
    assertThat(read.points()).hasSize(3);
    assertThat(read.points().get(1).epoch()).isEqualTo(2);
    assertThat(read.points().get(2).scores()).containsEntry("upos accuracy", 100.0);
  }

  @Test
  void resumedRunReplacesTheEpochsItRepeats() {
    add(1, 1);
    add(1, 2);
    add(1, 3);
    add(2, 3);
    curves.begin(1, 2);
    assertThat(curves.points().stream().map(p -> p.seed() * 10 + p.epoch()))
        .containsExactly(11L, 23L);
    curves.begin(2, 1);
    add(2, 1);
    assertThat(curves.points().stream().map(p -> p.seed() * 10 + p.epoch()))
        .containsExactly(11L, 21L);
  }

  @Test
  void keepDropsOtherSeeds() {
    for (long seed = 1; seed <= 5; seed++) {
      add(seed, 1);
    }
    curves.keep(2, 4);
    assertThat(curves.points().stream().map(LearningCurves.Point::seed))
        .containsExactly(2L, 3L, 4L);
  }

  @Test
  void otherTextGivesNoPoints() {
    add(1, 1);
    String csv = curves.toCsv();
    for (String text :
        List.of(
            "",
            "x",
            "seed,epoch,loss,seconds\n",
            csv + "1,2\n",
            csv + "1,2,x,1,1,1\n",
            csv.substring(1))) {
      assertThat(LearningCurves.parse(text).points()).as(text).isEmpty();
    }
  }

  @Test
  void picturesShowEveryHead() throws IOException {
    add(1, 1);
    assertPictures();
    add(1, 2);
    add(2, 1);
    assertPictures();
  }

  private void assertPictures() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    CurveChart.write(png, curves, "title", CurveChart.Format.PNG);
    assertThat(ImageIO.read(new ByteArrayInputStream(png.toByteArray())).getWidth()).isEqualTo(900);
    ByteArrayOutputStream svg = new ByteArrayOutputStream();
    CurveChart.write(svg, curves, "title", CurveChart.Format.SVG);
    // The colours are those of two heads and the loss.
    assertThat(svg.toString(StandardCharsets.UTF_8))
        .startsWith("<?xml")
        .contains("<svg", "#1f77b4", "#d62728", "stroke=\"#808080\"")
        .contains(">upos accuracy</text>", ">x_y accuracy</text>", ">loss</text>", ">title</text>")
        .endsWith("</svg>\n");
  }

  private void add(long seed, int epoch) {
    Map<String, HeadScore> scores = new java.util.LinkedHashMap<>();
    scores.put("upos", score());
    scores.put("x,y", score());
    curves.add(seed, epoch, 1.0 / epoch, 2.5, scores);
  }

  private static HeadScore score() {
    Evaluation evaluation = new Evaluation(Map.of("upos", Measure.ACCURACY), Map.of(), w -> true);
    TaggedSentence gold = TinyTaggers.english(1).get(0);
    evaluation.add(gold, gold);
    return evaluation.scores().get("upos");
  }

  @Test
  void deviationIsThatOfASample() {
    SeedSummary summary = SeedSummary.of(List.of(90.0, 92.0, 97.0));
    assertThat(summary.mean()).isCloseTo(93, within(1e-9));
    assertThat(summary.standardDeviation()).isCloseTo(Math.sqrt((9 + 1 + 16) / 2.0), within(1e-9));
    assertThat(summary.minimum()).isEqualTo(90);
    assertThat(summary.maximum()).isEqualTo(97);
    assertThat(SeedSummary.of(List.of(90.0)).standardDeviation()).isZero();
  }
}
