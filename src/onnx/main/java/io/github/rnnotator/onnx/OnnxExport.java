package io.github.rnnotator.onnx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.embed.WordShape;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.RecurrentSpec;
import io.github.rnnotator.nn.head.CrfHead;
import io.github.rnnotator.onnx.OnnxModel.ElementType;
import io.github.rnnotator.onnx.OnnxModel.IntAttribute;
import io.github.rnnotator.onnx.OnnxModel.IntsAttribute;
import io.github.rnnotator.onnx.OnnxModel.Tensor;
import io.github.rnnotator.tagger.ConfigJson;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.tagger.TaggerModel;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Exports a tagger's network as an ONNX model: ids of words, characters and shapes in ({@link
 * PaddedBatch}), label scores out. The model's metadata holds everything else, from word ids to
 * label names. {@code docs/onnx.md} describes the format.
 */
public final class OnnxExport {
  private static final ObjectMapper JSON = ConfigJson.mapper(new JsonFactory());

  private static final String BATCH = "batch";
  private static final String TIMESTEPS = "timesteps";

  private final TaggerModel model;
  private final GraphBuilder graph;

  /** The cached value of {@link #lengths}. */
  private @Nullable String lengths;

  private OnnxExport(TaggerModel model) {
    this.model = model;
    this.graph = new GraphBuilder(model.parameters());
  }

  /**
   * Exports a tagger's network.
   *
   * @param version the version of the program, for the metadata
   */
  public static OnnxModel of(TaggerModel model, String version) {
    OnnxExport export = new OnnxExport(model);
    String states = export.encoder(export.tokens());
    model.config().heads().forEach((name, head) -> export.head(name, head, states));
    return export.graph.build(export.metadata(version));
  }

  // ---- The network -----------------------------------------------------------------------------

  /** The vectors of all tokens, {@code [batch, timesteps, dim]}. */
  private String tokens() {
    EmbedConfig embed = model.config().embed();
    List<String> parts = new ArrayList<>();
    if (embed.words() != null) {
      parts.addAll(words(embed.words()));
    }
    if (embed.characters() != null) {
      parts.add(spelling(embed.characters()));
    }
    if (embed.shape()) {
      parts.add(lookedUp("embed.shape", "shapes"));
    }
    return graph.node("embed", "Concat", parts, new IntAttribute("axis", 2));
  }

  /**
   * Trained word vectors, pretrained ones, or both. With tuned vectors, those of words not seen in
   * training follow those of the training words.
   */
  private List<String> words(EmbedConfig.Words config) {
    WordVectors vectors = model.vocabularies().vectors();
    List<String> parts = new ArrayList<>();
    if (config.trainedDim() > 0) {
      parts.add(
          vectors != null && config.frozenDim() == 0
              ? lookedUp(table("embed.words", vectors), "embed.words", "words")
              : lookedUp("embed.words", "words"));
    }
    if (vectors != null && config.frozenDim() > 0) {
      parts.add(lookedUp(table("embed.vectors.absent", vectors), "embed.vectors", "vectors"));
    }
    return parts;
  }

  /** The weights of that name followed by the rows of pretrained vectors. */
  private String table(String parameter, WordVectors vectors) {
    FMatrixRMaj first = graph.value(parameter);
    int dim = vectors.dim();
    int rows = first.numRows + vectors.size();
    long bytes = 4L * rows * dim;
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the vectors take " + bytes + " bytes, an ONNX file holds less than 2 GiB");
    }
    float[] values = Arrays.copyOf(first.data, rows * dim);
    for (int row = 0; row < vectors.size(); row++) {
      vectors.copy(row, values, (first.numRows + row) * dim);
    }
    return graph.constant(Tensor.floats(parameter, List.of((long) rows, (long) dim), values));
  }

  private String lookedUp(String table, String input) {
    return lookedUp(graph.parameter(table), table, input);
  }

  private String lookedUp(String table, String name, String input) {
    String ids = graph.input(input, ElementType.INT64, BATCH, TIMESTEPS);
    return graph.node(name + ".looked_up", "Gather", List.of(table, ids));
  }

  /** The character encoder's output for each token, {@code [batch, timesteps, dim]}. */
  private String spelling(EmbedConfig.Characters config) {
    String name = "embed.characters";
    String input = graph.input("characters", ElementType.INT64, BATCH, TIMESTEPS, "length");
    String wordLengths = graph.input("word_lengths", ElementType.INT32, BATCH, TIMESTEPS);
    // Each word is a sequence of its own: [length, words].
    String timeMajor = graph.transposed(name + ".transposed", input, 2L, 0L, 1L);
    String ids = graph.reshaped(name + ".ids", timeMajor, 0, -1);
    String lengths =
        atLeastOne(name + ".lengths", graph.reshaped(name + ".flat_lengths", wordLengths, -1));
    String vectors = graph.node(name + ".vectors", "Gather", List.of(graph.parameter(name), ids));
    String words =
        config
            .recurrent()
            .map(layer -> recurrent(name + ".0", layer, true, vectors, lengths))
            .orElseGet(() -> convolution(config, ids, vectors, lengths));
    String batch = graph.node(name + ".batch", "Shape", List.of(wordLengths));
    String rest = graph.constant(Tensor.longs(name + ".rest", -1));
    String shape =
        graph.node(name + ".shape", "Concat", List.of(batch, rest), new IntAttribute("axis", 0));
    return graph.node(name + ".spelling", "Reshape", List.of(words, shape));
  }

  /**
   * A convolution and the maximum of each filter, {@code [words, filters]}. Past the end of a word
   * the vectors are 0, as around the longest one, and so are the values after the ReLU: none can
   * exceed a value of the word itself.
   */
  private String convolution(
      EmbedConfig.Characters config, String ids, String vectors, String lengths) {
    String name = "embed.characters.0";
    String mask = mask(ids, lengths);
    String channels = graph.transposed(name + ".channels", vectors, 1L, 2L, 0L);
    String x = graph.node(name + ".masked", "Mul", List.of(channels, mask));
    long margin = config.width() / 2;
    String y =
        graph.node(
            name + ".convolution",
            "Conv",
            List.of(x, filters(config), graph.parameter(name + ".bias", config.hidden())),
            new IntsAttribute("kernel_shape", List.of((long) config.width())),
            new IntsAttribute("pads", List.of(margin, margin)));
    String relu = graph.node(name + ".relu", "Relu", List.of(y));
    String inside = graph.node(name + ".inside", "Mul", List.of(relu, mask));
    return graph.node(
        name + ".greatest",
        "ReduceMax",
        List.of(inside),
        new IntsAttribute("axes", List.of(2L)),
        new IntAttribute("keepdims", 0));
  }

  /** 1 where a word has a character and 0 past its end, {@code [words, 1, length]}. */
  private String mask(String ids, String lengths) {
    String name = "embed.characters.mask";
    String ends = graph.reshaped(name + ".column", lengths, -1, 1, 1);
    return before(name, positions(name, ids), ends);
  }

  /** The indices from 0 along the first dimension of a value. */
  private String positions(String name, String value) {
    String zero = graph.constant(Tensor.scalar(name + ".zero", 0));
    String one = graph.constant(Tensor.scalar(name + ".one", 1));
    String shape = graph.node(name + ".shape", "Shape", List.of(value));
    String length = graph.node(name + ".length", "Gather", List.of(shape, zero));
    return graph.node(name + ".positions", "Range", List.of(zero, length, one));
  }

  /** 1 where a position is before an end, else 0. */
  private String before(String name, String positions, String ends) {
    String longs =
        graph.node(
            name + ".ends",
            "Cast",
            List.of(ends),
            new IntAttribute("to", ElementType.INT64.code()));
    String inside = graph.node(name + ".before", "Less", List.of(positions, longs));
    return graph.node(
        name + ".mask", "Cast", List.of(inside), new IntAttribute("to", ElementType.FLOAT.code()));
  }

  /** {@code [filters, dim, width]} from our {@code [width * dim x filters]}. */
  private String filters(EmbedConfig.Characters config) {
    String name = "embed.characters.0.kernel";
    FMatrixRMaj kernel = graph.value(name);
    FloatBuffer all = FloatBuffer.allocate(kernel.numRows * kernel.numCols);
    for (int filter = 0; filter < kernel.numCols; filter++) {
      for (int channel = 0; channel < config.dim(); channel++) {
        for (int k = 0; k < config.width(); k++) {
          all.put(kernel.get(k * config.dim() + channel, filter));
        }
      }
    }
    List<Long> shape = List.of((long) config.hidden(), (long) config.dim(), (long) config.width());
    return graph.constant(Tensor.floats(name, shape, all.array()));
  }

  /** The states of the last layer, {@code [batch, timesteps, dim]}. */
  private String encoder(String tokens) {
    List<EncoderLayer> layers = model.config().encoder();
    EncoderLayer context = model.config().context();
    if (layers.isEmpty() && context == null) {
      return tokens;
    }
    String lengths = lengths();
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
    return recurrent(name, spec, both, x, lengths);
  }

  /** The number of tokens of each sentence, {@code [batch]}. */
  private String lengths() {
    if (lengths == null) {
      lengths = atLeastOne("encoder.lengths", graph.input("lengths", ElementType.INT32, BATCH));
    }
    return lengths;
  }

  /** The mean over the sentence, repeated at every timestep, {@code [timesteps, batch, dim]}. */
  private String everywhere(String states) {
    String name = "context.mean";
    String mean = mean(name, states, lengths());
    String shape = graph.node(name + ".shape_of_all", "Shape", List.of(states));
    return graph.node(name + ".everywhere", "Expand", List.of(mean, shape));
  }

  /** The mean over a sentence's timesteps, {@code [1, batch, dim]}. */
  private String mean(String name, String states, String lengths) {
    String inside =
        graph.node(name + ".inside", "Mul", List.of(states, mask(name, states, lengths)));
    String first = graph.constant(Tensor.longs(name + ".axis", 0));
    String sum = graph.node(name + ".sum", "ReduceSum", List.of(inside, first));
    String floats =
        graph.node(
            name + ".lengths",
            "Cast",
            List.of(graph.reshaped(name + ".row", lengths, 1, -1, 1)),
            new IntAttribute("to", ElementType.FLOAT.code()));
    return graph.node(name, "Div", List.of(sum, floats));
  }

  /** 1 where a sentence has a token and 0 past its end, {@code [timesteps, batch, 1]}. */
  private String mask(String name, String states, String lengths) {
    String positions = graph.reshaped(name + ".timesteps", positions(name, states), -1, 1, 1);
    return before(name, positions, graph.reshaped(name + ".ends_row", lengths, 1, -1, 1));
  }

  private String recurrent(
      String name, RecurrentSpec layer, boolean both, String x, String lengths) {
    return graph.recurrent(
        name,
        layer,
        both ? "bidirectional" : "forward",
        both ? List.of(name + ".forward", name + ".backward") : List.of(name),
        x,
        lengths);
  }

  /** Padding may have length 0, which some runtimes reject. */
  private String atLeastOne(String output, String lengths) {
    String one = graph.constant(Tensor.ints(output + ".least", 1));
    return graph.node(output, "Max", List.of(lengths, one));
  }

  private void head(String name, HeadConfig head, String states) {
    switch (head.kind()) {
      case SOFTMAX -> {
        String scores = scores("heads." + name + ".scores", name, states);
        String output = name + ".probabilities";
        graph.node(output, "Softmax", List.of(scores), new IntAttribute("axis", -1));
        graph.output(output, BATCH, TIMESTEPS, Integer.toString(labels(name).size()));
      }
      case CRF -> {
        String output = scores(name + ".emissions", name, states);
        graph.output(output, BATCH, TIMESTEPS, Integer.toString(labels(name).size()));
      }
      case DOCUMENT -> {
        String pooled = pooled("heads." + name + ".pooling", head, states);
        String scores = scores("heads." + name + ".scores", name, pooled);
        String output = name + ".probabilities";
        graph.node(output, "Softmax", List.of(scores), new IntAttribute("axis", -1));
        graph.output(output, BATCH, Integer.toString(labels(name).size()));
      }
    }
  }

  /** One vector per text, {@code [batch, dim]}. */
  private String pooled(String name, HeadConfig head, String states) {
    String x = graph.transposed(name + ".input", states, 1L, 0L, 2L);
    return switch (Objects.requireNonNull(head.pooling())) {
      case LAST -> lastStates(name, x);
      case MAX -> greatest(name, x);
      case MEAN -> {
        String first = graph.constant(Tensor.longs(name + ".first", 0));
        yield graph.node(name + ".pooled", "Squeeze", List.of(mean(name, x, lengths()), first));
      }
    };
  }

  /** The maximum over a text's timesteps; padding is pushed far below. */
  private String greatest(String name, String states) {
    String mask = mask(name, states, lengths());
    String inside = graph.node(name + ".inside", "Mul", List.of(states, mask));
    String one = graph.constant(Tensor.floats(name + ".whole", List.of(1L), new float[] {1}));
    String outside = graph.node(name + ".outside", "Sub", List.of(mask, one));
    String far = graph.constant(Tensor.floats(name + ".far", List.of(1L), new float[] {1e30f}));
    String below = graph.node(name + ".below", "Mul", List.of(outside, far));
    return graph.node(
        name + ".greatest",
        "ReduceMax",
        List.of(graph.node(name + ".kept", "Add", List.of(inside, below))),
        new IntsAttribute("axes", List.of(0L)),
        new IntAttribute("keepdims", 0));
  }

  /** The last state of each direction: at the last timestep, and at the first. */
  private String lastStates(String name, String states) {
    List<EncoderLayer> layers = model.config().encoder();
    EncoderLayer top = layers.get(layers.size() - 1);
    String one = graph.constant(Tensor.ints(name + ".one_less", 1));
    String shorter = graph.node(name + ".shorter", "Sub", List.of(lengths(), one));
    // 1 at the last timestep of each text and 0 elsewhere.
    String only =
        graph.node(
            name + ".only",
            "Sub",
            List.of(mask(name, states, lengths()), mask(name + ".but_last", states, shorter)));
    String axis = graph.constant(Tensor.longs(name + ".axis", 0));
    String last =
        graph.node(
            name + ".last",
            "ReduceSum",
            List.of(graph.node(name + ".kept", "Mul", List.of(states, only)), axis),
            new IntAttribute("keepdims", 0));
    if (top.bidirectional() == null) {
      return last;
    }
    String zero = graph.constant(Tensor.scalar(name + ".start", 0));
    String first = graph.node(name + ".first", "Gather", List.of(states, zero));
    return graph.node(
        name + ".both",
        "Concat",
        List.of(
            columns(name + ".forward", last, 0, top.hidden()),
            columns(name + ".backward", first, top.hidden(), 2 * top.hidden())),
        new IntAttribute("axis", 1));
  }

  /** Columns {@code [begin, end)} of a matrix. */
  private String columns(String name, String matrix, long begin, long end) {
    return graph.node(
        name,
        "Slice",
        List.of(
            matrix,
            graph.constant(Tensor.longs(name + ".begin", begin)),
            graph.constant(Tensor.longs(name + ".end", end)),
            graph.constant(Tensor.longs(name + ".columns", 1))));
  }

  /** {@code W x + b}, {@code [batch, timesteps, labels]}. */
  private String scores(String output, String name, String states) {
    String head = "heads." + name;
    String product =
        graph.node(head + ".product", "MatMul", List.of(states, graph.parameter(head + ".kernel")));
    return graph.node(output, "Add", List.of(product, graph.parameter(head + ".bias")));
  }

  // ---- The metadata ----------------------------------------------------------------------------

  private Map<String, String> metadata(String version) {
    EmbedConfig embed = model.config().embed();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("version", version);
    metadata.put("language", model.config().input().language());
    metadata.put("group", Integer.toString(model.config().group()));
    metadata.put("heads", json(heads()));
    if (embed.words() != null) {
      metadata.put("words.lowercase", Boolean.toString(embed.words().lowercase()));
      metadata.put("words", json(texts(model.vocabularies().words())));
      WordVectors vectors = model.vocabularies().vectors();
      if (vectors != null) {
        metadata.put(
            "vectors", json(IntStream.range(0, vectors.size()).mapToObj(vectors::word).toList()));
      }
    }
    if (embed.characters() != null) {
      metadata.put("characters", json(texts(model.vocabularies().characters())));
    }
    if (embed.shape()) {
      metadata.put("shapes", json(List.of(WordShape.values())));
    }
    metadata.put("card", model.card());
    return metadata;
  }

  private Map<String, Map<String, Object>> heads() {
    Map<String, Map<String, Object>> heads = new LinkedHashMap<>();
    model
        .config()
        .heads()
        .forEach(
            (name, head) -> {
              Labels labels = labels(name);
              Map<String, Object> entry = new LinkedHashMap<>();
              entry.put("kind", head.kind().name().toLowerCase(Locale.ROOT));
              HeadConfig.Pooling pooling = head.pooling();
              if (pooling != null) {
                entry.put("pooling", pooling.name().toLowerCase(Locale.ROOT));
              }
              entry.put("labels", labels.names());
              if (labels.modelScheme() != null && labels.fileScheme() != null) {
                entry.put("inside", labels.modelScheme().name());
                entry.put("outside", labels.fileScheme().name());
              }
              if (head.kind() == HeadConfig.Kind.CRF) {
                CrfHead.Constraints legal = labels.constraints();
                entry.put("start", scores(name, "start", 0, legal.starts()));
                entry.put("end", scores(name, "end", 0, legal.ends()));
                List<float[]> transitions = new ArrayList<>();
                for (int i = 0; i < labels.size(); i++) {
                  transitions.add(scores(name, "transitions", i, legal.transitions()[i]));
                }
                entry.put("transitions", transitions);
              }
              heads.put(name, entry);
            });
    return heads;
  }

  /** A row of a CRF's weights, with illegal transitions masked. */
  private float[] scores(String head, String weights, int row, boolean[] legal) {
    String name = "heads." + head + "." + weights;
    float[] all =
        model.parameters().stream()
            .filter(parameter -> parameter.name().equals(name))
            .findAny()
            .orElseThrow()
            .value()
            .data;
    float[] scores = new float[legal.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = legal[i] ? all[row * scores.length + i] : CrfHead.ILLEGAL;
    }
    return scores;
  }

  private Labels labels(String head) {
    return Objects.requireNonNull(model.labels().get(head), head);
  }

  /** Each text at the index of its id; an empty one stands for the unknown. */
  private static List<String> texts(Vocabulary vocabulary) {
    List<String> texts = new ArrayList<>(vocabulary.size());
    texts.add("");
    vocabulary.entries().forEach(entry -> texts.add(entry.text()));
    return texts;
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings and lists always serialize", e);
    }
  }
}
