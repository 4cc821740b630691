package io.github.rnnotator.tagger;

import io.github.rnnotator.text.LemmaDictionary;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code lemmas.tsv}, the dictionaries of a model, one entry per line with tabs between the
 * columns. A line {@code head}, with the head of the lemmas and that of the tags, begins a
 * dictionary. A lemma equal to its form is left out:
 *
 * <pre>
 *   head    lemma   upos
 *   word    book    NOUN
 *   word    books   NOUN    book
 * </pre>
 */
final class LemmaFile {
  private static final String HEAD = "head";
  private static final String WORD = "word";

  private LemmaFile() {}

  /** Returns the bytes of the dictionaries; empty if no head has one. */
  static byte[] bytes(Map<String, Labels> labels) {
    StringBuilder lines = new StringBuilder();
    labels.forEach(
        (head, l) -> {
          LemmaDictionary dictionary = l.dictionary();
          if (dictionary != null) {
            line(lines, HEAD, head, dictionary.tags());
            dictionary.lemmas().forEach((key, lemma) -> append(lines, key, lemma));
          }
        });
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder lines, String key, String lemma) {
    String form = key.substring(0, key.indexOf('\t'));
    line(lines, WORD, key, lemma.equals(form) ? "" : lemma);
  }

  private static void line(StringBuilder lines, String... cells) {
    lines.append(String.join("\t", cells)).append('\n');
  }

  /**
   * Returns the labels with their dictionaries.
   *
   * @throws IllegalArgumentException if a line is not as above, or a head has no lemmas or no tags
   */
  static Map<String, Labels> parse(String text, Map<String, Labels> labels) {
    Map<String, Labels> all = new LinkedHashMap<>(labels);
    String head = "";
    String tags = "";
    Map<String, String> lemmas = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.split("\n")) {
      number++;
      String[] cells = line.split("\t", -1);
      if (cells.length == 3 && cells[0].equals(HEAD)) {
        add(all, head, new LemmaDictionary(tags, lemmas));
        head = cells[1];
        tags = cells[2];
        lemmas.clear();
        checkHeads(labels, head, tags);
      } else if (cells.length == 4 && cells[0].equals(WORD) && !cells[1].isEmpty() && number > 1) {
        lemmas.put(cells[1] + "\t" + cells[2], cells[3].isEmpty() ? cells[1] : cells[3]);
      } else {
        throw new IllegalArgumentException(
            "line " + number + " is not a head or a word with its tag and lemma");
      }
    }
    add(all, head, new LemmaDictionary(tags, lemmas));
    return all;
  }

  private static void add(Map<String, Labels> labels, String head, LemmaDictionary dictionary) {
    labels.computeIfPresent(head, (name, l) -> l.with(dictionary));
  }

  private static void checkHeads(Map<String, Labels> labels, String head, String tags) {
    Labels scripts = labels.get(head);
    Labels tagged = labels.get(tags);
    if (scripts == null || !scripts.areScripts()) {
      throw new IllegalArgumentException("head '" + head + "' is not one of lemmas");
    }
    if (!tags.isEmpty() && (tagged == null || tagged.areScripts())) {
      throw new IllegalArgumentException("head '" + tags + "' is not one of tags");
    }
  }
}
