package io.github.rnnotator.tagger;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the training files look like; kept in the model, so that the same kind of file can be tagged
 * and scored without saying it again.
 *
 * @param format {@code conllu} or {@code columns}, or {@code labelled} for a text a line with its
 *     labels
 * @param columns the columns' names in order, for {@code columns} and {@code labelled}
 * @param heads head name to the column that holds its tags
 * @param comments whether lines that begin with {@code #} before a sentence are comments, for
 *     {@code columns}
 * @param language ISO 639 code of the texts, which picks the sentence splitter and tokenizer
 * @param tokenized whether there are blanks between the tokens of a text already, for {@code
 *     labelled}
 */
public record InputConfig(
    String format,
    List<String> columns,
    Map<String, String> heads,
    boolean comments,
    String language,
    boolean tokenized) {
  /** The format of a text a line with its labels. */
  static final String LABELLED = "labelled";

  /** What a tagger's files look like. */
  public InputConfig(
      String format,
      List<String> columns,
      Map<String, String> heads,
      boolean comments,
      String language) {
    this(format, columns, heads, comments, language, false);
  }

  /** Copies the collections, keeping their order. */
  public InputConfig {
    columns = List.copyOf(columns);
    heads.forEach((head, column) -> Objects.requireNonNull(column, "input.heads." + head));
    heads = Collections.unmodifiableMap(new LinkedHashMap<>(heads));
  }

  /** The same for a tagger's files. */
  public static InputConfig of(
      @Nullable String format,
      @Nullable List<String> columns,
      @Nullable Map<String, String> heads,
      @Nullable Boolean comments,
      @Nullable String language) {
    return of(format, columns, heads, comments, language, null);
  }

  /**
   * Fills in the defaults where something is null: CoNLL-U, no columns, no comments, English, texts
   * that are still to be tokenized.
   */
  @JsonCreator
  public static InputConfig of(
      @Nullable String format,
      @Nullable List<String> columns,
      @Nullable Map<String, String> heads,
      @Nullable Boolean comments,
      @Nullable String language,
      @Nullable Boolean tokenized) {
    return new InputConfig(
        requireNonNullElse(format, "conllu"),
        requireNonNullElse(columns, List.of()),
        requireNonNullElse(heads, Map.of()),
        requireNonNullElse(comments, false),
        requireNonNullElse(language, "en"),
        requireNonNullElse(tokenized, false));
  }

  /** The same with other columns; with its own where they are null. */
  public InputConfig withColumns(@Nullable List<String> columns) {
    return columns == null
        ? this
        : new InputConfig(format, columns, heads, comments, language, tokenized);
  }
}
