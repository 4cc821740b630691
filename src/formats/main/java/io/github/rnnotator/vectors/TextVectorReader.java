package io.github.rnnotator.vectors;

import io.github.rnnotator.embed.VectorFile;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.LineReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Word vectors as lines of text, with or without a header line with their number. Fields are
 * counted from the right, since a word may hold a space.
 *
 * <p>Published files have some bad lines: word2vec truncates long words within a character, and
 * words of white space leave only the numbers. These are skipped and counted, and a wrong number of
 * words is reported. The length of the vectors is that of the header line, or of most of the first
 * lines.
 */
final class TextVectorReader implements VectorReader {
  private static final Pattern HEADER = Pattern.compile("\\s*(\\d{1,18})\\s+(\\d{1,18})\\s*");

  /** The number of lines read to detect the length of the vectors. */
  private static final int AHEAD = 100;

  private final LineReader lines;
  private final int dim;
  private final long stated;
  private final List<String> notes = new ArrayList<>();

  /** The lines that were read ahead; a line that is not UTF-8 is empty. */
  private final Deque<Optional<String>> ahead = new ArrayDeque<>();

  private long read;
  private boolean ended;
  private long words;
  private int lineNumber;
  private long notUtf8;
  private long blank;
  private long withoutWord;
  private String line = "";
  private String word = "";

  /** The begin and end of each number of the line. */
  private final int[] begins;

  private final int[] ends;

  TextVectorReader(LineReader lines) throws IOException {
    this.lines = lines;
    String start = lines.next();
    if (start == null) {
      throw new CorpusException(lines.source(), "empty, expected word vectors");
    }
    long statedDim = -1;
    if (isHeader(start)) {
      String[] numbers = start.strip().split("\\s+");
      this.stated = Long.parseLong(numbers[0]);
      statedDim = Long.parseLong(numbers[1]);
      lineNumber = 1;
    } else {
      this.stated = -1;
      ahead.add(Optional.of(start));
    }
    readAhead();
    this.dim = dim(start, statedDim);
    this.begins = new int[dim];
    this.ends = new int[dim];
  }

  private void readAhead() throws IOException {
    while (ahead.size() < AHEAD) {
      Optional<String> next = nextLine();
      if (next == null) {
        return;
      }
      ahead.add(next);
    }
  }

  /** The next line, empty where it is not UTF-8, null at the end. */
  private @Nullable Optional<String> nextLine() throws IOException {
    try {
      String next = lines.next();
      return next == null ? null : Optional.of(next);
    } catch (CorpusException e) {
      if (lines.isBroken()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private int dim(String start, long statedDim) throws CorpusException {
    Map<Integer, Integer> votes = new TreeMap<>();
    boolean fits = false;
    for (Optional<String> next : ahead) {
      String[] fields = next.orElse("").strip().split("[ \t]+");
      fits |= fields.length > statedDim;
      int numbers = trailingNumbers(fields);
      // A line of only numbers may lack its word.
      if (numbers > 0 && numbers < fields.length) {
        votes.merge(numbers, 1, Integer::sum);
      }
    }
    int seen = start.strip().split("[ \t]+").length - 1;
    int most = 0;
    for (Map.Entry<Integer, Integer> vote : votes.entrySet()) {
      // On a tie the longer ones: truncated lines are likelier than numbers as words.
      if (vote.getValue() >= most) {
        most = vote.getValue();
        seen = vote.getKey();
      }
    }
    boolean isStated = statedDim >= 0 && (fits || votes.isEmpty());
    long length = isStated ? statedDim : seen;
    if (length < 1 || length > VectorFile.LONGEST_VECTOR) {
      throw new CorpusException(
          lines.source(),
          1,
          "vectors of length "
              + length
              + ", expected 1 to "
              + VectorFile.LONGEST_VECTOR
              + "; word vectors are lines of a word and its numbers");
    }
    if (statedDim >= 0 && !isStated) {
      notes.add("the first line says vectors of length " + statedDim + ", they have " + seen);
    }
    return (int) length;
  }

  private static int trailingNumbers(String[] fields) {
    int numbers = 0;
    while (numbers < fields.length && Float.isFinite(number(fields[fields.length - 1 - numbers]))) {
      numbers++;
    }
    return numbers;
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
    while (true) {
      Optional<String> next = ahead.isEmpty() ? nextLine() : ahead.remove();
      if (next == null) {
        finish();
        return null;
      }
      lineNumber++;
      read++;
      if (next.isEmpty()) {
        notUtf8++;
      } else if (next.get().isBlank()) {
        blank++;
      } else if (findNumbers(next.get())) {
        words++;
        return word;
      } else {
        withoutWord++;
      }
    }
  }

  private void finish() throws CorpusException {
    ended = true;
    if (2 * (notUtf8 + withoutWord) > read) {
      throw new CorpusException(
          lines.source(),
          (notUtf8 + withoutWord)
              + " of "
              + read
              + " lines are not a word and "
              + dim
              + " numbers; is this a file of word vectors?");
    }
  }

  @Override
  public List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    List<String> kinds = new ArrayList<>();
    kind(kinds, notUtf8, "not UTF-8 (a word cut within a character?)");
    kind(kinds, withoutWord, "without a word and " + dim + " numbers");
    kind(kinds, blank, "blank");
    if (!kinds.isEmpty()) {
      long sum = notUtf8 + withoutWord + blank;
      all.add(
          (sum == 1 ? "1 line was" : sum + " lines were")
              + " left out: "
              + String.join(", ", kinds));
    }
    long found = words + notUtf8 + withoutWord;
    if (ended && stated >= 0 && found != stated) {
      all.add("the first line says " + stated + " words, found " + found);
    }
    return all;
  }

  private static void kind(List<String> kinds, long count, String what) {
    if (count > 0) {
      kinds.add(count + " " + what);
    }
  }

  /** Finds the word and numbers of a line; returns whether it has enough fields. */
  private boolean findNumbers(String text) {
    line = text;
    int at = endOfField(text.length());
    for (int i = dim - 1; i >= 0; i--) {
      ends[i] = at;
      while (at > 0 && !isSeparator(line.charAt(at - 1))) {
        at--;
      }
      begins[i] = at;
      at = endOfField(at);
    }
    word = line.substring(0, at);
    return at > 0;
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
        throw new CorpusException(
            lines.source(),
            lineNumber,
            "'"
                + field
                + "' is not a number that a vector can have (number "
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
