package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.ops.PanelMatrix;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.ejml.data.FMatrixRMaj;

/**
 * The context of one pass of a batch through the layers: the operations, the thread's buffers,
 * whether this is training, and the random numbers of dropout. Not thread-safe.
 */
public final class PassContext {
  private final Ops ops;
  private final Workspace workspace;
  private final boolean training;
  private final SplittableRandom random;
  private final PackedWeights weights;

  private PassContext(
      Ops ops,
      Workspace workspace,
      boolean training,
      SplittableRandom random,
      PackedWeights weights) {
    this.ops = ops;
    this.workspace = workspace;
    this.training = training;
    this.random = random;
    this.weights = weights;
  }

  /** Begins a training pass, with dropout and a backward pass. */
  public static PassContext training(Ops ops, Workspace workspace, long seed) {
    return training(ops, workspace, seed, new PackedWeights(ops));
  }

  /**
   * Begins a training pass that shares packed weights with concurrent passes.
   *
   * @param weights created for the same operations
   */
  public static PassContext training(
      Ops ops, Workspace workspace, long seed, PackedWeights weights) {
    return new PassContext(ops, workspace, true, new SplittableRandom(seed), weights);
  }

  /** Begins an inference pass: no dropout, no backward pass. */
  public static PassContext inference(Ops ops, Workspace workspace) {
    return inference(ops, workspace, new PackedWeights(ops));
  }

  /**
   * Begins an inference pass that reuses the weights packed by earlier passes.
   *
   * @param weights created for the same operations
   */
  public static PassContext inference(Ops ops, Workspace workspace, PackedWeights weights) {
    return new PassContext(ops, workspace, false, new SplittableRandom(0), weights);
  }

  /** Returns an inference pass on the same buffers and weights, within this pass. */
  public PassContext withoutTraining() {
    return new PassContext(ops, workspace, false, new SplittableRandom(0), weights);
  }

  /** The float operations. */
  public Ops ops() {
    return ops;
  }

  /** Whether dropout is on. */
  public boolean isTraining() {
    return training;
  }

  /** Placeholder for layers that saved nothing for the backward pass. */
  public static Layer.Backprop noBackprop() {
    return (dY, gradients) -> {
      throw new IllegalStateException(
          "an inference pass has no backward pass; use PassContext.training");
    };
  }

  /** Random numbers that depend only on the seed. */
  public SplittableRandom random() {
    return random;
  }

  /**
   * Returns a matrix {@code [rows x cols]} with undefined values, valid until the workspace is
   * reset.
   */
  public FMatrixRMaj matrix(int rows, int cols) {
    return workspace.matrix(rows, cols);
  }

  /** Returns a matrix {@code [rows x cols]} of zeros, valid until the workspace is reset. */
  public FMatrixRMaj zeros(int rows, int cols) {
    return workspace.zeros(rows, cols);
  }

  /** Returns the weights of a parameter, or their transpose, as a right operand. */
  public PanelMatrix packed(Parameter parameter, boolean transpose) {
    return weights.of(parameter, transpose);
  }

  /**
   * Returns a matrix that is computed from weights as a right operand; it is computed again only
   * after they changed.
   *
   * @param parameter one of these weights, which has no other derived matrix
   * @param value computes the matrix
   */
  public PanelMatrix derived(Parameter parameter, Supplier<FMatrixRMaj> value) {
    return weights.derived(parameter, value);
  }

  /** Packs {@code b} as a right operand. */
  public PanelMatrix pack(FMatrixRMaj b) {
    return pack(b, false);
  }

  /** Packs {@code b}, or its transpose, as a right operand. */
  public PanelMatrix pack(FMatrixRMaj b, boolean transpose) {
    PanelMatrix packed = workspace.packed();
    ops.pack(b, transpose, packed);
    return packed;
  }
}
