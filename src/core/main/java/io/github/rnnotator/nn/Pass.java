package io.github.rnnotator.nn;

import io.github.rnnotator.kernel.Kernel;
import io.github.rnnotator.kernel.PackedMatrix;
import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;

/**
 * The context of one pass of a batch through the layers: the kernel, the thread's buffers, whether
 * this is training, and the random numbers of dropout. Not thread-safe.
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

  /** Begins a training pass, with dropout and a backward pass. */
  public static Pass training(Kernel kernel, Workspace workspace, long seed) {
    return training(kernel, workspace, seed, new PackedWeights(kernel));
  }

  /**
   * Begins a training pass that shares packed weights with concurrent passes.
   *
   * @param weights created for the same kernel
   */
  public static Pass training(
      Kernel kernel, Workspace workspace, long seed, PackedWeights weights) {
    return new Pass(kernel, workspace, true, new SplittableRandom(seed), weights);
  }

  /** Begins an inference pass: no dropout, no backward pass. */
  public static Pass inference(Kernel kernel, Workspace workspace) {
    return inference(kernel, workspace, new PackedWeights(kernel));
  }

  /**
   * Begins an inference pass that reuses the weights packed by earlier passes.
   *
   * @param weights created for the same kernel
   */
  public static Pass inference(Kernel kernel, Workspace workspace, PackedWeights weights) {
    return new Pass(kernel, workspace, false, new SplittableRandom(0), weights);
  }

  /** The kernel. */
  public Kernel kernel() {
    return kernel;
  }

  /** Whether dropout is on. */
  public boolean isTraining() {
    return training;
  }

  /** Placeholder for layers that saved nothing for the backward pass. */
  static Layer.Backward noBackprop() {
    return (dY, gradients) -> {
      throw new IllegalStateException("an inference pass has no backward pass; use Pass.training");
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
  public PackedMatrix packed(Parameter parameter, boolean transpose) {
    return weights.of(parameter, transpose);
  }

  /** Packs {@code b} as a right operand. */
  public PackedMatrix pack(FMatrixRMaj b) {
    PackedMatrix packed = workspace.packed();
    kernel.pack(b, false, packed);
    return packed;
  }
}
