package io.github.rnnotator.tagger;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The format of the training files; kept in the model, so that such files can be tagged and scored
 * without repeating it.
 *
 * @param format {@code conllu} or {@code columns}, {@code labelled} for one text per line with its
 *     labels, or {@code characters} for a tag per character
 * @param columns the columns' names in order, for {@code columns} and {@code labelled}
 * @param heads maps a head's name to the column with its tags
 * @param comments whether lines that begin with {@code #} before a sentence are comments, for
 *     {@code columns}
 * @param language ISO 639 code of the texts, which selects the sentence splitter and tokenizer
 * @param tokenized whether the tokens of a text are already separated by blanks, for {@code
 *     labelled}
 */
public record InputConfig(
    String format,
    List<String> columns,
    Map<String, String> heads,
    boolean comments,
    String language,
    boolean tokenized) {
  /** The format with one text per line and its labels. */
  public static final String LABELLED = "labelled";

  private static final InputConfig DEFAULTS =
      new InputConfig("conllu", List.of(), Map.of(), false, "en", false);

  /** Copies the collections, keeping their order. */
  public InputConfig {
    columns = List.copyOf(columns);
    heads.forEach((head, column) -> Objects.requireNonNull(column, "input.heads." + head));
    heads = Collections.unmodifiableMap(new LinkedHashMap<>(heads));
  }

  /** Returns the defaults: CoNLL-U without heads, English. */
  public static InputConfig defaults() {
    return DEFAULTS;
  }

  /** Returns a copy for files in another format. */
  public InputConfig format(String format) {
    return new InputConfig(format, columns, heads, comments, language, tokenized);
  }

  /** Returns a copy with other columns. */
  public InputConfig columns(List<String> columns) {
    return new InputConfig(format, columns, heads, comments, language, tokenized);
  }

  /** Returns a copy with the columns of other heads. */
  public InputConfig heads(Map<String, String> heads) {
    return new InputConfig(format, columns, heads, comments, language, tokenized);
  }

  /** Returns a copy for files with or without comments. */
  public InputConfig comments(boolean comments) {
    return new InputConfig(format, columns, heads, comments, language, tokenized);
  }

  /** Returns a copy for texts in another language. */
  public InputConfig language(String language) {
    return new InputConfig(format, columns, heads, comments, language, tokenized);
  }

  /** Returns a copy for texts whose tokens are separated by blanks, or are not. */
  public InputConfig tokenized(boolean tokenized) {
    return new InputConfig(format, columns, heads, comments, language, tokenized);
  }

  /** Returns a copy with other columns; with its own where they are null. */
  public InputConfig withColumns(@Nullable List<String> columns) {
    return columns == null ? this : columns(columns);
  }
}
