package io.github.rnnotator.tagger.pass;

import io.github.rnnotator.nn.PackedWeights;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The operations of a tagger, and the weights packed for them. The first tokens get the scalar
 * operations: a loop over arrays is compiled within milliseconds, the Vector API needs hundreds
 * before it is faster than no compiler at all, longer than a short text takes. Both give the same
 * bits. Thread-safe.
 */
public final class TaggerOps {
  /** A longer text is tagged sooner if it begins with the fastest operations. */
  private static final int FIRST_TOKENS = 256;

  private record Packed(Ops ops, PackedWeights weights) {
    static Packed of(Ops ops) {
      return new Packed(ops, new PackedWeights(ops));
    }
  }

  private volatile Packed packed;

  /** The tokens left for the first operations; 0 or less after these. */
  private final AtomicInteger left;

  private TaggerOps(Ops ops, int firstTokens) {
    this.packed = Packed.of(ops);
    this.left = new AtomicInteger(firstTokens);
  }

  /** Returns these operations for all tokens. */
  public static TaggerOps always(Ops ops) {
    return new TaggerOps(ops, 0);
  }

  /** Returns the scalar operations for the first tokens and the fastest for all others. */
  public static TaggerOps scalarFirst() {
    return new TaggerOps(Ops.scalar(), FIRST_TOKENS);
  }

  /**
   * Starts a pass with all buffers free.
   *
   * @param tokens how many tokens it will read
   */
  public PassContext pass(Workspace workspace, int tokens) {
    workspace.reset();
    if (left.get() > 0 && left.addAndGet(-tokens) <= 0) {
      packed = Packed.of(Ops.best());
    }
    Packed now = packed;
    return PassContext.inference(now.ops, workspace, now.weights);
  }
}
