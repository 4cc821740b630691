package io.github.rnnotator.nn.head;

import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Logits of labels that are combinations of values, such as {@code Number=Sing|Person=3}: the logit
 * of a label is its own plus those of its values, so that rare labels learn from others with the
 * same values.
 *
 * <pre>
 *   z_l = w_l x + b_l + sum over v in l of (w_v x + b_v)
 * </pre>
 *
 * @param own the logits of whole labels, {@code [tokens x labels]}
 * @param shared the logits of values, {@code [tokens x values]}
 * @param values the values of each label
 */
record SharedLogits(Layer own, Layer shared, int[][] values) implements Layer {
  static Layer build(String name, int inputDim, int[][] values, int count, RandomGenerator random) {
    return new SharedLogits(
        new Dense(values.length).build(name, inputDim, random),
        new Dense(count).build(name + ".values", inputDim, random),
        values);
  }

  @Override
  public int outputDim() {
    return values.length;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(own.parameters());
    all.addAll(shared.parameters());
    return all;
  }

  @Override
  public Output forward(SequenceBatch x, PassContext pass) {
    Output labels = own.forward(x, pass);
    Output parts = shared.forward(x, pass);
    FMatrixRMaj z = labels.y().values();
    FMatrixRMaj v = parts.y().values();
    for (int row = 0; row < z.numRows; row++) {
      for (int label = 0; label < values.length; label++) {
        float sum = 0;
        for (int value : values[label]) {
          sum += v.data[row * v.numCols + value];
        }
        z.data[row * z.numCols + label] += sum;
      }
    }
    return new Output(
        labels.y(),
        (dZ, gradients) -> {
          FMatrixRMaj dV = pass.zeros(v.numRows, v.numCols);
          for (int row = 0; row < dZ.numRows; row++) {
            for (int label = 0; label < values.length; label++) {
              float d = dZ.data[row * dZ.numCols + label];
              for (int value : values[label]) {
                dV.data[row * dV.numCols + value] += d;
              }
            }
          }
          FMatrixRMaj dX = parts.backprop().apply(dV, gradients);
          FMatrixRMaj dOwn = labels.backprop().apply(dZ, gradients);
          pass.ops().addScaled(1, dOwn.data, 0, dX.data, 0, dX.numRows * dX.numCols);
          return dX;
        });
  }
}
