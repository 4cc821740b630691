package io.github.rnnotator.batch;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.output.UnsynchronizedByteArrayOutputStream;

/**
 * The outputs of one input file, under temporary names until complete. Unlike those of {@link
 * io.github.rnnotator.io.AtomicOutput} they outlive the program, so that a run can be resumed. For
 * one thread.
 */
final class OutputFile implements Closeable {
  private final OutputFolder folder;
  private final List<String> names;
  private final List<FileOps.OpenFile> files = new ArrayList<>();

  /**
   * Opens the outputs and truncates them to {@code lengths}.
   *
   * @param folder the output folder
   * @param names their names below the folder
   * @param lengths the length to keep of each; empty for new outputs
   */
  OutputFile(OutputFolder folder, List<String> names, List<Long> lengths) throws IOException {
    this.folder = folder;
    this.names = names;
    try {
      for (int i = 0; i < names.size(); i++) {
        open(folder.part(names.get(i)), i < lengths.size() ? lengths.get(i) : 0);
      }
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void open(Path part, long length) throws IOException {
    Path parent = part.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      folder.ops().createDirectories(parent);
    }
    FileOps.OpenFile file = folder.ops().open(part);
    files.add(file);
    long found = file.channel().size();
    if (found < length) {
      throw new IOException(
          part + " is shorter than the checkpoint says; start over with --restart");
    }
    if (found > 0) {
      folder.ops().truncate(file, length);
    }
  }

  List<String> names() {
    return names;
  }

  void write(List<UnsynchronizedByteArrayOutputStream> parts) throws IOException {
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).writeTo(new Appending(folder.ops(), files.get(i)));
    }
  }

  List<Long> lengths() throws IOException {
    List<Long> lengths = new ArrayList<>();
    for (FileOps.OpenFile file : files) {
      lengths.add(file.channel().position());
    }
    return lengths;
  }

  /** Forces the written bytes to the disk. */
  void force() throws IOException {
    for (FileOps.OpenFile file : files) {
      folder.ops().force(file);
    }
  }

  @Override
  public void close() throws IOException {
    for (FileOps.OpenFile file : files) {
      file.close();
    }
  }

  /** Appends to an open file. */
  private static final class Appending extends OutputStream {
    private final FileOps ops;
    private final FileOps.OpenFile file;

    Appending(FileOps ops, FileOps.OpenFile file) {
      this.ops = ops;
      this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ops.write(file, ByteBuffer.wrap(bytes, offset, length));
    }
  }
}
