package io.github.rnnotator.tagger;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.text.TagScheme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration as model files have it. Jackson's mapper, which accepts more and explains
 * errors, takes a fifth of a second for its first object; what is not read here is left to it. A
 * key that is missing has the same default.
 */
final class StoredConfig {
  private StoredConfig() {}

  /** Returns the configuration, if it has only known keys and values of their types. */
  static Optional<TaggerConfig> read(JsonNode json) {
    try {
      Fields fields = new Fields(json);
      TaggerConfig config =
          new TaggerConfig(
              input(fields.required("input")),
              embed(fields.required("embed")),
              fields.integer("group", 0),
              fields.has("context") ? layer(fields.required("context")) : null,
              layers(fields.required("encoder")),
              heads(fields.required("heads")));
      fields.end();
      return Optional.of(config);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static InputConfig input(JsonNode json) {
    InputConfig missing = InputConfig.defaults();
    Fields fields = new Fields(json);
    InputConfig input =
        new InputConfig(
            fields.text("format", missing.format()),
            fields.has("columns") ? texts(fields.required("columns")) : missing.columns(),
            fields.has("heads") ? textsByName(fields.required("heads")) : missing.heads(),
            fields.bool("comments", missing.comments()),
            fields.text("language", missing.language()),
            fields.bool("tokenized", missing.tokenized()));
    fields.end();
    return input;
  }

  private static List<String> texts(JsonNode json) {
    List<String> texts = new ArrayList<>();
    expect(json.isArray());
    json.forEach(text -> texts.add(text(text)));
    return texts;
  }

  private static Map<String, String> textsByName(JsonNode json) {
    Map<String, String> texts = new LinkedHashMap<>();
    expect(json.isObject());
    json.properties().forEach(field -> texts.put(field.getKey(), text(field.getValue())));
    return texts;
  }

  private static EmbedConfig embed(JsonNode json) {
    Fields fields = new Fields(json);
    EmbedConfig embed =
        new EmbedConfig(
            fields.has("words") ? words(fields.required("words")) : null,
            fields.has("characters") ? characters(fields.required("characters")) : null,
            fields.bool("shape", false));
    fields.end();
    return embed;
  }

  private static EmbedConfig.Words words(JsonNode json) {
    EmbedConfig.Words missing = EmbedConfig.Words.defaults();
    Fields fields = new Fields(json);
    EmbedConfig.Words words =
        new EmbedConfig.Words(
            fields.integer("dim", missing.dim()),
            fields.integer("min_count", missing.minCount()),
            fields.bool("lowercase", missing.lowercase()),
            fields.number("unknown", missing.singletonUnkProbability()),
            fields.has("vectors") ? text(fields.required("vectors")) : missing.vectors(),
            fields.bool("tune", missing.tune()),
            fields.integer("trained", missing.trained()),
            fields.integer("keep", missing.keep()),
            fields.constant("type", missing.type()));
    fields.end();
    return words;
  }

  private static EmbedConfig.Characters characters(JsonNode json) {
    EmbedConfig.Characters missing = EmbedConfig.Characters.defaults();
    Fields fields = new Fields(json);
    EmbedConfig.Characters characters =
        new EmbedConfig.Characters(
            fields.constant("kind", missing.kind()),
            fields.integer("dim", missing.dim()),
            fields.integer("hidden", missing.hidden()),
            fields.integer("width", missing.width()),
            fields.bool("jamo", missing.jamo()));
    fields.end();
    return characters;
  }

  private static List<EncoderLayer> layers(JsonNode json) {
    List<EncoderLayer> layers = new ArrayList<>();
    expect(json.isArray());
    json.forEach(layer -> layers.add(layer(layer)));
    return layers;
  }

  private static EncoderLayer layer(JsonNode json) {
    Fields fields = new Fields(json);
    EncoderLayer layer =
        new EncoderLayer(
            fields.optional("bidirectional", CellKind.class),
            fields.optional("recurrent", CellKind.class),
            fields.integer("hidden", 0),
            fields.bool("residual", false),
            fields.bool("dense", false),
            fields.integer("rank", 0));
    fields.end();
    return layer;
  }

  private static Map<String, HeadConfig> heads(JsonNode json) {
    Map<String, HeadConfig> heads = new LinkedHashMap<>();
    expect(json.isObject());
    json.properties().forEach(field -> heads.put(field.getKey(), head(field.getValue())));
    return heads;
  }

  private static HeadConfig head(JsonNode json) {
    HeadConfig missing = HeadConfig.softmax();
    Fields fields = new Fields(json);
    HeadConfig.Kind kind = fields.constant("kind", missing.kind());
    HeadConfig head =
        new HeadConfig(
            kind,
            fields.optional("scheme", TagScheme.class),
            fields.number("weight", missing.weight()),
            fields.number("smoothing", missing.smoothing()),
            fields.number("margin", missing.margin()),
            fields.optional("pooling", HeadConfig.Pooling.class),
            fields.has("min_count") ? fields.integer("min_count", 0) : null,
            fields.has("dictionary") ? fields.bool("dictionary", false) : null,
            fields.has("morphemes") ? text(fields.required("morphemes")) : null,
            fields.bool("parts", missing.parts()),
            fields.integer("rank", 0),
            fields.has("agree") ? texts(fields.required("agree")) : missing.agree());
    fields.end();
    return head;
  }

  private static String text(JsonNode json) {
    expect(json.isTextual());
    return json.textValue();
  }

  private static void expect(boolean usual) {
    if (!usual) {
      throw new IllegalArgumentException("left to the mapper");
    }
  }

  /** The fields of an object, each read once. */
  private static final class Fields {
    private final JsonNode json;
    private int read;

    Fields(JsonNode json) {
      expect(json.isObject());
      this.json = json;
    }

    boolean has(String key) {
      return json.has(key);
    }

    JsonNode required(String key) {
      JsonNode value = json.get(key);
      expect(value != null && !value.isNull());
      read++;
      return value;
    }

    int integer(String key, int missing) {
      if (!has(key)) {
        return missing;
      }
      JsonNode value = required(key);
      expect(value.isInt());
      return value.intValue();
    }

    float number(String key, float missing) {
      if (!has(key)) {
        return missing;
      }
      JsonNode value = required(key);
      expect(value.isDouble());
      return (float) value.doubleValue();
    }

    boolean bool(String key, boolean missing) {
      if (!has(key)) {
        return missing;
      }
      JsonNode value = required(key);
      expect(value.isBoolean());
      return value.booleanValue();
    }

    String text(String key, String missing) {
      return has(key) ? StoredConfig.text(required(key)) : missing;
    }

    <E extends Enum<E>> E constant(String key, E missing) {
      return has(key)
          ? Enum.valueOf(missing.getDeclaringClass(), StoredConfig.text(required(key)))
          : missing;
    }

    <E extends Enum<E>> @Nullable E optional(String key, Class<E> type) {
      return has(key) ? Enum.valueOf(type, StoredConfig.text(required(key))) : null;
    }

    /** Checks that no other field is left. */
    void end() {
      expect(read == json.size());
    }
  }
}
