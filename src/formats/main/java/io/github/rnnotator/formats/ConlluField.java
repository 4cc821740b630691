package io.github.rnnotator.formats;

import io.github.rnnotator.text.TagScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The field of a head's tags in a CoNLL-U line: a column, or an attribute in the column MISC.
 *
 * @param column the column's index, from 0
 * @param key the attribute's name in MISC; empty for a whole column
 */
record ConlluField(int column, String key) {
  static final int COLUMNS = 10;
  static final int ID = 0;
  static final int FORM = 1;
  static final int MISC = 9;

  /** The column of features, in which {@code _} is a value: none. */
  static final String FEATS = "feats";

  private static final String MISC_PREFIX = "misc:";
  private static final int LEMMA = 2;
  private static final int UPOS = 3;
  private static final int XPOS = 4;
  private static final Map<String, Integer> NAMED =
      Map.of("lemma", LEMMA, "upos", UPOS, "xpos", XPOS, FEATS, 5, "deprel", 7);

  private static final String KNOWN =
      " in CoNLL-U; use lemma, upos, xpos, feats, deprel or misc:KEY";

  /** Parses the field of a head. */
  static ConlluField of(String head, String name) {
    return parse(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "head '" + head + "': '" + name + "' is not a column for tags" + KNOWN));
  }

  /** Parses the field of a model's input. */
  static ConlluField ofInput(String name) {
    return parse(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the model reads the column '"
                        + name
                        + "' (embed.columns), which is not one"
                        + KNOWN));
  }

  private static Optional<ConlluField> parse(String name) {
    Integer column = NAMED.get(name);
    if (column != null) {
      return Optional.of(new ConlluField(column, ""));
    }
    String key = name.startsWith(MISC_PREFIX) ? name.substring(MISC_PREFIX.length()) : "";
    return key.isEmpty() || key.chars().anyMatch(c -> c <= ' ' || c == '=' || c == '|')
        ? Optional.empty()
        : Optional.of(new ConlluField(MISC, key));
  }

  /** The field of a head that is not mapped. */
  static ConlluField ofUnmapped(String head) {
    return of(head, nameOfUnmapped(head));
  }

  /** The name of that field. */
  static String nameOfUnmapped(String head) {
    return NAMED.containsKey(head) ? head : MISC_PREFIX + head.toUpperCase(Locale.ROOT);
  }

  /** Whether {@code _} means that a word has no tag here; else it is a value. */
  boolean marksMissing() {
    return column == LEMMA || column == UPOS || column == XPOS || !key.isEmpty();
  }

  String get(List<String> cells) {
    if (key.isEmpty()) {
      return cells.get(column);
    }
    for (String attribute : cells.get(MISC).split("\\|")) {
      if (attribute.startsWith(key + "=")) {
        return attribute.substring(key.length() + 1);
      }
    }
    return TagScheme.OUTSIDE;
  }

  /** Sets a tag; cells that have it already are not changed. */
  void set(List<String> cells, String tag) {
    if (get(cells).equals(tag)) {
      return;
    }
    if (key.isEmpty()) {
      cells.set(column, tag);
      return;
    }
    List<String> attributes = new ArrayList<>();
    boolean found = false;
    if (!cells.get(MISC).equals("_") && !cells.get(MISC).isEmpty()) {
      for (String attribute : cells.get(MISC).split("\\|", -1)) {
        boolean here = !found && attribute.startsWith(key + "=");
        attributes.add(here ? key + "=" + tag : attribute);
        found |= here;
      }
    }
    if (!found) {
      attributes.add(key + "=" + tag);
    }
    cells.set(MISC, String.join("|", attributes));
  }

  /** Whether this field can hold the tag. */
  boolean holds(String tag) {
    return !tag.isEmpty() && fits(tag) && (key.isEmpty() || tag.indexOf('|') < 0);
  }

  /** Whether a cell can hold the text. */
  static boolean fits(String text) {
    return text.indexOf('\t') < 0 && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
  }
}
