package io.github.rnnotator.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.rnnotator.io.Compression;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/**
 * Guesses a file's format: from its content where unambiguous, else from its name, with or without
 * a compression extension ({@code dev.conllu.gz}).
 *
 * @param format {@code conllu}, {@code columns}, {@code jsonl}, {@code text}, or {@link
 *     #JSON_ARRAY}, which is not read
 * @param byName whether the name agrees, or text is the default
 */
public record FormatGuess(String format, boolean byName) {
  /** An array of objects, whose elements would be the lines of JSONL. */
  public static final String JSON_ARRAY = "a JSON array";

  /** The length of the beginning, in bytes. */
  public static final int BEGINNING = 1 << 16;

  private static final Map<String, String> BY_NAME =
      Map.of(
          ".conllu", "conllu",
          ".conll", "columns",
          ".iob", "columns",
          ".iob2", "columns",
          ".bio", "columns",
          ".jsonl", "jsonl",
          ".ndjson", "jsonl");

  /** A first row of CoNLL-U: the first word, the first multiword token, or a node before both. */
  private static final Pattern FIRST_ROW =
      Pattern.compile("(?:1|1-[0-9]{1,9}|0\\.1)(?:\t[^\t]+){9}");

  /** The beginning of an array of objects, each with a key. */
  private static final Pattern ARRAY = Pattern.compile("\\A\\s*+\\[\\s*+\\{\\s*+\"[^\"]*+\"\\s*+:");

  private static final Pattern COMMENT =
      Pattern.compile("#\\s*(?:sent_id|text|newdoc|newpar|global\\.columns)\\b.*");

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Guesses the format of a file.
   *
   * @param name the file's name
   * @param beginning the beginning of its decompressed text
   * @param textField the field of JSONL with the text
   */
  public static FormatGuess of(String name, String beginning, String textField) {
    String named = ofName(name);
    if (isConllu(beginning)) {
      return new FormatGuess("conllu", named.equals("conllu"));
    }
    if (named.isEmpty() && isJsonLines(beginning, textField)) {
      return new FormatGuess("jsonl", false);
    }
    if (named.isEmpty() && ARRAY.matcher(beginning).lookingAt()) {
      return new FormatGuess(JSON_ARRAY, false);
    }
    return new FormatGuess(named.isEmpty() ? "text" : named, true);
  }

  /**
   * Reads the beginning of a text, without a byte-order mark; if it is corrupt, what precedes that.
   *
   * @param in the decompressed bytes
   * @param all whether to read 65,536 bytes; else only what tells the format, since more may come
   *     late
   */
  public static String beginning(InputStream in, boolean all) throws IOException {
    byte[] bytes = new byte[BEGINNING];
    int size = 0;
    try {
      for (int read = 0;
          read >= 0 && size < bytes.length && (all || !hasRow(bytes, size));
          size += Math.max(0, read)) {
        read = in.read(bytes, size, bytes.length - size);
      }
    } catch (ZipException | EOFException e) {
      // The reader of the file reports it, with the line.
      return decoded(bytes, size);
    }
    return decoded(bytes, size);
  }

  /** Whether there is a whole line that tells the format: no comment or boundary of documents. */
  private static boolean hasRow(byte[] bytes, int size) {
    String text = new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
    String lines = text.substring(0, text.lastIndexOf('\n') + 1);
    return lines
        .lines()
        .anyMatch(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("-DOC"));
  }

  private static String decoded(byte[] bytes, int size) {
    String text = new String(Arrays.copyOf(bytes, size), StandardCharsets.UTF_8);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /** Returns the format that a file's name indicates, or empty. */
  public static String ofName(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    String end = Compression.ofName(name).suffix();
    String plain = name.substring(0, name.length() - end.length());
    int dot = plain.lastIndexOf('.');
    return dot < 0 ? "" : BY_NAME.getOrDefault(plain.substring(dot), "");
  }

  /**
   * Whether a text is CoNLL-U: its first row has ten tab-separated columns and the first id. Only
   * comments may precede it; without a row, one of them must be a CoNLL-U comment.
   */
  private static boolean isConllu(String beginning) {
    boolean comment = false;
    for (int at = 0; at < beginning.length(); ) {
      int end = beginning.indexOf('\n', at);
      String line = beginning.substring(at, end < 0 ? beginning.length() : end).stripTrailing();
      if (!line.isEmpty() && !line.startsWith("#")) {
        return FIRST_ROW.matcher(line).matches();
      }
      comment |= COMMENT.matcher(line).matches();
      at = end < 0 ? beginning.length() : end + 1;
    }
    return comment;
  }

  /** Whether the first line begins a JSON object with a text. */
  private static boolean isJsonLines(String beginning, String textField) {
    if (!beginning.startsWith("{")) {
      return false;
    }
    try (JsonParser in = JSON.createParser(beginning)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        boolean text = in.currentName().equals(textField);
        if (in.nextToken() == JsonToken.VALUE_STRING && text) {
          return true;
        }
        in.skipChildren();
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }
}
