package io.github.rnnotator.corpus;

import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Word vectors as lines of text, with or without a first line that says how many there are. Fields
 * are counted from the right, since a word may hold a space.
 */
final class TextVectorReader implements VectorReader {
  private static final Pattern HEADER = Pattern.compile("\\s*(\\d{1,18})\\s+(\\d{1,18})\\s*");

  private final LineReader lines;
  private final int dim;
  private final long stated;
  private long read;
  private @Nullable String first;
  private String line = "";
  private String word = "";

  /** Where each number of the line begins and ends. */
  private final int[] begins;

  private final int[] ends;

  TextVectorReader(LineReader lines) throws IOException {
    this.lines = lines;
    String start = lines.next();
    if (start == null) {
      throw new CorpusException(lines.source(), "empty, expected word vectors");
    }
    if (isHeader(start)) {
      String[] numbers = start.strip().split("\\s+");
      this.stated = Long.parseLong(numbers[0]);
      this.dim = (int) Math.min(Integer.MAX_VALUE, Long.parseLong(numbers[1]));
    } else {
      this.stated = -1;
      this.dim = start.strip().split("[ \t]+").length - 1;
      this.first = start;
    }
    if (dim < 1 || dim > VectorFormat.LONGEST) {
      throw lines.error(
          "vectors of length "
              + dim
              + ", expected 1 to "
              + VectorFormat.LONGEST
              + "; word vectors are lines of a word and its numbers");
    }
    this.begins = new int[dim];
    this.ends = new int[dim];
  }

  static boolean isHeader(String line) {
    return HEADER.matcher(line).matches();
  }

  @Override
  public int dim() {
    return dim;
  }

  @Override
  public @Nullable String next() throws IOException {
    String next = first == null ? lines.next() : first;
    first = null;
    if (next == null) {
      if (stated >= 0 && read != stated) {
        throw new CorpusException(
            lines.source(),
            "the first line says " + stated + " words, found " + read + "; is the file cut off?");
      }
      return null;
    }
    read++;
    line = next;
    int at = endOfField(next.length());
    for (int i = dim - 1; i >= 0; i--) {
      ends[i] = at;
      while (at > 0 && !isSeparator(line.charAt(at - 1))) {
        at--;
      }
      begins[i] = at;
      at = endOfField(at);
    }
    if (at == 0) {
      int fields = line.isBlank() ? 0 : line.strip().split("[ \t]+").length;
      throw lines.error(fields + " columns, expected a word and " + dim + " numbers");
    }
    word = line.substring(0, at);
    return word;
  }

  private int endOfField(int from) {
    int at = from;
    while (at > 0 && isSeparator(line.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  /** Not any Unicode space: some of them are words. */
  private static boolean isSeparator(char c) {
    return c == ' ' || c == '\t';
  }

  @Override
  public void vector(float[] out) throws IOException {
    for (int i = 0; i < dim; i++) {
      String field = line.substring(begins[i], ends[i]);
      float value = number(field);
      if (!Float.isFinite(value)) {
        throw lines.error(
            "'"
                + field
                + "' is no number a vector can have (number "
                + (i + 1)
                + " of '"
                + word
                + "')");
      }
      out[i] = value;
    }
  }

  /** A decimal number, or NaN. Java would also take 0x1p3, 1f, Infinity. */
  private static float number(String field) {
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return Float.NaN;
      }
    }
    try {
      return Float.parseFloat(field);
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
