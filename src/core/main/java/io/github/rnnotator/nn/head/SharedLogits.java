package io.github.rnnotator.nn.head;

import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.Sequential;
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
 *   z_l = w_l r + b_l + sum over v in l of (w_v x + b_v)    r = P x + b_p
 *   z   = W r + b + (W_v x + b_v) A                         A[v, l] = 1 for a value v of label l
 * </pre>
 *
 * <p>The values carry most of what tells labels apart. What is left to a label as a whole needs few
 * dimensions, and hundreds of labels times the width of the states would take as long as a layer.
 *
 * @param own the logits of whole labels, {@code [tokens x labels]}: {@code W r + b}, or {@code W x
 *     + b} if that has fewer weights
 * @param shared the logits of values, {@code [tokens x values]}
 * @param members {@code A [values x labels]}, which is not trained
 */
record SharedLogits(Layer own, Layer shared, Parameter members) implements Layer {
  /** The length of {@code r}. */
  private static final int RANK = 32;

  /** Whether {@code P} and {@code W} together have fewer weights than {@code W} alone. */
  private static boolean isFactored(int inputDim, int labels) {
    return factored(inputDim, labels) < direct(inputDim, labels);
  }

  private static long direct(int inputDim, int labels) {
    return (inputDim + 1L) * labels;
  }

  private static long factored(int inputDim, int labels) {
    return direct(inputDim, RANK) + direct(RANK, labels);
  }

  /** Returns the number of weights. */
  static long weights(int inputDim, int labels, int values) {
    return Math.min(direct(inputDim, labels), factored(inputDim, labels))
        + direct(inputDim, values);
  }

  static SharedLogits build(
      String name, int inputDim, int[][] values, int count, RandomGenerator random) {
    FMatrixRMaj members = new FMatrixRMaj(count, values.length);
    for (int label = 0; label < values.length; label++) {
      for (int value : values[label]) {
        members.data[value * values.length + label] = 1;
      }
    }
    return new SharedLogits(
        own(name, inputDim, values.length, random),
        new Dense(count).build(name + ".values", inputDim, random),
        Parameter.dense(name + ".members", members));
  }

  private static Layer own(String name, int inputDim, int labels, RandomGenerator random) {
    LayerSpec whole = (ignored, dim, r) -> new Dense(labels).build(name, dim, r);
    if (!isFactored(inputDim, labels)) {
      return whole.build(name, inputDim, random);
    }
    LayerSpec projection = (ignored, dim, r) -> new Dense(RANK).build(name + ".rank", dim, r);
    return Sequential.build("", inputDim, List.of(projection, whole), random);
  }

  /** Returns the weights of which the logits are linear functions. */
  List<Parameter> lastParameters() {
    List<Parameter> all = new ArrayList<>(own.parameters());
    all.subList(0, all.size() - 2).clear();
    all.addAll(shared.parameters());
    return all;
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
