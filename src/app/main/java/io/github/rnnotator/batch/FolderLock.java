package io.github.rnnotator.batch;

import io.github.rnnotator.io.CorpusException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;

/**
 * Locks a folder for writing with a lock file. The system releases the lock when the program ends
 * in any way; closing also deletes the file.
 */
final class FolderLock implements Closeable {
  static final String NAME = "_lock";

  private static final String BEGINNING = "rnnotator batch ";

  private final FileOps.OpenFile file;
  private final FileOps ops;

  private FolderLock(FileOps.OpenFile file, FileOps ops) {
    this.file = file;
    this.ops = ops;
  }

  /** Locks a folder, or fails at once. */
  static FolderLock take(Path folder, FileOps ops) throws IOException {
    Path path = folder.resolve(NAME);
    if (Files.exists(path) && !isLock(path)) {
      throw new CorpusException(
          path.toString(), "is not the lock of a run; choose an empty or a new folder");
    }
    while (true) {
      FileOps.OpenFile file = ops.open(path);
      if (!lock(file)) {
        file.close();
        throw new IOException(
            folder + ": another run is writing to this folder; wait until it ends");
      }
      FolderLock lock = new FolderLock(file, ops);
      try {
        if (lock.sign()) {
          return lock;
        }
        // The previous run deleted the file after we opened it and before we locked it.
        file.close();
      } catch (IOException | RuntimeException | Error e) {
        try (lock) {
          throw e;
        }
      }
    }
  }

  private static boolean isLock(Path path) throws IOException {
    byte[] beginning = BEGINNING.getBytes(StandardCharsets.UTF_8);
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (var in = Files.newInputStream(path)) {
      byte[] found = in.readNBytes(beginning.length);
      return Arrays.equals(found, 0, found.length, beginning, 0, found.length);
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  private static boolean lock(FileOps.OpenFile file) throws IOException {
    try {
      FileLock lock = file.channel().tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Writes a unique text; returns whether the folder's lock is the same file. */
  private boolean sign() throws IOException {
    byte[] text =
        (BEGINNING + ProcessHandle.current().pid() + " " + UUID.randomUUID() + "\n")
            .getBytes(StandardCharsets.UTF_8);
    ops.truncate(file, 0);
    ops.write(file, ByteBuffer.wrap(text));
    try {
      return Arrays.equals(text, Files.readAllBytes(file.path()));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try (file) {
      ops.delete(file.path());
    }
  }
}
