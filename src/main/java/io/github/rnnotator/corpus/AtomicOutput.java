package io.github.rnnotator.corpus;

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
 * A file that appears whole or not at all: it is written under a temporary name in the same folder
 * and renamed by {@link #commit}. Closed without a commit, nothing is left of it, and an older file
 * of that name stays as it was; nor is anything left when the program is asked to end (SIGTERM,
 * SIGINT). For one thread.
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
      return new AtomicOutput(
          file, file, FileChannel.open(file, StandardOpenOption.WRITE), new Ending(null));
    }
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new CorpusException(file.toString(), "there is no folder '" + folder + "' to write in");
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
    ending.over();
  }

  /** Removes what was written, if it was not committed. */
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

  /** Deletes the temporary file when the program is asked to end while it is written. */
  private static final class Ending extends Thread {
    private final @Nullable Path temporary;
    private boolean ended;

    /**
     * The end of a file.
     *
     * @param temporary what is deleted; null for nothing
     */
    Ending(@Nullable Path temporary) {
      super("delete " + temporary);
      this.temporary = temporary;
    }

    /** Creates the file, unless the program is ending already. */
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

    /** Nothing is left to delete. */
    void over() {
      try {
        Runtime.getRuntime().removeShutdownHook(this);
      } catch (IllegalStateException e) {
        // The program is ending, and whether this runs makes no difference.
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
          // Nobody is left to be told.
          return;
        }
      }
    }
  }
}
