package io.github.rnnotator.nn.head;

import io.github.rnnotator.nn.Columns;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Direction;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Predicts the words around each token from the states of a recurrent layer, the objective of
 * pretraining: the forward state predicts the next word, the backward state the previous one, each
 * through its own projection and both with one table of words (Peters et al. 2018, "Deep
 * Contextualized Word Representations", section 3.1):
 *
 * <pre>
 *   m_t = P h_t + b
 *   E   = - sum_t log p(w_(t+1) | m_t)         p: a {@link SampledSoftmax}
 * </pre>
 *
 * <p>{@link LanguageModel} is the small auxiliary objective of a tagger.
 *
 * <p>Weights: a kernel {@code P [hidden x projection]} (Glorot uniform) and a bias (0) per
 * direction, and those of the softmax.
 */
public final class NeighbourWords {
  private final List<Direction> directions;
  private final List<Layer> projections;
  private final SampledSoftmax softmax;

  private NeighbourWords(
      List<Direction> directions, List<Layer> projections, SampledSoftmax softmax) {
    this.directions = directions;
    this.projections = projections;
    this.softmax = softmax;
  }

  /**
   * The size of a prediction.
   *
   * @param hidden the hidden size of each direction of the layer
   * @param bidirectional whether the layer has two directions; if not, it reads forward
   * @param projection the length of {@code m_t}
   * @param samples see {@link SampledSoftmax#build}
   */
  public record Shape(int hidden, boolean bidirectional, int projection, int samples) {}

  /**
   * Builds a prediction with fresh weights.
   *
   * @param counts the frequency of each word, by id, the most frequent first
   */
  public static NeighbourWords build(
      String name, Shape shape, long[] counts, RandomGenerator random) {
    List<Direction> directions =
        shape.bidirectional() ? List.of(Direction.values()) : List.of(Direction.FORWARD);
    List<Layer> projections = new ArrayList<>();
    for (Direction direction : directions) {
      projections.add(
          new Dense(shape.projection())
              .build(
                  name + "." + direction.name().toLowerCase(Locale.ROOT) + ".projection",
                  shape.hidden(),
                  random));
    }
    return new NeighbourWords(
        directions,
        List.copyOf(projections),
        SampledSoftmax.build(name + ".words", shape.projection(), counts, shape.samples(), random));
  }

  /** The directions whose words are predicted, in the order of {@link #logLikelihoods}. */
  public List<Direction> directions() {
    return directions;
  }

  /** The weights, in a fixed order. */
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>();
    projections.forEach(projection -> all.addAll(projection.parameters()));
    all.addAll(softmax.parameters());
    return all;
  }

  /**
   * Computes the loss of the words of a batch.
   *
   * @param states {@code [tokens x directions hidden]}, the directions concatenated. Not modified.
   * @param ids the id of each row's word; an id at or above the number of words becomes 0, which
   *     stands for all rare words
   * @param weight multiplies the gradient
   */
  public Head.Loss loss(SequenceBatch states, int[] ids, float weight, PassContext pass) {
    List<Layer.Output> outputs = new ArrayList<>();
    List<Targets> targets = new ArrayList<>();
    for (int i = 0; i < directions.size(); i++) {
      outputs.add(projected(states, i, pass));
      targets.add(targets(states.packing(), ids, directions.get(i)));
    }
    int rows = targets.stream().mapToInt(t -> t.rows().length).sum();
    int dim = outputs.get(0).y().dim();
    FMatrixRMaj m = pass.matrix(rows, dim);
    int[] gold = new int[rows];
    int begin = 0;
    for (int i = 0; i < directions.size(); i++) {
      Targets own = targets.get(i);
      gather(outputs.get(i).y().values(), own.rows(), m, begin);
      System.arraycopy(own.words(), 0, gold, begin, own.words().length);
      begin += own.words().length;
    }
    Head.Loss loss = softmax.loss(m, gold, weight, pass);
    return new Head.Loss(
        loss.sum(),
        (ignored, gradients) -> {
          FMatrixRMaj dM = loss.backprop().apply(ignored, gradients);
          FMatrixRMaj dStates = pass.matrix(states.packing().tokens(), states.dim());
          int hidden = states.dim() / directions.size();
          int from = 0;
          for (int i = 0; i < directions.size(); i++) {
            FMatrixRMaj dY = pass.zeros(states.packing().tokens(), dim);
            int[] own = targets.get(i).rows();
            for (int j = 0; j < own.length; j++) {
              System.arraycopy(dM.data, (from + j) * dim, dY.data, own[j] * dim, dim);
            }
            from += own.length;
            FMatrixRMaj d = outputs.get(i).backprop().apply(dY, gradients);
            Columns.copy(d, 0, dStates, i * hidden, hidden);
          }
          return dStates;
        });
  }

  /** Returns the number of predictions of sequences of these lengths, in all directions. */
  public int predictions(int... lengths) {
    return Arrays.stream(lengths).map(length -> length - 1).sum() * directions.size();
  }

  /**
   * Returns the sum of the log probabilities of the words of a batch for each direction, among all
   * words and in nats; there is one fewer for each sequence than tokens.
   *
   * @param states as for {@link #loss}
   * @param ids as for {@link #loss}
   */
  public double[] logLikelihoods(SequenceBatch states, int[] ids, PassContext pass) {
    double[] sums = new double[directions.size()];
    for (int i = 0; i < sums.length; i++) {
      Targets own = targets(states.packing(), ids, directions.get(i));
      FMatrixRMaj y = projected(states, i, pass).y().values();
      FMatrixRMaj m = pass.matrix(own.rows().length, y.numCols);
      gather(y, own.rows(), m, 0);
      sums[i] = own.rows().length == 0 ? 0 : softmax.logLikelihood(m, own.words(), pass);
    }
    return sums;
  }

  private Layer.Output projected(SequenceBatch states, int direction, PassContext pass) {
    int hidden = states.dim() / directions.size();
    FMatrixRMaj own = pass.matrix(states.packing().tokens(), hidden);
    Columns.copy(states.values(), direction * hidden, own, 0, hidden);
    return projections.get(direction).forward(new SequenceBatch(states.packing(), own), pass);
  }

  private static void gather(FMatrixRMaj from, int[] rows, FMatrixRMaj to, int begin) {
    int dim = from.numCols;
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(from.data, rows[i] * dim, to.data, (begin + i) * dim, dim);
    }
  }

  /** The rows that predict a word, and the words. */
  private record Targets(int[] rows, int[] words) {}

  private Targets targets(Packing packing, int[] ids, Direction direction) {
    int[] all = LanguageModel.targets(packing, ids, softmax.words(), direction);
    int[] rows = new int[all.length];
    int[] words = new int[all.length];
    int count = 0;
    for (int row = 0; row < all.length; row++) {
      if (all[row] != Head.NO_LABEL) {
        rows[count] = row;
        words[count++] = all[row];
      }
    }
    return new Targets(Arrays.copyOf(rows, count), Arrays.copyOf(words, count));
  }
}
