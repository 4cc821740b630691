package io.github.rnnotator.tagger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.github.rnnotator.embed.EmbedConfig;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

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
  public static JsonNode header(ObjectMapper mapper, byte[] bytes, String file) throws IOException {
    String problem = "not a JSON object";
    try {
      JsonNode json = mapper.readTree(bytes);
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
}
