package io.github.rnnotator.cli;

import io.github.rnnotator.cli.console.StandardOutput;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.text.Nearest;
import io.github.rnnotator.text.OneLine;
import io.github.rnnotator.train.DivergedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Maps exceptions to one line and an exit status: 2 for a user error, 1 for a failure. */
final class Errors {
  /** Java's replacement for bytes of an argument or a file name that it can't decode. */
  private static final String UNREADABLE = "\ufffd";

  /** Shorter options are too similar. */
  private static final int SHORTEST_SUGGESTED = 4;

  private static final String NAMED =
      " Name its columns: --columns form,xpos,upos,ner, with _ for each to ignore.";

  private Errors() {}

  /** Handles an exception of a command, whose options are the remedy for another layout. */
  static int handle(Throwable e, CommandSpec command, PrintWriter err) {
    Throwable cause = wrapped(e);
    String remedy =
        cause instanceof CorpusException corpus ? remedy(corpus.suspicion(), command) : "";
    if (!remedy.isEmpty()) {
      return say(cause.getMessage() + remedy, ExitCode.USAGE, err);
    }
    return handle(cause, err);
  }

  private static Throwable wrapped(Throwable e) {
    Throwable cause = e.getCause();
    boolean wrapped =
        e instanceof UncheckedIOException
            || e instanceof ExecutionException
            || e instanceof CompletionException;
    return wrapped && cause != null ? wrapped(cause) : e;
  }

  private static String remedy(CorpusException.Suspicion suspicion, CommandSpec command) {
    boolean named = command.optionsMap().containsKey("--columns");
    boolean configured = command.optionsMap().containsKey("--config");
    String comments = command.optionsMap().containsKey("--comments") ? " Give --comments." : "";
    return switch (suspicion) {
      case COLUMNS -> named ? NAMED : configured ? " Set input.format to columns." : "";
      case OTHER_COLUMNS -> named ? NAMED : configured ? " Set input.columns." : "";
      case CONLLU ->
          named ? " Give --in conllu." : configured ? " Set input.format to conllu." : "";
      case COMMENTS -> configured ? " Set input.comments to true." : comments;
      case NONE -> "";
    };
  }

  static int handle(Throwable e, PrintWriter err) {
    if (wrapped(e) != e) {
      return handle(wrapped(e), err);
    }
    if (e instanceof StandardOutput.Failure) {
      // Reported by StandardOutput.status.
      return ExitCode.SOFTWARE;
    }
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof OutOfMemoryError) {
        return say(
            "out of memory; give Java more, e.g. with RNNOTATOR_JAVA_OPTS=-Xmx4g",
            ExitCode.SOFTWARE,
            err);
      }
      if (t instanceof StackOverflowError) {
        return say(
            "the input is nested too deeply, or the stack is too small; give Java more,"
                + " e.g. with RNNOTATOR_JAVA_OPTS=-Xss16m",
            ExitCode.SOFTWARE,
            err);
      }
    }
    if (e instanceof CorpusException
        || e instanceof ModelFormatException
        || e instanceof InputException) {
      String message = String.valueOf(e.getMessage());
      String hint = message.endsWith(": no such file") ? hint(message) : "";
      return say(message + hint, ExitCode.USAGE, err);
    }
    if (e instanceof InvalidPathException invalid) {
      return say(unnamable(invalid), ExitCode.USAGE, err);
    }
    if (e instanceof NoSuchFileException missing) {
      String name = missing.getFile();
      return say(name + ": no such file or folder" + hint(name), ExitCode.USAGE, err);
    }
    if (e instanceof AccessDeniedException denied) {
      return say(denied.getFile() + ": permission denied", ExitCode.USAGE, err);
    }
    if (e instanceof IOException || e instanceof DivergedException) {
      return say(message(e), ExitCode.SOFTWARE, err);
    }
    // A bug: bug reports need the stack trace.
    err.println("rnnotator: internal error: " + OneLine.of(String.valueOf(e)));
    e.printStackTrace(err);
    return ExitCode.SOFTWARE;
  }

  /** Why a file may be missing whose name Java could not decode. */
  private static String hint(String name) {
    return name.contains(UNREADABLE)
        ? "; Java reads its name as " + encoding() + ": rename it"
        : "";
  }

  /** Some file system exceptions have a file name as message, some stream exceptions none. */
  private static String message(Throwable e) {
    boolean bare =
        e.getMessage() == null || (e instanceof FileSystemException f && f.getReason() == null);
    return bare ? e.toString() : String.valueOf(e.getMessage());
  }

  private static String encoding() {
    return System.getProperty("sun.jnu.encoding", "UTF-8");
  }

  private static boolean readsUtf8() {
    return encoding().equalsIgnoreCase(StandardCharsets.UTF_8.name());
  }

  private static String unnamable(InvalidPathException e) {
    boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(e.getInput());
    return ascii || readsUtf8()
        ? e.getInput() + ": not a file name: " + e.getReason()
        : e.getInput() + ": " + otherEncoding("cannot use such a file name");
  }

  private static String otherEncoding(String problem) {
    return "Java "
        + problem
        + ", since the locale's encoding is "
        + encoding()
        + "; set LC_ALL=C.UTF-8, or start Rnnotator by its launcher, which does";
  }

  /** Checks that Java could decode the arguments; reports it otherwise. */
  static boolean checkArguments(String[] args, PrintWriter err) {
    if (readsUtf8()) {
      return true;
    }
    for (String argument : args) {
      if (argument.contains(UNREADABLE)) {
        say(argument + ": " + otherEncoding("cannot read this argument"), ExitCode.USAGE, err);
        return false;
      }
    }
    return true;
  }

  static int handleUsage(ParameterException e, String[] args, PrintWriter err) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String help = " (see " + command.qualifiedName() + " --help)";
    return say(problem(e, command, List.of(args)) + help, ExitCode.USAGE, err);
  }

  private static String problem(ParameterException e, CommandSpec command, List<String> args) {
    boolean root = command.parent() == null;
    if (e instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      if (unmatched.isUnknownOption()) {
        List<String> options =
            command.optionsMap().keySet().stream()
                .filter(name -> name.length() >= SHORTEST_SUGGESTED)
                .toList();
        String name = word.replaceFirst("=.*", "");
        return e.getMessage()
            + (name.length() < SHORTEST_SUGGESTED ? "" : suggestion(Nearest.to(name, options)));
      }
      if (root) {
        return unknownCommand(word, command);
      }
    }
    if (root && args.size() > 1 && args.get(0).equals("help")) {
      return unknownCommand(args.get(1), command);
    }
    // Picocli calls an option with keys an option option.
    return String.valueOf(e.getMessage()).replace("option option ", "option ");
  }

  private static String unknownCommand(String word, CommandSpec command) {
    return "unknown command '"
        + word
        + "'"
        + suggestion(Nearest.to(word, command.subcommands().keySet()));
  }

  private static String suggestion(Optional<String> name) {
    return name.map(nearest -> "; did you mean " + nearest + "?").orElse("");
  }

  private static int say(String message, int status, PrintWriter err) {
    err.println("rnnotator: " + OneLine.of(message));
    return status;
  }
}
