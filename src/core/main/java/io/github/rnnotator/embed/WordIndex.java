package io.github.rnnotator.embed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Maps words to row numbers and back, in about 20 bytes per word plus its UTF-8: a hash table with
 * open addressing over the concatenated words of a file. Immutable.
 */
final class WordIndex {
  /** Each word in UTF-8, followed by a line feed. */
  private final byte[] words;

  /** The start of each word, and the end of the last. */
  private final int[] begins;

  /** 1 + the word's row at the first free slot from its hash; the length is a power of 2. */
  private final int[] slots;

  private WordIndex(byte[] words, int[] begins, int[] slots) {
    this.words = words;
    this.begins = begins;
    this.slots = slots;
  }

  /**
   * Indexes words that are each followed by a line feed.
   *
   * @param words kept, not copied
   * @param size the number of words
   * @throws IllegalArgumentException if the number differs, or a word is empty or occurs twice
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
        throw new IllegalArgumentException("'" + index.word(row) + "' occurs twice");
      }
      slots[slot] = row + 1;
    }
    return index;
  }

  int size() {
    return begins.length - 1;
  }

  /** The size in bytes of all words with their line feeds. */
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

  /** The row of a word, or -1. */
  int row(String word) {
    byte[] key = word.getBytes(StandardCharsets.UTF_8);
    return slots[slot(key, 0, key.length)] - 1;
  }

  /** The slot of these bytes, or the free one where they would be inserted. */
  private int slot(byte[] key, int from, int to) {
    int mask = slots.length - 1;
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + key[i];
    }
    // Mix all bits, or words that differ only in their last letters would cluster.
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
