package io.github.rnnotator.cli;

import io.github.rnnotator.corpus.CorpusFormat;
import io.github.rnnotator.tagger.InputConfig;
import java.util.List;
import java.util.Map;

/** From names of formats to formats. */
final class Formats {
  private Formats() {}

  /** The format that a configuration describes. */
  static CorpusFormat of(InputConfig input) throws InputException {
    return of(input.format(), input, input.heads());
  }

  /**
   * The format with this name, its columns as in the configuration.
   *
   * @param heads head name to column
   */
  static CorpusFormat of(String name, InputConfig input, Map<String, String> heads)
      throws InputException {
    try {
      switch (name) {
        case "conllu":
          return new CorpusFormat.Conllu(heads);
        case "columns":
          List<String> columns = input.columns().isEmpty() ? List.of("form") : input.columns();
          return new CorpusFormat.Columns(columns, heads, input.comments());
        default:
          throw new InputException("unknown format '" + name + "', expected conllu or columns");
      }
    } catch (IllegalArgumentException e) {
      throw new InputException("input: " + e.getMessage());
    }
  }
}
