package io.github.rnnotator.nn.seq2seq;

import io.github.rnnotator.nn.Dropout;
import io.github.rnnotator.nn.EmbeddingTable;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.LastStates;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * The encoder-decoder: from one sequence of ids to another of any length (Sutskever et al. 2014;
 * Cho et al. 2014). The encoder's recurrent layers read the whole source; the decoder begins with
 * their last states and predicts one symbol after the other, with attention to all of them:
 *
 * <pre>
 *   s_1 .. s_n = encoder(E[x_1] .. E[x_n])
 *   p(y | x) = product over t of p(y_t | y_1 .. y_(t-1), s_1 .. s_n)
 * </pre>
 *
 * <p>Immutable but for its weights, which any number of threads may read while they do not change.
 */
public final class EncoderDecoder {
  /** The target id before the first symbol and after the last one; no symbol has it. */
  public static final int BOUNDARY = 0;

  private final EmbeddingTable symbols;
  private final Sequential encoder;
  private final Layer lastStates;
  private final Decoder decoder;

  private EncoderDecoder(
      EmbeddingTable symbols, Sequential encoder, Layer lastStates, Decoder decoder) {
    this.symbols = symbols;
    this.encoder = encoder;
    this.lastStates = lastStates;
    this.decoder = decoder;
  }

  /**
   * Builds a network with fresh weights.
   *
   * @param dropout in training, on the vectors of symbols and between layers, in {@code [0, 1)}
   * @param smoothing the fraction of the target spread over all symbols, in {@code [0, 1)}
   */
  public static EncoderDecoder build(
      EncoderSpec encoder,
      DecoderSpec decoder,
      float dropout,
      float smoothing,
      RandomGenerator random) {
    EmbeddingTable symbols =
        EmbeddingTable.build("encoder.symbols", encoder.ids(), encoder.dim(), random);
    List<LayerSpec> layers = new ArrayList<>();
    for (int i = 0; i < encoder.layers().size(); i++) {
      layers.add(new Dropout(dropout, true));
      layers.add(new Named("encoder." + i, encoder.layers().get(i)));
    }
    layers.add(new Dropout(dropout, true));
    Sequential stack = Sequential.build("encoder.", encoder.dim(), layers, random);
    int dim = stack.outputDim();
    return new EncoderDecoder(
        symbols,
        stack,
        new LastStates(encoder.forwardDim()).build("encoder.last", dim, random),
        Decoder.build("decoder", decoder, dim, dropout, smoothing, random));
  }

  /** A layer whose weights have a name that does not depend on the dropout around it. */
  private record Named(String name, LayerSpec layer) implements LayerSpec {
    @Override
    public boolean needsTimesteps() {
      return layer.needsTimesteps();
    }

    @Override
    public boolean keepsTimesteps() {
      return layer.keepsTimesteps();
    }

    @Override
    public Layer build(String position, int inputDim, RandomGenerator random) {
      return layer.build(name, inputDim, random);
    }
  }

  /** The weights, in a fixed order. */
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(List.of(symbols.parameter()));
    all.addAll(encoder.parameters());
    all.addAll(decoder.parameters());
    return all;
  }

  /**
   * A loss.
   *
   * @param sum the cross-entropy in nats, summed over all symbols and ends
   * @param backprop adds the gradients of all weights; call it at most once
   */
  public record Loss(double sum, Consumer<Gradients> backprop) {}

  /**
   * Computes the loss of a batch of pairs.
   *
   * @param weight multiplies the gradients
   */
  public Loss loss(List<IdPair> pairs, float weight, PassContext pass) {
    int[] lengths = pairs.stream().mapToInt(pair -> pair.source().length()).toArray();
    Packing packing = Packing.of(lengths);
    int[] ids = ids(packing, pairs.stream().map(IdPair::source).toList());
    Layer.Output states = encoder.forward(vectors(packing, ids, pass), pass);
    Layer.Output last = lastStates.forward(states.y(), pass);
    Decoder.Loss loss = decoder.loss(pairs, states.y(), last.y().values(), weight, pass);
    return new Loss(
        loss.sum(),
        gradients -> {
          Decoder.EncoderGradient d = loss.backprop().apply(gradients);
          FMatrixRMaj dStates = last.backprop().apply(d.dLast(), gradients);
          FMatrixRMaj dEncoded = d.dEncoded();
          if (dEncoded != null) {
            int n = dStates.numRows * dStates.numCols;
            pass.ops().addScaled(1, dEncoded.data, 0, dStates.data, 0, n);
          }
          symbols.backward(ids, states.backprop().apply(dStates, gradients), 0, gradients);
        });
  }

  /**
   * Returns how much each symbol of the target, and its end, read of each symbol of the source:
   * {@code a_tj}, a row for each {@code t}.
   *
   * @throws IllegalStateException if the decoder has no attention
   */
  public float[][] attention(IdPair pair, PassContext pass) {
    SequenceBatch states = states(List.of(pair.source()), pass);
    return decoder.attention(pair, states, lastStates.forward(states, pass).y().values(), pass);
  }

  private SequenceBatch states(List<IdSource> sources, PassContext pass) {
    Packing packing = Packing.of(sources.stream().mapToInt(IdSource::length).toArray());
    return encoder.forward(vectors(packing, ids(packing, sources), pass), pass).y();
  }

  private SequenceBatch vectors(Packing packing, int[] ids, PassContext pass) {
    FMatrixRMaj x = pass.matrix(ids.length, symbols.dim());
    symbols.lookUp(ids, x, 0);
    return new SequenceBatch(packing, x);
  }

  private static int[] ids(Packing packing, List<IdSource> sources) {
    int[] ids = new int[packing.tokens()];
    for (int i = 0; i < sources.size(); i++) {
      for (int t = 0; t < sources.get(i).length(); t++) {
        ids[packing.row(i, t)] = sources.get(i).ids()[t];
      }
    }
    return ids;
  }

  /** Reads sources and begins their outputs, for {@link BeamSearch}. */
  Decoder.Writing begin(List<IdSource> sources, PassContext pass) {
    SequenceBatch states = states(sources, pass);
    FMatrixRMaj last = lastStates.forward(states, pass).y().values();
    FMatrixRMaj ordered = pass.matrix(sources.size(), last.numCols);
    int[] ones = new int[sources.size()];
    for (int i = 0; i < ones.length; i++) {
      ones[i] = 1;
      int from = states.packing().rank(i) * last.numCols;
      System.arraycopy(last.data, from, ordered.data, i * last.numCols, last.numCols);
    }
    return decoder.begin(sources, states, new SequenceBatch(Packing.of(ones), ordered), pass);
  }
}
