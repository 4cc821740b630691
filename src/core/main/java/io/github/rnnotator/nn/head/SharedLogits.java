package io.github.rnnotator.nn.head;

import io.github.rnnotator.nn.Activation;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Initializers;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.ops.PanelMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * Where {@code x} is a projection itself, {@code W} reads it directly: {@code r = x}.
 *
 * @param own the logits of whole labels, {@code [tokens x labels]}: {@code W r + b}, or {@code W x
 *     + b} if that has fewer weights
 * @param shared the logits of values, {@code [tokens x values]}
 * @param members {@code A [values x labels]}, which is not trained
 */
record SharedLogits(Layer own, Layer shared, Parameter members) implements Layer {
  /** The length of {@code r}. */
  private static final int RANK = 32;

  private static long direct(int inputDim, int labels) {
    return (inputDim + 1L) * labels;
  }

  private static long factored(int inputDim, int labels) {
    return direct(inputDim, RANK) + direct(RANK, labels);
  }

  /**
   * Returns the number of weights.
   *
   * @param rank the length of the projection that both kinds of logits read, or 0 for none
   */
  static long weights(int inputDim, int rank, int labels, int values) {
    return rank == 0
        ? Math.min(direct(inputDim, labels), factored(inputDim, labels)) + direct(inputDim, values)
        : direct(inputDim, rank) + direct(rank, labels) + direct(rank, values);
  }

  /**
   * Returns the layer.
   *
   * @param values the values of each label, from 0
   * @param count the number of values; 0 if no label has one, as where no word has features
   * @param isProjected whether its input is a projection, so that {@code P} would be another one
   */
  static LayerSpec spec(int[][] values, int count, boolean isProjected) {
    return (name, inputDim, random) -> {
      int labels = values.length;
      Dense whole = new Dense(labels);
      LayerSpec own =
          !isProjected && factored(inputDim, labels) < direct(inputDim, labels)
              ? new Dense(RANK).before(whole)
              : whole;
      return new SharedLogits(
          own.build(name, inputDim, random),
          Dense.layer(
              name + ".values",
              Initializers.glorotUniform(inputDim, count, random),
              Activation.LINEAR),
          Parameter.dense(name + ".members", members(values, count)));
    };
  }

  private static FMatrixRMaj members(int[][] values, int count) {
    FMatrixRMaj members = new FMatrixRMaj(count, values.length);
    for (int label = 0; label < values.length; label++) {
      for (int value : values[label]) {
        members.data[value * values.length + label] = 1;
      }
    }
    return members;
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
    return !pass.isTraining() && isFasterAsOne(x.dim()) ? asOne(x, pass) : inParts(x, pass);
  }

  /**
   * Whether a product with {@code K [inputDim x labels]}, which all weights together make, takes
   * less time than those with the weights apart: not with few values, as features have.
   */
  private boolean isFasterAsOne(int inputDim) {
    long apart = parameters().stream().mapToLong(Parameter::size).sum();
    return (long) inputDim * outputDim() < apart + members.size();
  }

  /**
   * {@code z = K x + k}, where {@code K = P W + W_v A} and {@code k} is made of biases likewise.
   */
  private Output asOne(SequenceBatch x, PassContext pass) {
    int rows = x.values().numRows;
    FMatrixRMaj z = pass.matrix(rows, outputDim());
    FMatrixRMaj ones = pass.matrix(rows, 1);
    Arrays.fill(ones.data, 0, rows, 1);
    pass.ops().multiply(ones, 0, rows, together(1, 1, pass), z, 0, false);
    pass.ops().multiply(x.values(), 0, rows, together(0, x.dim(), pass), z, 0, true);
    return new Output(new SequenceBatch(x.packing(), z), PassContext.noBackprop());
  }

  /**
   * Returns {@code K} or {@code k} as a right operand, computed once for unchanged weights.
   *
   * @param of 0 for the kernels, 1 for the biases
   */
  private PanelMatrix together(int of, int rows, PassContext pass) {
    return pass.derived(shared.parameters().get(of), () -> sum(of, rows, pass));
  }

  private FMatrixRMaj sum(int of, int rows, PassContext pass) {
    List<Parameter> whole = own.parameters();
    FMatrixRMaj values = shared.parameters().get(of).value();
    FMatrixRMaj sum = new FMatrixRMaj(rows, outputDim());
    pass.ops().multiply(values, 0, rows, pass.packed(members, false), sum, 0, true);
    if (whole.size() == 2) {
      add(whole.get(of), pass, sum);
      return sum;
    }
    FMatrixRMaj projection = whole.get(of).value();
    pass.ops().multiply(projection, 0, rows, pass.packed(whole.get(2), false), sum, 0, true);
    if (of == 1) {
      add(whole.get(3), pass, sum);
    }
    return sum;
  }

  private static void add(Parameter weights, PassContext pass, FMatrixRMaj sum) {
    pass.ops().addScaled(1, weights.value().data, 0, sum.data, 0, sum.numRows * sum.numCols);
  }

  private Output inParts(SequenceBatch x, PassContext pass) {
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
