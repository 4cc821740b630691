package io.github.rnnotator.cli;

import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.FormatGuess;
import io.github.rnnotator.io.CorpusInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file, a pipe or standard input, decompressed. Its beginning can be inspected before reading; it
 * is read once.
 */
final class InputSource {
  private final String file;
  private final InputStream stdin;

  /** A stream that can't be opened twice, after its beginning was inspected. */
  private @Nullable InputStream opened;

  /**
   * Creates a source.
   *
   * @param file its path, or {@code -} for standard input
   */
  InputSource(String file, InputStream stdin) {
    this.file = file;
    this.stdin = stdin;
  }

  /** The name for messages and for the document. */
  String name() {
    return isStdin() ? CorpusFormat.STDIN : file;
  }

  private boolean isStdin() {
    return file.equals("-");
  }

  /** Opens the decompressed bytes. */
  InputStream open() throws IOException {
    if (opened != null) {
      return opened;
    }
    return isStdin()
        ? CorpusInput.unpack(stdin, CorpusFormat.STDIN)
        : CorpusInput.open(Path.of(file));
  }

  /** The beginning of the decompressed text; of a corrupt file, as much as can be read. */
  String beginning() throws IOException {
    if (!isStdin() && Files.isRegularFile(Path.of(file))) {
      try (InputStream in = open()) {
        return FormatGuess.beginning(in, true);
      }
    }
    BufferedInputStream buffered = new BufferedInputStream(open(), FormatGuess.BEGINNING);
    buffered.mark(FormatGuess.BEGINNING);
    String text = FormatGuess.beginning(buffered, false);
    buffered.reset();
    opened = buffered;
    return text;
  }
}
