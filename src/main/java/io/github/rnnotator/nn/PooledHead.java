package io.github.rnnotator.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * Many-to-one: the vectors of a sequence become one, and a head gives that one a label. What the
 * other heads have for each row, this one has for each sequence, by its {@link Packing#rank rank}.
 */
public final class PooledHead implements Head {
  private final Layer pooling;
  private final Head head;

  /**
   * A head on pooled vectors.
   *
   * @param pooling makes one vector of a sequence, as {@link LastStates} does
   * @param head judges it
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
  public Loss loss(PackedBatch x, int[] gold, float weight, Pass pass) {
    Layer.Forward pooled = pooling.forward(x, pass);
    Loss loss = head.loss(pooled.output(), gold, weight, pass);
    return new Loss(
        loss.sum(),
        (ignored, gradients) ->
            pooled.backward().backward(loss.backward().backward(ignored, gradients), gradients));
  }

  /** The one vector of each sequence, by its rank. */
  public PackedBatch pool(PackedBatch x, Pass pass) {
    return pooling.forward(x, pass).output();
  }

  @Override
  public Decoded decode(PackedBatch x, Pass pass) {
    return head.decode(pool(x, pass), pass);
  }

  @Override
  public List<List<Ranked>> nBest(PackedBatch x, int n, Pass pass) {
    return head.nBest(pool(x, pass), n, pass);
  }
}
