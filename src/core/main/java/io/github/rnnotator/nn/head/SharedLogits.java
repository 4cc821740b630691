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
 *   z   = W x + b + (W_v x + b_v) A                         A[v, l] = 1 for a value v of label l
 * </pre>
 *
 * @param own the logits of whole labels, {@code [tokens x labels]}
 * @param shared the logits of values, {@code [tokens x values]}
 * @param members {@code A [values x labels]}, which is not trained
 */
record SharedLogits(Layer own, Layer shared, Parameter members) implements Layer {
  static Layer build(String name, int inputDim, int[][] values, int count, RandomGenerator random) {
    FMatrixRMaj members = new FMatrixRMaj(count, values.length);
    for (int label = 0; label < values.length; label++) {
      for (int value : values[label]) {
        members.data[value * values.length + label] = 1;
      }
    }
    return new SharedLogits(
        new Dense(values.length).build(name, inputDim, random),
        new Dense(count).build(name + ".values", inputDim, random),
        Parameter.dense(name + ".members", members));
  }

  @Override
  public int outputDim() {
    return own.outputDim();
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
    pass.ops().multiply(v, 0, v.numRows, pass.packed(members, false), z, 0, true);
    return new Output(
        labels.y(),
        (dZ, gradients) -> {
          FMatrixRMaj dV = pass.matrix(v.numRows, v.numCols);
          pass.ops().multiply(dZ, 0, v.numRows, pass.packed(members, true), dV, 0, false);
          FMatrixRMaj dX = parts.backprop().apply(dV, gradients);
          FMatrixRMaj dOwn = labels.backprop().apply(dZ, gradients);
          pass.ops().addScaled(1, dOwn.data, 0, dX.data, 0, dX.numRows * dX.numCols);
          return dX;
        });
  }
}
