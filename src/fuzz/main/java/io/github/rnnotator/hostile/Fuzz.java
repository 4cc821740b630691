package io.github.rnnotator.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The entry point for Jazzer: {@code scripts/fuzz} names the reader in the property {@code
 * fuzz.reader}. Readers, seeds and findings are defined by the tests.
 */
public final class Fuzz {
  private static final Target TARGET = Targets.named(System.getProperty("fuzz.reader", ""));

  private Fuzz() {}

  /**
   * Reads the seeds once, since loading and instrumenting a reader's classes would exceed the time
   * limit of an input.
   */
  public static void fuzzerInitialize() throws IOException {
    for (byte[] seed : Seeds.of(TARGET.name())) {
      TARGET.accept(seed);
    }
  }

  /** Reads an input; any exception is a finding. */
  public static void fuzzerTestOneInput(byte[] input) {
    TARGET.accept(input);
  }

  /** Prints the names of all readers, or writes the seeds of one. */
  public static final class Seeding {
    private Seeding() {}

    /** Without arguments: prints all names. With a name and a folder: writes its seeds there. */
    public static void main(String[] args) throws IOException {
      if (args.length == 0) {
        Targets.all().forEach(target -> System.out.println(target.name()));
        return;
      }
      Path folder = Files.createDirectories(Path.of(args[1]));
      List<byte[]> seeds = Seeds.of(Targets.named(args[0]).name());
      for (int i = 0; i < seeds.size(); i++) {
        Files.write(folder.resolve("seed-" + i), seeds.get(i));
      }
    }
  }
}
