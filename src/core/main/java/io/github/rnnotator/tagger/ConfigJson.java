package io.github.rnnotator.tagger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rnnotator.embed.ColumnConfig;
import io.github.rnnotator.embed.EmbedConfig;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Maps configuration records to JSON and YAML: keys in snake case, enum constants in lower case,
 * unknown keys rejected, defaults for keys that are missing or null.
 */
public final class ConfigJson {
  private static final List<Record> DEFAULTS =
      List.of(
          InputConfig.defaults(),
          EmbedConfig.Words.defaults(),
          EmbedConfig.Characters.defaults(),
          ColumnConfig.defaults(),
          HeadConfig.softmax());

  private ConfigJson() {}

  /**
   * Creates a mapper for one syntax: {@code new JsonFactory()} or {@code new YAMLFactory()}.
   *
   * @param defaults the default values of records other than those of this package
   */
  public static ObjectMapper mapper(JsonFactory syntax, Record... defaults) {
    ObjectMapper plain = builder(new JsonFactory()).build();
    SimpleModule module = new SimpleModule("defaults");
    module.setDeserializerModifier(new KnownKeys());
    module.setValueInstantiators(
        RecordDefaults.of(Stream.concat(DEFAULTS.stream(), Stream.of(defaults)).toList(), plain));
    return builder(syntax).addModule(module).build();
  }

  private static JsonMapper.Builder builder(JsonFactory syntax) {
    return JsonMapper.builder(syntax)
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SKIP))
        .serializationInclusion(JsonInclude.Include.NON_NULL);
  }

  /**
   * Parses the header of a model file, {@code model.json}.
   *
   * @param file the name of the file in messages
   * @throws ModelFormatException if it is not a JSON object
   */
  public static JsonNode header(byte[] bytes, String file) throws IOException {
    String problem = "not a JSON object";
    try {
      JsonNode json = Tree.read(bytes);
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      problem = "broken JSON: " + e.getOriginalMessage();
    } catch (CharConversionException e) {
      problem = "broken JSON: not UTF-8";
    }
    throw new ModelFormatException(file, ModelFile.MODEL, problem);
  }

  /**
   * Refuses an unknown key of a record where it is read: Jackson would create the record first, and
   * report what it lacks because of the misspelt key.
   */
  private static final class KnownKeys extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription type, JsonDeserializer<?> standard) {
      boolean keyed =
          type.getBeanClass().isRecord()
              && standard instanceof BeanDeserializerBase bean
              && bean.getValueInstantiator().canCreateFromObjectWith()
              && !bean.getValueInstantiator().canCreateUsingDelegate();
      return keyed ? new Checked(standard) : standard;
    }

    private static final class Checked extends DelegatingDeserializer {
      private static final long serialVersionUID = 1L;

      Checked(JsonDeserializer<?> standard) {
        super(standard);
      }

      @Override
      protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> standard) {
        return new Checked(standard);
      }

      @Override
      public Object deserialize(JsonParser parser, DeserializationContext context)
          throws IOException {
        return super.deserialize(new CheckedParser(parser, handledType(), known()), context);
      }

      private Collection<Object> known() {
        Collection<Object> names = getDelegatee().getKnownPropertyNames();
        return names == null ? List.of() : names;
      }
    }

    /** Checks the keys of the object at which it begins. */
    private static final class CheckedParser extends JsonParserDelegate {
      private final Class<?> type;
      private final Collection<Object> known;
      private final @Nullable JsonStreamContext object;

      CheckedParser(JsonParser parser, Class<?> type, Collection<Object> known) {
        super(parser);
        this.type = type;
        this.known = known;
        this.object = parser.hasToken(JsonToken.START_OBJECT) ? parser.getParsingContext() : null;
      }

      @Override
      public @Nullable JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token == JsonToken.FIELD_NAME
            && getParsingContext() == object
            && !known.contains(currentName())) {
          throw UnrecognizedPropertyException.from(this, type, currentName(), known);
        }
        return token;
      }
    }
  }

  /**
   * Reads JSON as a tree without an {@code ObjectMapper}, whose classes take longer to load than a
   * model to be read. What it accepts and returns is the same.
   */
  static final class Tree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Tree() {}

    /**
     * Reads the first value of a text.
     *
     * @return null if it is blank
     * @throws com.fasterxml.jackson.core.JsonProcessingException if it is broken
     */
    static @Nullable JsonNode read(String json) throws IOException {
      try (JsonParser parser = new JsonFactory().createParser(json)) {
        return first(parser);
      }
    }

    /** As above, of a text in UTF-8, or in UTF-16 or UTF-32 as JSON may be. */
    static @Nullable JsonNode read(byte[] json) throws IOException {
      try (JsonParser parser = new JsonFactory().createParser(json)) {
        return first(parser);
      }
    }

    private static @Nullable JsonNode first(JsonParser parser) throws IOException {
      return parser.nextToken() == null ? null : value(parser);
    }

    private static JsonNode value(JsonParser parser) throws IOException {
      JsonToken token = parser.currentToken();
      return switch (token) {
        case START_OBJECT -> object(parser);
        case START_ARRAY -> array(parser);
        case VALUE_STRING -> NODES.textNode(parser.getText());
        case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
        case VALUE_NULL -> NODES.nullNode();
        case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
        case VALUE_NUMBER_INT ->
            switch (parser.getNumberType()) {
              case INT -> NODES.numberNode(parser.getIntValue());
              case LONG -> NODES.numberNode(parser.getLongValue());
              default -> NODES.numberNode(parser.getBigIntegerValue());
            };
        default -> throw new JsonParseException(parser, "no value, but " + token);
      };
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
      ObjectNode object = NODES.objectNode();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        object.set(name, value(parser));
      }
      return object;
    }

    private static ArrayNode array(JsonParser parser) throws IOException {
      ArrayNode array = NODES.arrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(value(parser));
      }
      return array;
    }
  }
}
