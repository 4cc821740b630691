package io.github.rnnotator.nn.head;

import io.github.rnnotator.nn.LastStates;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.ops.Ops;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * Many-to-one: pools the vectors of a sequence into one, and labels that. Gold labels and results
 * are per sequence, by {@link Packing#rank rank}, instead of per row.
 */
public final class PooledHead implements Head {
  private final Layer pooling;
  private final Head head;

  /**
   * Creates a head on pooled vectors.
   *
   * @param pooling reduces a sequence to one vector, such as {@link LastStates}
   * @param head labels it
   */
  public PooledHead(Layer pooling, Head head) {
    this.pooling = pooling;
    this.head = head;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(pooling.parameters());
    all.addAll(head.parameters());
    return all;
  }

  @Override
  public void divideLogits(float temperature, Ops ops) {
    head.divideLogits(temperature, ops);
  }

  @Override
  public Loss loss(SequenceBatch x, int[] gold, float weight, PassContext pass) {
    Layer.Output pooled = pooling.forward(x, pass);
    Loss loss = head.loss(pooled.y(), gold, weight, pass);
    return new Loss(
        loss.sum(),
        (ignored, gradients) ->
            pooled.backprop().apply(loss.backprop().apply(ignored, gradients), gradients));
  }

  /** The one vector of each sequence, by its rank. */
  public SequenceBatch pool(SequenceBatch x, PassContext pass) {
    return pooling.forward(x, pass).y();
  }

  @Override
  public FMatrixRMaj probabilities(SequenceBatch x, PassContext pass) {
    return head.probabilities(pool(x, pass), pass);
  }

  @Override
  public Decoded decode(SequenceBatch x, PassContext pass) {
    return head.decode(pool(x, pass), pass);
  }

  @Override
  public List<List<Ranked>> nBest(SequenceBatch x, int n, PassContext pass) {
    return head.nBest(pool(x, pass), n, pass);
  }
}
