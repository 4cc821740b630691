package io.github.rnnotator.tagger;

import io.github.rnnotator.embed.ColumnsFile;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.VectorFile;
import io.github.rnnotator.embed.VectorFormatException;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.embed.WordVectors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link ModelFile}, which is untrusted.
 *
 * @param file the name of the file in messages
 * @param isPart whether it is the segmenter of another model
 */
record ModelReader(String file, boolean isPart) {
  private static final Set<String> SEGMENTER =
      Set.of(ModelFile.SEGMENTER, ModelFile.SEGMENTER_WORDS);
  private static final Pattern ENCODER_LAYER = Pattern.compile("encoder\\.(\\d+)(\\..*)");

  ModelFile.Contents read(InputStream in) throws IOException {
    AtomicReference<Manifest> header = new AtomicReference<>();
    ModelZip zip =
        ModelZip.read(
            in,
            file,
            json -> {
              Manifest manifest = Manifest.read(json, file);
              header.set(manifest);
              return manifest.entries();
            });
    Manifest manifest = Objects.requireNonNull(header.get());
    return new ModelFile.Contents(model(manifest, zip), manifest.entries());
  }

  /**
   * Reads the segmenter alone.
   *
   * @param language whether the language of a model is wanted
   * @return null if it is not, or if the model has no segmenter
   */
  @Nullable SegmenterModel segmenter(InputStream in, Predicate<String> language)
      throws IOException {
    return segmenter(
        ModelZip.read(
            in,
            file,
            json -> {
              Manifest manifest = Manifest.read(json, file);
              return language.test(manifest.config().input().language())
                  ? manifest.entries()
                  : List.of();
            },
            SEGMENTER::contains));
  }

  private TaggerModel model(Manifest manifest, ModelZip zip) throws IOException {
    TaggerConfig config = manifest.config();
    Map<String, Labels> labels = labels(manifest, zip);
    Vocabularies vocabularies =
        new Vocabularies(
            zip.vocabulary(ModelFile.WORDS),
            zip.vocabulary(ModelFile.CHARACTERS),
            vectors(zip, config.embed().words()),
            columns(zip, config.embed()));
    zip.drop(ModelFile.VECTORS);
    StoredWeights weights = zip.weights();
    weights.requireCount(() -> WeightCount.of(config, vocabularies, labels));
    Network network = Network.blank(config, vocabularies, labels);
    boolean old = manifest.format() == Manifest.FORMAT_WITH_DROPOUT;
    weights.fill(network.parameters(), name -> old ? nameWithDropout(name) : name);
    String card = zip.text(ModelFile.CARD);
    return new TaggerModel(config, vocabularies, labels, network, segmenter(zip), card);
  }

  private Map<String, Vocabulary> columns(ModelZip zip, EmbedConfig config)
      throws ModelFormatException {
    Map<String, Vocabulary> columns = Map.of();
    if (zip.get(ModelFile.COLUMNS) != null) {
      try {
        columns = ColumnsFile.parse(zip.text(ModelFile.COLUMNS));
      } catch (IllegalArgumentException e) {
        throw zip.broken(ModelFile.COLUMNS, ModelZip.firstLine(e.getMessage()));
      }
    }
    List<String> names = List.copyOf(columns.keySet());
    List<String> wanted = List.copyOf(config.columns().keySet());
    if (!names.equals(wanted)) {
      throw zip.broken(
          ModelFile.MODEL,
          "embed.columns has " + wanted + ", " + ModelFile.COLUMNS + " has " + names);
    }
    return columns;
  }

  private Map<String, Labels> labels(Manifest manifest, ModelZip zip) throws ModelFormatException {
    if (zip.get(ModelFile.LEMMAS) == null) {
      return manifest.labels();
    }
    try {
      return LemmaFile.parse(zip.text(ModelFile.LEMMAS), manifest.labels());
    } catch (IllegalArgumentException e) {
      throw zip.broken(ModelFile.LEMMAS, ModelZip.firstLine(e.getMessage()));
    }
  }

  private @Nullable SegmenterModel segmenter(ModelZip zip) throws IOException {
    byte[] network = zip.get(ModelFile.SEGMENTER);
    byte[] words = zip.get(ModelFile.SEGMENTER_WORDS);
    if (network == null && words == null) {
      return null;
    }
    if (network == null || words == null || isPart) {
      throw zip.broken(
          ModelFile.MODEL,
          isPart
              ? "a segmenter in a segmenter"
              : "one of "
                  + ModelFile.SEGMENTER
                  + " and "
                  + ModelFile.SEGMENTER_WORDS
                  + " is missing");
    }
    TaggerModel tagger =
        new ModelReader(file + "!" + ModelFile.SEGMENTER, true)
            .read(new ByteArrayInputStream(network))
            .model();
    try {
      return SegmenterFile.parse(new String(words, StandardCharsets.UTF_8), tagger);
    } catch (IllegalArgumentException e) {
      throw zip.broken(ModelFile.SEGMENTER_WORDS, ModelZip.firstLine(e.getMessage()));
    }
  }

  private @Nullable WordVectors vectors(ModelZip zip, EmbedConfig.@Nullable Words config)
      throws IOException {
    byte[] bytes = zip.get(ModelFile.VECTORS);
    boolean wanted = config != null && config.vectors() != null;
    if (wanted != (bytes != null)) {
      throw zip.broken(
          ModelFile.MODEL,
          wanted
              ? "embed.words.vectors is set, but the file lacks " + ModelFile.VECTORS
              : ModelFile.VECTORS + " is present, but embed.words.vectors is not set");
    }
    if (config == null || bytes == null) {
      return null;
    }
    try {
      WordVectors vectors = VectorFile.read(bytes);
      if (vectors.dim() == config.dim()) {
        return vectors;
      }
      throw new VectorFormatException(
          "vectors of length " + vectors.dim() + ", embed.words.dim is " + config.dim());
    } catch (VectorFormatException e) {
      throw zip.broken(ModelFile.VECTORS, ModelZip.firstLine(e.getMessage()));
    }
  }

  /** Returns the name of a tensor in {@link Manifest#FORMAT_WITH_DROPOUT}. */
  private static String nameWithDropout(String name) {
    Matcher layer = ENCODER_LAYER.matcher(name);
    return layer.matches()
        ? "encoder." + (2 * Integer.parseInt(layer.group(1)) + 1) + layer.group(2)
        : name;
  }
}
