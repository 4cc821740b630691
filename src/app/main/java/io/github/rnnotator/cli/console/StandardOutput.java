package io.github.rnnotator.cli.console;

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
 * Standard output that keeps its first exception, since writers on top of it, such as those of
 * picocli, may swallow it. The exception determines the exit status. Nothing is written after it,
 * so that the program ends soon.
 */
public final class StandardOutput extends OutputStream {
  /** 128 + SIGPIPE, the status that a shell reports for a program ended by a closed pipe. */
  public static final int CLOSED_PIPE = 141;

  private final OutputStream out;
  private final BooleanSupplier toPipe;
  private @Nullable Failure failure;

  private StandardOutput(OutputStream out, BooleanSupplier toPipe) {
    this.out = out;
    this.toPipe = toPipe;
  }

  /** Wraps another stream, for tests. */
  public static StandardOutput of(OutputStream out) {
    return new StandardOutput(out, () -> false);
  }

  /** Opens standard output of the process. {@code System.out} would swallow exceptions. */
  public static StandardOutput ofProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out), StandardOutput::isPipe);
  }

  /** Asks the system, if possible, since the error message may be localized. */
  private static boolean isPipe() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** An exception on standard output, reported once, by {@link #status}. */
  public static final class Failure extends IOException {
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

  /** Flushes without closing the stream, which belongs to the process. */
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

  /** Returns whether the reader has closed the pipe, as {@code head} does. */
  private boolean isClosedPipe(Failure failure) {
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe")
        || toPipe.getAsBoolean();
  }

  /**
   * Returns the exit status of the program: the given one, unless standard output has failed.
   * Reports the failure in one line, except for a closed pipe.
   */
  public synchronized int status(int status, PrintWriter err) {
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
