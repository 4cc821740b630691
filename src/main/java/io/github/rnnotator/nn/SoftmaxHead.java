package io.github.rnnotator.nn;

import io.github.rnnotator.kernel.Kernel;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * A label for each row by itself: {@code p = softmax(W x + b)}, with the cross-entropy {@code -log
 * p[gold]} as loss.
 */
public final class SoftmaxHead implements Head {
  private final Layer logits;
  private final float smoothing;

  private SoftmaxHead(Layer logits, float smoothing) {
    this.logits = logits;
    this.smoothing = smoothing;
  }

  /**
   * A head with fresh weights.
   *
   * @param labels how many labels there are
   * @param smoothing the share of the target spread evenly over all labels, in {@code [0, 1)}
   *     (Szegedy et al. 2016); 0 for none
   */
  public static SoftmaxHead build(
      String name, int inputDim, int labels, float smoothing, RandomGenerator random) {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException("smoothing " + smoothing + " is not in [0, 1)");
    }
    return new SoftmaxHead(new Dense(labels).build(name, inputDim, random), smoothing);
  }

  @Override
  public List<Parameter> parameters() {
    return logits.parameters();
  }

  @Override
  public Loss loss(PackedBatch x, int[] gold, float weight, Pass pass) {
    Layer.Forward forward = logits.forward(x, pass);
    FMatrixRMaj p = forward.output().values();
    pass.kernel().softmaxRows(p, 0, p.numRows);
    int labels = p.numCols;
    GoldLabels.check(gold, labels);
    float spread = smoothing / labels;
    double sum = 0;
    FMatrixRMaj dZ = pass.matrix(p.numRows, labels);
    for (int i = 0; i < p.numRows; i++) {
      boolean counts = gold[i] != NO_LABEL;
      for (int j = 0; j < labels; j++) {
        float target = spread + (j == gold[i] ? 1 - smoothing : 0);
        float probability = p.data[i * labels + j];
        if (counts && target > 0) {
          sum -= target * Math.log(Math.max(probability, 1e-30f));
        }
        // d loss / d z_j = p_j - target_j
        dZ.data[i * labels + j] = counts ? weight * (probability - target) : 0;
      }
    }
    return new Loss(sum, (ignored, gradients) -> forward.backward().backward(dZ, gradients));
  }

  @Override
  public Decoded decode(PackedBatch x, Pass pass) {
    Kernel kernel = pass.kernel();
    FMatrixRMaj p = logits.forward(x, pass).output().values();
    kernel.softmaxRows(p, 0, p.numRows);
    int[] best = new int[p.numRows];
    float[] probabilities = new float[p.numRows];
    for (int i = 0; i < p.numRows; i++) {
      int from = i * p.numCols;
      int argmax = 0;
      for (int j = 1; j < p.numCols; j++) {
        if (p.data[from + j] > p.data[from + argmax]) {
          argmax = j;
        }
      }
      best[i] = argmax;
      probabilities[i] = p.data[from + argmax];
    }
    return new Decoded(best, probabilities);
  }
}
