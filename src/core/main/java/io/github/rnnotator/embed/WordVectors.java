package io.github.rnnotator.embed;

import io.github.rnnotator.ops.Halves;
import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Pretrained word vectors as a compact table: words in UTF-8, numbers of 16 or 8 bits, rows in the
 * order of the source file, most frequent first. Immutable.
 *
 * <p>A word is looked up {@link #find as written, then in lower case, then with 0 for every digit}.
 */
public final class WordVectors {
  /** The storage type of numbers. */
  public enum Type {
    /** 16-bit floats: a relative error of at most 2^-11, or 2^-25 absolute if that is more. */
    F16,
    /**
     * Integers -127 to 127 times a scale per vector: an absolute error of at most 1/253 of the
     * vector's largest magnitude.
     */
    I8
  }

  /** The rows, {@code [size x dim]}. */
  sealed interface Rows {
    /** Decodes one row. */
    void copy(int row, int dim, float[] out, int at);
  }

  /** 16-bit floats. */
  record HalfRows(short[] values) implements Rows {
    @Override
    public void copy(int row, int dim, float[] out, int at) {
      for (int i = 0; i < dim; i++) {
        out[at + i] = Halves.toFloat(values[row * dim + i]);
      }
    }
  }

  /**
   * 8-bit integers with a scale per row.
   *
   * @param values with other bytes before the first row, such as the rest of its file
   * @param begin of the first row
   */
  record ByteRows(byte[] values, int begin, float[] scales) implements Rows {
    @Override
    public void copy(int row, int dim, float[] out, int at) {
      int from = begin + row * dim;
      for (int i = 0; i < dim; i++) {
        out[at + i] = values[from + i] * scales[row];
      }
    }
  }

  /** Above this, the scale of 8-bit numbers would overflow. */
  private static final float GREATEST = 0x1p127f;

  private final int dim;
  private final WordIndex words;
  private final Rows rows;

  /** Creates a table; the parts must have matching sizes. */
  WordVectors(int dim, WordIndex words, Rows rows) {
    this.dim = dim;
    this.words = words;
    this.rows = rows;
  }

  /** The number of words. */
  public int size() {
    return words.size();
  }

  /** The length of each vector. */
  public int dim() {
    return dim;
  }

  /** The storage type. */
  public Type type() {
    return rows instanceof HalfRows ? Type.F16 : Type.I8;
  }

  /** The size of all words and numbers in bytes. */
  public long bytes() {
    return words.bytes() + (long) size() * (type() == Type.F16 ? 2L * dim : dim + 4L);
  }

  /** The word of a row. */
  public String word(int row) {
    return words.word(row);
  }

  /** Returns the row of the first lookup key of a token that has a vector, or -1. */
  public int find(String written) {
    String form = LookupForm.of(written);
    int row = words.row(form);
    if (row >= 0) {
      return row;
    }
    String lower = WordForms.lower(form);
    row = lower.equals(form) ? -1 : words.row(lower);
    if (row >= 0) {
      return row;
    }
    String zeros = WordForms.zeros(lower);
    return zeros.equals(lower) ? -1 : words.row(zeros);
  }

  /** Returns all lookup keys of the tokens of these sentences. */
  public static Set<String> keysOf(Iterable<Sentence> sentences) {
    Set<String> keys = new HashSet<>();
    for (Sentence sentence : sentences) {
      for (String written : sentence.forms()) {
        String form = LookupForm.of(written);
        String lower = WordForms.lower(form);
        keys.add(form);
        keys.add(lower);
        keys.add(WordForms.zeros(lower));
      }
    }
    return keys;
  }

  /** Copies a row to {@code out[at...]}. */
  public void copy(int row, float[] out, int at) {
    rows.copy(row, dim, out, at);
  }

  WordIndex index() {
    return words;
  }

  Rows rows() {
    return rows;
  }

  /** Returns the SHA-256 of the table's file in hexadecimal, equal for equal tables. */
  public String sha256() {
    try {
      return Sha256.of(out -> VectorFile.write(out, this));
    } catch (IOException e) {
      throw new UncheckedIOException("in-memory streams do not fail", e);
    }
  }

  /** Builds a table of words and vectors. Not thread-safe. */
  public static final class Builder {
    private final int dim;
    private final Type type;
    private final ByteArrayOutputStream words = new ByteArrayOutputStream();
    private final Set<String> seen = new HashSet<>();
    private short[] halves = new short[0];
    private byte[] bytes = new byte[0];
    private float[] scales = new float[0];
    private int size;

    /** Creates a builder for vectors of length {@code dim}. */
    public Builder(int dim, Type type) {
      this.dim = dim;
      this.type = type;
    }

    /** The number of words so far. */
    public int size() {
      return size;
    }

    /** Whether this word was added. */
    public boolean contains(String word) {
      return seen.contains(word);
    }

    /**
     * Adds a word, unless it was added before or cannot be a line of a UTF-8 file.
     *
     * @param vector {@code dim} finite numbers. Not modified.
     * @throws IllegalArgumentException if a number is too large for the type, or the table for an
     *     array
     */
    public void add(String word, float[] vector) {
      if (!Vocabulary.isLine(word) || !seen.add(word)) {
        return;
      }
      int from = Math.multiplyExact(size, dim);
      int to = Math.addExact(from, dim);
      switch (type) {
        case F16 -> {
          halves = to <= halves.length ? halves : Arrays.copyOf(halves, grown(to));
          for (int i = 0; i < dim; i++) {
            halves[from + i] = Halves.fromFloat(vector[i]);
            if (!Float.isFinite(Halves.toFloat(halves[from + i]))) {
              throw tooLarge(word, vector[i], "f16; use i8");
            }
          }
        }
        case I8 -> {
          bytes = to <= bytes.length ? bytes : Arrays.copyOf(bytes, grown(to));
          scales = size < scales.length ? scales : Arrays.copyOf(scales, 2 * size + 64);
          float greatest = greatest(vector);
          if (Math.abs(greatest) > GREATEST) {
            throw tooLarge(word, greatest, "i8");
          }
          scales[size] = quantize(vector, Math.abs(greatest), bytes, from);
        }
      }
      words.writeBytes(word.getBytes(StandardCharsets.UTF_8));
      words.write('\n');
      size++;
    }

    private static IllegalArgumentException tooLarge(String word, float number, String type) {
      return new IllegalArgumentException(
          "'" + word + "' has the number " + number + ", too large for type " + type);
    }

    private static int grown(int to) {
      return (int) Math.min(Integer.MAX_VALUE - 16, to + (to >> 1) + 1024L);
    }

    /** Builds the table. */
    public WordVectors build() {
      Rows rows =
          type == Type.F16
              ? new HalfRows(Arrays.copyOf(halves, size * dim))
              : new ByteRows(Arrays.copyOf(bytes, size * dim), 0, Arrays.copyOf(scales, size));
      return new WordVectors(dim, WordIndex.of(words.toByteArray(), size), rows);
    }
  }

  /** The number with the largest magnitude. */
  private static float greatest(float[] vector) {
    float greatest = 0;
    for (float value : vector) {
      greatest = Math.abs(value) > Math.abs(greatest) ? value : greatest;
    }
    return greatest;
  }

  /**
   * Quantizes to integers {@code q} with {@code v ~ q * scale}. The scale has 16 bits of mantissa,
   * so that every product is exact and encoding a decoded vector gives the same bytes.
   *
   * @param greatest the vector's largest magnitude
   * @return the scale
   */
  private static float quantize(float[] vector, float greatest, byte[] out, int from) {
    float scale = Math.max(greatest / 127, 0x1p-100f);
    // Rounded up, so that no quotient exceeds 127.
    scale = Float.intBitsToFloat((Float.floatToRawIntBits(scale) + 0xff) & ~0xff);
    for (int i = 0; i < vector.length; i++) {
      out[from + i] = (byte) Math.rint(vector[i] / scale);
    }
    return scale;
  }
}
