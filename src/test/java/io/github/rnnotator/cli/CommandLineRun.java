package io.github.rnnotator.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Commands as a person types them, for tests of other packages. */
public final class CommandLineRun {
  private CommandLineRun() {}

  /** How a command ended and what it printed. */
  public record Outcome(int status, String out, String err) {}

  /** Runs a command within this JVM. */
  public static Outcome run(byte[] in, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Main.run(new ByteArrayInputStream(in), out, err, args);
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
