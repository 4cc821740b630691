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

  private Pass(Kernel kernel, Workspace workspace, boolean training, SplittableRandom random) {
    this.kernel = kernel;
    this.workspace = workspace;
    this.training = training;
    this.random = random;
  }

  /** A pass that will be followed by its way back, with dropout. */
  public static Pass training(Kernel kernel, Workspace workspace, long seed) {
    return new Pass(kernel, workspace, true, new SplittableRandom(seed));
  }

  /** A pass that only wants the outputs, without dropout. */
  public static Pass inference(Kernel kernel, Workspace workspace) {
    return new Pass(kernel, workspace, false, new SplittableRandom(0));
  }

  /** The kernel that computes. */
  public Kernel kernel() {
    return kernel;
  }

  /** Whether dropout is on. */
  public boolean isTraining() {
    return training;
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

  /** Packs {@code b} or its transpose as the right operand of a product. */
  public PackedMatrix pack(FMatrixRMaj b, boolean transpose) {
    PackedMatrix packed = workspace.packed();
    kernel.pack(b, transpose, packed);
    return packed;
  }
}
