package io.github.rnnotator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which files a command reads and which it writes. A file that is read is never written, by
 * whatever name: another spelling, a symbolic link or a hard link. Nor are two outputs one file.
 *
 * <pre>{@code
 * new FileRoles().reads(model).readsAll(files).writes(output);
 * }</pre>
 */
final class FileRoles {
  private static final String STDIN = "-";

  /** Where the system tells what file standard input is, if it tells. */
  private static final Path STDIN_DEVICE = Path.of("/dev/stdin");

  private final List<Path> read = new ArrayList<>();
  private final List<Path> written = new ArrayList<>();

  /** Names a file that is read; null for none. */
  FileRoles reads(@Nullable Path file) {
    if (file != null) {
      read.add(file);
    }
    return this;
  }

  /** Names a file that is read, {@code -} for standard input; null for none. */
  FileRoles reads(@Nullable String file) {
    return file == null ? this : reads(file.equals(STDIN) ? STDIN_DEVICE : Path.of(file));
  }

  /** Names files that are read, {@code -} for standard input. */
  FileRoles readsAll(Collection<String> files) {
    files.forEach(this::reads);
    return this;
  }

  /**
   * Names a file that is to be written; null for none. To be called after all {@code reads}.
   *
   * @throws InputException if it is one that is read, or that is written already
   */
  FileRoles writes(@Nullable Path file) throws IOException {
    if (file == null) {
      return this;
    }
    for (Path input : read) {
      if (isSame(file, input)) {
        String name = input.equals(STDIN_DEVICE) ? "standard input" : input.toString();
        throw new InputException(
            file + ": would be written over the input " + name + "; name another file to write");
      }
    }
    for (Path other : written) {
      if (isSame(file, other)) {
        throw new InputException(
            file + ": two outputs would be written into this file; name another file for one");
      }
    }
    written.add(file);
    return this;
  }

  /** Whether both name one regular file; devices and pipes may be read and written. */
  private static boolean isSame(Path output, Path other) throws IOException {
    if (Files.exists(output) && Files.exists(other)) {
      return Files.isRegularFile(output) && Files.isSameFile(output, other);
    }
    return output.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }
}
