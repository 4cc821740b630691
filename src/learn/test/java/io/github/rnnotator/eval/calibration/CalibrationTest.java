package io.github.rnnotator.eval.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Calibration recomputed from its definition, and known temperatures. */
class CalibrationTest {
  private record Pair(double probability, boolean correct) {}

  @Property(tries = 200)
  void theErrorIsThatOfTheDefinition(
      @ForAll @IntRange(min = 1, max = 20) int bins, @ForAll long s) {
    Random random = new Random(s);
    List<Pair> pairs = new ArrayList<>();
    Calibration calibration = new Calibration(bins);
    for (int i = 0; i < 50; i++) {
      // Quarters are exact, and on the border of two bins if there are 4, 8, ...
      double p = random.nextBoolean() ? random.nextInt(5) / 4.0 : random.nextDouble();
      Pair pair = new Pair(p, random.nextBoolean());
      pairs.add(pair);
      calibration.add(pair.probability, pair.correct);
    }
    double error = 0;
    for (int m = 1; m <= bins; m++) {
      double low = (m - 1) / (double) bins;
      double high = m / (double) bins;
      boolean first = m == 1;
      List<Pair> bin =
          pairs.stream()
              .filter(x -> (x.probability > low || first) && x.probability <= high)
              .toList();
      Calibration.Bin found = calibration.bins().get(m - 1);
      assertThat(found.count()).isEqualTo(bin.size());
      assertThat(found.high()).isEqualTo(high);
      if (!bin.isEmpty()) {
        double confidence = bin.stream().mapToDouble(Pair::probability).average().orElseThrow();
        double accuracy = bin.stream().filter(Pair::correct).count() / (double) bin.size();
        error += bin.size() / 50.0 * Math.abs(confidence - accuracy);
        assertThat(found.confidence()).isCloseTo(confidence, within(1e-12));
        assertThat(found.accuracy()).isCloseTo(accuracy, within(1e-12));
      } else {
        assertThat(found.confidence()).isNaN();
      }
    }
    assertThat(calibration.expectedCalibrationError()).isCloseTo(error, within(1e-12));
    assertThat(calibration.count()).isEqualTo(50);
    assertThat(calibration.confidence())
        .isCloseTo(
            pairs.stream().mapToDouble(Pair::probability).average().orElseThrow(), within(1e-12));
    assertThat(calibration.accuracy())
        .isCloseTo(pairs.stream().filter(Pair::correct).count() / 50.0, within(1e-12));
  }

  @Test
  void coinsThatKeepTheirPromiseHaveNoError() {
    Calibration calibration = new Calibration();
    for (int i = 0; i < 1000; i++) {
      calibration.add(0.75, i % 4 != 0);
      calibration.add(1, true);
      calibration.add(0, false);
    }
    assertThat(calibration.expectedCalibrationError()).isZero();
    calibration.add(1, false);
    assertThat(calibration.expectedCalibrationError()).isCloseTo(1 / 3001.0, within(1e-12));
  }

  @Property(tries = 40)
  void theTemperatureThatSpoiledTheOddsIsFound(@ForAll @IntRange(min = 1, max = 40) int tenths) {
    // True log odds o give right or wrong; the reported odds are o * T.
    double temperature = tenths / 10.0;
    Random random = new Random(tenths);
    int n = 40_000;
    double[] told = new double[n];
    boolean[] correct = new boolean[n];
    for (int i = 0; i < n; i++) {
      double odds = 1.5 + random.nextGaussian();
      correct[i] = random.nextDouble() < 1 / (1 + Math.exp(-odds));
      told[i] = 1 / (1 + Math.exp(-odds * temperature));
    }
    Temperature fitted = Temperature.fit(told, correct);
    assertThat(fitted.value()).isCloseTo(temperature, within(0.05 * temperature));
    Calibration before = new Calibration();
    Calibration after = new Calibration();
    for (int i = 0; i < n; i++) {
      before.add(told[i], correct[i]);
      after.add(fitted.apply(told[i]), correct[i]);
    }
    assertThat(after.expectedCalibrationError()).isLessThan(0.015);
    if (tenths < 7 || tenths > 14) {
      assertThat(after.expectedCalibrationError()).isLessThan(before.expectedCalibrationError());
    }
  }

  @Test
  void aSingleProbabilityHasAClosedForm() {
    // p = 0.9 for all, 3 of 4 right: 1 / T = log(3) / log(9).
    double[] p = {0.9, 0.9, 0.9, 0.9};
    Temperature fitted = Temperature.fit(p, new boolean[] {true, true, true, false});
    assertThat(fitted.value()).isCloseTo(2, within(1e-9));
    assertThat(fitted.apply(0.9)).isCloseTo(0.75, within(1e-9));
    assertThat(fitted.apply(0.5)).isEqualTo(0.5);
    assertThat(fitted.apply(1)).isBetween(0.99, 1.0);
  }

  @Test
  void temperaturesWithoutAMaximumStopAtTheirLimits() {
    double[] p = {0.9, 0.8, 1};
    assertThat(Temperature.fit(p, new boolean[] {true, true, true}).value())
        .isCloseTo(Temperature.LEAST, within(1e-9));
    assertThat(Temperature.fit(p, new boolean[] {false, false, false}).value())
        .isCloseTo(Temperature.MOST, within(1e-9));
  }

  @Test
  void refusesInvalidProbabilitiesBinsAndTemperatures() {
    assertThatThrownBy(() -> new Calibration().add(1.01, true)).hasMessageContaining("1.01");
    assertThatThrownBy(() -> new Calibration().add(Double.NaN, true)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Calibration(0)).hasMessageContaining("0 bins");
    assertThatThrownBy(() -> Temperature.fit(new double[] {2}, new boolean[] {true}))
        .hasMessageContaining("probability 2.0");
    assertThatThrownBy(() -> Temperature.fit(new double[0], new boolean[0]))
        .hasMessage("0 probabilities, 0 outcomes");
    assertThatThrownBy(() -> new Temperature(0)).hasMessageContaining("temperature 0.0");
  }
}
