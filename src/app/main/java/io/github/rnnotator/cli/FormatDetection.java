package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.FormatGuess;
import io.github.rnnotator.tagger.InputConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Detects the format of input that no option names, and says so if it is not obvious.
 *
 * @param textField the field of JSONL with the text
 * @param err where to say it
 */
record FormatDetection(String textField, PrintWriter err) {
  private static final String COLUMNS = "columns";

  /**
   * Returns the common format of all sources.
   *
   * @throws InputException if they differ, or one is a JSON array
   */
  String common(List<InputSource> sources) throws IOException {
    String format = null;
    for (InputSource source : sources) {
      FormatGuess guess = FormatGuess.of(source.name(), source.beginning(), textField);
      if (guess.format().equals(FormatGuess.JSON_ARRAY)) {
        throw new InputException(
            source.name()
                + ": a JSON array, expected an object per line (jq -c '.[]' converts it); to tag it"
                + " as prose give --in text");
      }
      if (format != null && !format.equals(guess.format())) {
        throw new InputException(
            "%s is %s, but %s is %s; tag them separately, or name one format for all with --in"
                .formatted(sources.get(0).name(), format, source.name(), guess.format()));
      }
      format = guess.format();
      if (!guess.byName()) {
        say(source.name() + ": read as " + format + ", which it looks like; --in names another");
      }
    }
    return format == null ? "text" : format;
  }

  /** Returns the layout of the input: the given one, or for columns that it lacks, from a row. */
  InputConfig layout(InputConfig input, String format, InputSource first) throws IOException {
    if (!format.equals(COLUMNS) || !input.columns().isEmpty()) {
      return input;
    }
    List<String> row =
        CorpusFormat.Columns.firstRow(
            new ByteArrayInputStream(first.beginning().getBytes(StandardCharsets.UTF_8)),
            first.name(),
            input.comments());
    List<String> names = new ArrayList<>(List.of(CorpusFormat.Columns.FORM));
    // A number is an id; the column of the form is then unknown.
    if (row.size() > 1 && !row.get(0).chars().allMatch(Character::isDigit)) {
      names.addAll(Collections.nCopies(row.size() - 1, CorpusFormat.Columns.IGNORED));
      say(
          "%s: the first of its %d columns is taken for the token; --columns names others"
              .formatted(first.name(), row.size()));
    }
    return input.withColumns(names);
  }

  private void say(String message) {
    err.println("rnnotator: " + message);
  }
}
