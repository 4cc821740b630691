package io.github.rnnotator.onnx;

import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.RecurrentSpec;
import io.github.rnnotator.onnx.OnnxModel.IntAttribute;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.TaggerModel;
import java.util.List;
import java.util.Objects;

/**
 * Exports a tagger's network as an ONNX model: ids of words, characters and shapes in ({@link
 * PaddedBatch}), label scores out. The model's metadata holds everything else, from word ids to
 * label names. {@code docs/onnx.md} describes the format.
 */
public final class OnnxExport {
  static final String BATCH = "batch";
  static final String TIMESTEPS = "timesteps";

  private final TaggerModel model;
  private final GraphBuilder graph;
  private final SequenceGraph sequences;

  private OnnxExport(TaggerModel model, GraphBuilder graph, SequenceGraph sequences) {
    this.model = model;
    this.graph = graph;
    this.sequences = sequences;
  }

  /**
   * Exports a tagger's network.
   *
   * @param version the version of the program, for the metadata
   * @throws IllegalArgumentException if it can't be exported; the message says why
   */
  public static OnnxModel of(TaggerModel model, String version) {
    if (!model.columns().isEmpty()) {
      throw new IllegalArgumentException(
          "the model reads the columns "
              + model.columns()
              + " (embed.columns), for which the ONNX export has no inputs");
    }
    GraphBuilder graph = new GraphBuilder(model.parameters());
    SequenceGraph sequences = new SequenceGraph(graph);
    String tokens = new TokenGraph(model, graph, sequences).tokens();
    String states = new OnnxExport(model, graph, sequences).encoder(tokens);
    HeadGraph heads = new HeadGraph(model, graph, sequences);
    model.config().heads().forEach((name, head) -> heads.head(name, head, states));
    return graph.build(new OnnxMetadata(model).metadata(version));
  }

  /** The states of the last layer, {@code [batch, timesteps, dim]}. */
  private String encoder(String tokens) {
    List<EncoderLayer> layers = model.config().encoder();
    EncoderLayer context = model.config().context();
    if (layers.isEmpty() && context == null) {
      return tokens;
    }
    String lengths = sequences.lengths();
    String x = graph.transposed("encoder.input", tokens, 1L, 0L, 2L);
    if (context != null) {
      x = joined("context.joined", x, everywhere(states("context.0", context, x, lengths)));
    }
    for (int i = 0; i < layers.size(); i++) {
      EncoderLayer layer = layers.get(i);
      String name = "encoder." + i;
      String states = states(name, layer, x, lengths);
      if (layer.residual()) {
        x = graph.node(name + ".residual", "Add", List.of(x, states));
      } else {
        x = layer.dense() ? joined(name + ".dense", x, states) : states;
      }
    }
    return graph.transposed("encoder.output", x, 1L, 0L, 2L);
  }

  private String joined(String output, String x, String y) {
    return graph.node(output, "Concat", List.of(x, y), new IntAttribute("axis", 2));
  }

  private String states(String name, EncoderLayer layer, String x, String lengths) {
    boolean both = layer.bidirectional() != null;
    CellKind cell = both ? layer.bidirectional() : layer.recurrent();
    RecurrentSpec spec = Objects.requireNonNull(cell).layer(layer.hidden()).returnSequences(true);
    return sequences.recurrent(name, spec, both, graph.ranked(name, x), lengths);
  }

  /** The mean over the sentence, repeated at every timestep, {@code [timesteps, batch, dim]}. */
  private String everywhere(String states) {
    String name = "context.mean";
    String mean = sequences.mean(name, states, sequences.lengths());
    String shape = graph.node(name + ".shape_of_all", "Shape", List.of(states));
    return graph.node(name + ".everywhere", "Expand", List.of(mean, shape));
  }
}
