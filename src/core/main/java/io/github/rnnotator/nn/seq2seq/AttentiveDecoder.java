package io.github.rnnotator.nn.seq2seq;

import io.github.rnnotator.nn.Activation;
import io.github.rnnotator.nn.Columns;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Dropout;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.StatefulLayer;
import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.nn.head.SoftmaxHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Reads all of the source for each symbol (Luong et al. 2015, section 3); {@code h_t} is that of
 * {@link TargetLayers}:
 *
 * <pre>
 *   c_t = sum_j a_tj s_j                    see Attention
 *   m_t = tanh(W_c [c_t, h_t] + b_c)
 *   p(y_t) = softmax(W_s m_t + b_s)
 * </pre>
 *
 * <p>Since {@code h_t} does not depend on {@code c_(t-1)}, training computes all timesteps of the
 * attention and of the softmax at once.
 */
final class AttentiveDecoder implements Decoder {
  private final TargetLayers target;
  private final @Nullable AttentionLayer attention;
  private final Layer combination;
  private final Layer dropout;
  private final SoftmaxHead head;

  AttentiveDecoder(
      String name,
      DecoderSpec spec,
      int encoderDim,
      float dropout,
      float smoothing,
      RandomGenerator random) {
    this.target = new TargetLayers(name, spec, encoderDim, dropout, random);
    Attention kind = spec.attention();
    this.attention =
        kind == null ? null : kind.build(name + ".attention", spec.units(), encoderDim, random);
    int read = spec.units() + (kind == null ? 0 : encoderDim);
    this.combination =
        new Dense(spec.units(), Activation.TANH).build(name + ".combination", read, random);
    this.dropout = new Dropout(dropout).build(name, spec.units(), random);
    this.head = SoftmaxHead.build(name + ".output", spec.units(), spec.ids(), smoothing, random);
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(target.parameters());
    if (attention != null) {
      all.addAll(attention.parameters());
    }
    all.addAll(combination.parameters());
    all.addAll(head.parameters());
    return all;
  }

  @Override
  public Loss loss(
      List<IdPair> pairs, SequenceBatch encoded, FMatrixRMaj last, float weight, PassContext pass) {
    TargetLayers.Forced forced = target.read(pairs, encoded.packing(), last, pass);
    SequenceBatch h = forced.h();
    AttentionLayer.Output contexts = attention == null ? null : attention.forward(h, encoded, pass);
    Layer.Output combined =
        combination.forward(joined(contexts == null ? null : contexts.c(), h, pass), pass);
    Layer.Output kept = dropout.forward(combined.y(), pass);
    Head.Loss loss = head.loss(kept.y(), gold(pairs, h.packing()), weight, pass);
    return new Loss(
        loss.sum(),
        gradients -> {
          FMatrixRMaj dM = loss.backprop().apply(new FMatrixRMaj(0, 0), gradients);
          FMatrixRMaj dJoined =
              combined.backprop().apply(kept.backprop().apply(dM, gradients), gradients);
          FMatrixRMaj dH = pass.matrix(h.packing().tokens(), h.dim());
          Columns.copy(dJoined, dJoined.numCols - h.dim(), dH, 0, h.dim());
          FMatrixRMaj dEncoded = null;
          if (contexts != null) {
            FMatrixRMaj dC = pass.matrix(h.packing().tokens(), encoded.dim());
            Columns.copy(dJoined, 0, dC, 0, encoded.dim());
            AttentionLayer.InputGradient d = contexts.backprop().apply(dC, gradients);
            pass.ops().addScaled(1, d.dH().data, 0, dH.data, 0, dH.numRows * dH.numCols);
            dEncoded = d.dEncoded();
          }
          return new EncoderGradient(dEncoded, forced.backward(dH, gradients));
        });
  }

  /** The symbol to predict in each row: the next one, or the end. */
  private static int[] gold(List<IdPair> pairs, Packing packing) {
    int[] gold = new int[packing.tokens()];
    for (int i = 0; i < pairs.size(); i++) {
      int[] symbols = pairs.get(i).target();
      for (int t = 0; t <= symbols.length; t++) {
        gold[packing.row(i, t)] = t == symbols.length ? EncoderDecoder.BOUNDARY : symbols[t];
      }
    }
    return gold;
  }

  @Override
  public float[][] attention(
      IdPair pair, SequenceBatch encoded, FMatrixRMaj last, PassContext pass) {
    if (attention == null) {
      throw new IllegalStateException("a decoder without attention has no weights of the source");
    }
    SequenceBatch h = target.read(List.of(pair), encoded.packing(), last, pass).h();
    AttentionLayer.Source source = attention.sources(encoded, pass).get(0);
    FMatrixRMaj queries = attention.queries(h.values(), pass);
    FMatrixRMaj a = attention.weights(source, queries, pass);
    float[][] rows = new float[a.numRows][];
    Arrays.setAll(rows, t -> Arrays.copyOfRange(a.data, t * a.numCols, (t + 1) * a.numCols));
    return rows;
  }

  /** {@code [c_t, h_t]}, or {@code h_t} alone. */
  private static SequenceBatch joined(@Nullable FMatrixRMaj c, SequenceBatch h, PassContext pass) {
    if (c == null) {
      return h;
    }
    FMatrixRMaj both = pass.matrix(c.numRows, c.numCols + h.dim());
    Columns.copy(c, 0, both, 0, c.numCols);
    Columns.copy(h.values(), 0, both, c.numCols, h.dim());
    return new SequenceBatch(h.packing(), both);
  }

  @Override
  public Writing begin(SequenceBatch encoded, SequenceBatch last, PassContext pass) {
    return new Steps(
        attention == null ? List.of() : attention.sources(encoded, pass),
        target.initialStates(last, pass));
  }

  private final class Steps implements Writing {
    private final List<AttentionLayer.Source> sources;
    private final List<StatefulLayer.State> initial;

    Steps(List<AttentionLayer.Source> sources, List<StatefulLayer.State> initial) {
      this.sources = sources;
      this.initial = initial;
    }

    @Override
    public List<StatefulLayer.State> initial() {
      return initial;
    }

    @Override
    public int lastPosition(int source) {
      return 0;
    }

    @Override
    public Next step(Beginnings beginnings, List<StatefulLayer.State> states, PassContext pass) {
      TargetLayers.Step step = target.step(beginnings.symbols(), states, pass);
      FMatrixRMaj c =
          attention == null ? null : contexts(attention, step.h(), beginnings.sources(), pass);
      Layer.Output m = combination.forward(joined(c, step.h(), pass), pass);
      return new Next(head.probabilities(m.y(), pass), step.states());
    }

    private FMatrixRMaj contexts(
        AttentionLayer attention, SequenceBatch h, int[] sourceOf, PassContext pass) {
      FMatrixRMaj queries = attention.queries(h.values(), pass);
      FMatrixRMaj c = pass.matrix(sourceOf.length, attention.valueDim());
      for (int from = 0; from < sourceOf.length; ) {
        int end = from + 1;
        while (end < sourceOf.length && sourceOf[end] == sourceOf[from]) {
          end++;
        }
        int[] rows = IntStream.range(from, end).toArray();
        FMatrixRMaj own = pass.matrix(rows.length, queries.numCols);
        Columns.gather(queries, rows, own);
        AttentionLayer.Source source = sources.get(sourceOf[from]);
        FMatrixRMaj context = attention.context(source, attention.weights(source, own, pass), pass);
        System.arraycopy(context.data, 0, c.data, from * c.numCols, rows.length * c.numCols);
        from = end;
      }
      return c;
    }
  }
}
