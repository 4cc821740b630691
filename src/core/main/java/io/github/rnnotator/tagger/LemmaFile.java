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
    LemmaDictionary.Lines entries = new LemmaDictionary.Lines(text);
    int number = 0;
    int end = 0;
    for (int begin = 0; begin < text.length(); begin = end + 1) {
      number++;
      end = text.indexOf('\n', begin);
      end = end < 0 ? text.length() : end;
      int first = tab(text, begin, end);
      int second = tab(text, first + 1, end);
      int third = tab(text, second + 1, end);
      boolean whole = second < end && (third == end || tab(text, third + 1, end) == end);
      if (whole && third == end && text.startsWith(HEAD + "\t", begin)) {
        add(all, head, entries.build(tags));
        head = text.substring(first + 1, second);
        tags = text.substring(second + 1, end);
        entries = new LemmaDictionary.Lines(text);
        checkHeads(labels, head, tags);
      } else if (whole
          && third < end
          && text.startsWith(WORD + "\t", begin)
          && second > first + 1
          && number > 1) {
        entries.add(first + 1, third, end);
      } else {
        throw new IllegalArgumentException(
            "line " + number + " is not a head or a word with its tag and lemma");
      }
    }
    add(all, head, entries.build(tags));
    return all;
  }

  /** Returns where the next tab is, or the end of the line. */
  private static int tab(String text, int from, int end) {
    int tab = text.indexOf('\t', Math.min(from, end));
    return tab < 0 ? end : Math.min(tab, end);
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
