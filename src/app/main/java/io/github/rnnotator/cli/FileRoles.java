package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the input and output files of a command. An output must not be an input under another
 * spelling, a symbolic link or a hard link, and outputs must be distinct.
 *
 * <pre>{@code
 * new FileRoles().reads(model).readsAll(files).writes(output);
 * }</pre>
 */
final class FileRoles {
  private static final String STDIN = "-";

  /** Link to the file of standard input, on systems that have it. */
  private static final Path STDIN_DEVICE = Path.of("/dev/stdin");

  private final List<Path> read = new ArrayList<>();
  private final List<Path> written = new ArrayList<>();

  /** Adds an input file; null is ignored. */
  FileRoles reads(@Nullable Path file) {
    if (file != null) {
      read.add(file);
    }
    return this;
  }

  /** Adds an input file, {@code -} for standard input; null is ignored. */
  FileRoles reads(@Nullable String file) {
    return file == null ? this : reads(file.equals(STDIN) ? STDIN_DEVICE : Path.of(file));
  }

  /** Adds input files, {@code -} for standard input. */
  FileRoles readsAll(Collection<String> files) {
    files.forEach(this::reads);
    return this;
  }

  /**
   * Adds an output file; null is ignored. Call after all {@code reads}.
   *
   * @throws InputException if it is an input, or another output
   */
  FileRoles writes(@Nullable Path file) throws IOException {
    if (file == null) {
      return this;
    }
    for (Path input : read) {
      if (isSame(file, input)) {
        String name = input.equals(STDIN_DEVICE) ? "standard input" : input.toString();
        throw new InputException(
            file + ": would overwrite the input " + name + "; name another file to write");
      }
    }
    for (Path other : written) {
      if (isSame(file, other)) {
        throw new InputException(
            file + ": two outputs have the same file; name another file for one");
      }
    }
    written.add(file);
    return this;
  }

  /** Adds output files. */
  FileRoles writesAll(Collection<Path> files) throws IOException {
    for (Path file : files) {
      writes(file);
    }
    return this;
  }

  /** Returns whether both are the same regular file; devices and pipes may be read and written. */
  private static boolean isSame(Path output, Path other) throws IOException {
    if (Files.exists(output) && Files.exists(other)) {
      return Files.isRegularFile(output) && Files.isSameFile(output, other);
    }
    return output.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }
}
