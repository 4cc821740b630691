package io.github.rnnotator.nn;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.rnnotator.nn.seq2seq.DecoderSpec;
import io.github.rnnotator.nn.seq2seq.EncoderSpec;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers that nothing can be computed with are refused where they are described. */
class LayerSizesTest {
  @ParameterizedTest
  @EnumSource(CellKind.class)
  void everyCellNeedsUnits(CellKind kind) {
    String name = kind.layer(1).getClass().getSimpleName();
    refused(() -> kind.layer(0), name + " has 0 units, expected at least 1");
    refused(() -> kind.layer(-3), name + " has -3 units, expected at least 1");
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void everyCellRefusesRecurrentDropoutOutOfRange(CellKind kind) {
    for (float rate : new float[] {-0.1f, 1, Float.NaN}) {
      refused(
          () -> kind.layer(2).recurrentDropout(rate),
          "recurrent dropout " + rate + " is not in [0, 1)");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -3})
  void layersOfVectorsNeedALength(int size) {
    refused(() -> new Dense(size), "Dense has " + size + " units, expected at least 1");
    refused(() -> new Conv1d(size, 3), "Conv1d has " + size + " filters, expected at least 1");
    refused(
        () -> new EncoderSpec(9, size, List.of(new Gru(2)), 2),
        "an encoder of 9 ids with vectors of length " + size + ", expected at least 1 of each");
    refused(
        () -> new DecoderSpec(9, 4, CellKind.GRU, size, 1, null),
        "a decoder of 9 ids, vectors of length 4 and "
            + size
            + " units, expected at least 1 of each");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, -3})
  void convolutionsHaveAnOddWidth(int width) {
    refused(
        () -> new Conv1d(1, width),
        "Conv1d has the kernelSize " + width + ", expected an odd number of at least 1");
  }

  @Test
  void layersAroundNothingAreRefusedByName() {
    missing(() -> new Bidirectional(null), "the layer of Bidirectional is null");
    missing(() -> new TimeDistributed(null), "the layer of TimeDistributed is null");
    missing(() -> new Shortcut(null, Shortcut.Mode.DENSE), "the layer of Shortcut is null");
    missing(() -> new GlobalContext(null), "the encoder of GlobalContext is null");
    missing(() -> new Dense(2, null), "the activation is null");
  }

  private static void refused(ThrowingCallable description, String message) {
    assertThatIllegalArgumentException().isThrownBy(description).withMessage(message);
  }

  private static void missing(ThrowingCallable description, String message) {
    assertThatNullPointerException().isThrownBy(description).withMessage(message);
  }
}
