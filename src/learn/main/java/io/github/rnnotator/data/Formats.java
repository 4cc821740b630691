package io.github.rnnotator.data;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.LabelledTexts;
import io.github.rnnotator.formats.SentenceSource;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.segment.TextTokenizer;
import io.github.rnnotator.tagger.InputConfig;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Creates the formats that a tagger's configuration names. */
public final class Formats {
  private Formats() {}

  /** Returns the format that a configuration describes, with the columns that the model reads. */
  public static SentenceSource of(InputConfig input, EmbedConfig embed) throws InputException {
    return withInputs(
        source(input.format(), input, input.heads()), List.copyOf(embed.columns().keySet()));
  }

  /**
   * Returns a format that also reads the columns that a model reads ({@code embed.columns}).
   *
   * @throws InputException if it lacks one of them
   */
  public static SentenceSource withInputs(SentenceSource format, List<String> columns)
      throws InputException {
    if (columns.isEmpty()) {
      return format;
    }
    if (!(format instanceof CorpusFormat corpus)) {
      throw new InputException(
          "the model reads the columns "
              + columns
              + " (embed.columns), which only files in CoNLL-U or columns have");
    }
    return withInputs(corpus, columns);
  }

  /** As above, for files of tokens. */
  public static CorpusFormat withInputs(CorpusFormat format, List<String> columns)
      throws InputException {
    try {
      return format.withInputs(columns);
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Returns the source with this name, with the configuration's columns.
   *
   * @param heads head name to column
   */
  public static SentenceSource source(String name, InputConfig input, Map<String, String> heads)
      throws InputException {
    if (name.equals(CharacterTags.NAME)) {
      try {
        return new CharacterTags(heads, tokenizer(input));
      } catch (IllegalArgumentException e) {
        throw new InputException("input: " + e.getMessage());
      }
    }
    if (!name.equals(InputConfig.LABELLED)) {
      return of(name, input, heads);
    }
    List<String> columns =
        input.columns().isEmpty() ? List.of("label", LabelledTexts.TEXT) : input.columns();
    try {
      return new LabelledTexts(columns, heads, tokenizer(input));
    } catch (IllegalArgumentException e) {
      throw new InputException("input: " + e.getMessage());
    }
  }

  /**
   * Returns the source with this name and the columns of some heads of a model.
   *
   * @param inputs the columns that the model reads
   * @param file the file's name, for messages
   * @throws InputException if no head has a column
   */
  public static SentenceSource source(
      String name, InputConfig input, Collection<String> heads, List<String> inputs, String file)
      throws InputException {
    Map<String, String> columns = columnsOf(name, input, heads);
    if (columns.isEmpty()) {
      throw new InputException(
          (input.columns().isEmpty()
                  ? file + ": the names of its columns are missing"
                  : "--columns " + String.join(",", input.columns()) + ": no column for a head")
              + "; name the columns with gold tags after their heads ("
              + String.join(", ", heads)
              + "), as in --columns form,"
              + heads.iterator().next());
    }
    return withInputs(source(name, input, columns), inputs);
  }

  /** Returns the tokenizer of whole texts. */
  public static TextTokenizer tokenizer(InputConfig input) {
    return input.tokenized()
        ? TextTokenizer.onBlanks()
        : TextTokenizer.of(TextSegmenter.forLanguage(input.language()));
  }

  /**
   * Returns the columns of some heads in files of a format: as in the model's training files, else
   * the column of the head's name. Heads without a column are omitted.
   *
   * @param name {@code conllu} or {@code columns}
   * @param input the model's input configuration, with the columns of the file
   */
  public static Map<String, String> columnsOf(
      String name, InputConfig input, Collection<String> heads) throws InputException {
    boolean trainedOn = input.format().equals(name);
    Map<String, String> columns = new LinkedHashMap<>();
    for (String head : heads) {
      String own = input.heads().get(head);
      if (name.equals("conllu")) {
        columns.put(head, own != null && trainedOn ? own : conlluColumn(head));
      } else if (own != null && input.columns().contains(own)) {
        columns.put(head, own);
      } else if (input.columns().contains(head) && !head.equals(CorpusFormat.Columns.FORM)) {
        columns.put(head, head);
      }
    }
    return columns;
  }

  private static String conlluColumn(String head) throws InputException {
    try {
      return CorpusFormat.Conllu.column(head);
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Returns the format with this name, with the configuration's columns.
   *
   * @param heads head name to column
   */
  public static CorpusFormat of(String name, InputConfig input, Map<String, String> heads)
      throws InputException {
    try {
      switch (name) {
        case "conllu":
          return new CorpusFormat.Conllu(heads);
        case "columns":
          List<String> columns = input.columns().isEmpty() ? List.of("form") : input.columns();
          return new CorpusFormat.Columns(columns, heads, input.comments());
        default:
          throw new InputException(
              "unknown format '" + name + "', expected conllu, columns, characters or labelled");
      }
    } catch (IllegalArgumentException e) {
      throw new InputException("input: " + e.getMessage());
    }
  }
}
