package io.github.rnnotator.nn.seq2seq;

import static io.github.rnnotator.nn.seq2seq.EncoderDecoder.BOUNDARY;

import org.jspecify.annotations.Nullable;

/** Symbols of an output, as a list that shares its beginning with others. Immutable. */
final class Written {
  static final Written NOTHING = new Written(null, BOUNDARY, 0, 1);
  private static final int HASH_FACTOR = 31;

  private final @Nullable Written before;
  private final int symbol;
  private final int length;
  private final int hash;

  private Written(@Nullable Written before, int symbol, int length, int hash) {
    this.before = before;
    this.symbol = symbol;
    this.length = length;
    this.hash = hash;
  }

  /** Returns these symbols and another one. */
  Written and(int next) {
    return new Written(this, next, length + 1, HASH_FACTOR * hash + next);
  }

  /** The last symbol, or the boundary before the first. */
  int symbol() {
    return symbol;
  }

  int length() {
    return length;
  }

  int[] symbols() {
    int[] symbols = new int[length];
    int at = length;
    for (Written w = this; w != null && w.length > 0; w = w.before) {
      symbols[--at] = w.symbol;
    }
    return symbols;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Written written) || written.hash != hash || written.length != length) {
      return false;
    }
    Written a = this;
    Written b = written;
    while (a != b && a != null && b != null) {
      if (a.symbol != b.symbol) {
        return false;
      }
      a = a.before;
      b = b.before;
    }
    return true;
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
