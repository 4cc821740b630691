package io.github.rnnotator.train.segmenter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Tokens by their kind, with which the text of a language is varied. Immutable.
 *
 * @param kinds maps a kind, such as {@code title}, to its tokens
 */
record WordLists(Map<String, List<String>> kinds) {
  /** Reads the lists of a language; a language without lists has empty ones. */
  static WordLists of(String language) {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    try (InputStream in = WordLists.class.getResourceAsStream(language + ".txt")) {
      if (in != null) {
        new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("\\s+"))
            .forEach(cells -> kinds.put(cells[0], Arrays.asList(cells).subList(1, cells.length)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new WordLists(kinds);
  }

  /** Whether there are tokens of a kind. */
  boolean has(String kind) {
    return kinds.containsKey(kind);
  }

  /** Returns a token of a kind. */
  String any(String kind, RandomGenerator random) {
    List<String> tokens = kinds.getOrDefault(kind, List.of());
    return tokens.get(random.nextInt(tokens.size()));
  }
}
