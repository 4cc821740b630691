package io.github.rnnotator.batch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Every operation of a run that changes the disk. A test counts them and lets the run fail at each
 * of them.
 */
interface FileOps {
  /**
   * An open file, written from its position on.
   *
   * @param path its path, for messages
   * @param channel its bytes
   */
  record OpenFile(Path path, FileChannel channel) implements Closeable {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Creates a folder and those above it. */
  void createDirectories(Path folder) throws IOException;

  /** Opens a file to be written, and creates it if it does not exist. */
  OpenFile open(Path file) throws IOException;

  /** Writes all remaining bytes. */
  void write(OpenFile file, ByteBuffer bytes) throws IOException;

  /** Cuts off what follows {@code length}, which is where the next byte is written. */
  void truncate(OpenFile file, long length) throws IOException;

  /** Forces the written bytes to the disk. */
  void force(OpenFile file) throws IOException;

  /** Renames a file and replaces the one that has the name. */
  void move(Path from, Path to) throws IOException;

  /** Deletes a file if it exists. */
  void delete(Path file) throws IOException;
}
