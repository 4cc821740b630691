package io.github.rnnotator.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Commands as typed, run within this JVM. */
public final class CommandLineRun {
  private CommandLineRun() {}

  /**
   * How a command ended and what it printed.
   *
   * @param err with line feeds alone, on any system
   */
  public record Outcome(int status, String out, String err) {}

  /** Runs a command that reads nothing; each argument is what its {@code toString} gives. */
  public static Outcome run(Object... args) {
    return runWith("", args);
  }

  /** The same with this text on standard input, in UTF-8. */
  public static Outcome runWith(String in, Object... args) {
    return runWith(in.getBytes(StandardCharsets.UTF_8), args);
  }

  /** The same with these bytes on standard input. */
  public static Outcome runWith(byte[] in, Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] words = Arrays.stream(args).map(String::valueOf).toArray(String[]::new);
    int status = Main.run(new ByteArrayInputStream(in), out, err, words);
    return new Outcome(
        status,
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
  }
}
