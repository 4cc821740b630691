package io.github.rnnotator.batch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder a run writes into. An output that is not whole is {@code .NAME.RUN.part}, where RUN is
 * the run's own mark: parts of others are never taken for its own.
 *
 * @param root the folder
 * @param run the mark of the run
 * @param ops what changes the disk
 */
record OutputFolder(Path root, String run, FileOps ops) {
  static final String FAILED = "_failed.jsonl";

  /** The most bytes that the name of a file may have on common file systems. */
  private static final int LONGEST = 255;

  /** The files at the top that are a run's own; no output may have such a name. */
  static final Set<String> OWN =
      Set.of(FolderLock.NAME, Checkpoint.NAME, BatchSummary.NAME, FAILED);

  /** Whether this is a file, or the beginning of one, that every run has from its first moment. */
  static boolean isFirst(String name) {
    return name.equals(FolderLock.NAME) || name.equals(beginning(Checkpoint.NAME));
  }

  private static String beginning(String own) {
    return "." + own + ".part";
  }

  Path output(String name) {
    return FileNames.resolve(root, name);
  }

  Path part(String name) {
    return FileNames.resolve(root, partName(name));
  }

  private String partName(String name) {
    int last = name.lastIndexOf('/') + 1;
    return name.substring(0, last) + "." + name.substring(last) + "." + run + ".part";
  }

  /** Whether the file system takes the name. */
  boolean isShortEnough(String name) {
    return FileNames.bytesOfLast(partName(name)) <= LONGEST;
  }

  /** Writes one of the run's own files, which is replaced as a whole or not at all. */
  void replace(String own, byte[] bytes) throws IOException {
    Path beginning = root.resolve(beginning(own));
    try (FileOps.OpenFile file = ops.open(beginning)) {
      if (file.channel().size() > 0) {
        ops.truncate(file, 0);
      }
      ops.write(file, ByteBuffer.wrap(bytes));
      ops.force(file);
    }
    ops.move(beginning, root.resolve(own));
  }

  /** Gives whole outputs their names; those that have them already are left alone. */
  void rename(List<String> names) throws IOException {
    for (String name : names) {
      Path part = part(name);
      if (Files.exists(part)) {
        ops.move(part, output(name));
      }
    }
  }

  /** Deletes the parts of outputs that were given up. */
  void deleteParts(List<String> names) throws IOException {
    for (String name : names) {
      ops.delete(part(name));
    }
  }

  /** Deletes all parts of this run. */
  void deleteParts() throws IOException {
    String end = "." + run + ".part";
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(".") && name.endsWith(end) && Files.isRegularFile(file)) {
          ops.delete(file);
        }
      }
    }
  }
}
