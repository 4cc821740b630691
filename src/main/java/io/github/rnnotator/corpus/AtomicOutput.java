package io.github.rnnotator.corpus;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A file that appears whole or not at all: it is written under a temporary name in the same folder
 * and renamed by {@link #commit}. Closed without a commit, nothing is left of it, and an older file
 * of that name stays as it was. For one thread.
 *
 * <pre>{@code
 * try (AtomicOutput output = AtomicOutput.to(file)) {
 *   try (SentenceWriter writer = format.writer(output.stream())) {
 *     ...
 *   }
 *   output.commit();
 * }
 * }</pre>
 */
public final class AtomicOutput implements Closeable {
  /** The end of a temporary name: a UUID. */
  private static final String TEMPORARY = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp";

  private final Path target;
  private final Path written;
  private final FileChannel channel;
  private final OutputStream stream;

  private AtomicOutput(Path target, Path written, FileChannel channel) {
    this.target = target;
    this.written = written;
    this.channel = channel;
    this.stream = Channels.newOutputStream(channel);
  }

  /**
   * Begins to write a file. What a link points to is replaced, not the link; what is no regular
   * file ({@code /dev/null}, a pipe) is written to directly.
   *
   * @throws CorpusException if the file is a folder or its folder does not exist
   */
  public static AtomicOutput to(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new CorpusException(file.toString(), "a folder, expected a file to write");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return new AtomicOutput(file, file, FileChannel.open(file, StandardOpenOption.WRITE));
    }
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new CorpusException(file.toString(), "there is no folder '" + folder + "' to write in");
    }
    Path written = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    return new AtomicOutput(
        target,
        written,
        FileChannel.open(written, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
  }

  /**
   * Removes what programs that were killed have left of attempts to write this file. Nobody may be
   * writing it.
   */
  public static void removeLeftovers(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    String begin = "." + file.getFileName() + ".";
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path other : files.toList()) {
        String name = String.valueOf(other.getFileName());
        if (name.startsWith(begin) && name.substring(begin.length()).matches(TEMPORARY)) {
          Files.deleteIfExists(other);
        }
      }
    }
  }

  /** Where to write; not buffered. */
  public OutputStream stream() {
    return stream;
  }

  /** Puts the whole file on the disk and gives it its name. Nothing can be written after that. */
  public void commit() throws IOException {
    if (written.equals(target)) {
      channel.close();
      return;
    }
    channel.force(true);
    channel.close();
    try {
      Files.move(
          written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Removes what was written, if it was not committed. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (!written.equals(target)) {
      Files.deleteIfExists(written);
    }
  }
}
