package io.github.rnnotator.nn.seq2seq;

import io.github.rnnotator.nn.Activation;
import io.github.rnnotator.nn.Columns;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Dropout;
import io.github.rnnotator.nn.Gradients;
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
import java.util.function.Function;
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
 * <p>The last line is different if symbols of the source are copied: see {@link PointerGenerator}.
 *
 * <p>Since {@code h_t} does not depend on {@code c_(t-1)}, training computes all timesteps of the
 * attention and of the softmax at once.
 */
final class AttentiveDecoder implements Decoder {
  private final TargetLayers target;
  private final int vocabulary;
  private final @Nullable AttentionLayer attention;
  private final Layer combination;
  private final Layer dropout;
  private final SoftmaxHead head;
  private final @Nullable PointerGenerator copy;

  AttentiveDecoder(
      String name,
      DecoderSpec spec,
      int encoderDim,
      float dropout,
      float smoothing,
      RandomGenerator random) {
    this.target = new TargetLayers(name, spec, encoderDim, dropout, random);
    this.vocabulary = spec.ids();
    Attention kind = spec.attention();
    this.attention =
        kind == null ? null : kind.build(name + ".attention", spec.units(), encoderDim, random);
    int read = spec.units() + (kind == null ? 0 : encoderDim);
    this.combination =
        new Dense(spec.units(), Activation.TANH).build(name + ".combination", read, random);
    this.dropout = new Dropout(dropout).build(name, spec.units(), random);
    this.head = SoftmaxHead.build(name + ".output", spec.units(), spec.ids(), smoothing, random);
    this.copy =
        spec.copy()
            ? new PointerGenerator(name + ".copy", read + spec.dim(), smoothing, random)
            : null;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(target.parameters());
    if (attention != null) {
      all.addAll(attention.parameters());
    }
    all.addAll(combination.parameters());
    all.addAll(head.parameters());
    if (copy != null) {
      all.addAll(copy.parameters());
    }
    return all;
  }

  @Override
  public Loss loss(
      List<IdPair> pairs, SequenceBatch encoded, FMatrixRMaj last, float weight, PassContext pass) {
    TargetLayers.Forced forced = target.read(pairs, encoded.packing(), last, pass);
    SequenceBatch h = forced.h();
    AttentionLayer.Output contexts = attention == null ? null : attention.forward(h, encoded, pass);
    SequenceBatch joined = joined(contexts == null ? null : contexts.c(), h, pass);
    Layer.Output combined = combination.forward(joined, pass);
    Layer.Output kept = dropout.forward(combined.y(), pass);
    Prediction prediction =
        copy == null || contexts == null
            ? generated(pairs, kept.y(), weight, pass)
            : mixed(
                copy, new Read(joined, forced.x(), contexts.a()), pairs, kept.y(), weight, pass);
    return new Loss(
        prediction.sum(),
        gradients -> {
          PredictionGradient d = prediction.backprop().apply(gradients);
          FMatrixRMaj dJoined =
              combined.backprop().apply(kept.backprop().apply(d.dM(), gradients), gradients);
          if (d.dJoined() != null) {
            int n = dJoined.numRows * dJoined.numCols;
            pass.ops().addScaled(1, d.dJoined().data, 0, dJoined.data, 0, n);
          }
          FMatrixRMaj dH = pass.matrix(h.packing().tokens(), h.dim());
          Columns.copy(dJoined, dJoined.numCols - h.dim(), dH, 0, h.dim());
          FMatrixRMaj dEncoded = null;
          if (contexts != null) {
            FMatrixRMaj dC = pass.matrix(h.packing().tokens(), encoded.dim());
            Columns.copy(dJoined, 0, dC, 0, encoded.dim());
            AttentionLayer.InputGradient input = contexts.backprop().apply(dC, d.dA(), gradients);
            pass.ops().addScaled(1, input.dH().data, 0, dH.data, 0, dH.numRows * dH.numCols);
            dEncoded = input.dEncoded();
          }
          return new EncoderGradient(dEncoded, forced.backward(dH, d.dX(), gradients));
        });
  }

  /** The cross-entropy of the targets given {@code m_t}, with its backward pass. */
  private record Prediction(double sum, Function<Gradients, PredictionGradient> backprop) {}

  /**
   * Gradients of what a prediction reads; those after the first are null without copying.
   *
   * @param dM of {@code m_t}
   * @param dJoined of {@code [c_t, h_t]}
   * @param dX of the vectors of the last symbols
   * @param dA of the weights of the attention, for each pair
   */
  private record PredictionGradient(
      FMatrixRMaj dM,
      @Nullable FMatrixRMaj dJoined,
      @Nullable FMatrixRMaj dX,
      @Nullable List<FMatrixRMaj> dA) {}

  private Prediction generated(
      List<IdPair> pairs, SequenceBatch m, float weight, PassContext pass) {
    Head.Loss loss = head.loss(m, gold(pairs, m.packing()), weight, pass);
    return new Prediction(
        loss.sum(),
        gradients ->
            new PredictionGradient(
                loss.backprop().apply(new FMatrixRMaj(0, 0), gradients), null, null, null));
  }

  /** What copying reads in addition to {@code m_t}; see {@link PredictionGradient}. */
  private record Read(SequenceBatch joined, FMatrixRMaj x, List<FMatrixRMaj> a) {}

  private Prediction mixed(
      PointerGenerator copy,
      Read read,
      List<IdPair> pairs,
      SequenceBatch m,
      float weight,
      PassContext pass) {
    Layer.Output v = head.forward(m, pass);
    Layer.Output gates = copy.gates(read.joined(), read.x(), pass);
    PointerGenerator.Parts parts = new PointerGenerator.Parts(v.y().values(), gates.y().values());
    PointerGenerator.Loss loss = copy.loss(pairs, m.packing(), parts, read.a(), weight, pass);
    return new Prediction(
        loss.sum(),
        gradients -> {
          FMatrixRMaj dM = v.backprop().apply(loss.dLogits(), gradients);
          FMatrixRMaj dAll = gates.backprop().apply(loss.dGates(), gradients);
          FMatrixRMaj dJoined = pass.matrix(dAll.numRows, read.joined().dim());
          Columns.copy(dAll, 0, dJoined, 0, dJoined.numCols);
          FMatrixRMaj dX = pass.matrix(dAll.numRows, read.x().numCols);
          Columns.copy(dAll, dJoined.numCols, dX, 0, dX.numCols);
          return new PredictionGradient(dM, dJoined, dX, loss.dA());
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
  public Writing begin(
      List<IdSource> sources, SequenceBatch encoded, SequenceBatch last, PassContext pass) {
    return new Steps(
        sources,
        attention == null ? List.of() : attention.sources(encoded, pass),
        target.initialStates(last, pass));
  }

  private final class Steps implements Writing {
    private final List<IdSource> ids;
    private final List<AttentionLayer.Source> sources;
    private final List<StatefulLayer.State> initial;

    Steps(
        List<IdSource> ids,
        List<AttentionLayer.Source> sources,
        List<StatefulLayer.State> initial) {
      this.ids = ids;
      this.sources = sources;
      this.initial = initial;
    }

    @Override
    public List<StatefulLayer.State> initial() {
      return initial;
    }

    @Override
    public int ids(int source) {
      return copy == null ? vocabulary : PointerGenerator.ids(ids.get(source), vocabulary);
    }

    @Override
    public int lastPosition(int source) {
      return 0;
    }

    @Override
    public Next step(Beginnings beginnings, List<StatefulLayer.State> states, PassContext pass) {
      TargetLayers.Step step = target.step(beginnings.symbols(), states, pass);
      Contexts contexts =
          attention == null ? null : contexts(attention, step.h(), beginnings.sources(), pass);
      SequenceBatch joined = joined(contexts == null ? null : contexts.c(), step.h(), pass);
      FMatrixRMaj v = head.probabilities(combination.forward(joined, pass).y(), pass);
      if (copy == null || contexts == null) {
        return new Next(v, step.states());
      }
      FMatrixRMaj gates = copy.gates(joined, step.x(), pass).y().values();
      PointerGenerator.Parts parts = new PointerGenerator.Parts(v, gates);
      int most = IntStream.of(beginnings.sources()).map(this::ids).max().orElse(vocabulary);
      FMatrixRMaj p = pass.matrix(v.numRows, most);
      for (int i = 0; i < p.numRows; i++) {
        PointerGenerator.mix(parts, i, contexts.pointers().get(i), p, i, pass);
      }
      return new Next(p, step.states());
    }

    /** What each row reads of its source. */
    private record Contexts(FMatrixRMaj c, List<PointerGenerator.Pointer> pointers) {}

    private Contexts contexts(
        AttentionLayer attention, SequenceBatch h, int[] sourceOf, PassContext pass) {
      FMatrixRMaj queries = attention.queries(h.values(), pass);
      FMatrixRMaj c = pass.matrix(sourceOf.length, attention.valueDim());
      List<PointerGenerator.Pointer> pointers = new ArrayList<>();
      for (int from = 0; from < sourceOf.length; ) {
        int end = from + 1;
        while (end < sourceOf.length && sourceOf[end] == sourceOf[from]) {
          end++;
        }
        int[] rows = IntStream.range(from, end).toArray();
        FMatrixRMaj own = pass.matrix(rows.length, queries.numCols);
        Columns.gather(queries, rows, own);
        AttentionLayer.Source source = sources.get(sourceOf[from]);
        FMatrixRMaj a = attention.weights(source, own, pass);
        FMatrixRMaj context = attention.context(source, a, pass);
        System.arraycopy(context.data, 0, c.data, from * c.numCols, rows.length * c.numCols);
        int[] copies = ids.get(sourceOf[from]).copies();
        for (int i = 0; i < rows.length; i++) {
          pointers.add(new PointerGenerator.Pointer(a, i, copies));
        }
        from = end;
      }
      return new Contexts(c, pointers);
    }
  }
}
