package io.github.rnnotator.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Standard output, whose failures are never lost: writers on top of it may swallow an exception, as
 * those of picocli do, but the first one is kept here and decides the program's exit status. After
 * it nothing more is written, so that the work ends soon.
 */
final class StandardOutput extends OutputStream {
  /** 128 and the number of SIGPIPE: what a shell reports of a program that a closed pipe ends. */
  static final int CLOSED_PIPE = 141;

  private final OutputStream out;
  private final BooleanSupplier toPipe;
  private @Nullable Failure failure;

  private StandardOutput(OutputStream out, BooleanSupplier toPipe) {
    this.out = out;
    this.toPipe = toPipe;
  }

  /** A stream in its place. */
  static StandardOutput of(OutputStream out) {
    return new StandardOutput(out, () -> false);
  }

  /** That of the process. {@code System.out} would swallow all failures. */
  static StandardOutput ofProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out), StandardOutput::isPipe);
  }

  /** Where the system tells: its own message may be in the user's language. */
  private static boolean isPipe() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** What went wrong with standard output. It is reported once, by {@link #status}. */
  static final class Failure extends IOException {
    private static final long serialVersionUID = 1L;

    Failure(IOException cause) {
      super("standard output: " + cause.getMessage(), cause);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    attempt(() -> out.write(bytes, from, length));
  }

  @Override
  public void flush() throws IOException {
    attempt(out::flush);
  }

  /** Flushes; the stream itself is the process's. */
  @Override
  public void close() throws IOException {
    flush();
  }

  private interface Action {
    void run() throws IOException;
  }

  private synchronized void attempt(Action action) throws Failure {
    if (failure != null) {
      throw failure;
    }
    try {
      action.run();
    } catch (IOException e) {
      failure = new Failure(e);
      throw failure;
    }
  }

  /** Whether the reader has gone, as {@code head} does when it has its lines. */
  private boolean isClosedPipe(Failure failure) {
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe")
        || toPipe.getAsBoolean();
  }

  /**
   * The exit status of the program: the given one, unless standard output has failed. That is said
   * in one line; a closed pipe is not a mistake, and nothing is said.
   */
  synchronized int status(int status, PrintWriter err) {
    if (failure == null) {
      return status;
    }
    if (isClosedPipe(failure)) {
      return CLOSED_PIPE;
    }
    err.println("rnnotator: " + failure.getMessage());
    return CommandLine.ExitCode.SOFTWARE;
  }
}
