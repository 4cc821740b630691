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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The recurrent layers of a decoder, which read the symbols written so far:
 *
 * <pre>
 *   h_0 = tanh(W_0 s + b_0)                 s: the encoder's last states; likewise c_0 of an LSTM
 *   h_t = cell(W E[y_(t-1)] + b, U h_(t-1))
 * </pre>
 */
final class TargetLayers {
  private final EmbeddingTable symbols;
  private final List<StatefulLayer> layers = new ArrayList<>();

  /** {@code h_0} of each layer, and {@code c_0} after it if the cell has it. */
  private final List<Layer> initial = new ArrayList<>();

  private final List<Layer> dropouts = new ArrayList<>();
  private final boolean cellState;

  /** The row of every symbol that the vocabulary lacks, if symbols are copied. */
  private final int unknown;

  TargetLayers(
      String name, DecoderSpec spec, int encoderDim, float dropout, RandomGenerator random) {
    this.unknown = spec.ids();
    this.symbols = EmbeddingTable.build(name + ".symbols", spec.inputs(), spec.dim(), random);
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
  }

  List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(List.of(symbols.parameter()));
    layers.forEach(layer -> all.addAll(layer.parameters()));
    initial.forEach(layer -> all.addAll(layer.parameters()));
    return all;
  }

  /**
   * Reads known targets.
   *
   * @param source the packing of the sources
   * @param last the encoder's last states, a row per rank of the source
   */
  Forced read(List<IdPair> pairs, Packing source, FMatrixRMaj last, PassContext pass) {
    return new Forced(pairs, source, last, pass);
  }

  /** The row of a symbol in the table. */
  private int input(int symbol) {
    return Math.min(symbol, unknown);
  }

  /** One pass through known targets. */
  final class Forced {
    private final PassContext pass;
    private final Packing packing;
    private final int[] inputs;

    /** The rank in the source of each rank in the target. */
    private final int[] sourceRank;

    private final FMatrixRMaj last;
    private final List<Layer.Output> states = new ArrayList<>();
    private final List<Layer.Output> dropped = new ArrayList<>();
    private final List<StatefulLayer.Output> outputs = new ArrayList<>();
    private final SequenceBatch h;

    private Forced(List<IdPair> pairs, Packing source, FMatrixRMaj last, PassContext pass) {
      this.pass = pass;
      this.last = last;
      this.packing =
          Packing.of(pairs.stream().mapToInt(pair -> pair.target().length + 1).toArray());
      this.inputs = new int[packing.tokens()];
      for (int i = 0; i < pairs.size(); i++) {
        int[] target = pairs.get(i).target();
        for (int t = 0; t <= target.length; t++) {
          inputs[packing.row(i, t)] = t == 0 ? EncoderDecoder.BOUNDARY : input(target[t - 1]);
        }
      }
      this.sourceRank =
          IntStream.range(0, pairs.size())
              .map(rank -> source.rank(packing.sequenceAt(rank)))
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

    /** {@code h_t} after each symbol, and before the first: one row more than symbols. */
    SequenceBatch h() {
      return h;
    }

    /** The vectors {@code E[y_(t-1)]} that led to {@code h_t}, under dropout. */
    FMatrixRMaj x() {
      return dropped.get(0).y().values();
    }

    /**
     * Adds the gradients of the weights.
     *
     * @param dH of {@code h_t}. Not modified.
     * @return that of the encoder's last states
     */
    FMatrixRMaj backward(FMatrixRMaj dH, Gradients gradients) {
      return backward(dH, null, gradients);
    }

    /**
     * As the other.
     *
     * @param dX of {@link #x}, if anything else reads it. Not modified.
     */
    FMatrixRMaj backward(FMatrixRMaj dH, @Nullable FMatrixRMaj dX, Gradients gradients) {
      FMatrixRMaj dLast = pass.zeros(last.numRows, last.numCols);
      FMatrixRMaj d = dH;
      for (int i = layers.size() - 1; i >= 0; i--) {
        StatefulLayer.InputGradient input = outputs.get(i).backprop().apply(d, null, gradients);
        addInitial(i, input.dInitial(), dLast, gradients);
        d = input.dX();
        if (i == 0 && dX != null) {
          pass.ops().addScaled(1, dX.data, 0, d.data, 0, d.numRows * d.numCols);
        }
        d = dropped.get(i).backprop().apply(d, gradients);
      }
      symbols.backward(inputs, d, 0, gradients);
      return dLast;
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

  /**
   * Returns the initial state of each layer.
   *
   * @param last the encoder's last states
   */
  List<StatefulLayer.State> initialStates(SequenceBatch last, PassContext pass) {
    return initialStates(last, new ArrayList<>(), pass);
  }

  /** As the other; {@code outputs} receives the outputs of the layers that compute them. */
  private List<StatefulLayer.State> initialStates(
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

  /**
   * What one symbol leads to.
   *
   * @param x the vector of the symbol, {@code [rows x dim]}
   * @param h {@code h_t} of the last layer, {@code [rows x units]}
   * @param states of each layer
   */
  record Step(FMatrixRMaj x, SequenceBatch h, List<StatefulLayer.State> states) {}

  /**
   * Reads one symbol per row.
   *
   * @param states of each layer, a row each
   */
  Step step(int[] ids, List<StatefulLayer.State> states, PassContext pass) {
    int[] ones = new int[ids.length];
    Arrays.fill(ones, 1);
    FMatrixRMaj x = pass.matrix(ids.length, symbols.dim());
    symbols.lookUp(IntStream.of(ids).map(this::input).toArray(), x, 0);
    SequenceBatch y = new SequenceBatch(Packing.of(ones), x);
    List<StatefulLayer.State> after = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      StatefulLayer.Output output = layers.get(i).forward(y, states.get(i), pass);
      after.add(output.last());
      y = output.y();
    }
    return new Step(x, y, after);
  }
}
