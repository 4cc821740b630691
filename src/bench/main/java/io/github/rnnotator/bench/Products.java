package io.github.rnnotator.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.ops.PanelMatrix;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * The product {@code C = A B} with {@code A [m x k]} and {@code B [k x n]}. Our operations get
 * {@code B} packed, as a network's weights are; the others get it in their own layout.
 */
final class Products {
  private Products() {}

  /** The programs that multiply. */
  public enum Program {
    /** Our best operations. */
    RNNOTATOR,
    /** Our operations in plain Java. */
    PLAIN,
    /** EJML, the library of our matrices. */
    EJML,
    /** netlib's BLAS on the Vector API. */
    NETLIB,
    /** PyTorch's library. */
    LIBTORCH;

    Calculation of(FMatrixRMaj a, FMatrixRMaj b) {
      return switch (this) {
        case RNNOTATOR -> new Ours(Ops.best(), a, b);
        case PLAIN -> new Ours(Ops.scalar(), a, b);
        case EJML -> new Ejml(a, b, new FMatrixRMaj(a.numRows, b.numCols));
        case NETLIB ->
            new Netlib(JavaBLAS.getInstance(), a, b, new FMatrixRMaj(a.numRows, b.numCols));
        case LIBTORCH -> new Torch(a, b);
      };
    }
  }

  static Contest of(int m, int k, int n) {
    return new Contest(
        String.format("Product of %dx%d and %dx%d", m, k, k, n),
        2e-9 * m * k * n,
        "GFLOP/s",
        1e-3,
        Arrays.stream(Program.values()).map(program -> calculation(program, m, k, n)).toList());
  }

  static Calculation calculation(Program program, int m, int k, int n) {
    return program.of(Vectors.matrix(m, k, 1), Vectors.matrix(k, n, 2));
  }

  private static final class Ours implements Calculation {
    private final Ops ops;
    private final FMatrixRMaj a;
    private final PanelMatrix b = new PanelMatrix();
    private final FMatrixRMaj c;

    Ours(Ops ops, FMatrixRMaj a, FMatrixRMaj b) {
      this.ops = ops;
      this.a = a;
      this.c = new FMatrixRMaj(a.numRows, b.numCols);
      ops.pack(b, false, this.b);
    }

    @Override
    public String name() {
      return "Rnnotator, " + ops.name();
    }

    @Override
    public void run() {
      ops.multiply(a, 0, a.numRows, b, c, 0, false);
    }

    @Override
    public float[] output() {
      return c.data;
    }
  }

  private record Ejml(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) implements Calculation {
    @Override
    public String name() {
      return "EJML";
    }

    @Override
    public void run() {
      CommonOps_FDRM.mult(a, b, c);
    }

    @Override
    public float[] output() {
      return c.data;
    }
  }

  private record Netlib(BLAS blas, FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c)
      implements Calculation {
    @Override
    public String name() {
      return "netlib " + blas.getClass().getSimpleName();
    }

    @Override
    public void run() {
      // BLAS is column-major: its C is the transpose of ours, B^T A^T.
      int n = b.numCols;
      int k = a.numCols;
      blas.sgemm("N", "N", n, a.numRows, k, 1, b.data, n, a.data, k, 0, c.data, n);
    }

    @Override
    public float[] output() {
      return c.data;
    }
  }

  private static final class Torch implements Calculation {
    private final LibTorch torch = new LibTorch();
    private final NDArray a;
    private final NDArray b;

    Torch(FMatrixRMaj a, FMatrixRMaj b) {
      this.a = torch.array(a.data, new Shape(a.numRows, a.numCols));
      this.b = torch.array(b.data, new Shape(b.numRows, b.numCols));
    }

    @Override
    public String name() {
      return torch.name();
    }

    @Override
    public void run() {
      try (NDScope scope = LibTorch.scope()) {
        a.matMul(b);
      }
    }

    @Override
    public float[] output() {
      try (NDScope scope = LibTorch.scope()) {
        return a.matMul(b).toFloatArray();
      }
    }

    @Override
    public void close() {
      torch.close();
    }
  }
}
