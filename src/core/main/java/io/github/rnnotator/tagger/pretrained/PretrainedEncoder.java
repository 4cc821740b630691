package io.github.rnnotator.tagger.pretrained;

import io.github.rnnotator.embed.TokenEncoder;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.Dropout;
import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.Sequential;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TrainingOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Words, characters and the first recurrent layer of a tagger, which have learned from raw text to
 * predict neighbouring words, see {@link io.github.rnnotator.nn.head.NeighbourWords}. Immutable
 * once trained, and safe to share between threads.
 *
 * @param config its configuration
 * @param vocabularies its words, the most frequent first, and characters
 * @param embed encodes tokens as vectors
 * @param layer the recurrent layer, with dropout before and after it
 * @param card the model card, in Markdown: text, licence, perplexity, date, command
 */
public record PretrainedEncoder(
    PretrainedConfig config,
    Vocabularies vocabularies,
    TokenEncoder embed,
    Sequential layer,
    String card) {
  /** The prefix of the names of the layer's weights, which they have in a tagger. */
  private static final String LAYER = "encoder.0";

  private static final String WORDS = "embed.words";
  private static final String CHARACTERS = "embed.characters";

  /**
   * Creates layers with fresh weights and no card; the same random numbers give the same weights.
   *
   * @param vocabularies without pretrained vectors
   * @param options of which dropout, dropout of characters and of words are used
   */
  public static PretrainedEncoder create(
      PretrainedConfig config,
      Vocabularies vocabularies,
      TrainingOptions options,
      RandomGenerator random) {
    TokenEncoder embed =
        new TokenEncoder(
            config.embed(),
            vocabularies,
            options.characterDropout(),
            options.wordDropout(),
            random);
    LayerSpec between = new Dropout(options.dropout()).variational(true);
    LayerSpec recurrent = config.layer().spec(0);
    Sequential layer =
        Sequential.build(
            "",
            embed.outputDim(),
            List.of(between, (name, dim, r) -> recurrent.build(LAYER, dim, r), between),
            random);
    return new PretrainedEncoder(config, vocabularies, embed, layer, "");
  }

  /**
   * Counts the weights without allocating them.
   *
   * @throws ArithmeticException if the count overflows a {@code long}
   */
  public static long weights(PretrainedConfig config, Vocabularies vocabularies) {
    return Math.addExact(
        config.embed().weights(vocabularies), config.layer().weights(config.embed().outputDim()));
  }

  /** Returns the weights, in a fixed order, with their names in a tagger. */
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(embed.parameters());
    all.addAll(layer.parameters());
    return all;
  }

  /** Returns the same layers with another card. */
  public PretrainedEncoder withCard(String card) {
    return new PretrainedEncoder(config, vocabularies, embed, layer, card);
  }

  /** The table of words, {@code [words x dim]}. */
  public FMatrixRMaj wordTable() {
    return embed.parameters().get(0).value();
  }

  /**
   * Returns the vectors of words in the form in which a tagger keeps pretrained ones.
   *
   * @param keep how many of the most frequent words are kept
   * @param needed words that are kept as well
   * @param type how numbers are stored
   */
  public WordVectors vectors(int keep, Set<String> needed, WordVectors.Type type) {
    FMatrixRMaj table = wordTable();
    WordVectors.Builder builder = new WordVectors.Builder(table.numCols, type);
    float[] vector = new float[table.numCols];
    List<Vocabulary.Entry> entries = vocabularies.words().entries();
    for (int i = 0; i < entries.size(); i++) {
      if (i < keep || needed.contains(entries.get(i).text())) {
        System.arraycopy(table.data, (i + 1) * table.numCols, vector, 0, table.numCols);
        builder.add(entries.get(i).text(), vector);
      }
    }
    return builder.build();
  }

  /** Whether a weight of a tagger that begins with these layers has been pretrained. */
  public boolean hasWeight(String name) {
    return parameters().stream().anyMatch(parameter -> parameter.name().equals(name));
  }

  /**
   * Copies the weights to a tagger with fresh ones: the layers, the vectors of its characters that
   * these have too, and the vector of unknown words. Its other word vectors begin with {@link
   * #vectors}.
   *
   * @param tagger of a configuration that fits, with the vectors of these words, and with the
   *     characters of these layers before its own
   */
  public void initialize(TaggerModel tagger) {
    Map<String, FMatrixRMaj> own = new LinkedHashMap<>();
    parameters().forEach(parameter -> own.put(parameter.name(), parameter.value()));
    for (Parameter parameter : tagger.parameters()) {
      FMatrixRMaj source = own.remove(parameter.name());
      if (source == null) {
        continue;
      }
      FMatrixRMaj target = parameter.value();
      boolean extended = parameter.name().equals(WORDS) || parameter.name().equals(CHARACTERS);
      if (target.numCols != source.numCols || (!extended && target.numRows != source.numRows)) {
        throw new IllegalArgumentException(
            "weights %s are [%d x %d], the pretrained ones [%d x %d]"
                .formatted(
                    parameter.name(),
                    target.numRows,
                    target.numCols,
                    source.numRows,
                    source.numCols));
      }
      int rows = parameter.name().equals(WORDS) ? 1 : source.numRows;
      System.arraycopy(source.data, 0, target.data, 0, rows * source.numCols);
    }
    if (!own.isEmpty()) {
      throw new IllegalArgumentException("the tagger has no weights " + own.keySet());
    }
  }
}
