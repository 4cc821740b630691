package io.github.rnnotator.ops;

import org.ejml.data.FMatrixRMaj;

/**
 * The float operations of the networks: matrix products, activations and the gates of the recurrent
 * cells.
 *
 * <p>Two implementations give bit-identical results: every sum is one chain of {@code fma} over
 * ascending indices, and both evaluate the same polynomials for the activations. {@link #best}
 * picks one. (A processor without fma always gets the scalar one, which then rounds products and
 * sums separately, so results differ in their last digits.)
 *
 * <p>Matrices are row-major. Many operations take a block of rows, {@code [row, row + rows)}, since
 * a packed batch keeps the rows of a timestep together. A matrix's array may be longer than {@code
 * rows x cols}. Outputs are never reshaped: a mismatch throws an {@link IllegalArgumentException}
 * that lists all shapes.
 *
 * <p>Operations are stateless and thread-safe.
 */
public sealed interface Ops permits ScalarOps, VectorOps {
  /** Returns the fastest operations of this JVM; the first call selects and logs them. */
  static Ops best() {
    return OpsProvider.best();
  }

  /** Returns the operations in plain Java, for tests and comparisons. */
  static Ops scalar() {
    return OpsProvider.scalar();
  }

  /**
   * A short name for logs, such as {@code scalar}, {@code scalar-without-fma} or {@code
   * vector-512}.
   */
  String name();

  // ---- Matrix products -------------------------------------------------------------------------

  /**
   * Packs {@code op(b)} as a right operand.
   *
   * @param b {@code [k x n]}, or {@code [n x k]} if {@code transpose}. Not modified.
   * @param transpose whether to pack the transpose of {@code b}
   * @param out receives {@code op(b) [k x n]}. Modified.
   */
  void pack(FMatrixRMaj b, boolean transpose, PanelMatrix out);

  /**
   * {@code C[cRow + i, :] = (accumulate ? C[cRow + i, :] : 0) + A[aRow + i, :] B} for {@code i} in
   * {@code 0..rows-1}. Each element is one fma chain over ascending {@code k} that starts from the
   * old value of {@code C} or from 0.
   *
   * @param a {@code [>= aRow + rows x k]}. Not modified.
   * @param b {@code [k x n]}. Not modified.
   * @param c {@code [>= cRow + rows x n]}; must not share its array with {@code a}. Modified.
   */
  void multiply(
      FMatrixRMaj a,
      int aRow,
      int rows,
      PanelMatrix b,
      FMatrixRMaj c,
      int cRow,
      boolean accumulate);

  /**
   * {@code C[cRow + i, :] = bias + A[aRow + i, :] B} for {@code i} in {@code 0..rows-1};
   * bit-identical to {@link #fillRows} followed by an accumulating {@link #multiply}.
   *
   * @param a {@code [>= aRow + rows x k]}. Not modified.
   * @param b {@code [k x n]}. Not modified.
   * @param bias {@code [1 x n]}. Not modified.
   * @param c {@code [>= cRow + rows x n]}; must not share its array with {@code a}. Modified.
   */
  void affine(
      FMatrixRMaj a, int aRow, int rows, PanelMatrix b, FMatrixRMaj bias, FMatrixRMaj c, int cRow);

  /**
   * {@code C = (accumulate ? C : 0) + A^T B}, the weight gradient: {@code A} holds the inputs of
   * all timesteps, {@code B} the output gradients.
   *
   * @param a {@code [k x m]}. Not modified.
   * @param b {@code [k x n]}. Not modified.
   * @param c {@code [m x n]}. Modified.
   */
  void multiplyTransposed(FMatrixRMaj a, PanelMatrix b, FMatrixRMaj c, boolean accumulate);

  // ---- Rows ------------------------------------------------------------------------------------

  /**
   * {@code C[row + i, :] = bias}, the initial value of an accumulating product.
   *
   * @param bias {@code [1 x n]}. Not modified.
   * @param c {@code [>= row + rows x n]}. Modified.
   */
  void fillRows(FMatrixRMaj bias, FMatrixRMaj c, int row, int rows);

  /**
   * {@code sum += sum over i of A[row + i, :]}, the gradient of a bias. Rows are added in ascending
   * order.
   *
   * @param a {@code [>= row + rows x n]}. Not modified.
   * @param sum {@code [1 x n]}. Modified.
   */
  void addColumnSums(FMatrixRMaj a, int row, int rows, FMatrixRMaj sum);

  // ---- Elements --------------------------------------------------------------------------------

  /**
   * {@code y[yFrom + i] = a * x[xFrom + i] + y[yFrom + i]} (one fma) for {@code length} elements.
   */
  void addScaled(float a, float[] x, int xFrom, float[] y, int yFrom, int length);

  /**
   * {@code out[outFrom + i] = x[xFrom + i] * y[yFrom + i]}; {@code out} may be {@code x} or {@code
   * y}.
   */
  void multiplyElements(
      float[] x, int xFrom, float[] y, int yFrom, float[] out, int outFrom, int length);

  /** {@code x[from + i] *= a} for {@code length} elements. */
  void scale(float a, float[] x, int from, int length);

  /**
   * Returns the sum of squares of {@code length} elements, in double precision and in the same
   * order on every machine.
   */
  double sumOfSquares(float[] x, int from, int length);

  // ---- Activations -----------------------------------------------------------------------------

  /** {@code x[from + i] = tanh(x[from + i])}, absolute error below 1e-6; NaN stays NaN. */
  void tanh(float[] x, int from, int length);

  /**
   * {@code x[from + i] = 1 / (1 + exp(-x[from + i]))}, absolute error below 1e-6; NaN stays NaN.
   */
  void sigmoid(float[] x, int from, int length);

  /** {@code x[from + i] = max(0, x[from + i])}; NaN stays NaN. */
  void relu(float[] x, int from, int length);

  /**
   * {@code dx[i] = dy[i] * (1 - y[i]^2)} where {@code y = tanh(x)}; {@code dx} may be {@code dy}.
   */
  void tanhBackward(
      float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int length);

  /**
   * {@code dx[i] = y[i] > 0 ? dy[i] : 0} where {@code y = relu(x)}; {@code dx} may be {@code dy}.
   */
  void reluBackward(
      float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int length);

  /**
   * {@code dx[i] = dy[i] * y[i] * (1 - y[i])} where {@code y = sigmoid(x)}; {@code dx} may be
   * {@code dy}.
   */
  void sigmoidBackward(
      float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int length);

  /**
   * {@code x[from + i] = exp(x[from + i])}, relative error below 1e-6 from -87 to 88; 0 below
   * -87.7, constant (finite) above 88.3; NaN stays NaN.
   */
  void exp(float[] x, int from, int length);

  /**
   * {@code Z[row + i, :] = softmax(Z[row + i, :])}: the row's maximum is subtracted before the
   * exponentials.
   *
   * @param z {@code [>= row + rows x n]}. Modified.
   */
  void softmaxRows(FMatrixRMaj z, int row, int rows);

  /**
   * Computes the greatest element of the softmax of a row alone: {@code 1 / sum_j exp(z_j - max)}.
   *
   * @param z elements {@code [from, from + length)} are the row, and are overwritten
   * @param length at least 1
   * @return the same bits as {@link #softmaxRows} gives that element
   */
  float softmaxMaximum(float[] z, int from, int length);

  /**
   * Returns the index, from 0, of the greatest of {@code x[from .. from + length - 1]}; the first
   * of equal ones. NaN is not greater than anything.
   *
   * @param length at least 1
   */
  int argmax(float[] x, int from, int length);

  // ---- Gates -----------------------------------------------------------------------------------

  /**
   * One timestep of an LSTM from its pre-activations {@code a = W x_t + U h_(t-1) + b}, gates in
   * Keras' order {@code i, f, g, o}:
   *
   * <pre>
   *   i, f, o = sigmoid(a_i), sigmoid(a_f), sigmoid(a_o)     g = tanh(a_g)
   *   c_t = f * c_(t-1) + i * g                              h_t = o * tanh(c_t)
   * </pre>
   *
   * <p>{@code c_(t-1)} is read from {@code c} where the step continues a sequence, else it is 0.
   *
   * @param a {@code [tokens x 4 units]}: pre-activations, then the gates. Modified.
   * @param c {@code [tokens x units]}: cell states. Modified.
   * @param tanhC {@code [tokens x units]}: {@code tanh(c_t)}, saved for the backward pass.
   *     Modified.
   * @param h {@code [tokens x units]}. Modified.
   */
  void lstmForward(FMatrixRMaj a, FMatrixRMaj c, FMatrixRMaj tanhC, FMatrixRMaj h, Step step);

  /**
   * The backward pass of {@link #lstmForward}:
   *
   * <pre>
   *   do = dh * tanh(c)        dc = dc + dh * o * (1 - tanh(c)^2)
   *   di = dc * g              df = dc * c_(t-1)           dg = dc * i       dc_(t-1) = dc * f
   *   da_i = di * i * (1 - i)  (likewise f, o)             da_g = dg * (1 - g^2)
   * </pre>
   *
   * <p>{@code dc_(t-1)} overwrites the previous rows of {@code dC}; rows without a later timestep
   * must hold 0.
   *
   * @param gates {@code [tokens x 4 units]} as left by {@link #lstmForward}. Not modified.
   * @param c {@code [tokens x units]}. Not modified.
   * @param tanhC {@code [tokens x units]}. Not modified.
   * @param dH {@code [tokens x units]}: gradient of every {@code h_t}. Not modified.
   * @param dC {@code [tokens x units]}: gradient of every {@code c_t} from timestep {@code t + 1}.
   *     Modified.
   * @param dA {@code [tokens x 4 units]}: gradient of the pre-activations; must not be {@code
   *     gates}. Modified.
   */
  void lstmBackward(
      FMatrixRMaj gates,
      FMatrixRMaj c,
      FMatrixRMaj tanhC,
      FMatrixRMaj dH,
      FMatrixRMaj dC,
      FMatrixRMaj dA,
      Step step);

  /**
   * One timestep of Keras' GRU ({@code reset_after=True}), gates in the order {@code z, r, n}, from
   * the input term {@code a = W x_t + b} and the recurrent term {@code u = U h_(t-1) + b_u}:
   *
   * <pre>
   *   z = sigmoid(a_z + u_z)    r = sigmoid(a_r + u_r)    n = tanh(a_n + r * u_n)
   *   h_t = z * h_(t-1) + (1 - z) * n
   * </pre>
   *
   * <p>{@code u} covers all rows; where a sequence begins it is the bias alone.
   *
   * @param a {@code [tokens x 3 units]}: the input term, then the gates z, r, n. Modified.
   * @param u {@code [tokens x 3 units]}: the recurrent term. Not modified.
   * @param h {@code [tokens x units]}. Modified.
   */
  void gruForward(FMatrixRMaj a, FMatrixRMaj u, FMatrixRMaj h, Step step);

  /**
   * The backward pass of {@link #gruForward}:
   *
   * <pre>
   *   da_n = dh * (1 - z) * (1 - n^2)       da_z = dh * (h_(t-1) - n) * z * (1 - z)
   *   da_r = da_n * u_n * r * (1 - r)
   *   dA = [da_z, da_r, da_n]               dU = [da_z, da_r, da_n * r]
   *   dh_(t-1) += dh * z
   * </pre>
   *
   * <p>The last line is added to the previous rows of {@code dH}; the caller adds the term from
   * {@code dU}.
   *
   * @param gates {@code [tokens x 3 units]} as left in {@code a} by {@link #gruForward}. Not
   *     modified.
   * @param u {@code [tokens x 3 units]}. Not modified.
   * @param h {@code [tokens x units]}. Not modified.
   * @param dH {@code [tokens x units]}: gradient of every {@code h_t}. Modified.
   * @param dA {@code [tokens x 3 units]}. Modified.
   * @param dU {@code [tokens x 3 units]}. Modified.
   */
  void gruBackward(
      FMatrixRMaj gates,
      FMatrixRMaj u,
      FMatrixRMaj h,
      FMatrixRMaj dH,
      FMatrixRMaj dA,
      FMatrixRMaj dU,
      Step step);

  // ---- Chains ----------------------------------------------------------------------------------

  /**
   * One step of the Viterbi algorithm: {@code out[outFrom + j] = max_i (x[xFrom + i] + M[i, j])},
   * the product {@code x M} in the max-plus semiring. Minus infinity if {@code M} has no rows; NaN
   * stays NaN. Recomputing the sums of one {@code j} gives the same bits, and so the maximizing
   * {@code i}.
   *
   * @param m {@code [k x n]}. Not modified.
   * @param out {@code n} elements that do not overlap {@code x}. Modified.
   */
  void maxPlus(float[] x, int xFrom, FMatrixRMaj m, float[] out, int outFrom);

  /**
   * One step of the forward algorithm: {@code out[outFrom + j] = log sum_i exp(x[xFrom + i] + M[i,
   * j])}, the product {@code x M} in log space. Computed as {@code max + log(sum)}, with {@code
   * max} from {@link #maxPlus} and {@code sum} the sum of {@code exp(x_i + M_ij - max)} over
   * ascending {@code i}: absolute error below 1e-6 plus the rounding of the result. Infinities are
   * treated as limits; NaN stays NaN.
   *
   * @param m {@code [k x n]}. Not modified.
   * @param out {@code n} elements that do not overlap {@code x}. Modified.
   */
  void logMultiply(float[] x, int xFrom, FMatrixRMaj m, float[] out, int outFrom);

  /**
   * The backward pass of {@link #logMultiply} to its matrix: {@code dM[i, j] = dy[dyFrom + j] *
   * exp(x[xFrom + i] + M[i, j] - y[yFrom + j]) + dM[i, j]} (one fma), where {@code y} is its
   * output.
   *
   * @param m {@code [k x n]}. Not modified.
   * @param dM {@code [k x n]}; must not be {@code m}. Modified.
   */
  void logMultiplyBackward(
      float[] x,
      int xFrom,
      FMatrixRMaj m,
      float[] y,
      int yFrom,
      float[] dy,
      int dyFrom,
      FMatrixRMaj dM);

  // ---- Optimizer -------------------------------------------------------------------------------

  /**
   * {@code a[from + i] = decay * a[from + i] + (1 - decay) * x[from + i]}, rounding {@code decay *
   * a} first; bit-identical to {@link #scale} followed by {@link #addScaled}.
   */
  void average(float decay, float[] x, float[] a, int from, int length);

  /**
   * One Adam step for {@code length} elements (Kingma &amp; Ba 2015, algorithm 1), with the bias
   * corrections already in {@code rate} and {@code epsilon}; {@code g} is multiplied by {@code
   * scale} first:
   *
   * <pre>
   *   m = beta1 * m + (1 - beta1) * g      v = beta2 * v + (1 - beta2) * g^2
   *   w = w - rate * (mWeight * m + gWeight * g) / (sqrt(v) + epsilon)
   * </pre>
   *
   * <p>{@code mWeight = 1, gWeight = 0} is Adam; Nadam adds a gradient term (Dozat 2016).
   *
   * @param g the gradients of {@code w[from...]} begin at {@code g[gFrom]}. Not modified.
   */
  void adam(
      AdamStep step, float[] w, float[] g, int gFrom, float[] m, float[] v, int from, int length);
}
