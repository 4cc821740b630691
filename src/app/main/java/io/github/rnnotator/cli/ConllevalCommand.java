package io.github.rnnotator.cli;

import io.github.rnnotator.eval.ChunkScore;
import io.github.rnnotator.eval.Conlleval;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.io.CorpusInput;
import io.github.rnnotator.io.FieldDelimiter;
import io.github.rnnotator.io.FieldReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code rnnotator conlleval}: the Perl script's arguments, output, messages and exit status.
 *
 * <p>The script reads its arguments one by one ({@code -d -l} means the delimiter {@code -l}), so
 * they bypass picocli; its annotations only serve {@code --help}.
 */
@Command(
    name = "conlleval",
    description = {
      "Scores chunk tags as the Perl script conlleval of 2004-01-26 does: the same output, byte for"
          + " byte, and the same exit status (0, 1, or 255 where the script dies).",
      "The last two columns are the gold and the predicted tag."
    },
    sortOptions = false,
    separator = " ",
    preprocessor = ConllevalCommand.Untouched.class,
    footer = {"", "Example:", "  rnnotator conlleval -d '\\t' predicted.conll"})
final class ConllevalCommand implements Callable<Integer> {
  private static final String HELP = "--help";

  private final InputStream stdin;
  private final OutputStream out;
  private final OutputStream err;
  private List<String> arguments = List.of();

  @Option(names = "-l", description = "Prints the rows of a LaTeX table.")
  private boolean latex;

  @Option(
      names = "-r",
      description = "Tags have no prefixes (B-, I-): each token is its own chunk.")
  private boolean raw;

  @Option(
      names = "-d",
      paramLabel = "DELIMITER",
      description = "Separator of columns, a regular expression. Default: one space.")
  private String delimiter = " ";

  @Option(
      names = "-o",
      paramLabel = "OTAG",
      description = "With -r: the tag of tokens outside chunks. Default: O.")
  private String outside = "O";

  @SuppressWarnings("UnusedVariable") // read by picocli
  @Option(names = HELP, usageHelp = true, description = "Show this help message and exit.")
  private boolean help;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "Default, and -: standard input. A .gz file is decompressed.")
  private @Nullable String file;

  ConllevalCommand(InputStream stdin, OutputStream out, OutputStream err) {
    this.stdin = stdin;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    try {
      parse(new ArrayDeque<>(arguments));
      Conlleval conlleval = raw ? Conlleval.raw(bytes(outside)) : Conlleval.chunks();
      ChunkScore score;
      try (FieldReader lines = open()) {
        score = conlleval.score(lines);
      }
      out.write(Conlleval.text(score, latex).getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return 0;
    } catch (Conlleval.LineException e) {
      return die(e.getMessage() + "\n", e.status());
    } catch (ArgumentException e) {
      return die(bytes(e.getMessage() + "\n"), Conlleval.DIED);
    }
  }

  private void parse(Deque<String> left) throws ArgumentException {
    while (!left.isEmpty() && left.getFirst().startsWith("-") && !left.getFirst().equals("-")) {
      String option = left.removeFirst();
      switch (option) {
        case "-l" -> latex = true;
        case "-r" -> raw = true;
        case "-d" -> delimiter = value(option, left);
        case "-o" -> outside = value(option, left);
        default -> throw new ArgumentException("unknown argument " + option);
      }
    }
    file = left.pollFirst();
    if (!left.isEmpty()) {
      throw new ArgumentException("unexpected command line argument");
    }
  }

  private static String value(String option, Deque<String> left) throws ArgumentException {
    String value = left.pollFirst();
    if (value == null) {
      throw new ArgumentException(option + " requires delimiter character");
    }
    return value;
  }

  private FieldReader open() throws IOException, ArgumentException {
    FieldDelimiter between;
    try {
      between = FieldDelimiter.of(delimiter);
    } catch (IllegalArgumentException e) {
      throw new ArgumentException("-d " + e.getMessage());
    }
    return file == null || file.equals("-")
        ? new FieldReader(
            CorpusInput.unpack(stdin, CorpusFormat.STDIN), CorpusFormat.STDIN, between)
        : new FieldReader(CorpusInput.open(Path.of(file)), file, between);
  }

  private int die(String message, int status) throws IOException {
    err.write(message.getBytes(StandardCharsets.ISO_8859_1));
    err.flush();
    return status;
  }

  /** UTF-8, with one char per byte. */
  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Thrown for arguments that the script rejects. */
  private static final class ArgumentException extends Exception {
    private static final long serialVersionUID = 1L;

    ArgumentException(String problem) {
      super("conlleval: " + problem);
    }
  }

  /** Passes all arguments to the command unchanged; picocli handles {@code --help} only. */
  static final class Untouched implements IParameterPreprocessor {
    @Override
    public boolean preprocess(
        Stack<String> args, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
      if (!args.isEmpty() && !args.peek().equals(HELP)) {
        List<String> arguments = new ArrayList<>();
        while (!args.isEmpty()) {
          arguments.add(args.pop());
        }
        ((ConllevalCommand) command.userObject()).arguments = arguments;
      }
      return false;
    }
  }
}
