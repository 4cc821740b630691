package io.github.rnnotator.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.nn.RecurrentSpec;
import io.github.rnnotator.nn.seq2seq.Attention;
import io.github.rnnotator.onnx.OnnxModel.ElementType;
import io.github.rnnotator.onnx.OnnxModel.IntAttribute;
import io.github.rnnotator.onnx.OnnxModel.Tensor;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.transducer.DecoderConfig;
import io.github.rnnotator.tagger.transducer.TransducerModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Exports the two halves of a transducer as ONNX models: the encoder reads sources, the decoder
 * takes one step. {@code docs/onnx.md} describes the format.
 */
public final class TransducerExport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STATES = "states";
  private static final String STATE = "state";
  private static final String NEXT = "next_";
  private static final String READ = "read";
  private static final String WEIGHTS = "decoder.attention.weights";
  private static final String PROBABILITIES = "probabilities";

  private final TransducerModel model;
  private final GraphBuilder graph;
  private final SequenceGraph sequences;

  private TransducerExport(TransducerModel model) {
    this.model = model;
    this.graph = new GraphBuilder(model.parameters());
    this.sequences = new SequenceGraph(graph);
  }

  /**
   * Exports the encoder: ids and lengths in, its states and the decoder's initial states out.
   *
   * @param version the version of the program, for the metadata
   * @throws IllegalArgumentException if ONNX has no operator for a layer
   */
  public static OnnxModel encoder(TransducerModel model, String version) {
    return new TransducerExport(model).encoder().build(metadata(model, version));
  }

  /**
   * Exports a step of the decoder: symbols and states in, probabilities of the next symbols and the
   * states after the step out.
   *
   * @param version the version of the program, for the metadata
   * @throws IllegalArgumentException if ONNX has no operator for a layer
   */
  public static OnnxModel decoder(TransducerModel model, String version) {
    return new TransducerExport(model).decoder().build(metadata(model, version));
  }

  private GraphBuilder encoder() {
    String ids = graph.input("source", ElementType.INT64, OnnxExport.BATCH, OnnxExport.TIMESTEPS);
    String lengths = sequences.lengths();
    String vectors =
        graph.node("vectors", "Gather", List.of(graph.parameter("encoder.symbols"), ids));
    String x = graph.transposed("encoder.input", vectors, 1L, 0L, 2L);
    String last = "";
    List<EncoderLayer> layers = model.config().encoder();
    for (int i = 0; i < layers.size(); i++) {
      EncoderLayer layer = layers.get(i);
      String name = "encoder." + i;
      boolean both = layer.bidirectional() != null;
      RecurrentSpec spec = layer.cell().layer(layer.hidden()).returnSequences(true);
      graph.operator(
          name,
          spec,
          both ? "bidirectional" : "forward",
          both ? List.of(name + ".forward", name + ".backward") : List.of(name),
          List.of(graph.ranked(name, x), lengths),
          List.of(name + ".all", name + ".last"));
      String transposed = graph.transposed(name + ".transposed", name + ".all", 0L, 2L, 1L, 3L);
      String states = graph.reshaped(name + ".states", transposed, 0, 0, -1);
      last = name + ".last";
      if (layer.residual()) {
        last = withInput(name, x, last, lengths, layer.hidden(), both);
        x = graph.node(name + ".residual", "Add", List.of(x, states));
      } else if (layer.dense()) {
        x = graph.node(name + ".dense", "Concat", List.of(x, states), new IntAttribute("axis", 2));
      } else {
        x = states;
      }
    }
    String s =
        graph.reshaped(
            "encoder.last", graph.transposed("encoder.last.transposed", last, 1L, 0L, 2L), 0, -1);
    graph.transposed(STATES, x, 1L, 0L, 2L);
    graph.output(STATES, OnnxExport.BATCH, OnnxExport.TIMESTEPS, "dim");
    for (String state : states()) {
      String name = "decoder." + state.substring(1) + ".initial_" + state.charAt(0);
      graph.node(state, "Tanh", List.of(graph.dense(name, s)));
      graph.output(state, OnnxExport.BATCH, "units");
    }
    return graph;
  }

  /**
   * The last states of a layer whose input is added to its output: those of its own, and the inputs
   * at the last timestep for the forward half, at the first for the backward half.
   */
  private String withInput(
      String name, String x, String last, String lengths, int hidden, boolean both) {
    String one = graph.constant(Tensor.longs(name + ".one", 1));
    String longs =
        graph.node(
            name + ".longs",
            "Cast",
            List.of(lengths),
            new IntAttribute("to", ElementType.INT64.code()));
    String ends = graph.node(name + ".end", "Sub", List.of(longs, one));
    String shape = graph.node(name + ".x_shape", "Shape", List.of(x));
    String zero = graph.constant(Tensor.longs(name + ".zeroth", 0));
    String two = graph.constant(Tensor.longs(name + ".second", 2));
    String dim = graph.node(name + ".x_dim", "Gather", List.of(shape, two));
    String batch = graph.node(name + ".x_batch", "Gather", List.of(shape, one));
    String row =
        graph.node(
            name + ".row_shape", "Concat", List.of(one, batch, dim), new IntAttribute("axis", 0));
    String index =
        graph.node(
            name + ".index",
            "Expand",
            List.of(graph.reshaped(name + ".end_column", ends, 1, -1, 1), row));
    String atEnd =
        graph.node(
            name + ".at_end", "GatherElements", List.of(x, index), new IntAttribute("axis", 0));
    String input = atEnd;
    if (both) {
      String atBegin =
          graph.node(name + ".at_begin", "Gather", List.of(x, zero), new IntAttribute("axis", 0));
      String half = graph.constant(Tensor.longs(name + ".half", hidden));
      String whole = graph.constant(Tensor.longs(name + ".whole", 2L * hidden));
      String forward = graph.node(name + ".x_f", "Slice", List.of(atEnd, zero, half, two));
      String backward = graph.node(name + ".x_b", "Slice", List.of(atBegin, half, whole, two));
      input =
          graph.node(
              name + ".x_both", "Concat", List.of(forward, backward), new IntAttribute("axis", 0));
    }
    return graph.node(name + ".last_residual", "Add", List.of(last, input));
  }

  /** The names of the decoder's states: {@code h0, c0, h1, ...}. */
  private List<String> states() {
    DecoderConfig decoder = model.config().decoder();
    boolean cell = decoder.recurrent().layer(1).hasCellState();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < decoder.layers(); i++) {
      names.add("h" + i);
      if (cell) {
        names.add("c" + i);
      }
    }
    return names;
  }

  private GraphBuilder decoder() {
    DecoderConfig config = model.config().decoder();
    String symbol = graph.input("symbol", ElementType.INT64, OnnxExport.BATCH);
    CopyGraph copy = new CopyGraph(graph, model.target().size());
    String ids = config.copy() ? copy.known(symbol) : symbol;
    String vectors =
        graph.node("vectors", "Gather", List.of(graph.parameter("decoder.symbols"), ids));
    String x = graph.reshaped("decoder.input", vectors, 1, -1, model.config().embed().target());
    RecurrentSpec spec = config.recurrent().layer(config.hidden()).returnSequences(true);
    String h = "";
    for (int i = 0; i < config.layers(); i++) {
      String name = "decoder." + i;
      List<String> inputs = new ArrayList<>(List.of(x, "", initial("h" + i, config.hidden())));
      List<String> outputs = new ArrayList<>(List.of("", name + ".h"));
      if (spec.hasCellState()) {
        inputs.add(initial("c" + i, config.hidden()));
        outputs.add(name + ".c");
      }
      graph.operator(name, spec, "forward", List.of(name), inputs, outputs);
      x = name + ".h";
      h = after("h" + i, name + ".h", config.hidden());
      if (spec.hasCellState()) {
        after("c" + i, name + ".c", config.hidden());
      }
    }
    String m = graph.node("m", "Tanh", List.of(combined(config.attention(), h)));
    String logits = graph.dense("decoder.output", m);
    if (config.copy()) {
      String v = graph.node("v", "Softmax", List.of(logits), new IntAttribute("axis", 1));
      copy.mixture(PROBABILITIES, v, new CopyGraph.Read(List.of(READ, vectors), WEIGHTS));
    } else {
      graph.node(PROBABILITIES, "Softmax", List.of(logits), new IntAttribute("axis", 1));
    }
    graph.output(PROBABILITIES, OnnxExport.BATCH, "symbols");
    return graph;
  }

  /** What is read of the source, and the decoder's state, before the activation. */
  private String combined(@Nullable Attention attention, String h) {
    if (attention == null) {
      return graph.dense("decoder.combination", h);
    }
    if (attention == Attention.MONOTONE) {
      String state = graph.input(STATE, ElementType.FLOAT, OnnxExport.BATCH, "dim");
      String key =
          graph.node(
              "decoder.key", "MatMul", List.of(state, graph.parameter("decoder.source_kernel")));
      return graph.node("decoder.sum", "Add", List.of(graph.dense("decoder.target", h), key));
    }
    return graph.dense(
        "decoder.combination",
        graph.node(READ, "Concat", List.of(context(attention, h), h), new IntAttribute("axis", 1)));
  }

  /** {@code [1, batch, units]} from an input. */
  private String initial(String name, int units) {
    String input = graph.input(name, ElementType.FLOAT, OnnxExport.BATCH, Integer.toString(units));
    return graph.reshaped(name + ".initial", input, 1, -1, units);
  }

  /** An output from {@code [1, batch, units]}. */
  private String after(String name, String state, int units) {
    String output = graph.reshaped(NEXT + name, state, -1, units);
    graph.output(output, OnnxExport.BATCH, Integer.toString(units));
    return output;
  }

  /** {@code c_t}, {@code [batch, dim]}. */
  private String context(Attention attention, String h) {
    int hidden = model.config().decoder().hidden();
    String states =
        graph.input(STATES, ElementType.FLOAT, OnnxExport.BATCH, OnnxExport.TIMESTEPS, "dim");
    String name = "decoder.attention";
    String scores;
    if (attention == Attention.ADDITIVE) {
      String query =
          graph.node(
              name + ".query", "MatMul", List.of(h, graph.parameter(name + ".query_kernel")));
      String sum =
          graph.node(
              name + ".sum",
              "Add",
              List.of(keys(name, states), graph.reshaped(name + ".row", query, -1, 1, hidden)));
      String tanh = graph.node(name + ".tanh", "Tanh", List.of(sum));
      scores =
          graph.node(name + ".scores", "MatMul", List.of(tanh, graph.parameter(name + ".scale")));
    } else {
      String keys = attention == Attention.GENERAL ? keys(name, states) : states;
      String query = graph.reshaped(name + ".column", h, -1, hidden, 1);
      scores = graph.node(name + ".scores", "MatMul", List.of(keys, query));
    }
    String inside = inside(name, states);
    String weights =
        graph.node(
            WEIGHTS,
            "Softmax",
            List.of(graph.node(name + ".masked", "Add", List.of(scores, inside))),
            new IntAttribute("axis", 1));
    String parts = graph.node(name + ".parts", "Mul", List.of(weights, states));
    return graph.node(
        "context",
        "ReduceSum",
        List.of(parts, graph.constant(Tensor.longs(name + ".axis", 1))),
        new IntAttribute("keepdims", 0));
  }

  private String keys(String name, String states) {
    return graph.node(
        name + ".keys", "MatMul", List.of(states, graph.parameter(name + ".key_kernel")));
  }

  /** 0 at symbols of the source and a large negative number past its end. */
  private String inside(String name, String states) {
    String lengths = sequences.lengths();
    String timeMajor = graph.transposed(name + ".time_major", states, 1L, 0L, 2L);
    String mask = sequences.mask(name, timeMajor, lengths);
    String batchMajor = graph.transposed(name + ".inside", mask, 1L, 0L, 2L);
    String one = graph.constant(Tensor.floats(name + ".present", List.of(), new float[] {1}));
    String large = graph.constant(Tensor.floats(name + ".large", List.of(), new float[] {1e9f}));
    String outside = graph.node(name + ".outside", "Sub", List.of(batchMajor, one));
    return graph.node(name + ".penalty", "Mul", List.of(outside, large));
  }

  private static Map<String, String> metadata(TransducerModel model, String version) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("source", json(symbols(model.source(), "")));
    metadata.put("target", json(symbols(model.target(), null)));
    metadata.put("source.unit", model.config().input().source().name().toLowerCase(Locale.ROOT));
    metadata.put("target.unit", model.config().input().target().name().toLowerCase(Locale.ROOT));
    metadata.put("longest", Integer.toString(model.longest()));
    metadata.put("language", model.config().input().language());
    metadata.put("version", version);
    metadata.put("card", model.card());
    return metadata;
  }

  /** Each symbol at the index of its id; an end that is not null follows. */
  private static List<String> symbols(Vocabulary vocabulary, @Nullable String end) {
    List<String> symbols = new ArrayList<>(List.of(""));
    vocabulary.entries().forEach(entry -> symbols.add(entry.text()));
    if (end != null) {
      symbols.add(end);
    }
    return symbols;
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings and lists always serialize", e);
    }
  }
}
