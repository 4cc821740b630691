package io.github.rnnotator.nn;

import io.github.rnnotator.kernel.Kernel;
import io.github.rnnotator.kernel.PackedMatrix;
import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;

/**
 * What the layers need while a batch goes through them once: the kernel, the thread's buffers,
 * whether this is training, and the random numbers of dropout. Used by one thread.
 */
public final class Pass {
  private final Kernel kernel;
  private final Workspace workspace;
  private final boolean training;
  private final SplittableRandom random;
  private final PackedWeights weights;

  private Pass(
      Kernel kernel,
      Workspace workspace,
      boolean training,
      SplittableRandom random,
      PackedWeights weights) {
    this.kernel = kernel;
    this.workspace = workspace;
    this.training = training;
    this.random = random;
    this.weights = weights;
  }

  /** A pass that will be followed by its way back, with dropout. */
  public static Pass training(Kernel kernel, Workspace workspace, long seed) {
    return training(kernel, workspace, seed, new PackedWeights(kernel));
  }

  /**
   * The same with weights that passes beside this one share.
   *
   * @param weights made for the same kernel
   */
  public static Pass training(
      Kernel kernel, Workspace workspace, long seed, PackedWeights weights) {
    return new Pass(kernel, workspace, true, new SplittableRandom(seed), weights);
  }

  /** A pass that only wants the outputs, without dropout. */
  public static Pass inference(Kernel kernel, Workspace workspace) {
    return inference(kernel, workspace, new PackedWeights(kernel));
  }

  /**
   * The same with weights that were packed by earlier passes.
   *
   * @param weights made for the same kernel
   */
  public static Pass inference(Kernel kernel, Workspace workspace, PackedWeights weights) {
    return new Pass(kernel, workspace, false, new SplittableRandom(0), weights);
  }

  /** The kernel that computes. */
  public Kernel kernel() {
    return kernel;
  }

  /** Whether dropout is on. */
  public boolean isTraining() {
    return training;
  }

  /** Stands where a layer kept nothing for its way back. */
  static Layer.Backward noWayBack() {
    return (dY, gradients) -> {
      throw new IllegalStateException("a pass for inference has no way back; use Pass.training");
    };
  }

  /** Random numbers that depend on the seed alone. */
  public SplittableRandom random() {
    return random;
  }

  /** A matrix {@code [rows x cols]} with undefined values, until the workspace is reset. */
  public FMatrixRMaj matrix(int rows, int cols) {
    return workspace.matrix(rows, cols);
  }

  /** A matrix {@code [rows x cols]} of zeros, until the workspace is reset. */
  public FMatrixRMaj zeros(int rows, int cols) {
    return workspace.zeros(rows, cols);
  }

  /** The weights of a parameter, or their transpose, as the right operand of a product. */
  public PackedMatrix packed(Parameter parameter, boolean transpose) {
    return weights.of(parameter, transpose);
  }

  /** Packs {@code b} as the right operand of a product. */
  public PackedMatrix pack(FMatrixRMaj b) {
    PackedMatrix packed = workspace.packed();
    kernel.pack(b, false, packed);
    return packed;
  }
}
