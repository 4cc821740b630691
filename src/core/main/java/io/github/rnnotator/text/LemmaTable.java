package io.github.rnnotator.text;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lemmas by form and tag: a hash table over one text with all of them, which is fast to create and
 * takes a fifth of the memory of a map of strings. Immutable.
 */
final class LemmaTable {
  private static final char SEPARATOR = '\t';

  private final String text;

  /**
   * Three places of each entry in the text: its form, then a tab and its tag, up to the second
   * place; a tab and its lemma, up to the third. An empty lemma is equal to the form.
   */
  private final int[] places;

  private final int size;

  /** 1 + the number of an entry at the first free slot from its hash; the length a power of 2. */
  private final int[] byKey;

  /** The same by the hash of the lemma; created when first needed. */
  private volatile int @Nullable [] byLemma;

  /** The lemma of each entry that was requested. */
  private final @Nullable String[] lemmas;

  private LemmaTable(String text, int[] places, int size) {
    this.text = text;
    this.places = places;
    this.size = size;
    this.lemmas = new String[size];
    this.byKey = new int[Integer.highestOneBit(Math.max(1, size)) * 4];
    for (int entry = 0; entry < size; entry++) {
      int begin = begin(entry);
      int tab = text.indexOf(SEPARATOR, begin);
      int slot = mixed(31 * hash(begin, tab) + hash(tab + 1, keyEnd(entry))) & byKey.length - 1;
      while (byKey[slot] != 0 && !isSameKey(byKey[slot] - 1, entry)) {
        slot = slot + 1 & byKey.length - 1;
      }
      // The last of equal entries counts.
      byKey[slot] = entry + 1;
    }
  }

  /** Collects the entries of a text. Not thread-safe. */
  static final class Builder {
    private final String text;
    private int[] places = new int[3 * 64];
    private int size;

    /**
     * @param text with all entries
     */
    Builder(String text) {
      this.text = text;
    }

    /**
     * Adds an entry {@code FORM, tab, TAG, tab, LEMMA}.
     *
     * @param begin of the form
     * @param keyEnd after the tag
     * @param end after the lemma
     */
    void add(int begin, int keyEnd, int end) {
      if (places.length < 3 * (size + 1)) {
        places = Arrays.copyOf(places, 2 * places.length);
      }
      places[3 * size] = begin;
      places[3 * size + 1] = keyEnd;
      places[3 * size + 2] = end;
      size++;
    }

    LemmaTable build() {
      return new LemmaTable(text, Arrays.copyOf(places, 3 * size), size);
    }
  }

  /** Creates a table of a map, whose keys are forms and tags that a tab separates. */
  static LemmaTable of(Map<String, String> lemmas) {
    StringBuilder text = new StringBuilder();
    lemmas.forEach((key, lemma) -> text.append(key).append(SEPARATOR).append(lemma).append('\n'));
    Builder table = new Builder(text.toString());
    int begin = 0;
    for (Map.Entry<String, String> entry : lemmas.entrySet()) {
      int keyEnd = begin + entry.getKey().length();
      int end = keyEnd + 1 + entry.getValue().length();
      table.add(begin, keyEnd, end);
      begin = end + 1;
    }
    return table.build();
  }

  /** Returns the entries, sorted by key. */
  Map<String, String> toMap() {
    Map<String, String> all = new TreeMap<>();
    for (int entry = 0; entry < size; entry++) {
      all.put(text.substring(begin(entry), keyEnd(entry)), lemma(entry));
    }
    return new LinkedHashMap<>(all);
  }

  /** Returns a lemma, or null. */
  @Nullable String find(String form, String tag) {
    int slot = mixed(31 * form.hashCode() + tag.hashCode()) & byKey.length - 1;
    while (byKey[slot] != 0) {
      int entry = byKey[slot] - 1;
      int tab = begin(entry) + form.length();
      if (tab + 1 + tag.length() == keyEnd(entry)
          && text.charAt(tab) == SEPARATOR
          && text.startsWith(form, begin(entry))
          && text.startsWith(tag, tab + 1)) {
        return lemma(entry);
      }
      slot = slot + 1 & byKey.length - 1;
    }
    return null;
  }

  /** Whether a string is the lemma of an entry. */
  boolean hasLemma(String lemma) {
    int[] slots = byLemma;
    if (slots == null) {
      slots = lemmaSlots();
      byLemma = slots;
    }
    int slot = mixed(lemma.hashCode()) & slots.length - 1;
    while (slots[slot] != 0) {
      int entry = slots[slot] - 1;
      int from = lemmaBegin(entry);
      if (lemmaEnd(entry) - from == lemma.length() && text.startsWith(lemma, from)) {
        return true;
      }
      slot = slot + 1 & slots.length - 1;
    }
    return false;
  }

  private int[] lemmaSlots() {
    int[] slots = new int[byKey.length];
    // Not all entries: some are replaced by later ones.
    for (int used : byKey) {
      if (used == 0) {
        continue;
      }
      int entry = used - 1;
      int from = lemmaBegin(entry);
      int to = lemmaEnd(entry);
      int slot = mixed(hash(from, to)) & slots.length - 1;
      while (slots[slot] != 0 && !isSame(from, to, slots[slot] - 1)) {
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = entry + 1;
    }
    return slots;
  }

  private boolean isSame(int from, int to, int other) {
    int begin = lemmaBegin(other);
    return lemmaEnd(other) - begin == to - from && text.regionMatches(from, text, begin, to - from);
  }

  private boolean isSameKey(int a, int b) {
    int length = keyEnd(a) - begin(a);
    return length == keyEnd(b) - begin(b) && text.regionMatches(begin(a), text, begin(b), length);
  }

  private String lemma(int entry) {
    String known = lemmas[entry];
    if (known == null) {
      known = text.substring(lemmaBegin(entry), lemmaEnd(entry));
      lemmas[entry] = known;
    }
    return known;
  }

  private int begin(int entry) {
    return places[3 * entry];
  }

  private int keyEnd(int entry) {
    return places[3 * entry + 1];
  }

  private int end(int entry) {
    return places[3 * entry + 2];
  }

  private boolean isForm(int entry) {
    return end(entry) == keyEnd(entry) + 1;
  }

  private int lemmaBegin(int entry) {
    return isForm(entry) ? begin(entry) : keyEnd(entry) + 1;
  }

  private int lemmaEnd(int entry) {
    return isForm(entry) ? text.indexOf(SEPARATOR, begin(entry)) : end(entry);
  }

  /** Returns the hash code of a part of the text as a string. */
  private int hash(int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return hash;
  }

  /** Mixes all bits, or words that differ only in their last letters would cluster. */
  private static int mixed(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 15;
  }
}
