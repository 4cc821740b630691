package io.github.rnnotator.batch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The output folder of a run. An incomplete output is {@code .NAME.RUN.part}, where RUN identifies
 * the run, so that parts of other runs are left alone.
 *
 * @param root the folder
 * @param run the identifier of the run
 * @param ops the disk operations
 */
record OutputFolder(Path root, String run, FileOps ops) {
  static final String FAILED = "_failed.jsonl";

  /** The maximum length of a file name on common file systems, in bytes. */
  private static final int LONGEST = 255;

  /** The run's own files in the root; outputs may not have these names. */
  static final Set<String> OWN =
      Set.of(FolderLock.NAME, Checkpoint.NAME, BatchSummary.NAME, FAILED);

  /** Whether this is a file, or a part of one, that every run creates at its start. */
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

  /** Whether the name is short enough for the file system. */
  boolean isShortEnough(String name) {
    return FileNames.bytesOfLast(partName(name)) <= LONGEST;
  }

  /** Atomically replaces one of the run's own files. */
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

  /** Renames complete outputs; those already renamed are skipped. */
  void rename(List<String> names) throws IOException {
    for (String name : names) {
      Path part = part(name);
      if (Files.exists(part)) {
        ops.move(part, output(name));
      }
    }
  }

  /** Deletes the parts of abandoned outputs. */
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
