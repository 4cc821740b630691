package io.github.rnnotator.embed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Words by number and numbers by word, in some 20 bytes a word beside its UTF-8: a hash table with
 * open addressing over the words as they lie side by side in a file. Immutable.
 */
final class WordIndex {
  /** Each word's UTF-8 and a line feed. */
  private final byte[] words;

  /** Where each word begins, and where the next one would after the last. */
  private final int[] begins;

  /** 1 + the word's number at the first free place from its hash on; a power of 2 of places. */
  private final int[] slots;

  private WordIndex(byte[] words, int[] begins, int[] slots) {
    this.words = words;
    this.begins = begins;
    this.slots = slots;
  }

  /**
   * An index of words that are each followed by a line feed.
   *
   * @param words kept, not copied
   * @param size how many there are
   * @throws IllegalArgumentException if there are not so many, or one is empty or stands twice
   */
  static WordIndex of(byte[] words, int size) {
    int[] begins = new int[size + 1];
    int found = 0;
    for (int i = 0; i < words.length; i++) {
      if (words[i] == '\n') {
        if (found == size || i == begins[found]) {
          throw new IllegalArgumentException(
              found == size ? "more than " + size + " words" : "word " + (found + 1) + " is empty");
        }
        begins[++found] = i + 1;
      }
    }
    if (found != size || begins[found] != words.length) {
      throw new IllegalArgumentException(found + " words, expected " + size);
    }
    int[] slots = new int[Integer.highestOneBit(Math.max(1, size)) * 4];
    WordIndex index = new WordIndex(words, begins, slots);
    for (int row = 0; row < size; row++) {
      int slot = index.slot(words, begins[row], begins[row + 1] - 1);
      if (slots[slot] != 0) {
        throw new IllegalArgumentException("'" + index.word(row) + "' stands twice");
      }
      slots[slot] = row + 1;
    }
    return index;
  }

  int size() {
    return begins.length - 1;
  }

  /** The bytes of all words with their line feeds. */
  int bytes() {
    return words.length;
  }

  /** The words with their line feeds, not to be modified. */
  byte[] utf8() {
    return words;
  }

  String word(int row) {
    return new String(
        words, begins[row], begins[row + 1] - 1 - begins[row], StandardCharsets.UTF_8);
  }

  /** The number of a word, or -1. */
  int row(String word) {
    byte[] key = word.getBytes(StandardCharsets.UTF_8);
    return slots[slot(key, 0, key.length)] - 1;
  }

  /** The place of these bytes, or the free one where they would be put. */
  private int slot(byte[] key, int from, int to) {
    int mask = slots.length - 1;
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + key[i];
    }
    // Spread over all bits, or words that differ in their last letters alone crowd together.
    hash *= 0x9E3779B9;
    int slot = (hash ^ hash >>> 15) & mask;
    while (slots[slot] != 0) {
      int row = slots[slot] - 1;
      if (Arrays.equals(words, begins[row], begins[row + 1] - 1, key, from, to)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
