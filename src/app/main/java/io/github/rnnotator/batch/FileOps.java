package io.github.rnnotator.batch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** All operations of a run that change the disk. A test counts them and injects a fault at each. */
interface FileOps {
  /**
   * An open file, written at its position.
   *
   * @param path its path, for messages
   * @param channel its channel
   */
  record OpenFile(Path path, FileChannel channel) implements Closeable {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Creates a folder and its parents. */
  void createDirectories(Path folder) throws IOException;

  /** Opens a file for writing, and creates it if it does not exist. */
  OpenFile open(Path file) throws IOException;

  /** Writes all remaining bytes. */
  void write(OpenFile file, ByteBuffer bytes) throws IOException;

  /** Truncates the file to {@code length}; the next byte is written there. */
  void truncate(OpenFile file, long length) throws IOException;

  /** Forces the written bytes to the disk. */
  void force(OpenFile file) throws IOException;

  /** Renames a file, replacing any file of that name. */
  void move(Path from, Path to) throws IOException;

  /** Deletes a file if it exists. */
  void delete(Path file) throws IOException;
}
