package io.github.rnnotator.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file atomically: under a temporary name in the same folder, renamed by {@link #commit}.
 * Closing it without a commit, or a signal (SIGTERM, SIGINT), deletes the temporary file and leaves
 * an older file of that name unchanged. For one thread.
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
  private final Ending ending;

  private AtomicOutput(Path target, Path written, FileChannel channel, Ending ending) {
    this.target = target;
    this.written = written;
    this.channel = channel;
    this.stream = Channels.newOutputStream(channel);
    this.ending = ending;
  }

  /**
   * Starts writing a file. Replaces the target of a link, not the link; writes directly to anything
   * other than a regular file ({@code /dev/null}, a pipe).
   *
   * @throws CorpusException if the file is a folder or its folder does not exist
   */
  public static AtomicOutput to(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new CorpusException(file.toString(), "a folder, expected a file to write");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return new AtomicOutput(
          file, file, FileChannel.open(file, StandardOpenOption.WRITE), new Ending(null));
    }
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new CorpusException(file.toString(), "the folder '" + folder + "' does not exist");
    }
    Path written = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    Ending ending = new Ending(written);
    try {
      return new AtomicOutput(target, written, ending.open(), ending);
    } catch (IOException | RuntimeException | Error e) {
      ending.over();
      throw e;
    }
  }

  /**
   * Deletes temporary files that killed programs have left of this file. Nobody may be writing it.
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

  /** Returns the stream to write to; not buffered. */
  public OutputStream stream() {
    return stream;
  }

  /** Forces the file to the disk and renames it. Nothing can be written afterwards. */
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
    ending.over();
  }

  /** Deletes the temporary file unless committed. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
      if (!written.equals(target)) {
        Files.deleteIfExists(written);
      }
    } finally {
      ending.over();
    }
  }

  /** Shutdown hook that deletes the temporary file. */
  private static final class Ending extends Thread {
    private final @Nullable Path temporary;
    private boolean ended;

    /**
     * Creates a hook.
     *
     * @param temporary the file to delete, or null
     */
    Ending(@Nullable Path temporary) {
      super("delete " + temporary);
      this.temporary = temporary;
    }

    /** Creates the file, unless the program is already shutting down. */
    synchronized FileChannel open() throws IOException {
      Path file = Objects.requireNonNull(temporary);
      try {
        Runtime.getRuntime().addShutdownHook(this);
      } catch (IllegalStateException e) {
        ended = true;
      }
      if (ended) {
        throw new InterruptedIOException(file + ": not written, because the program is ending");
      }
      return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    /** Unregisters the hook. */
    void over() {
      try {
        Runtime.getRuntime().removeShutdownHook(this);
      } catch (IllegalStateException e) {
        // The program is shutting down, and the hook may run or not.
        return;
      }
    }

    @Override
    public synchronized void run() {
      ended = true;
      if (temporary != null) {
        try {
          Files.deleteIfExists(temporary);
        } catch (IOException e) {
          // Nobody is left to report to.
          return;
        }
      }
    }
  }
}
