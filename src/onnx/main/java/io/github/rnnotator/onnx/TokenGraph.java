package io.github.rnnotator.onnx;

import io.github.rnnotator.embed.CharacterVectors;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.onnx.OnnxModel.ElementType;
import io.github.rnnotator.onnx.OnnxModel.IntAttribute;
import io.github.rnnotator.onnx.OnnxModel.IntsAttribute;
import io.github.rnnotator.onnx.OnnxModel.Tensor;
import io.github.rnnotator.tagger.TaggerModel;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/** Adds the vectors of tokens to a graph: words, spelling and shape. */
record TokenGraph(TaggerModel model, GraphBuilder graph, SequenceGraph sequences) {
  /** The vectors of all tokens, {@code [batch, timesteps, dim]}. */
  String tokens() {
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
    String ids = graph.input(input, ElementType.INT64, OnnxExport.BATCH, OnnxExport.TIMESTEPS);
    return graph.node(name + ".looked_up", "Gather", List.of(table, ids));
  }

  /** The character encoder's output for each token, {@code [batch, timesteps, dim]}. */
  private String spelling(EmbedConfig.Characters config) {
    String name = "embed.characters";
    String input =
        graph.input(
            "characters", ElementType.INT64, OnnxExport.BATCH, OnnxExport.TIMESTEPS, "length");
    String wordLengths =
        graph.input("word_lengths", ElementType.INT32, OnnxExport.BATCH, OnnxExport.TIMESTEPS);
    // Each word is a sequence of its own: [length, words].
    String timeMajor = graph.transposed(name + ".transposed", input, 2L, 0L, 1L);
    String ids = graph.reshaped(name + ".ids", timeMajor, 0, -1);
    String lengths =
        sequences.atLeastOne(
            name + ".lengths", graph.reshaped(name + ".flat_lengths", wordLengths, -1));
    String vectors =
        graph.node(name + ".vectors", "Gather", List.of(characters(name, config), ids));
    String words =
        config
            .recurrent()
            .map(layer -> sequences.recurrent(name + ".0", layer, true, vectors, lengths))
            .orElseGet(() -> convolution(config, ids, vectors, lengths));
    String batch = graph.node(name + ".batch", "Shape", List.of(wordLengths));
    String rest = graph.constant(Tensor.longs(name + ".rest", -1));
    String shape =
        graph.node(name + ".shape", "Concat", List.of(batch, rest), new IntAttribute("axis", 0));
    return graph.node(name + ".spelling", "Reshape", List.of(words, shape));
  }

  /** The vectors of characters, those of all syllables after those of the vocabulary with jamo. */
  private String characters(String name, EmbedConfig.Characters config) {
    if (!config.jamo()) {
      return graph.parameter(name);
    }
    FMatrixRMaj table =
        CharacterVectors.table(
            graph.value(name), graph.value("embed.jamo"), model.vocabularies().characters());
    List<Long> shape = List.of((long) table.numRows, (long) table.numCols);
    return graph.constant(Tensor.floats(name, shape, table.data));
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
    return sequences.before(name, sequences.positions(name, ids), ends);
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
}
