package io.github.rnnotator.batch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.output.UnsynchronizedByteArrayOutputStream;

/**
 * The outputs of one input file, under temporary names until they are whole. Unlike those of {@link
 * io.github.rnnotator.corpus.AtomicOutput} they outlive the program, to be gone on with. For one
 * thread.
 */
final class OutputFile implements Closeable {
  private final List<String> names;
  private final List<FileChannel> channels = new ArrayList<>();

  /**
   * Opens the outputs and cuts off what is behind {@code lengths}.
   *
   * @param folder the output folder
   * @param names their names below it
   * @param lengths how much of each is kept
   */
  OutputFile(Path folder, List<String> names, List<Long> lengths) throws IOException {
    this.names = names;
    try {
      for (int i = 0; i < names.size(); i++) {
        Path file = temporary(folder, names.get(i));
        Path parent = file.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channels.add(channel);
        long length = i < lengths.size() ? lengths.get(i) : 0;
        if (channel.size() < length) {
          throw new IOException(
              file + " is shorter than the checkpoint says; start over with --restart");
        }
        channel.truncate(length);
        channel.position(length);
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private static Path temporary(Path folder, String name) {
    Path file = folder.resolve(name);
    return file.resolveSibling("." + file.getFileName() + ".part");
  }

  List<String> names() {
    return names;
  }

  void write(List<UnsynchronizedByteArrayOutputStream> parts) throws IOException {
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).writeTo(Channels.newOutputStream(channels.get(i)));
    }
  }

  List<Long> lengths() throws IOException {
    List<Long> lengths = new ArrayList<>();
    for (FileChannel channel : channels) {
      lengths.add(channel.position());
    }
    return lengths;
  }

  /** Puts on the disk what was written. */
  void force() throws IOException {
    for (FileChannel channel : channels) {
      channel.force(false);
    }
  }

  /** Gives whole outputs their names; those that have them already are left alone. */
  static void rename(Path folder, List<String> names) throws IOException {
    for (String name : names) {
      Path file = temporary(folder, name);
      if (Files.exists(file)) {
        Files.move(
            file,
            folder.resolve(name),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Removes what was written of an output that is given up, as far as that can be done. */
  static void delete(Path folder, List<String> names) {
    for (String name : names) {
      try {
        Files.deleteIfExists(temporary(folder, name));
      } catch (IOException e) {
        // It could not be written, and for the same reason not be removed: the failure is on
        // record.
        continue;
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (FileChannel channel : channels) {
      channel.close();
    }
  }
}
