package io.github.rnnotator.batch;

import io.github.rnnotator.formats.FormatGuess;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.CorpusInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Refuses files of another format than that of the run, which was detected in its first file.
 *
 * @param format the format of the run, as {@link FormatGuess} names it
 * @param first the file in which it was detected
 * @param textField the field of JSONL with the text
 */
public record FormatCheck(String format, String first, String textField) {
  /**
   * Compares a file's format with that of the run. Blank files and standard input have any format.
   *
   * @throws CorpusException if they differ
   */
  void check(InputFile file) throws CorpusException {
    Path path = file.path();
    String beginning = path == null ? "" : beginning(path);
    if (beginning.isBlank()) {
      return;
    }
    String name = FileNames.display(file.name());
    String found = FormatGuess.of(name, beginning, textField).format();
    if (!found.equals(format)) {
      throw new CorpusException(
          name,
          "is %s, but the run reads %s, the format of %s; tag it in another run, or name one format for all files with --in"
              .formatted(found, format, first));
    }
  }

  private static String beginning(Path file) {
    try (InputStream in = CorpusInput.open(file)) {
      return FormatGuess.beginning(in, false);
    } catch (IOException e) {
      // The reader of the file reports it.
      return "";
    }
  }
}
