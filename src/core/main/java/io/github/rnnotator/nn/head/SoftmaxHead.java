package io.github.rnnotator.nn.head;

import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.ops.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Labels each row independently: {@code p = softmax(W x + b)}, with the cross-entropy {@code -log
 * p[gold]} as loss.
 */
public final class SoftmaxHead implements Head {
  /**
   * Labels below this fraction of the highest probability are not passed to the prior. Priors of
   * lemmas differ by a factor of at most 143 (known lemmas, agreement with tags), so that no such
   * label can win.
   */
  private static final float LEAST_SHARE = 5e-3f;

  private final Layer logits;

  /** The weights of the last layer, of which the logits are linear functions. */
  private final List<Parameter> lastParameters;

  private final float smoothing;

  private SoftmaxHead(Layer logits, List<Parameter> lastParameters, float smoothing) {
    this.logits = logits;
    this.lastParameters = lastParameters;
    this.smoothing = smoothing;
  }

  /** A prior over labels: a factor by which each probability is multiplied. */
  @FunctionalInterface
  public interface Prior {
    /**
     * Returns the factor of a label in a row: 1 for no opinion, 0 if the row can't have it. Each
     * row can have at least one. It is not called for labels that are 1/200 as likely as another
     * one.
     */
    float factor(int row, int label);
  }

  /**
   * Builds a head with fresh weights.
   *
   * @param labels the number of labels
   * @param smoothing the fraction of the target spread evenly over all labels, in {@code [0, 1)}
   *     (Szegedy et al. 2016); 0 for none
   */
  public static SoftmaxHead build(
      String name, int inputDim, int labels, float smoothing, RandomGenerator random) {
    checkSmoothing(smoothing);
    return of(name, new Dense(labels).build(name, inputDim, random), smoothing);
  }

  /** All weights but those of projections are the last ones. */
  private static SoftmaxHead of(String name, Layer logits, float smoothing) {
    List<Parameter> last =
        logits.parameters().stream()
            .filter(weights -> !weights.name().startsWith(name + ".rank."))
            .toList();
    return new SoftmaxHead(logits, last, smoothing);
  }

  /**
   * Builds a head whose states are projected first, {@code p = softmax(W (P x + c) + b)}: less work
   * for hundreds of labels.
   *
   * @param rank the length of the projected states, at least 1
   */
  public static SoftmaxHead factored(
      String name, int inputDim, int rank, int labels, RandomGenerator random) {
    return of(name, new Dense(rank).before(new Dense(labels)).build(name, inputDim, random), 0);
  }

  /**
   * Builds a head whose labels are combinations of values: the logit of a label is its own plus
   * those of its values.
   *
   * @param rank the length to which the states are projected first, 0 for none
   * @param values the values of each label, from 0
   * @param count the number of values; 0 if no label has one
   */
  public static SoftmaxHead shared(
      String name, int inputDim, int rank, int[][] values, int count, RandomGenerator random) {
    LayerSpec logits = SharedLogits.spec(values, count, rank > 0);
    LayerSpec layer = rank == 0 ? logits : new Dense(rank).before(logits);
    return of(name, layer.build(name, inputDim, random), 0);
  }

  /** Returns the number of weights of {@link #shared}. */
  public static long sharedWeights(int inputDim, int rank, int labels, int values) {
    return SharedLogits.weights(inputDim, rank, labels, values);
  }

  /** Returns a head with the same weights and this label smoothing, as in {@link #build}. */
  public SoftmaxHead smoothing(float smoothing) {
    checkSmoothing(smoothing);
    return new SoftmaxHead(logits, lastParameters, smoothing);
  }

  private static void checkSmoothing(float smoothing) {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException("smoothing " + smoothing + " is not in [0, 1)");
    }
  }

  @Override
  public List<Parameter> parameters() {
    return logits.parameters();
  }

  @Override
  public void divideLogits(float temperature, Ops ops) {
    LogitScale.divide(lastParameters, temperature, ops);
  }

  /**
   * Computes the probabilities, for a loss of another kind.
   *
   * @return with a backward pass that takes the gradients of the logits
   */
  public Layer.Output forward(SequenceBatch x, PassContext pass) {
    Layer.Output output = logits.forward(x, pass);
    pass.ops().softmaxRows(output.y().values(), 0, output.y().values().numRows);
    return output;
  }

  @Override
  public Loss loss(SequenceBatch x, int[] gold, float weight, PassContext pass) {
    Layer.Output output = forward(x, pass);
    FMatrixRMaj p = output.y().values();
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
    return new Loss(sum, (ignored, gradients) -> output.backprop().apply(dZ, gradients));
  }

  @Override
  public FMatrixRMaj probabilities(SequenceBatch x, PassContext pass) {
    return forward(x, pass).y().values();
  }

  /** Returns the logits, {@code [tokens x labels]}. */
  FMatrixRMaj logits(SequenceBatch x, PassContext pass) {
    return logits.forward(x, pass).y().values();
  }

  @Override
  public Decoded decode(SequenceBatch x, PassContext pass) {
    FMatrixRMaj z = logits(x, pass);
    Decoded best = best(z, pass.ops());
    // Of a row, only the probability of its best label is needed.
    for (int i = 0; i < z.numRows; i++) {
      best.probabilities()[i] = pass.ops().softmaxMaximum(z.data, i * z.numCols, z.numCols);
    }
    return best;
  }

  /**
   * Returns the probabilities {@code [tokens x labels]} under a prior; -1 for labels that it
   * excludes, or that are 1/200 as likely as another one.
   */
  public FMatrixRMaj probabilities(SequenceBatch x, Prior prior, PassContext pass) {
    return probabilities(x, prior, LEAST_SHARE, pass);
  }

  /** Returns the label of each row that has the greatest probability. */
  public static Decoded best(FMatrixRMaj p, Ops ops) {
    int[] best = new int[p.numRows];
    float[] probabilities = new float[p.numRows];
    for (int i = 0; i < p.numRows; i++) {
      best[i] = ops.argmax(p.data, i * p.numCols, p.numCols);
      probabilities[i] = p.data[i * p.numCols + best[i]];
    }
    return new Decoded(best, probabilities);
  }

  /**
   * Returns the probabilities under a prior; -1 for a label that is not considered.
   *
   * @param share of the greatest probability of a label that the row can have; labels below it are
   *     not considered
   */
  private FMatrixRMaj probabilities(SequenceBatch x, Prior prior, float share, PassContext pass) {
    FMatrixRMaj p = probabilities(x, pass);
    int[] considered = new int[p.numCols];
    for (int i = 0; i < p.numRows; i++) {
      int from = i * p.numCols;
      float least = share * greatest(p, i, prior, pass.ops());
      int count = 0;
      for (int j = 0; j < p.numCols; j++) {
        if (likely(p.data[from + j]) >= least) {
          considered[count++] = j;
        } else {
          p.data[from + j] = -1;
        }
      }
      float sum = 0;
      for (int k = 0; k < count; k++) {
        int at = from + considered[k];
        p.data[at] = likely(p.data[at]) * prior.factor(i, considered[k]);
        sum += p.data[at];
      }
      for (int k = 0; k < count; k++) {
        int at = from + considered[k];
        p.data[at] = p.data[at] > 0 ? p.data[at] / sum : -1;
      }
    }
    return p;
  }

  /** Returns the greatest probability of a label that a row can have; 0 if it can have none. */
  private static float greatest(FMatrixRMaj p, int row, Prior prior, Ops ops) {
    int from = row * p.numCols;
    // Most often the row can have the label that is the most probable of all.
    int best = ops.argmax(p.data, from, p.numCols);
    if (prior.factor(row, best) > 0) {
      return likely(p.data[from + best]);
    }
    float greatest = 0;
    for (int j = 0; j < p.numCols; j++) {
      float probability = likely(p.data[from + j]);
      if (probability > greatest && prior.factor(row, j) > 0) {
        greatest = probability;
      }
    }
    return greatest;
  }

  /** Returns a positive probability, also if a float is too coarse: it may be the only one. */
  private static float likely(float probability) {
    return Math.max(probability, Float.MIN_NORMAL);
  }

  /** {@inheritDoc} Rows are independent, so the best sequences extend the best prefixes. */
  @Override
  public List<List<Ranked>> nBest(SequenceBatch x, int n, PassContext pass) {
    return nBest(probabilities(x, pass), x.packing(), n);
  }

  /** As above, under a prior. */
  public List<List<Ranked>> nBest(SequenceBatch x, int n, Prior prior, PassContext pass) {
    return nBest(probabilities(x, prior, 0, pass), x.packing(), n);
  }

  /**
   * Returns the best sequences of independent rows, as {@link Head#nBest}.
   *
   * @param p the probabilities {@code [tokens x labels]}; less than 0 for labels that a row can't
   *     have
   */
  public static List<List<Ranked>> nBest(FMatrixRMaj p, Packing packing, int n) {
    if (n < 1) {
      throw new IllegalArgumentException(n + " best sequences, expected at least 1");
    }
    List<List<Ranked>> ranked = new ArrayList<>();
    for (int i = 0; i < packing.sequences(); i++) {
      List<Ranked> best = List.of(new Ranked(new int[0], new float[0], 0));
      for (int t = 0; t < packing.length(i); t++) {
        best = longer(best, p, packing.row(i, t), n);
      }
      ranked.add(best);
    }
    return ranked;
  }

  /** Extends the prefixes by one row and keeps the best. */
  private static List<Ranked> longer(List<Ranked> beginnings, FMatrixRMaj p, int row, int n) {
    int from = row * p.numCols;
    List<Integer> labels =
        IntStream.range(0, p.numCols)
            .filter(label -> p.data[from + label] >= 0)
            .boxed()
            .sorted(Comparator.comparingDouble(label -> -p.data[from + label]))
            .limit(n)
            .toList();
    List<Ranked> longer = new ArrayList<>();
    for (Ranked beginning : beginnings) {
      int length = beginning.labels().length;
      for (int label : labels) {
        float probability = p.data[from + label];
        int[] sequence = Arrays.copyOf(beginning.labels(), length + 1);
        float[] probabilities = Arrays.copyOf(beginning.probabilities(), length + 1);
        sequence[length] = label;
        probabilities[length] = probability;
        longer.add(
            new Ranked(
                sequence, probabilities, beginning.logProbability() + Math.log(probability)));
      }
    }
    return longer.stream()
        .sorted(Comparator.comparingDouble(ranked -> -ranked.logProbability()))
        .limit(n)
        .toList();
  }
}
