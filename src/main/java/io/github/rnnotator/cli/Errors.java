package io.github.rnnotator.cli;

import io.github.rnnotator.corpus.CorpusException;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.train.DivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** From exceptions to one line and an exit status: 2 for the user's mistake, 1 for a failure. */
final class Errors {
  private Errors() {}

  static int handle(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof UncheckedIOException && e.getCause() instanceof IOException cause) {
      return handle(cause, command, parsed);
    }
    if (e instanceof CorpusException
        || e instanceof ModelFormatException
        || e instanceof InputException) {
      return say(command, String.valueOf(e.getMessage()), CommandLine.ExitCode.USAGE);
    }
    if (e instanceof NoSuchFileException missing) {
      return say(
          command, missing.getFile() + ": no such file or folder", CommandLine.ExitCode.USAGE);
    }
    if (e instanceof AccessDeniedException denied) {
      return say(command, denied.getFile() + ": permission denied", CommandLine.ExitCode.USAGE);
    }
    if (e instanceof IOException || e instanceof DivergedException) {
      return say(command, String.valueOf(e.getMessage()), CommandLine.ExitCode.SOFTWARE);
    }
    // A defect of the program: whoever reports it needs to see where.
    command.getErr().println("rnnotator: internal error: " + e);
    e.printStackTrace(command.getErr());
    return CommandLine.ExitCode.SOFTWARE;
  }

  static int handleUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    return say(
        command,
        e.getMessage() + " (see " + command.getCommandSpec().qualifiedName() + " --help)",
        CommandLine.ExitCode.USAGE);
  }

  private static int say(CommandLine command, String message, int status) {
    command.getErr().println("rnnotator: " + message);
    return status;
  }
}
