package io.github.rnnotator.keras;

import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.RepeatVector;
import java.util.List;

/**
 * Refuses examples that do not fit a model, by their place.
 *
 * @param input what the model reads
 * @param layers its layers
 * @param labels the number of labels of its last layer
 */
record ExampleCheck(Input input, List<LayerSpec> layers, int labels) {
  void ids(float[][][] x) {
    if (!(layers.get(0) instanceof Embedding embedding)) {
      throw new IllegalArgumentException(
          "the model reads vectors of length " + input.dim() + ", x holds ids");
    }
    for (int i = 0; i < x.length; i++) {
      requireTimesteps(x, i);
      for (int t = 0; t < x[i].length; t++) {
        require(x[i][t][0], embedding.inputDim(), "x[" + i + "][" + t + "]", "the Embedding");
      }
    }
  }

  void vectors(float[][][] x) {
    if (input.isIds()) {
      throw new IllegalArgumentException("the model reads ids, x holds vectors");
    }
    for (int i = 0; i < x.length; i++) {
      requireTimesteps(x, i);
      for (int t = 0; t < x[i].length; t++) {
        if (x[i][t].length != input.dim()) {
          throw new IllegalArgumentException(
              "x[%d][%d] has %d values, expected %d".formatted(i, t, x[i][t].length, input.dim()));
        }
        for (int j = 0; j < x[i][t].length; j++) {
          if (!Float.isFinite(x[i][t][j])) {
            throw new IllegalArgumentException(
                "x[%d][%d][%d] is %s, expected a finite number".formatted(i, t, j, x[i][t][j]));
          }
        }
      }
    }
  }

  private void requireTimesteps(float[][][] x, int i) {
    int expected = input.timesteps();
    if (x[i].length == 0 || (expected > 0 && x[i].length != expected)) {
      throw new IllegalArgumentException(
          "x[%d] has %d timesteps, expected %s"
              .formatted(i, x[i].length, expected > 0 ? "" + expected : "at least 1"));
    }
  }

  void labels(Examples examples) {
    for (int i = 0; i < examples.size(); i++) {
      int[] y = examples.y()[i];
      int outputs = outputs(examples.x()[i].length);
      if (y.length != outputs) {
        throw new IllegalArgumentException(
            "y[%d] has %d labels, the model gives %d; %s"
                .formatted(
                    i,
                    y.length,
                    outputs,
                    outputs == 1
                        ? "for one per timestep give the last recurrent layer returnSequences(true)"
                        : "for one per sequence leave it out of the last recurrent layer"));
      }
      for (int t = 0; t < y.length; t++) {
        require(y[t], labels, "y[" + i + "][" + t + "]", "the last layer");
      }
    }
  }

  /** The number of outputs for a sequence of so many timesteps. */
  private int outputs(int timesteps) {
    int outputs = timesteps;
    for (LayerSpec layer : layers) {
      if (layer instanceof RepeatVector repeat) {
        outputs = repeat.n();
      } else if (!layer.keepsTimesteps()) {
        outputs = 1;
      }
    }
    return outputs;
  }

  private static void require(float value, int count, String place, String layer) {
    if (value < 0 || value >= count) {
      throw new IllegalArgumentException(
          "%s is %d, but %s knows 0 to %d".formatted(place, (int) value, layer, count - 1));
    }
  }
}
