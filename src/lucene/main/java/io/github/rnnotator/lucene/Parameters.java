package io.github.rnnotator.lucene;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads parameters of factories. */
final class Parameters {
  private Parameters() {}

  /**
   * Checks that every parameter was read.
   *
   * @throws IllegalArgumentException if one is left
   */
  static void requireNoOther(Map<String, String> args) {
    if (!args.isEmpty()) {
      throw new IllegalArgumentException("Unknown parameters: " + args);
    }
  }

  /**
   * Returns the constant of this name, ignoring case.
   *
   * @throws IllegalArgumentException if the type has no such constant
   */
  static <E extends Enum<E>> E choice(Class<E> type, String parameter, String value) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        parameter
            + " is '"
            + value
            + "', expected one of "
            + Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList());
  }

  /**
   * Reads {@code PER=person, ORG=company}.
   *
   * @throws IllegalArgumentException if the value has another form
   */
  static Map<String, String> types(String value) {
    Map<String, String> types = new LinkedHashMap<>();
    for (String pair : value.split(",", -1)) {
      int equals = pair.indexOf('=');
      String type = equals < 0 ? "" : pair.substring(0, equals).strip();
      String prefix = pair.substring(equals + 1).strip();
      if (type.isEmpty() || prefix.isEmpty()) {
        throw new IllegalArgumentException(
            "types is '" + value + "', expected pairs like PER=person, ORG=organization");
      }
      types.put(type, prefix);
    }
    return types;
  }
}
