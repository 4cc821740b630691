package io.github.rnnotator.nn.seq2seq;

import io.github.rnnotator.nn.Columns;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Dropout;
import io.github.rnnotator.nn.Initializers;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.StatefulLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Reads one position of the source at a time, from left to right (Graves 2012, "Sequence
 * Transduction with Recurrent Neural Networks"); {@code h_u} is that of {@link TargetLayers}:
 *
 * <pre>
 *   m_ju = tanh(W_c s_j + U_c h_u + b_c)
 *   p(. | j, u) = softmax(W_s m_ju + b_s)     the next symbol, or a step to position j + 1
 *   p(y | x) = sum over all ways to write y while reading x     see Lattice
 * </pre>
 *
 * <p>Training needs no alignments, and decoding visits source positions in order without skipping
 * any.
 *
 * <p>Weights: source kernel {@code W_c [encoder dim x units]}, target kernel {@code U_c [units x
 * units]} (Glorot uniform) and bias {@code b_c}, and those of the output.
 */
final class MonotoneDecoder implements Decoder {
  private final TargetLayers target;
  private final Parameter sourceKernel;
  private final Layer query;
  private final Layer logits;
  private final Layer dropout;

  MonotoneDecoder(
      String name, DecoderSpec spec, int encoderDim, float dropout, RandomGenerator random) {
    this.target = new TargetLayers(name, spec, encoderDim, dropout, random);
    this.sourceKernel =
        Parameter.dense(
            name + ".source_kernel", Initializers.glorotUniform(encoderDim, spec.units(), random));
    this.query = new Dense(spec.units()).build(name + ".target", spec.units(), random);
    this.logits = new Dense(spec.ids()).build(name + ".output", spec.units(), random);
    this.dropout = new Dropout(dropout).build(name, spec.units(), random);
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(target.parameters());
    all.add(sourceKernel);
    all.addAll(query.parameters());
    all.addAll(logits.parameters());
    return all;
  }

  /** All nodes of the lattices of a batch, one lattice after the other. */
  private final class Nodes {
    private final int[] sourceRows;
    private final int[] targetRows;

    /** The symbol to write at each node; the end where all are written. */
    private final int[] symbols;

    Nodes(List<IdPair> pairs, Packing source, Packing written) {
      int count = pairs.stream().mapToInt(IdPair::nodes).reduce(0, Math::addExact);
      sourceRows = new int[count];
      targetRows = new int[count];
      symbols = new int[count];
      int node = 0;
      for (int i = 0; i < pairs.size(); i++) {
        int[] own = pairs.get(i).target();
        for (int j = 0; j < pairs.get(i).source().length(); j++) {
          for (int u = 0; u <= own.length; u++) {
            sourceRows[node] = source.row(i, j);
            targetRows[node] = written.row(i, u);
            symbols[node++] = u == own.length ? EncoderDecoder.BOUNDARY : own[u];
          }
        }
      }
    }

    /** {@code m_ju = tanh(k_j + q_u)} of every node. */
    FMatrixRMaj states(FMatrixRMaj keys, FMatrixRMaj queries, PassContext pass) {
      int dim = keys.numCols;
      FMatrixRMaj m = pass.matrix(symbols.length, dim);
      Columns.gather(keys, sourceRows, m);
      for (int node = 0; node < symbols.length; node++) {
        pass.ops().addScaled(1, queries.data, targetRows[node] * dim, m.data, node * dim, dim);
      }
      pass.ops().tanh(m.data, 0, m.numRows * dim);
      return m;
    }

    /** Returns the lattice of a pair whose first node is {@code from}. */
    Lattice lattice(IdPair pair, int from, FMatrixRMaj p) {
      double[] write = new double[pair.nodes()];
      double[] advance = new double[pair.nodes()];
      for (int i = 0; i < write.length; i++) {
        write[i] = log(p, from + i, symbols[from + i]);
        advance[i] = log(p, from + i, EncoderDecoder.BOUNDARY);
      }
      return new Lattice(pair.source().length(), pair.target().length, write, advance);
    }
  }

  private static double log(FMatrixRMaj p, int row, int symbol) {
    return StrictMath.log(Math.max(p.data[row * p.numCols + symbol], Float.MIN_NORMAL));
  }

  @Override
  public Loss loss(
      List<IdPair> pairs, SequenceBatch encoded, FMatrixRMaj last, float weight, PassContext pass) {
    TargetLayers.Forced forced = target.read(pairs, encoded.packing(), last, pass);
    Layer.Output kept = dropout.forward(forced.h(), pass);
    FMatrixRMaj keys = Products.of(encoded.values(), sourceKernel, pass);
    Layer.Output queries = query.forward(kept.y(), pass);
    Nodes nodes = new Nodes(pairs, encoded.packing(), forced.h().packing());
    FMatrixRMaj m = nodes.states(keys, queries.y().values(), pass);
    Layer.Output output = probabilities(m, pass);
    FMatrixRMaj p = output.y().values();
    double sum = 0;
    int from = 0;
    for (IdPair pair : pairs) {
      Lattice lattice = nodes.lattice(pair, from, p);
      sum -= lattice.logProbability();
      // In place: the probabilities of these nodes are read no more.
      toGradient(p, from, pair, lattice, weight);
      from += pair.nodes();
    }
    return new Loss(
        sum,
        gradients -> {
          FMatrixRMaj dM = output.backprop().apply(p, gradients);
          FMatrixRMaj dA = pass.matrix(m.numRows, m.numCols);
          pass.ops().tanhBackward(m.data, 0, dM.data, 0, dA.data, 0, m.numRows * m.numCols);
          FMatrixRMaj dKeys = pass.zeros(keys.numRows, keys.numCols);
          Columns.scatterAdd(dA, nodes.sourceRows, dKeys);
          FMatrixRMaj dQueries = pass.zeros(kept.y().packing().tokens(), keys.numCols);
          Columns.scatterAdd(dA, nodes.targetRows, dQueries);
          FMatrixRMaj dEncoded = pass.zeros(encoded.packing().tokens(), encoded.dim());
          Products.addGradient(encoded.values(), sourceKernel, dKeys, dEncoded, gradients, pass);
          FMatrixRMaj dH =
              kept.backprop().apply(queries.backprop().apply(dQueries, gradients), gradients);
          return new EncoderGradient(dEncoded, forced.backward(dH, gradients));
        });
  }

  /**
   * Replaces the probabilities {@code p} of a pair's nodes by the gradients of the logits: with the
   * shares {@code w} of the ways that write the symbol {@code y} at a node and {@code a} of those
   * that read on, {@code dz_k = (w + a) p_k - (w if k = y) - (a if k is the step)}.
   */
  private static void toGradient(
      FMatrixRMaj p, int from, IdPair pair, Lattice lattice, float weight) {
    int node = from;
    for (int j = 0; j < pair.source().length(); j++) {
      for (int u = 0; u <= pair.target().length; u++) {
        float written = weight * (float) lattice.written(j, u);
        float advanced = weight * (float) lattice.advanced(j, u);
        int row = node++ * p.numCols;
        for (int k = 0; k < p.numCols; k++) {
          p.data[row + k] *= written + advanced;
        }
        p.data[row + EncoderDecoder.BOUNDARY] -= advanced;
        if (u < pair.target().length) {
          p.data[row + pair.target()[u]] -= written;
        }
      }
    }
  }

  /** {@code softmax(W_s m + b_s)} of every row, with the backward pass of the logits. */
  private Layer.Output probabilities(FMatrixRMaj m, PassContext pass) {
    Layer.Output output = logits.forward(single(m), pass);
    pass.ops().softmaxRows(output.y().values(), 0, m.numRows);
    return output;
  }

  private static SequenceBatch single(FMatrixRMaj rows) {
    return new SequenceBatch(Packing.of(rows.numRows), rows);
  }

  /** {@inheritDoc} They are the shares of the ways that write the symbol at the position. */
  @Override
  public float[][] attention(
      IdPair pair, SequenceBatch encoded, FMatrixRMaj last, PassContext pass) {
    SequenceBatch h = target.read(List.of(pair), encoded.packing(), last, pass).h();
    Nodes nodes = new Nodes(List.of(pair), encoded.packing(), h.packing());
    FMatrixRMaj keys = Products.of(encoded.values(), sourceKernel, pass);
    FMatrixRMaj m = nodes.states(keys, query.forward(h, pass).y().values(), pass);
    FMatrixRMaj p = probabilities(m, pass).y().values();
    Lattice lattice = nodes.lattice(pair, 0, p);
    int n = pair.source().length();
    float[][] rows = new float[pair.target().length + 1][n];
    for (int u = 0; u < pair.target().length; u++) {
      for (int j = 0; j < n; j++) {
        rows[u][j] = (float) lattice.written(j, u);
      }
    }
    rows[pair.target().length][n - 1] = 1;
    return rows;
  }

  @Override
  public Writing begin(
      List<IdSource> sources, SequenceBatch encoded, SequenceBatch last, PassContext pass) {
    return new Steps(
        Products.of(encoded.values(), sourceKernel, pass),
        encoded.packing(),
        target.initialStates(last, pass));
  }

  private final class Steps implements Writing {
    private final FMatrixRMaj keys;
    private final Packing source;
    private final List<StatefulLayer.State> initial;

    Steps(FMatrixRMaj keys, Packing source, List<StatefulLayer.State> initial) {
      this.keys = keys;
      this.source = source;
      this.initial = initial;
    }

    @Override
    public List<StatefulLayer.State> initial() {
      return initial;
    }

    @Override
    public int ids(int sequence) {
      return logits.outputDim();
    }

    @Override
    public int lastPosition(int sequence) {
      return source.length(sequence) - 1;
    }

    @Override
    public Next step(Beginnings beginnings, List<StatefulLayer.State> states, PassContext pass) {
      int rows = beginnings.symbols().length;
      List<StatefulLayer.State> after = after(beginnings, states, pass);
      int[] keyRows = new int[rows];
      for (int i = 0; i < rows; i++) {
        keyRows[i] = source.row(beginnings.sources()[i], beginnings.positions()[i]);
      }
      FMatrixRMaj h = after.get(after.size() - 1).h();
      FMatrixRMaj m = query.forward(single(h), pass).y().values();
      int dim = m.numCols;
      for (int i = 0; i < rows; i++) {
        pass.ops().addScaled(1, keys.data, keyRows[i] * dim, m.data, i * dim, dim);
      }
      pass.ops().tanh(m.data, 0, rows * dim);
      return new Next(probabilities(m, pass).y().values(), after);
    }

    /** Reads the last symbols of the beginnings whose states do not know them yet. */
    private List<StatefulLayer.State> after(
        Beginnings beginnings, List<StatefulLayer.State> states, PassContext pass) {
      int[] fresh =
          IntStream.range(0, beginnings.fresh().length)
              .filter(i -> beginnings.fresh()[i])
              .toArray();
      if (fresh.length == 0) {
        return states;
      }
      int[] symbols = IntStream.of(fresh).map(i -> beginnings.symbols()[i]).toArray();
      List<StatefulLayer.State> before = states.stream().map(state -> state.rows(fresh)).toList();
      List<StatefulLayer.State> own = target.step(symbols, before, pass).states();
      return IntStream.range(0, states.size())
          .mapToObj(i -> states.get(i).withRows(fresh, own.get(i)))
          .toList();
    }
  }
}
