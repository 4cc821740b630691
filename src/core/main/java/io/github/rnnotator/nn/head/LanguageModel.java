package io.github.rnnotator.nn.head;

import io.github.rnnotator.nn.Activation;
import io.github.rnnotator.nn.Columns;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Direction;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * An auxiliary language model for a bidirectional layer: the forward state of a token predicts the
 * next word, its backward state the previous word (Rei 2017, "Semi-supervised Multitask Learning
 * for Sequence Labeling", section 3):
 *
 * <pre>
 *   m_t = tanh(W h_t)
 *   p(w_(t+1)) = softmax(V m_t)
 *   E = - sum_t log p(w_(t+1))
 * </pre>
 *
 * <p>The backward direction likewise, with its own {@code W} and {@code V}. Predicting neighbours
 * teaches the states more about rare words than their few labels do. Used in training only: no
 * label depends on these weights.
 *
 * <p>Weights of each direction: kernel {@code W [hidden x 50]}, {@code V [50 x words]} (Glorot
 * uniform), each with a bias (0).
 */
public final class LanguageModel {
  private static final int PROJECTION = 50;

  private final List<DirectionHead> directionHeads;
  private final int words;

  private LanguageModel(List<DirectionHead> directionHeads, int words) {
    this.directionHeads = directionHeads;
    this.words = words;
  }

  /** Predicts words from the states of one direction. */
  private record DirectionHead(Direction direction, Layer projection, Head head) {
    /** The first column of the direction. */
    int fromCol(int hidden) {
      return direction == Direction.FORWARD ? 0 : hidden;
    }
  }

  /**
   * Builds a language model with fresh weights.
   *
   * @param hidden the hidden size of each direction of the trained layer
   * @param words the vocabulary size, at least 1
   */
  public static LanguageModel build(String name, int hidden, int words, RandomGenerator random) {
    List<DirectionHead> directionHeads = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      String directionHead = name + "." + direction.name().toLowerCase(Locale.ROOT);
      Layer projection =
          new Dense(PROJECTION, Activation.TANH)
              .build(directionHead + ".projection", hidden, random);
      Head head = SoftmaxHead.build(directionHead + ".words", PROJECTION, words, 0, random);
      directionHeads.add(new DirectionHead(direction, projection, head));
    }
    return new LanguageModel(List.copyOf(directionHeads), words);
  }

  /** The weights, in a fixed order. */
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>();
    for (DirectionHead directionHead : directionHeads) {
      all.addAll(directionHead.projection().parameters());
      all.addAll(directionHead.head().parameters());
    }
    return all;
  }

  /**
   * Computes the loss of the words of the batch.
   *
   * @param states {@code [tokens x 2 hidden]}, both directions concatenated. Not modified.
   * @param ids the id of each row's word; 0 stands for any word without its own id, and so does any
   *     id at or above the number of words
   * @param weight multiplies the gradient
   */
  public Head.Loss loss(SequenceBatch states, int[] ids, float weight, PassContext pass) {
    int tokens = states.packing().tokens();
    int hidden = states.dim() / directionHeads.size();
    List<Layer.Output> projected = new ArrayList<>();
    List<Head.Loss> losses = new ArrayList<>();
    double sum = 0;
    for (DirectionHead directionHead : directionHeads) {
      FMatrixRMaj own = pass.matrix(tokens, hidden);
      Columns.copy(states.values(), directionHead.fromCol(hidden), own, 0, hidden);
      Layer.Output m =
          directionHead.projection().forward(new SequenceBatch(states.packing(), own), pass);
      int[] targets = targets(states.packing(), ids, words, directionHead.direction());
      Head.Loss loss = directionHead.head().loss(m.y(), targets, weight, pass);
      projected.add(m);
      losses.add(loss);
      sum += loss.sum();
    }
    return new Head.Loss(
        sum,
        (ignored, gradients) -> {
          FMatrixRMaj dStates = pass.matrix(tokens, states.dim());
          for (int i = 0; i < directionHeads.size(); i++) {
            FMatrixRMaj dM = losses.get(i).backprop().apply(ignored, gradients);
            FMatrixRMaj dOwn = projected.get(i).backprop().apply(dM, gradients);
            Columns.copy(dOwn, 0, dStates, directionHeads.get(i).fromCol(hidden), hidden);
          }
          return dStates;
        });
  }

  /**
   * Returns for each row the word that the direction reads next; rows at the end have no target.
   *
   * @param words the number of words that are distinguished; higher ids become 0
   */
  static int[] targets(Packing packing, int[] ids, int words, Direction direction) {
    int[] targets = new int[packing.tokens()];
    for (int i = 0; i < packing.sequences(); i++) {
      for (int t = 0; t < packing.length(i); t++) {
        int other = direction.next(t);
        boolean within = other >= 0 && other < packing.length(i);
        int id = within ? ids[packing.row(i, other)] : Head.NO_LABEL;
        targets[packing.row(i, t)] = id < words ? id : 0;
      }
    }
    return targets;
  }
}
