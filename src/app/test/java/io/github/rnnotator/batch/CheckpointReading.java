package io.github.rnnotator.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Checkpoints of batch runs, for tests of other packages. */
public final class CheckpointReading {
  private CheckpointReading() {}

  /** Reads a checkpoint with these bytes from a folder. */
  public static void read(byte[] bytes) throws IOException {
    Path folder = Files.createTempDirectory("checkpoint");
    Path file = folder.resolve(Checkpoint.NAME);
    try {
      Files.write(file, bytes);
      Checkpoint.read(folder);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  /** The bytes of a checkpoint at the start of a run. */
  public static byte[] begin() throws IOException {
    Path folder = Files.createTempDirectory("checkpoint");
    try {
      Checkpoint.begin(Map.of("format", "text"))
          .write(new OutputFolder(folder, "00000000", new Disk()));
      return Files.readAllBytes(folder.resolve(Checkpoint.NAME));
    } finally {
      Files.deleteIfExists(folder.resolve(Checkpoint.NAME));
      Files.delete(folder);
    }
  }
}
