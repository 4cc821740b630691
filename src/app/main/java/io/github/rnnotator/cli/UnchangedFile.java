package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares what is written with an existing file instead of overwriting it, and throws at the first
 * byte that differs. The file is only read.
 */
final class UnchangedFile extends OutputStream {
  private final Path file;
  private final InputStream content;

  UnchangedFile(Path file) throws IOException {
    this.file = file;
    this.content = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      if (content.read() != (bytes[i] & 0xff)) {
        throw different();
      }
    }
  }

  /**
   * Checks that the file ends where the written content ends.
   *
   * @throws InputException if it is longer
   */
  void requireEnd() throws IOException {
    if (content.read() >= 0) {
      throw different();
    }
  }

  private InputException different() {
    return new InputException(file + ": exists with other content; write to another -o");
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
