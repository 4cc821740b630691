package io.github.rnnotator.tagger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;

/**
 * Maps configuration records to JSON and YAML: keys in snake case, enum constants in lower case,
 * unknown keys rejected.
 */
public final class ConfigJson {
  private ConfigJson() {}

  /** Creates a mapper for one syntax: {@code new JsonFactory()} or {@code new YAMLFactory()}. */
  public static ObjectMapper mapper(JsonFactory syntax) {
    return JsonMapper.builder(syntax)
        .addModule(new ParameterNamesModule())
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .serializationInclusion(JsonInclude.Include.NON_NULL)
        .build();
  }
}
