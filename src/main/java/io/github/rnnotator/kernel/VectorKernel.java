package io.github.rnnotator.kernel;

import org.ejml.data.FMatrixRMaj;

/** The kernel on {@code jdk.incubator.vector}. */
final class VectorKernel implements Kernel {
  private final PlainKernel plain = new PlainKernel(true);

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public void pack(FMatrixRMaj b, boolean transpose, PackedMatrix out) {
    plain.pack(b, transpose, out);
  }

  @Override
  public void multiply(
      FMatrixRMaj a,
      int aRow,
      int rows,
      PackedMatrix b,
      FMatrixRMaj c,
      int cRow,
      boolean accumulate) {
    plain.multiply(a, aRow, rows, b, c, cRow, accumulate);
  }

  @Override
  public void multiplyTransposed(FMatrixRMaj a, PackedMatrix b, FMatrixRMaj c, boolean accumulate) {
    plain.multiplyTransposed(a, b, c, accumulate);
  }

  @Override
  public void fillRows(FMatrixRMaj bias, FMatrixRMaj c, int row, int rows) {
    plain.fillRows(bias, c, row, rows);
  }

  @Override
  public void addColumnSums(FMatrixRMaj a, int row, int rows, FMatrixRMaj sum) {
    plain.addColumnSums(a, row, rows, sum);
  }

  @Override
  public void addScaled(float a, float[] x, int xFrom, float[] y, int yFrom, int length) {
    plain.addScaled(a, x, xFrom, y, yFrom, length);
  }

  @Override
  public void multiplyElements(
      float[] x, int xFrom, float[] y, int yFrom, float[] out, int outFrom, int length) {
    plain.multiplyElements(x, xFrom, y, yFrom, out, outFrom, length);
  }

  @Override
  public void scale(float a, float[] x, int from, int length) {
    plain.scale(a, x, from, length);
  }

  @Override
  public double sumOfSquares(float[] x, int from, int length) {
    return plain.sumOfSquares(x, from, length);
  }

  @Override
  public void tanh(float[] x, int from, int length) {
    plain.tanh(x, from, length);
  }

  @Override
  public void sigmoid(float[] x, int from, int length) {
    plain.sigmoid(x, from, length);
  }

  @Override
  public void relu(float[] x, int from, int length) {
    plain.relu(x, from, length);
  }

  @Override
  public void tanhBackward(
      float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int length) {
    plain.tanhBackward(y, yFrom, dy, dyFrom, dx, dxFrom, length);
  }

  @Override
  public void reluBackward(
      float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int length) {
    plain.reluBackward(y, yFrom, dy, dyFrom, dx, dxFrom, length);
  }

  @Override
  public void sigmoidBackward(
      float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int length) {
    plain.sigmoidBackward(y, yFrom, dy, dyFrom, dx, dxFrom, length);
  }

  @Override
  public void exp(float[] x, int from, int length) {
    plain.exp(x, from, length);
  }

  @Override
  public void softmaxRows(FMatrixRMaj z, int row, int rows) {
    plain.softmaxRows(z, row, rows);
  }

  @Override
  public void lstmForward(
      FMatrixRMaj z,
      FMatrixRMaj c,
      FMatrixRMaj tanhC,
      FMatrixRMaj h,
      int row,
      int rows,
      int previousRow,
      int previousRows) {
    plain.lstmForward(z, c, tanhC, h, row, rows, previousRow, previousRows);
  }

  @Override
  public void lstmBackward(
      FMatrixRMaj gates,
      FMatrixRMaj c,
      FMatrixRMaj tanhC,
      FMatrixRMaj dH,
      FMatrixRMaj dC,
      FMatrixRMaj dZ,
      int row,
      int rows,
      int previousRow,
      int previousRows) {
    plain.lstmBackward(gates, c, tanhC, dH, dC, dZ, row, rows, previousRow, previousRows);
  }

  @Override
  public void gruForward(
      FMatrixRMaj x,
      FMatrixRMaj u,
      FMatrixRMaj h,
      int row,
      int rows,
      int previousRow,
      int previousRows) {
    plain.gruForward(x, u, h, row, rows, previousRow, previousRows);
  }

  @Override
  public void gruBackward(
      FMatrixRMaj gates,
      FMatrixRMaj u,
      FMatrixRMaj h,
      FMatrixRMaj dH,
      FMatrixRMaj dX,
      FMatrixRMaj dU,
      int row,
      int rows,
      int previousRow,
      int previousRows) {
    plain.gruBackward(gates, u, h, dH, dX, dU, row, rows, previousRow, previousRows);
  }

  @Override
  public void adam(
      float[] w,
      float[] g,
      int gFrom,
      float[] m,
      float[] v,
      int from,
      int length,
      float scale,
      float beta1,
      float beta2,
      float rate,
      float epsilon,
      float mWeight,
      float gWeight) {
    plain.adam(w, g, gFrom, m, v, from, length, scale, beta1, beta2, rate, epsilon, mWeight, gWeight);
  }
}
