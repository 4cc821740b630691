package io.github.rnnotator.nn.head;

import io.github.rnnotator.nn.Activation;
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
 * Cross-view training of a bidirectional layer (Clark et al. 2018, "Semi-Supervised Sequence
 * Modeling with Cross-View Training", section 3.2): on text without labels, predictions that see a
 * part of the input learn to agree with those of the whole network.
 *
 * <pre>
 *   forward    q = softmax(V tanh(W h>_t))        the token and what is before it
 *   backward   q = softmax(V tanh(W h<_t))        the token and what is after it
 *   future     q = softmax(V tanh(W h>_(t-1)))    only what is before it
 *   past       q = softmax(V tanh(W h<_(t+1)))    only what is after it
 *   E = - sum over views, tokens and labels of p log q
 * </pre>
 *
 * <p>with {@code p} the probabilities of the head, which are not changed by this loss. The layer
 * thus learns to represent text of which no label is known. Used in training only: no label depends
 * on these weights.
 *
 * <p>Weights of each view: kernel {@code W [hidden x 50]}, {@code V [50 x labels]} (Glorot
 * uniform), each with a bias (0).
 */
public final class CrossView {
  private static final int PROJECTION = 50;

  private final List<View> views;
  private final int hidden;

  private CrossView(List<View> views, int hidden) {
    this.views = views;
    this.hidden = hidden;
  }

  /**
   * A prediction from the states of one direction.
   *
   * @param includesToken whether the state is that of the token, or that of the one read before it
   */
  private record View(Direction direction, boolean includesToken, Layer projection, Layer logits) {}

  /**
   * Builds the views with fresh weights.
   *
   * @param hidden the hidden size of each direction of the trained layer
   * @param labels the number of labels of the head
   */
  public static CrossView build(String name, int hidden, int labels, RandomGenerator random) {
    List<View> views = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      for (boolean includesToken : new boolean[] {true, false}) {
        String view =
            name
                + "."
                + direction.name().toLowerCase(Locale.ROOT)
                + (includesToken ? "" : "_without_token");
        Layer projection =
            new Dense(PROJECTION, Activation.TANH).build(view + ".projection", hidden, random);
        Layer logits = new Dense(labels).build(view + ".labels", PROJECTION, random);
        views.add(new View(direction, includesToken, projection, logits));
      }
    }
    return new CrossView(List.copyOf(views), hidden);
  }

  /** The weights, in a fixed order. */
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>();
    for (View view : views) {
      all.addAll(view.projection().parameters());
      all.addAll(view.logits().parameters());
    }
    return all;
  }

  /**
   * Computes the loss of all views.
   *
   * @param states {@code [tokens x 2 hidden]}, both directions concatenated. Not modified.
   * @param targets {@code [tokens x labels]}, the probabilities of the head; a row of zeros adds no
   *     loss. Not modified.
   * @param weight multiplies the gradient
   */
  public Head.Loss loss(SequenceBatch states, FMatrixRMaj targets, float weight, PassContext pass) {
    Packing packing = states.packing();
    List<Layer.Output> projected = new ArrayList<>();
    List<Layer.Output> predicted = new ArrayList<>();
    List<FMatrixRMaj> errors = new ArrayList<>();
    double sum = 0;
    for (View view : views) {
      FMatrixRMaj own = pass.zeros(packing.tokens(), hidden);
      copy(view, packing, states.values(), own, true);
      Layer.Output m = view.projection().forward(new SequenceBatch(packing, own), pass);
      Layer.Output z = view.logits().forward(m.y(), pass);
      FMatrixRMaj q = z.y().values();
      pass.ops().softmaxRows(q, 0, q.numRows);
      projected.add(m);
      predicted.add(z);
      FMatrixRMaj dZ = pass.matrix(q.numRows, q.numCols);
      sum += crossEntropy(q, targets, weight, dZ);
      errors.add(dZ);
    }
    return new Head.Loss(
        sum,
        (ignored, gradients) -> {
          FMatrixRMaj dStates = pass.zeros(packing.tokens(), states.dim());
          for (int i = 0; i < views.size(); i++) {
            FMatrixRMaj dM = predicted.get(i).backprop().apply(errors.get(i), gradients);
            FMatrixRMaj dOwn = projected.get(i).backprop().apply(dM, gradients);
            copy(views.get(i), packing, dOwn, dStates, false);
          }
          return dStates;
        });
  }

  /** Sets the gradient {@code weight (q sum(p) - p)} by the logits, and returns the loss. */
  private static double crossEntropy(
      FMatrixRMaj q, FMatrixRMaj targets, float weight, FMatrixRMaj dZ) {
    double sum = 0;
    for (int row = 0; row < q.numRows; row++) {
      int from = row * q.numCols;
      float total = 0;
      for (int label = 0; label < q.numCols; label++) {
        float p = targets.data[from + label];
        total += p;
        if (p > 0) {
          sum -= p * Math.log(Math.max(q.data[from + label], 1e-30f));
        }
      }
      for (int label = 0; label < q.numCols; label++) {
        dZ.data[from + label] =
            weight * (q.data[from + label] * total - targets.data[from + label]);
      }
    }
    return sum;
  }

  /**
   * Copies the states that a view reads, or adds their gradients to those of all states.
   *
   * @param from the states of both directions; or the gradients of the view
   * @param to the states of the view, 0 where nothing was read yet; or the gradients of all states
   */
  private void copy(View view, Packing packing, FMatrixRMaj from, FMatrixRMaj to, boolean reads) {
    int col = view.direction() == Direction.FORWARD ? 0 : hidden;
    // The state before the token, in the order of reading.
    int shift = view.includesToken() ? 0 : view.direction() == Direction.FORWARD ? -1 : 1;
    for (int i = 0; i < packing.sequences(); i++) {
      for (int t = 0; t < packing.length(i); t++) {
        int other = t + shift;
        if (other < 0 || other >= packing.length(i)) {
          continue;
        }
        int row = packing.row(i, t) * hidden;
        int state = packing.row(i, other) * 2 * hidden + col;
        for (int j = 0; j < hidden; j++) {
          if (reads) {
            to.data[row + j] = from.data[state + j];
          } else {
            to.data[state + j] += from.data[row + j];
          }
        }
      }
    }
  }
}
