package io.github.rnnotator.batch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The file system. Error messages are one line with the file, the cause and the remedy. */
final class Disk implements FileOps {
  /** An operation on a file. */
  private interface Operation<T extends @Nullable Object> {
    T run() throws IOException;
  }

  @Override
  public void createDirectories(Path folder) throws IOException {
    run(folder, () -> Files.createDirectories(folder));
  }

  @Override
  public OpenFile open(Path file) throws IOException {
    return new OpenFile(
        file,
        run(
            file,
            () -> FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)));
  }

  @Override
  public void write(OpenFile file, ByteBuffer bytes) throws IOException {
    run(
        file.path(),
        () -> {
          int written = 0;
          while (bytes.hasRemaining()) {
            written += file.channel().write(bytes);
          }
          return written;
        });
  }

  @Override
  public void truncate(OpenFile file, long length) throws IOException {
    run(file.path(), () -> file.channel().truncate(length).position(length));
  }

  @Override
  public void force(OpenFile file) throws IOException {
    run(
        file.path(),
        () -> {
          file.channel().force(false);
          return file;
        });
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    run(
        to,
        () ->
            Files.move(
                from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
  }

  @Override
  public void delete(Path file) throws IOException {
    run(file, () -> Files.deleteIfExists(file));
  }

  private static <T> T run(Path file, Operation<T> operation) throws IOException {
    try {
      return operation.run();
    } catch (IOException e) {
      throw new IOException(
          file
              + ": can't be written: "
              + reason(e)
              + "; once this is fixed, the same command resumes the run",
          e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file of this name exists, expected a folder";
    }
    return e instanceof FileSystemException detailed && detailed.getReason() != null
        ? detailed.getReason()
        : Failure.say(e);
  }
}
