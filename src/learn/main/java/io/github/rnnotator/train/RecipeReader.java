package io.github.rnnotator.train;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.text.Nearest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads recipes, with messages that name file, line and key.
 *
 * @param yaml maps them
 * @param type what is read
 * @param keys what a recipe needs, for messages
 */
public record RecipeReader<T>(ObjectMapper yaml, Class<T> type, String keys) {
  /** In bytes. */
  private static final int LARGEST = 1 << 20;

  /** Returns {@code input.format} of a file; empty if it can't be told. */
  static String format(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
        return "";
      }
      JsonNode tree =
          new ObjectMapper(new YAMLFactory())
              .readTree(Files.readString(file, StandardCharsets.UTF_8));
      return tree == null ? "" : tree.path("input").path("format").asText();
    } catch (IOException e) {
      // Whoever reads it whole says what is wrong.
      return "";
    }
  }

  /**
   * Reads a configuration.
   *
   * @param settings values to override, by dotted key, in YAML
   * @throws InputException if it is not a valid configuration
   * @throws SettingException if one of the settings is not valid
   */
  public T read(Path file, Map<String, String> settings) throws IOException {
    return read(file, tree -> {}, settings);
  }

  /**
   * Reads a configuration that may lack sections.
   *
   * @param completion adds what is missing
   * @param settings values to override, by dotted key, in YAML
   * @throws InputException if it is not a valid configuration
   * @throws SettingException if one of the settings is not valid
   */
  T read(Path file, Consumer<ObjectNode> completion, Map<String, String> settings)
      throws IOException {
    String text = text(file);
    String rest = "";
    try {
      if (!(yaml.readTree(text) instanceof ObjectNode own)) {
        throw new InputException(file + ": empty, expected a configuration with " + keys);
      }
      ObjectNode tree = own.deepCopy();
      completion.accept(tree);
      if (tree.size() == own.size()) {
        // The text itself, where it is complete, since errors then have line numbers.
        yaml.readValue(text, type);
      } else {
        rest = " (sections that the file lacks are the model's)";
      }
      return settings.isEmpty() ? yaml.treeToValue(tree, type) : replaced(tree, settings);
    } catch (JsonProcessingException e) {
      throw new InputException(file + place(e.getLocation()) + ": " + problem(e) + rest);
    }
  }

  private static String text(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new InputException(file + ": a folder, expected a file");
    }
    if (Files.notExists(file)) {
      throw new InputException(file + ": no such file");
    }
    if (Files.size(file) > LARGEST) {
      throw new InputException(
          file + ": more than " + (LARGEST >> 20) + " MiB, which is not a configuration");
    }
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new InputException(file + ": not UTF-8");
    }
  }

  /** Settings may complete a configuration; if it is invalid without them, too, it is to blame. */
  private T replaced(ObjectNode tree, Map<String, String> settings) throws IOException {
    ObjectNode before = tree.deepCopy();
    try {
      return of(tree, settings);
    } catch (SettingException e) {
      yaml.treeToValue(before, type);
      throw e;
    }
  }

  /** Returns a configuration with these values replaced. */
  T of(ObjectNode tree, Map<String, String> settings) throws IOException {
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      set(tree, setting.getKey(), value(setting));
    }
    try {
      return yaml.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new SettingException("", problem(e));
    }
  }

  private JsonNode value(Map.Entry<String, String> setting) throws SettingException {
    try {
      return yaml.readTree(setting.getValue());
    } catch (JsonProcessingException e) {
      throw new SettingException(
          setting.getKey() + "=" + setting.getValue(),
          firstLine(e.getOriginalMessage()) + ", expected a value in YAML");
    }
  }

  private static void set(ObjectNode tree, String key, JsonNode value) throws SettingException {
    ObjectNode node = tree;
    String[] parts = key.split("\\.");
    for (int i = 0; i < parts.length - 1; i++) {
      JsonNode child = node.path(parts[i]);
      if (child.isMissingNode() || child.isNull()) {
        child = node.putObject(parts[i]);
      }
      if (!(child instanceof ObjectNode object)) {
        throw new SettingException(key, parts[i] + " has no keys");
      }
      node = object;
    }
    node.set(parts[parts.length - 1], value);
  }

  private static String place(@Nullable JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : ":" + location.getLineNr() + ":" + location.getColumnNr();
  }

  private static String problem(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      Collection<Object> known =
          Objects.requireNonNullElse(unknown.getKnownPropertyIds(), List.of());
      return "unknown key '"
          + unknown.getPropertyName()
          + "'"
          + nearest(unknown.getPropertyName(), known)
          + "; known here: "
          + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }
    if (e instanceof InvalidFormatException invalid) {
      Class<?> type = invalid.getTargetType();
      Object[] constants = type.isEnum() ? type.getEnumConstants() : new Object[0];
      String expected =
          constants.length == 0
              ? type.getSimpleName()
              : java.util.Arrays.stream(constants)
                  .map(c -> c.toString().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", "));
      return path(invalid) + " is '" + invalid.getValue() + "', expected " + expected;
    }
    if (e instanceof ValueInstantiationException invalid && invalid.getCause() != null) {
      return String.valueOf(invalid.getCause().getMessage());
    }
    if (e instanceof JsonMappingException mapping) {
      if (mapping.getCause() instanceof InputCoercionException number) {
        String type = number.getTargetType().getSimpleName();
        return path(mapping) + " is a number beyond any range, expected " + type;
      }
      if (mapping instanceof MismatchedInputException mismatch
          && mismatch.getTargetType() != null) {
        return path(mapping)
            + " is another kind of value, expected "
            + mismatch.getTargetType().getSimpleName();
      }
      return path(mapping) + ": " + firstLine(mapping.getOriginalMessage());
    }
    return "broken YAML: " + firstLine(e.getOriginalMessage());
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(r -> r.getFieldName() == null ? Integer.toString(r.getIndex()) : r.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }

  private static String nearest(String key, Collection<Object> known) {
    return Nearest.to(key, known.stream().map(String::valueOf).toList())
        .map(candidate -> ", did you mean '" + candidate + "'?")
        .orElse("");
  }
}
