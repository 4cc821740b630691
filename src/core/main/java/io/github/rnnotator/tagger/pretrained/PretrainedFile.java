package io.github.rnnotator.tagger.pretrained;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.nn.Initializers;
import io.github.rnnotator.tagger.ConfigJson;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.ModelFile.EntryInfo;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.ModelZip;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.StoredWeights;
import io.github.rnnotator.tagger.TrainingOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file of pretrained layers: one zip as {@link io.github.rnnotator.tagger.ModelFile}, with
 * {@code model.json} (of kind {@code pretrained}), {@code words.txt} and {@code chars.txt} (with
 * their counts in the text), {@code weights.safetensors} and {@code MODEL_CARD.md}. As untrusted as
 * that, and as carefully read.
 */
public final class PretrainedFile {
  private static final String WORDS = "words.txt";
  private static final String CHARACTERS = "chars.txt";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String CARD = "MODEL_CARD.md";
  private static final ModelFile.Kind KIND =
      new ModelFile.Kind(
          "pretrained",
          1,
          List.of(WORDS, CHARACTERS, WEIGHTS, CARD),
          Map.of(WORDS, 28, CHARACTERS, 28, WEIGHTS, 6, CARD, 4),
          "pretrained layers as rnnotator pretrain writes them");
  private static final ObjectMapper JSON = ConfigJson.mapper(new JsonFactory());

  private PretrainedFile() {}

  /** Pretrained layers and the table of their file's entries. */
  public record Contents(PretrainedEncoder encoder, List<EntryInfo> entries) {}

  /**
   * Writes pretrained layers and leaves the stream open. The same layers give the same bytes.
   *
   * @throws IllegalArgumentException if a weight is not finite, or too large for {@code type}
   */
  public static void write(OutputStream out, PretrainedEncoder encoder, Safetensors.Type type)
      throws IOException {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    contents.put(WORDS, ModelZip.bytes(encoder.vocabularies().words()));
    contents.put(CHARACTERS, ModelZip.bytes(encoder.vocabularies().characters()));
    contents.put(WEIGHTS, ModelZip.bytes(encoder.parameters(), type));
    contents.put(CARD, encoder.card().getBytes(StandardCharsets.UTF_8));
    ObjectNode header = KIND.header();
    header.set("config", JSON.valueToTree(encoder.config()));
    KIND.write(out, header, contents);
  }

  /**
   * Whether a model file is one of pretrained layers.
   *
   * @throws ModelFormatException if it is not a model file
   */
  public static boolean isPretrained(Path file) throws IOException {
    return ModelFile.isOfKind(file, KIND.name());
  }

  /**
   * Reads a file.
   *
   * @throws ModelFormatException if it is broken, or of another kind
   */
  public static PretrainedEncoder read(Path file) throws IOException {
    return inspect(file).encoder();
  }

  /**
   * Reads a file together with the table of its entries.
   *
   * @throws ModelFormatException if it is broken, or of another kind
   */
  public static Contents inspect(Path file) throws IOException {
    return read(ModelFile.open(file), file.toString());
  }

  /**
   * Reads pretrained layers from a stream and closes it.
   *
   * @param name the name of the file in messages
   * @throws ModelFormatException if it is broken, or of another kind
   */
  public static Contents read(InputStream in, String name) throws IOException {
    ModelFile.Opened file = KIND.read(in, name);
    return new Contents(encoder(file.header(), file.zip(), name), file.entries());
  }

  private static PretrainedEncoder encoder(JsonNode json, ModelZip zip, String name)
      throws IOException {
    try {
      PretrainedConfig config = JSON.treeToValue(json.path("config"), PretrainedConfig.class);
      if (config == null) {
        throw new IllegalArgumentException("config is missing");
      }
      Vocabularies vocabularies =
          new Vocabularies(zip.vocabulary(WORDS), zip.vocabulary(CHARACTERS));
      StoredWeights weights = zip.weights();
      weights.requireCount(() -> PretrainedEncoder.weights(config, vocabularies));
      PretrainedEncoder encoder =
          PretrainedEncoder.create(config, vocabularies, TrainingOptions.NONE, Initializers.BLANK);
      weights.fill(encoder.parameters());
      return encoder.withCard(zip.text(CARD));
    } catch (JsonProcessingException e) {
      throw KIND.invalid(name, "invalid configuration: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw KIND.invalid(name, "invalid configuration: " + e.getMessage());
    }
  }
}
