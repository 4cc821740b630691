package io.github.rnnotator.nn.seq2seq;

import io.github.rnnotator.nn.Activation;
import io.github.rnnotator.nn.Columns;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Dropout;
import io.github.rnnotator.nn.EmbeddingTable;
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
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Predicts the target, one symbol after the other (Luong et al. 2015, section 3):
 *
 * <pre>
 *   h_0 = tanh(W_0 s + b_0)                 s: the encoder's last states; likewise c_0 of an LSTM
 *   h_t = cell(W E[y_(t-1)] + b, U h_(t-1))
 *   c_t = sum_j a_tj s_j                    see Attention
 *   m_t = tanh(W_c [c_t, h_t] + b_c)
 *   p(y_t) = softmax(W_s m_t + b_s)
 * </pre>
 *
 * <p>Since {@code h_t} does not depend on {@code c_(t-1)}, training computes all timesteps of the
 * attention and of the softmax at once.
 */
final class Decoder {
  private final EmbeddingTable symbols;
  private final List<StatefulLayer> layers = new ArrayList<>();

  /** {@code h_0} of each layer, and {@code c_0} after it if the cell has it. */
  private final List<Layer> initial = new ArrayList<>();

  private final @Nullable AttentionLayer attention;
  private final Layer combination;
  private final SoftmaxHead head;
  private final List<Layer> dropouts = new ArrayList<>();
  private final Layer lastDropout;
  private final boolean cellState;

  Decoder(
      String name,
      DecoderSpec spec,
      int encoderDim,
      float dropout,
      float smoothing,
      RandomGenerator random) {
    this.symbols = EmbeddingTable.build(name + ".symbols", spec.ids(), spec.dim(), random);
    int dim = spec.dim();
    for (int i = 0; i < spec.layers(); i++) {
      String own = name + "." + i;
      dropouts.add(new Dropout(dropout, true).build(own, dim, random));
      StatefulLayer layer = StatefulLayer.build(own, dim, spec.cell().layer(spec.units()), random);
      layers.add(layer);
      Dense bridge = new Dense(spec.units(), Activation.TANH);
      initial.add(bridge.build(own + ".initial_h", encoderDim, random));
      if (layer.hasCellState()) {
        initial.add(bridge.build(own + ".initial_c", encoderDim, random));
      }
      dim = spec.units();
    }
    this.cellState = layers.get(0).hasCellState();
    Attention kind = spec.attention();
    this.attention =
        kind == null ? null : kind.build(name + ".attention", spec.units(), encoderDim, random);
    int read = spec.units() + (kind == null ? 0 : encoderDim);
    this.combination =
        new Dense(spec.units(), Activation.TANH).build(name + ".combination", read, random);
    this.lastDropout = new Dropout(dropout).build(name, spec.units(), random);
    this.head = SoftmaxHead.build(name + ".output", spec.units(), spec.ids(), smoothing, random);
  }

  List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(List.of(symbols.parameter()));
    layers.forEach(layer -> all.addAll(layer.parameters()));
    initial.forEach(layer -> all.addAll(layer.parameters()));
    if (attention != null) {
      all.addAll(attention.parameters());
    }
    all.addAll(combination.parameters());
    all.addAll(head.parameters());
    return all;
  }

  /** A loss; the backward pass returns the gradients of the encoder's states and last states. */
  record Loss(double sum, Backprop backprop) {}

  interface Backprop {
    EncoderGradient apply(Gradients gradients);
  }

  /**
   * Gradients of what the decoder reads.
   *
   * @param dEncoded of all states, {@code [source tokens x encoderDim]}; null without attention
   * @param dLast of the last states, a row per rank of the source
   */
  record EncoderGradient(@Nullable FMatrixRMaj dEncoded, FMatrixRMaj dLast) {}

  /**
   * The cross-entropy of the targets, each symbol given the right ones before it (teacher forcing).
   *
   * @param encoded all states of the encoder
   * @param last its last states, a row per rank of the source
   */
  Loss loss(
      List<IdPair> pairs, SequenceBatch encoded, FMatrixRMaj last, float weight, PassContext pass) {
    Forced forced = new Forced(pairs, encoded, last, pass);
    Head.Loss loss = head.loss(forced.m(), forced.gold, weight, pass);
    return new Loss(loss.sum(), gradients -> forced.backward(loss, gradients));
  }

  /** Returns the weights {@code a_tj} of one pair, with a row for each symbol and for the end. */
  float[][] attention(IdPair pair, SequenceBatch encoded, FMatrixRMaj last, PassContext pass) {
    if (attention == null) {
      throw new IllegalStateException("a decoder without attention has no weights of the source");
    }
    Forced forced = new Forced(List.of(pair), encoded, last, pass);
    AttentionLayer.Source source = attention.sources(encoded, pass).get(0);
    FMatrixRMaj queries = attention.queries(forced.h.values(), pass);
    FMatrixRMaj a = attention.weights(source, queries, pass);
    float[][] rows = new float[a.numRows][];
    Arrays.setAll(rows, t -> Arrays.copyOfRange(a.data, t * a.numCols, (t + 1) * a.numCols));
    return rows;
  }

  /** One pass through known targets. */
  private final class Forced {
    private final SequenceBatch encoded;
    private final PassContext pass;
    private final Packing packing;
    private final int[] inputs;
    private final int[] gold;

    /** The rank in the source of each rank in the target. */
    private final int[] sourceRank;

    private final List<Layer.Output> states = new ArrayList<>();
    private final List<Layer.Output> dropped = new ArrayList<>();
    private final List<StatefulLayer.Output> outputs = new ArrayList<>();
    private final SequenceBatch h;
    private AttentionLayer.@Nullable Output contexts;
    private Layer.@Nullable Output combined;
    private Layer.@Nullable Output read;

    Forced(List<IdPair> pairs, SequenceBatch encoded, FMatrixRMaj last, PassContext pass) {
      this.encoded = encoded;
      this.pass = pass;
      this.packing =
          Packing.of(pairs.stream().mapToInt(pair -> pair.target().length + 1).toArray());
      this.inputs = new int[packing.tokens()];
      this.gold = new int[packing.tokens()];
      for (int i = 0; i < pairs.size(); i++) {
        int[] target = pairs.get(i).target();
        for (int t = 0; t <= target.length; t++) {
          inputs[packing.row(i, t)] = t == 0 ? EncoderDecoder.BOUNDARY : target[t - 1];
          gold[packing.row(i, t)] = t == target.length ? EncoderDecoder.BOUNDARY : target[t];
        }
      }
      this.sourceRank =
          IntStream.range(0, pairs.size())
              .map(rank -> encoded.packing().rank(packing.sequenceAt(rank)))
              .toArray();
      FMatrixRMaj own = pass.matrix(sourceRank.length, last.numCols);
      Columns.gather(last, sourceRank, own);
      List<StatefulLayer.State> begin =
          initialStates(new SequenceBatch(packing.lastStates(), own), states, pass);
      FMatrixRMaj x = pass.matrix(inputs.length, symbols.dim());
      symbols.lookUp(inputs, x, 0);
      SequenceBatch y = new SequenceBatch(packing, x);
      for (int i = 0; i < layers.size(); i++) {
        dropped.add(dropouts.get(i).forward(y, pass));
        outputs.add(layers.get(i).forward(dropped.get(i).y(), begin.get(i), pass));
        y = outputs.get(i).y();
      }
      this.h = y;
    }

    /** Returns {@code m_t} of every row. */
    SequenceBatch m() {
      AttentionLayer.Output found = attention == null ? null : attention.forward(h, encoded, pass);
      Layer.Output all =
          combination.forward(joined(found == null ? null : found.c(), h, pass), pass);
      Layer.Output kept = lastDropout.forward(all.y(), pass);
      contexts = found;
      combined = all;
      read = kept;
      return kept.y();
    }

    EncoderGradient backward(Head.Loss loss, Gradients gradients) {
      Layer.Output kept = read;
      Layer.Output all = combined;
      if (kept == null || all == null) {
        throw new IllegalStateException("no forward pass");
      }
      FMatrixRMaj dM = loss.backprop().apply(new FMatrixRMaj(0, 0), gradients);
      FMatrixRMaj dJoined = all.backprop().apply(kept.backprop().apply(dM, gradients), gradients);
      FMatrixRMaj dH = pass.matrix(packing.tokens(), h.dim());
      Columns.copy(dJoined, dJoined.numCols - h.dim(), dH, 0, h.dim());
      FMatrixRMaj dEncoded = null;
      AttentionLayer.Output found = contexts;
      if (found != null) {
        FMatrixRMaj dC = pass.matrix(packing.tokens(), encoded.dim());
        Columns.copy(dJoined, 0, dC, 0, encoded.dim());
        AttentionLayer.InputGradient d = found.backprop().apply(dC, gradients);
        pass.ops().addScaled(1, d.dH().data, 0, dH.data, 0, dH.numRows * dH.numCols);
        dEncoded = d.dEncoded();
      }
      FMatrixRMaj dLast = pass.zeros(encoded.packing().sequences(), encoded.dim());
      FMatrixRMaj d = dH;
      for (int i = layers.size() - 1; i >= 0; i--) {
        StatefulLayer.InputGradient input = outputs.get(i).backprop().apply(d, null, gradients);
        addInitial(i, input.dInitial(), dLast, gradients);
        d = dropped.get(i).backprop().apply(input.dX(), gradients);
      }
      symbols.backward(inputs, d, 0, gradients);
      return new EncoderGradient(dEncoded, dLast);
    }

    /** The backward pass of the initial state of a layer. */
    private void addInitial(
        int layer, StatefulLayer.State d, FMatrixRMaj dLast, Gradients gradients) {
      int index = layer * (cellState ? 2 : 1);
      FMatrixRMaj own = states.get(index).backprop().apply(d.h(), gradients);
      Columns.scatterAdd(own, sourceRank, dLast);
      if (d.c() != null) {
        FMatrixRMaj ofCell = states.get(index + 1).backprop().apply(d.c(), gradients);
        Columns.scatterAdd(ofCell, sourceRank, dLast);
      }
    }
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

  /**
   * Returns the initial state of each layer.
   *
   * @param last the encoder's last states
   * @param outputs receives the outputs of the layers that compute them
   */
  List<StatefulLayer.State> initialStates(
      SequenceBatch last, List<Layer.Output> outputs, PassContext pass) {
    initial.forEach(layer -> outputs.add(layer.forward(last, pass)));
    List<StatefulLayer.State> begin = new ArrayList<>();
    int parts = cellState ? 2 : 1;
    for (int i = 0; i < layers.size(); i++) {
      begin.add(
          new StatefulLayer.State(
              outputs.get(parts * i).y().values(),
              cellState ? outputs.get(parts * i + 1).y().values() : null));
    }
    return begin;
  }

  /** Prepares the sources of a batch for {@link #step}; empty without attention. */
  List<AttentionLayer.Source> sources(SequenceBatch encoded, PassContext pass) {
    return attention == null ? List.of() : attention.sources(encoded, pass);
  }

  /**
   * The result of one step.
   *
   * @param p {@code p(y_t)}, {@code [rows x ids]}
   * @param states of each layer, after the step
   */
  record Next(FMatrixRMaj p, List<StatefulLayer.State> states) {}

  /**
   * Reads one symbol per row and predicts the next.
   *
   * @param ids the symbol of each row
   * @param sourceOf the source of each row, ascending
   * @param states of each layer, a row each
   */
  Next step(
      int[] ids,
      int[] sourceOf,
      List<AttentionLayer.Source> sources,
      List<StatefulLayer.State> states,
      PassContext pass) {
    int[] ones = new int[ids.length];
    Arrays.fill(ones, 1);
    FMatrixRMaj x = pass.matrix(ids.length, symbols.dim());
    symbols.lookUp(ids, x, 0);
    SequenceBatch y = new SequenceBatch(Packing.of(ones), x);
    List<StatefulLayer.State> after = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      StatefulLayer.Output output = layers.get(i).forward(y, states.get(i), pass);
      after.add(output.last());
      y = output.y();
    }
    FMatrixRMaj c = attention == null ? null : contexts(attention, y, sourceOf, sources, pass);
    Layer.Output m = combination.forward(joined(c, y, pass), pass);
    return new Next(head.probabilities(m.y(), pass), after);
  }

  private static FMatrixRMaj contexts(
      AttentionLayer attention,
      SequenceBatch h,
      int[] sourceOf,
      List<AttentionLayer.Source> sources,
      PassContext pass) {
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
