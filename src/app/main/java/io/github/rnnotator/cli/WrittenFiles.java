package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.io.AtomicOutput;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The output file of a command, and further ones next to it with other extensions. An existing
 * further file is never replaced: its content must equal the output. For one thread.
 */
final class WrittenFiles implements Closeable {
  private final List<AtomicOutput> outputs = new ArrayList<>();
  private final List<UnchangedFile> unchanged = new ArrayList<>();
  private final List<OutputStream> streams = new ArrayList<>();

  private WrittenFiles() {}

  /**
   * Starts writing files.
   *
   * @param extensions their extensions without the dot, that of {@code file} first
   * @throws InputException if {@code file} has another extension
   */
  static WrittenFiles open(Path file, List<String> extensions) throws IOException {
    WrittenFiles files = new WrittenFiles();
    try {
      files.write(file);
      String name = String.valueOf(file.getFileName());
      int dot = name.lastIndexOf('.');
      for (String extension : extensions.subList(1, extensions.size())) {
        String sibling = (dot > 0 ? name.substring(0, dot) : name) + "." + extension;
        if (sibling.equals(name)) {
          throw new InputException(
              "-o " + file + ": expected a name that ends in ." + extensions.get(0));
        }
        files.writeNew(file.resolveSibling(sibling));
      }
      return files;
    } catch (IOException e) {
      files.close();
      throw e;
    }
  }

  private void write(Path file) throws IOException {
    AtomicOutput output = AtomicOutput.to(file);
    outputs.add(output);
    streams.add(new BufferedOutputStream(output.stream(), 1 << 16));
  }

  private void writeNew(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      write(file);
      return;
    }
    UnchangedFile existing = new UnchangedFile(file);
    unchanged.add(existing);
    streams.add(new BufferedOutputStream(existing, 1 << 16));
  }

  /** Returns the streams to write to, in the order of the extensions. */
  List<OutputStream> streams() {
    return List.copyOf(streams);
  }

  /**
   * Renames all files.
   *
   * @throws InputException if an existing one has other content; then no file is written
   */
  void commit() throws IOException {
    for (OutputStream stream : streams) {
      stream.flush();
    }
    for (UnchangedFile file : unchanged) {
      file.requireEnd();
    }
    for (AtomicOutput output : outputs) {
      output.commit();
    }
  }

  @Override
  public void close() throws IOException {
    for (UnchangedFile file : unchanged) {
      file.close();
    }
    for (AtomicOutput output : outputs) {
      output.close();
    }
  }
}
