package io.github.rnnotator.keras;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Texts as sequences of ids, as Keras' {@code Tokenizer} makes them: words in lower case, numbered
 * from 2 by their frequency in the texts it was fitted to. 0 is not used, as in Keras, and 1 is any
 * other word. Immutable.
 *
 * <pre>{@code
 * TextSequences words = TextSequences.fit(texts, 10000);
 * int[][] x = words.sequences(texts);
 * }</pre>
 */
public final class TextSequences {
  private static final int OTHER = 1;

  private final Map<String, Integer> ids;

  private TextSequences(Map<String, Integer> ids) {
    this.ids = ids;
  }

  /**
   * Numbers the words of these texts; among words of the same frequency the first comes first.
   *
   * @param numWords the number of ids, from 0; rarer words are id 1. At least 2.
   */
  public static TextSequences fit(List<String> texts, int numWords) {
    if (numWords < 2) {
      throw new IllegalArgumentException(
          numWords + " ids, expected at least 2 (0 and 1 have a use)");
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String text : texts) {
      for (String word : words(text)) {
        counts.merge(word, 1, Integer::sum);
      }
    }
    Map<String, Integer> ids = new HashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(numWords - 2L)
        .forEach(word -> ids.put(word.getKey(), ids.size() + 2));
    return new TextSequences(ids);
  }

  /** The number of ids, from 0: the {@code inputDim} of an {@link Embedding}. */
  public int size() {
    return ids.size() + 2;
  }

  /** Returns the ids of each text, at least one: a text without words is id 1. */
  public int[][] sequences(List<String> texts) {
    return texts.stream().map(this::sequence).toArray(int[][]::new);
  }

  private int[] sequence(String text) {
    List<String> words = words(text);
    return words.isEmpty()
        ? new int[] {OTHER}
        : IntStream.range(0, words.size())
            .map(i -> ids.getOrDefault(words.get(i), OTHER))
            .toArray();
  }

  /** Words are separated by white space and by the punctuation that Keras filters. */
  private static List<String> words(String text) {
    return Arrays.stream(
            text.toLowerCase(Locale.ROOT).split("[\\s!\"#$%&()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~]+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
