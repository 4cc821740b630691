package io.github.rnnotator.tagger.transducer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rnnotator.tagger.ConfigJson;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.ModelFile.EntryInfo;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.ModelZip;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.StoredWeights;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The model file of a transducer: one zip as {@link io.github.rnnotator.tagger.ModelFile}, with
 * {@code model.json} (of kind {@code transducer}), {@code source.txt} and {@code target.txt} (the
 * symbols with their counts), {@code weights.safetensors} and {@code MODEL_CARD.md}. As untrusted
 * as that, and as carefully read.
 */
public final class TransducerFile {
  private static final String SOURCE = "source.txt";
  private static final String TARGET = "target.txt";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String CARD = "MODEL_CARD.md";
  private static final ModelFile.Kind KIND =
      new ModelFile.Kind(
          "transducer",
          1,
          List.of(SOURCE, TARGET, WEIGHTS, CARD),
          Map.of(SOURCE, 28, TARGET, 28, WEIGHTS, 6, CARD, 4),
          "a transducer, which rnnotator train makes of pairs; rnnotator tag and classify use others");
  private static final ObjectMapper JSON = mapper(new JsonFactory());

  private TransducerFile() {}

  /** A model and the table of its file's entries. */
  public record Contents(TransducerModel model, List<EntryInfo> entries) {}

  /** Creates a mapper for configurations of transducers in one syntax. */
  public static ObjectMapper mapper(JsonFactory syntax, Record... defaults) {
    Record[] all = Arrays.copyOf(defaults, defaults.length + 4);
    all[defaults.length] = PairFormat.defaults();
    all[defaults.length + 1] = SymbolVectors.defaults();
    all[defaults.length + 2] = DecoderConfig.defaults();
    all[defaults.length + 3] = SearchConfig.defaults();
    return ConfigJson.mapper(syntax, all);
  }

  /**
   * Writes a model and leaves the stream open. The same model gives the same bytes.
   *
   * @throws IllegalArgumentException if a weight is not finite, or too large for {@code type}
   */
  public static void write(OutputStream out, TransducerModel model, Safetensors.Type type)
      throws IOException {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    contents.put(SOURCE, ModelZip.bytes(model.source()));
    contents.put(TARGET, ModelZip.bytes(model.target()));
    contents.put(WEIGHTS, ModelZip.bytes(model.parameters(), type));
    contents.put(CARD, model.card().getBytes(StandardCharsets.UTF_8));
    ObjectNode header = KIND.header().put("longest", model.longest());
    header.set("config", JSON.valueToTree(model.config()));
    KIND.write(out, header, contents);
  }

  /**
   * Whether a file is a transducer's, not a tagger's.
   *
   * @throws ModelFormatException if it is not a model file
   */
  public static boolean isTransducer(Path file) throws IOException {
    return ModelFile.isOfKind(file, KIND.name());
  }

  /**
   * Reads a model file.
   *
   * @throws ModelFormatException if it is broken, or not of a transducer
   */
  public static TransducerModel read(Path file) throws IOException {
    return inspect(file).model();
  }

  /**
   * Reads a model file together with the table of its entries.
   *
   * @throws ModelFormatException if it is broken, or not of a transducer
   */
  public static Contents inspect(Path file) throws IOException {
    return read(ModelFile.open(file), file.toString());
  }

  /**
   * Reads a model from a stream and closes it.
   *
   * @param name the name of the file in messages
   * @throws ModelFormatException if it is broken, or not of a transducer
   */
  public static Contents read(InputStream in, String name) throws IOException {
    ModelFile.Opened file = KIND.read(in, name);
    return new Contents(model(file.header(), file.zip(), name), file.entries());
  }

  private static TransducerModel model(JsonNode json, ModelZip zip, String name)
      throws IOException {
    TransducerConfig config;
    TransducerModel.Symbols symbols =
        new TransducerModel.Symbols(
            zip.vocabulary(SOURCE), zip.vocabulary(TARGET), json.path("longest").asInt(-1));
    try {
      config = JSON.treeToValue(json.path("config"), TransducerConfig.class);
      if (config == null) {
        throw new IllegalArgumentException("config is missing");
      }
      StoredWeights weights = zip.weights();
      weights.requireCount(() -> symbols.weights(config));
      TransducerModel model = TransducerModel.blank(config, symbols);
      weights.fill(model.parameters());
      return model.withCard(zip.text(CARD));
    } catch (JsonProcessingException e) {
      throw KIND.invalid(name, "invalid configuration: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw KIND.invalid(name, "invalid configuration: " + e.getMessage());
    }
  }
}
