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
 * The format of the training files; kept in the model, so that such files can be tagged and scored
 * without repeating it.
 *
 * @param format {@code conllu} or {@code columns}, or {@code labelled} for one text per line with
 *     its labels
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

  /** Creates the format of a tagger's files. */
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

  /** As above, for a tagger's files. */
  public static InputConfig of(
      @Nullable String format,
      @Nullable List<String> columns,
      @Nullable Map<String, String> heads,
      @Nullable Boolean comments,
      @Nullable String language) {
    return of(format, columns, heads, comments, language, null);
  }

  /**
   * Fills in the defaults for null: CoNLL-U, no columns, no comments, English, untokenized texts.
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

  /** Returns a copy with other columns; with its own where they are null. */
  public InputConfig withColumns(@Nullable List<String> columns) {
    return columns == null
        ? this
        : new InputConfig(format, columns, heads, comments, language, tokenized);
  }
}
