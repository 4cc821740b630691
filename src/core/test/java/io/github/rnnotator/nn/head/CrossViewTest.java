package io.github.rnnotator.nn.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.Samples;
import io.github.rnnotator.nn.SequenceBatch;
import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class CrossViewTest {
  private static final int HIDDEN = 3;
  private static final int LABELS = 4;

  private final SplittableRandom random = new SplittableRandom(4);
  private final SequenceBatch states = Samples.batch(new int[] {3, 1, 4}, 2 * HIDDEN, random);
  private final CrossView views = CrossView.build("views", HIDDEN, LABELS, random);

  /** Random distributions; the rows of the second sequence are 0. */
  private FMatrixRMaj targets() {
    Packing packing = states.packing();
    FMatrixRMaj p = new FMatrixRMaj(packing.tokens(), LABELS);
    for (int i = 0; i < packing.sequences(); i++) {
      for (int t = 0; t < packing.length(i) && i != 1; t++) {
        float sum = 0;
        int from = packing.row(i, t) * LABELS;
        for (int label = 0; label < LABELS; label++) {
          p.data[from + label] = random.nextFloat();
          sum += p.data[from + label];
        }
        for (int label = 0; label < LABELS; label++) {
          p.data[from + label] /= sum;
        }
      }
    }
    return p;
  }

  private double loss(FMatrixRMaj targets) {
    return views.loss(states, targets, 1, Samples.training(1)).sum();
  }

  private FMatrixRMaj gradient(FMatrixRMaj targets, float weight, Gradients gradients) {
    return views
        .loss(states, targets, weight, Samples.training(1))
        .backprop()
        .apply(new FMatrixRMaj(0, 0), gradients)
        .copy();
  }

  @Test
  void gradientsMatchCentralDifferences() {
    Samples.randomize(views.parameters(), 0.8f, random);
    FMatrixRMaj targets = targets();
    Gradients gradients = new Gradients(views.parameters());
    FMatrixRMaj dStates = gradient(targets, 0.5f, gradients);
    for (int i = 0; i < states.values().numRows * states.values().numCols; i++) {
      check(states.values(), i, 0.5 * slope(states.values(), i, targets), dStates);
    }
    for (Parameter parameter : views.parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        double slope = 0.5 * slope(parameter.value(), i, targets);
        check(parameter.value(), i, slope, gradients.of(parameter));
      }
    }
  }

  private double slope(FMatrixRMaj x, int i, FMatrixRMaj targets) {
    float value = x.data[i];
    float step = 0.01f;
    x.data[i] = value + step;
    double above = loss(targets);
    x.data[i] = value - step;
    double below = loss(targets);
    x.data[i] = value;
    return (above - below) / (2 * step);
  }

  private static void check(FMatrixRMaj x, int i, double slope, FMatrixRMaj gradient) {
    assertThat(x.data.length).isGreaterThan(i);
    assertThat((double) gradient.data[i]).isCloseTo(slope, within(2e-3 + 0.01 * Math.abs(slope)));
  }

  @Test
  void aRowWithoutTargetsAddsNothing() {
    FMatrixRMaj none = new FMatrixRMaj(states.packing().tokens(), LABELS);
    assertThat(loss(none)).isZero();
    Gradients gradients = new Gradients(views.parameters());
    assertThat(gradient(none, 1, gradients).data).containsOnly(0f);
    FMatrixRMaj dStates = gradient(targets(), 1, gradients);
    int row = states.packing().row(1, 0) * 2 * HIDDEN;
    for (int j = 0; j < 2 * HIDDEN; j++) {
      assertThat(dStates.data[row + j]).isZero();
    }
  }

  /** The views of the first token see its own states, but not those of tokens beyond. */
  @Test
  void everyViewSeesItsPartOnly() {
    Samples.randomize(views.parameters(), 1, random);
    Packing packing = states.packing();
    FMatrixRMaj targets = new FMatrixRMaj(packing.tokens(), LABELS);
    // The target is at timestep 1 of the last sequence, which has four.
    targets.data[packing.row(2, 1) * LABELS] = 1;
    FMatrixRMaj d = gradient(targets, 1, new Gradients(views.parameters()));
    for (int i = 0; i < 3; i++) {
      for (int t = 0; t < packing.length(i); t++) {
        // Forward states of tokens 0 and 1, backward states of tokens 1 and 2.
        assertThat(isSeen(d, packing.row(i, t), 0)).isEqualTo(i == 2 && (t == 0 || t == 1));
        assertThat(isSeen(d, packing.row(i, t), HIDDEN)).isEqualTo(i == 2 && (t == 1 || t == 2));
      }
    }
  }

  private static boolean isSeen(FMatrixRMaj d, int row, int col) {
    for (int j = 0; j < HIDDEN; j++) {
      if (d.data[row * 2 * HIDDEN + col + j] != 0) {
        return true;
      }
    }
    return false;
  }
}
