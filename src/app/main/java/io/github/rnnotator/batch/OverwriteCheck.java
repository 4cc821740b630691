package io.github.rnnotator.batch;

import io.github.rnnotator.io.CorpusException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that a run replaces no file that it reads, under any name: another spelling, a symbolic or
 * a hard link.
 *
 * @param tree the input
 * @param names the names of the outputs
 * @param output the folder to write into
 */
record OverwriteCheck(InputTree tree, OutputNames names, Path output) {
  /** Link to the file of standard input, on systems that have it. */
  private static final Path STDIN_DEVICE = Path.of("/dev/stdin");

  /**
   * Compares the inputs with the existing files that the run would write.
   *
   * @throws CorpusException if an input is one of them
   */
  void run() throws IOException {
    if (!Files.isDirectory(output)) {
      return;
    }
    try {
      Set<Object> written = written();
      for (InputFile input : tree) {
        Path path = input.path() == null ? STDIN_DEVICE : input.path();
        Optional<Object> key = key(path);
        if (key.isPresent() && written.contains(key.get())) {
          throw new CorpusException(
              input.path() == null ? "standard input" : path.toString(),
              "would be overwritten, since "
                  + output
                  + " contains it, or a link to it, under the name of an output; write into"
                  + " another folder");
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause() == null ? new IOException(e) : e.getCause();
    }
  }

  private Set<Object> written() throws IOException {
    Set<Object> keys = new HashSet<>();
    for (String own : OutputFolder.OWN) {
      key(output.resolve(own)).ifPresent(keys::add);
    }
    for (InputFile input : tree) {
      for (String name : names.of(input.name())) {
        key(FileNames.resolve(output, name)).ifPresent(keys::add);
      }
    }
    return keys;
  }

  /** Returns what all names of a regular file have in common; empty for anything else. */
  private static Optional<Object> key(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return Optional.of(key == null ? file.toRealPath() : key);
  }
}
