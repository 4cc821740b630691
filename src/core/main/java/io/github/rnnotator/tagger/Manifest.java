package io.github.rnnotator.tagger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rnnotator.tagger.ModelFile.EntryInfo;
import io.github.rnnotator.text.TagCombinations;
import io.github.rnnotator.text.TagScheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The first entry of a model file, {@code model.json}.
 *
 * @param format the version of the format
 * @param config the configuration of the tagger
 * @param labels the labels of each head
 * @param entries the size and SHA-256 of every other entry, in the order of the file
 */
record Manifest(
    int format, TaggerConfig config, Map<String, Labels> labels, List<EntryInfo> entries) {
  static final int FORMAT = 3;

  /** Format 2: no segmenter, feature or lemma heads, or {@code embed.columns}. */
  static final int FORMAT_WITHOUT_SEGMENTER = 2;

  /** Format 1: layer indices also counted dropout ({@code encoder.1}, {@code encoder.3}, ...). */
  static final int FORMAT_WITH_DROPOUT = 1;

  private static final List<String> ENTRIES =
      List.of(
          ModelFile.WORDS,
          ModelFile.CHARACTERS,
          ModelFile.VECTORS,
          ModelFile.SEGMENTER,
          ModelFile.SEGMENTER_WORDS,
          ModelFile.LEMMAS,
          ModelFile.COLUMNS,
          ModelFile.WEIGHTS,
          ModelFile.CARD);

  private static final Set<String> OPTIONAL =
      Set.of(
          ModelFile.VECTORS,
          ModelFile.SEGMENTER,
          ModelFile.SEGMENTER_WORDS,
          ModelFile.LEMMAS,
          ModelFile.COLUMNS);

  /**
   * The memory, in bytes, that one byte of an entry may take while it is read: a short word becomes
   * two objects and a table entry; a half-precision float becomes a float; the array of an entry
   * may be replaced by a longer one. The segmenter's own entries are counted when it is read.
   */
  private static final Map<String, Integer> MEMORY =
      Map.of(
          ModelFile.WORDS,
          28,
          ModelFile.CHARACTERS,
          28,
          ModelFile.VECTORS,
          3,
          ModelFile.SEGMENTER,
          14,
          ModelFile.SEGMENTER_WORDS,
          28,
          ModelFile.LEMMAS,
          12,
          ModelFile.COLUMNS,
          28,
          ModelFile.WEIGHTS,
          4,
          ModelFile.CARD,
          4);

  /** Created when needed, which is not to read a model as this program writes it. */
  private static final class Mapper {
    static final ObjectMapper JSON = ConfigJson.mapper(new JsonFactory());
  }

  byte[] toBytes() throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", format);
    json.set("config", Mapper.JSON.valueToTree(config));
    ObjectNode heads = json.putObject("labels");
    labels.forEach((head, l) -> heads.set(head, labelsJson(l)));
    ObjectNode table = json.putObject("entries");
    entries.forEach(
        entry ->
            table
                .putObject(entry.name())
                .put("bytes", entry.bytes())
                .put("sha256", entry.sha256()));
    return Mapper.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
  }

  private static JsonNode labelsJson(Labels labels) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    labels.names().forEach(json.putArray("names")::add);
    if (labels.modelScheme() != null && labels.fileScheme() != null) {
      json.put("inside", labels.modelScheme().name());
      json.put("outside", labels.fileScheme().name());
    }
    TagCombinations combinations = labels.combinations();
    if (combinations != null) {
      ArrayNode all = json.putArray("combinations");
      combinations.tags().forEach(tags -> tags.forEach(all.addArray()::add));
    }
    return json;
  }

  /**
   * Reads a manifest.
   *
   * @param name the name of the file in messages
   * @throws ModelFormatException if it is broken, or the entries do not fit into memory
   */
  static Manifest read(byte[] bytes, String name) throws IOException {
    JsonNode json = ConfigJson.header(bytes, name);
    if (json.has("kind")) {
      String kind = json.path("kind").asText();
      throw invalid(
          name,
          "a model of kind "
              + kind
              + (kind.equals("pretrained")
                  ? ", which has no heads and tags nothing; train a tagger that begins with it"
                      + " (pretrained: {from: FILE} in its configuration)"
                  : ", which writes an output for each line; use it with rnnotator transduce"));
    }
    int format = json.path("format").asInt(0);
    if (format < FORMAT_WITH_DROPOUT || format > FORMAT) {
      throw invalid(
          name,
          "format "
              + json.path("format")
              + ", this program reads "
              + FORMAT_WITH_DROPOUT
              + " to "
              + FORMAT);
    }
    List<EntryInfo> entries = ModelZip.entries(json, name, ENTRIES, OPTIONAL, MEMORY);
    try {
      TaggerConfig config = config(json.path("config"));
      Map<String, Labels> labels = new LinkedHashMap<>();
      for (String head : config.heads().keySet()) {
        labels.put(
            head, labels(head, config.heads().get(head).kind(), json.path("labels").path(head)));
      }
      config
          .heads()
          .forEach(
              (head, headConfig) -> {
                List<String> heads = new ArrayList<>(headConfig.agree());
                heads.add(head);
                JsonNode found = json.path("labels").path(head).path("combinations");
                if (heads.size() > 1 || !found.isMissingNode()) {
                  TagCombinations combinations = combinations(heads, found, labels);
                  labels.computeIfPresent(head, (same, l) -> l.withCombinations(combinations));
                }
              });
      return new Manifest(format, config, labels, entries);
    } catch (JsonProcessingException e) {
      throw invalid(name, "invalid configuration: " + ModelZip.firstLine(e.getOriginalMessage()));
    } catch (IllegalArgumentException e) {
      throw invalid(name, "invalid configuration: " + ModelZip.firstLine(e.getMessage()));
    }
  }

  private static TaggerConfig config(JsonNode json) throws JsonProcessingException {
    Optional<TaggerConfig> usual = StoredConfig.read(json);
    TaggerConfig config =
        usual.isPresent() ? usual.get() : Mapper.JSON.treeToValue(json, TaggerConfig.class);
    if (config == null) {
      throw new IllegalArgumentException("config is missing");
    }
    return config;
  }

  private static ModelFormatException invalid(String name, String problem) {
    return new ModelFormatException(name, ModelFile.MODEL, problem);
  }

  private static Labels labels(String head, HeadConfig.Kind kind, JsonNode json) {
    List<String> names = new ArrayList<>();
    for (JsonNode label : json.path("names")) {
      if (!label.isTextual()) {
        throw new IllegalArgumentException("head " + head + " has a label that is not a string");
      }
      names.add(label.textValue());
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("head " + head + " has no labels");
    }
    if (kind == HeadConfig.Kind.LEMMA) {
      return Labels.ofScripts(names);
    }
    if (!json.has("inside") && !json.has("outside")) {
      return new Labels(names);
    }
    TagScheme inside = TagScheme.parse(json.path("inside").asText());
    for (String label : names) {
      if (!inside.isTag(label)) {
        throw new IllegalArgumentException(
            "head " + head + " has a label '" + label + "', which is not a tag of " + inside);
      }
    }
    return new Labels(names, inside, TagScheme.parse(json.path("outside").asText()));
  }

  private static TagCombinations combinations(
      List<String> heads, JsonNode json, Map<String, Labels> labels) {
    List<List<String>> all = new ArrayList<>();
    for (JsonNode combination : json) {
      List<String> tags = new ArrayList<>();
      for (JsonNode tag : combination) {
        Labels known = tags.size() < heads.size() ? labels.get(heads.get(tags.size())) : null;
        if (known == null || known.id(tag.asText()) < 0) {
          throw new IllegalArgumentException(
              "a combination of labels has '"
                  + tag.asText()
                  + "', expected one of each head "
                  + heads);
        }
        tags.add(tag.asText());
      }
      all.add(tags);
    }
    return new TagCombinations(heads, all);
  }
}
