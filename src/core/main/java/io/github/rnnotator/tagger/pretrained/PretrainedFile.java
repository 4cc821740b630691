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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The file of pretrained layers: one zip as {@link io.github.rnnotator.tagger.ModelFile}, with
 * {@code model.json} (of kind {@code pretrained}), {@code words.txt} and {@code chars.txt} (with
 * their counts in the text), {@code weights.safetensors} and {@code MODEL_CARD.md}. As untrusted as
 * that, and as carefully read.
 */
public final class PretrainedFile {
  private static final String KIND = "pretrained";
  private static final int FORMAT = 1;
  private static final String MODEL = "model.json";
  private static final String WORDS = "words.txt";
  private static final String CHARACTERS = "chars.txt";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String CARD = "MODEL_CARD.md";
  private static final List<String> ENTRIES = List.of(WORDS, CHARACTERS, WEIGHTS, CARD);
  private static final Map<String, Integer> MEMORY =
      Map.of(WORDS, 28, CHARACTERS, 28, WEIGHTS, 6, CARD, 4);
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
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT).put("kind", KIND);
    json.set("config", JSON.valueToTree(encoder.config()));
    ObjectNode table = json.putObject("entries");
    for (EntryInfo entry : ModelZip.table(contents)) {
      table.putObject(entry.name()).put("bytes", entry.bytes()).put("sha256", entry.sha256());
    }
    ModelZip.write(out, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json), contents);
  }

  /**
   * Whether a model file is one of pretrained layers.
   *
   * @throws ModelFormatException if it is not a model file
   */
  public static boolean isPretrained(Path file) throws IOException {
    return ModelFile.isOfKind(file, KIND);
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
    AtomicReference<JsonNode> header = new AtomicReference<>();
    AtomicReference<List<EntryInfo>> entries = new AtomicReference<>();
    ModelZip zip =
        ModelZip.read(
            in,
            name,
            bytes -> {
              JsonNode json = checked(ConfigJson.header(bytes, name), name);
              header.set(json);
              List<EntryInfo> table = ModelZip.entries(json, name, ENTRIES, Set.of(), MEMORY);
              entries.set(table);
              return table;
            });
    return new Contents(
        encoder(Objects.requireNonNull(header.get()), zip, name),
        Objects.requireNonNull(entries.get()));
  }

  private static JsonNode checked(JsonNode json, String name) throws ModelFormatException {
    if (!json.path("kind").asText().equals(KIND)) {
      throw invalid(
          name,
          (json.has("kind")
                  ? "a model of kind " + json.path("kind").asText()
                  : "the model of a tagger or classifier")
              + ", expected pretrained layers as rnnotator pretrain writes them");
    }
    if (json.path("format").asInt(0) != FORMAT) {
      throw invalid(name, "format " + json.path("format") + ", this program reads " + FORMAT);
    }
    return json;
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
      throw invalid(name, "invalid configuration: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw invalid(name, "invalid configuration: " + e.getMessage());
    }
  }

  private static ModelFormatException invalid(String name, String problem) {
    return new ModelFormatException(name, MODEL, problem);
  }
}
