package io.github.rnnotator.nn.head;

import io.github.rnnotator.nn.Columns;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Initializers;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.ops.PanelMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * A softmax over a large vocabulary, trained on a sample of it (Bengio &amp; Senecal 2008,
 * "Adaptive Importance Sampling to Accelerate Training of a Neural Probabilistic Language Model";
 * Jean et al. 2015, "On Using Very Large Target Vocabulary for Neural Machine Translation"):
 *
 * <pre>
 *   z_w  = v_w m + b_w
 *   s_w  = exp(z_w) / E[w]             E[w]: how often w is expected in a sample
 *   loss = -log( s_gold / (s_gold + sum over w in the sample, without gold, of s_w) )
 * </pre>
 *
 * <p>With {@code E} the logits learn the log probabilities of the words, whatever the sample (Ma
 * &amp; Collins 2018, "Noise Contrastive Estimation and Negative Sampling for Conditional Models:
 * Consistency and Statistical Efficiency", the ranking loss).
 *
 * <p>All rows of a pass share one sample of different words, {@link LogUniformSample}. If the
 * sample is the whole vocabulary, this is the softmax itself. Only the rows of words in the sample,
 * and of the gold words, have a gradient.
 *
 * <p>Weights: a table {@code V [words x dim]} (uniform in {@code +-1 / sqrt(dim)}) and a table of
 * biases {@code [words x 1]}, which begin at the log of the words' frequencies.
 */
public final class SampledSoftmax {
  /** The rows of {@code m} whose logits are in memory together. */
  private static final int BLOCK = 128;

  /** The same for logits of the whole vocabulary. */
  private static final int FULL_BLOCK = 32;

  /** The logit of a word that a row must not have. */
  private static final float IMPOSSIBLE = -1e30f;

  private final Parameter vectors;
  private final Parameter biases;
  private final int samples;

  private SampledSoftmax(Parameter vectors, Parameter biases, int samples) {
    this.vectors = vectors;
    this.biases = biases;
    this.samples = samples;
  }

  /**
   * Builds a softmax with fresh weights.
   *
   * @param dim the length of each row of {@code m}
   * @param counts the frequency of each word, by id, the most frequent first; at least 1 word
   * @param samples the words in a sample, at least 1; with as many as half of the words, or more,
   *     the loss is that of the whole softmax
   */
  public static SampledSoftmax build(
      String name, int dim, long[] counts, int samples, RandomGenerator random) {
    if (counts.length == 0 || samples < 1) {
      throw new IllegalArgumentException(
          counts.length + " words and " + samples + " samples, expected at least 1 of both");
    }
    FMatrixRMaj bias = new FMatrixRMaj(counts.length, 1);
    double total = Arrays.stream(counts).sum() + counts.length;
    for (int id = 0; id < counts.length; id++) {
      bias.data[id] = (float) StrictMath.log((counts[id] + 1) / total);
    }
    float limit = (float) (1 / Math.sqrt(dim));
    return new SampledSoftmax(
        Parameter.table(name + ".vectors", Initializers.uniform(counts.length, dim, limit, random)),
        Parameter.table(name + ".biases", bias),
        samples);
  }

  /** The number of words. */
  public int words() {
    return vectors.value().numRows;
  }

  /** The weights, in a fixed order. */
  public List<Parameter> parameters() {
    return List.of(vectors, biases);
  }

  /**
   * Computes the loss of gold words. The sample depends on the random numbers of the pass.
   *
   * @param m {@code [rows x dim]}. Not modified.
   * @param gold the word of each row
   * @param weight multiplies the gradient
   */
  public Head.Loss loss(FMatrixRMaj m, int[] gold, float weight, PassContext pass) {
    LogUniformSample sample = LogUniformSample.draw(words(), samples, pass.random());
    return new Sampled(sample, pass).loss(m, gold, weight);
  }

  /** One pass with one sample. */
  private final class Sampled {
    private final LogUniformSample sample;
    private final PassContext pass;
    private final int[] ids;
    private final int dim = vectors.value().numCols;

    /** The columns: the words of the sample, then the gold word of the row. */
    private final int columns;

    private final FMatrixRMaj own;
    private final FMatrixRMaj bias;

    Sampled(LogUniformSample sample, PassContext pass) {
      this.sample = sample;
      this.pass = pass;
      this.ids = sample.ids();
      this.columns = ids.length + 1;
      this.own = pass.zeros(columns, dim);
      Columns.gather(vectors.value(), ids, own);
      this.bias = pass.zeros(1, columns);
      for (int j = 0; j < ids.length; j++) {
        bias.data[j] = biases.value().data[ids[j]] - sample.logExpected(ids[j]);
      }
    }

    Head.Loss loss(FMatrixRMaj m, int[] gold, float weight) {
      int rows = gold.length;
      int[] columnOf = new int[words()];
      Arrays.fill(columnOf, -1);
      for (int j = 0; j < ids.length; j++) {
        columnOf[ids[j]] = j;
      }
      PanelMatrix toLogits = pass.pack(own, true);
      PanelMatrix toVectors = pass.pack(own);
      FMatrixRMaj dM = pass.matrix(rows, dim);
      FMatrixRMaj dOwn = pass.zeros(columns, dim);
      FMatrixRMaj dBias = pass.zeros(1, columns);
      FMatrixRMaj z = pass.matrix(Math.min(BLOCK, rows), columns);
      FMatrixRMaj part = pass.matrix(Math.min(BLOCK, rows), dim);
      PanelMatrix packed = null;
      float[] dGold = new float[rows];
      double sum = 0;
      for (int from = 0; from < rows; from += BLOCK) {
        int count = Math.min(BLOCK, rows - from);
        z.numRows = count;
        part.numRows = count;
        pass.ops().affine(m, from, count, toLogits, bias, z, 0);
        for (int i = 0; i < count; i++) {
          int word = gold[from + i];
          z.data[i * columns + ids.length] = logit(m, from + i, word) - sample.logExpected(word);
          if (columnOf[word] >= 0) {
            z.data[i * columns + columnOf[word]] = IMPOSSIBLE;
          }
        }
        pass.ops().softmaxRows(z, 0, count);
        for (int i = 0; i < count; i++) {
          int at = i * columns + ids.length;
          float probability = z.data[at];
          sum -= Math.log(Math.max(probability, 1e-30f));
          dGold[from + i] = weight * (probability - 1);
          z.data[at] = 0;
        }
        pass.ops().multiply(z, 0, count, toVectors, dM, from, false);
        System.arraycopy(m.data, from * dim, part.data, 0, count * dim);
        packed = packed == null ? pass.pack(part) : repacked(part, packed);
        pass.ops().multiplyTransposed(z, packed, dOwn, true);
        pass.ops().addColumnSums(z, 0, count, dBias);
      }
      pass.ops().scale(weight, dM.data, 0, rows * dim);
      pass.ops().scale(weight, dOwn.data, 0, columns * dim);
      pass.ops().scale(weight, dBias.data, 0, columns);
      for (int i = 0; i < rows; i++) {
        pass.ops().addScaled(dGold[i], vectors.value().data, gold[i] * dim, dM.data, i * dim, dim);
      }
      return new Head.Loss(
          sum,
          (ignored, gradients) -> {
            add(dOwn, dBias, gradients);
            addGold(m, gold, dGold, gradients);
            return dM;
          });
    }

    private PanelMatrix repacked(FMatrixRMaj part, PanelMatrix packed) {
      pass.ops().pack(part, false, packed);
      return packed;
    }

    private float logit(FMatrixRMaj m, int row, int word) {
      float sum = biases.value().data[word];
      float[] v = vectors.value().data;
      for (int k = 0; k < dim; k++) {
        sum += m.data[row * dim + k] * v[word * dim + k];
      }
      return sum;
    }

    private void add(FMatrixRMaj dOwn, FMatrixRMaj dBias, Gradients gradients) {
      Gradients.TableGradient dVectors = gradients.ofTable(vectors);
      Gradients.TableGradient dBiases = gradients.ofTable(biases);
      for (int j = 0; j < ids.length; j++) {
        dVectors.addRow(ids[j], dOwn.data, j * dim);
        dBiases.addRow(ids[j], dBias.data, j);
      }
    }

    private void addGold(FMatrixRMaj m, int[] gold, float[] dGold, Gradients gradients) {
      Gradients.TableGradient dVectors = gradients.ofTable(vectors);
      Gradients.TableGradient dBiases = gradients.ofTable(biases);
      float[] scaled = new float[dim];
      for (int i = 0; i < gold.length; i++) {
        for (int k = 0; k < dim; k++) {
          scaled[k] = dGold[i] * m.data[i * dim + k];
        }
        dVectors.addRow(gold[i], scaled, 0);
        dBiases.addRow(gold[i], dGold, i);
      }
    }
  }

  /**
   * Returns the sum of the log probabilities of gold words among all words, in nats.
   *
   * @param m {@code [rows x dim]}. Not modified.
   * @param gold the word of each row
   */
  public double logLikelihood(FMatrixRMaj m, int[] gold, PassContext pass) {
    int words = words();
    PanelMatrix toLogits = pass.packed(vectors, true);
    FMatrixRMaj bias = new FMatrixRMaj(0, 0);
    bias.data = biases.value().data;
    bias.numRows = 1;
    bias.numCols = words;
    FMatrixRMaj z = pass.matrix(Math.min(FULL_BLOCK, gold.length), words);
    double sum = 0;
    for (int from = 0; from < gold.length; from += FULL_BLOCK) {
      int count = Math.min(FULL_BLOCK, gold.length - from);
      pass.ops().affine(m, from, count, toLogits, bias, z, 0);
      pass.ops().softmaxRows(z, 0, count);
      for (int i = 0; i < count; i++) {
        sum += Math.log(Math.max(z.data[i * words + gold[from + i]], 1e-37f));
      }
    }
    return sum;
  }
}
