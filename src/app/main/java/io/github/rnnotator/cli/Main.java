package io.github.rnnotator.cli;

import io.github.rnnotator.cli.console.StandardInput;
import io.github.rnnotator.cli.console.StandardOutput;
import io.github.rnnotator.cli.console.Terminal;
import io.github.rnnotator.cli.console.VisibleStream;
import io.github.rnnotator.cli.console.VisibleWriter;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The entry point: {@code rnnotator COMMAND}. */
@Command(
    name = "rnnotator",
    description =
        "Tags text with recurrent networks: parts of speech, entities, chunks; or labels it as a whole.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit status: 0 success, 1 failure, 2 wrong usage or bad input.",
      "",
      "Example: rnnotator tag letter.txt"
    })
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private Main() {}

  /**
   * Returns the commands by name. Only the one in use is added to the program: to read the options
   * of all of them takes longer than the tags of a sentence.
   *
   * @param first the first argument, or empty
   */
  static Map<String, Class<?>> commands(String first) {
    Map<String, Class<?>> all = new LinkedHashMap<>();
    all.put("tag", TagCommand.class);
    all.put("batch", BatchCommand.class);
    all.put("classify", ClassifyCommand.class);
    all.put("transduce", TransduceCommand.class);
    all.put("serve", ServeCommand.class);
    all.put("init", InitCommand.class);
    all.put("train", TrainCommand.class);
    all.put("pretrain", PretrainCommand.class);
    all.put("cross-validate", CrossValidateCommand.class);
    all.put("eval", EvalCommand.class);
    all.put("conlleval", ConllevalCommand.class);
    all.put("compare", CompareCommand.class);
    all.put("inspect", InspectCommand.class);
    all.put("models", ModelsCommand.class);
    all.put("export", ExportCommand.class);
    all.put("vectors", VectorsCommand.class);
    all.put("merge", MergeCommand.class);
    Class<?> only = all.get(first);
    if (only != null) {
      return Map.of(first, only);
    }
    all.put("help", CommandLine.HelpCommand.class);
    return all;
  }

  /** Without a command, shows the help. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr(), CommandLine.Help.Ansi.OFF);
    return ExitCode.USAGE;
  }

  /** Runs a command and exits with its status. */
  public static void main(String[] args) {
    System.exit(run(new StandardInput(System.in), StandardOutput.ofProcess(), System.err, args));
  }

  /** Runs a command without exiting, for tests. */
  static int run(InputStream in, OutputStream out, OutputStream err, String... args) {
    return run(in, StandardOutput.of(out), err, args);
  }

  private static int run(InputStream in, StandardOutput out, OutputStream err, String... args) {
    PrintWriter help = new PrintWriter(out, true, StandardCharsets.UTF_8);
    PrintWriter reports = visible(out);
    PrintWriter messages = visible(err);
    IFactory factory = new Commands(in, out, err);
    CommandLine program = new CommandLine(new Main(), factory);
    commands(args.length == 0 ? "" : args[0])
        .forEach((name, type) -> program.addSubcommand(name, new CommandLine(type, factory)));
    // After the commands, which get the same.
    program
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(help)
        .setErr(messages)
        .setExecutionExceptionHandler(
            (e, command, parsed) -> Errors.handle(e, command.getCommandSpec(), messages))
        .setParameterExceptionHandler((e, words) -> Errors.handleUsage(e, words, messages));
    program.setExecutionStrategy(
        parsed -> {
          // Help and version are trusted text, which may have colours.
          Integer helped = CommandLine.executeHelpRequest(parsed);
          program.setOut(reports);
          return helped == null ? new CommandLine.RunLast().execute(parsed) : helped;
        });
    int status;
    try {
      status = Errors.checkArguments(args, messages) ? program.execute(args) : ExitCode.USAGE;
    } catch (Error e) {
      status = Errors.handle(e, messages);
    }
    help.flush();
    reports.flush();
    status = out.status(status, messages);
    messages.flush();
    return status;
  }

  private static PrintWriter visible(OutputStream out) {
    return new PrintWriter(
        new VisibleWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), true);
  }

  /** Creates the commands; those that read or write bytes get the streams. */
  private record Commands(InputStream in, OutputStream out, OutputStream err) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (type == TagCommand.class) {
        return type.cast(new TagCommand(in, out));
      }
      if (type == ClassifyCommand.class) {
        return type.cast(new ClassifyCommand(in, Terminal.shown(out)));
      }
      if (type == TransduceCommand.class) {
        return type.cast(new TransduceCommand(in, Terminal.shown(out)));
      }
      if (type == BatchCommand.class) {
        return type.cast(new BatchCommand(in));
      }
      if (type == EvalCommand.class) {
        return type.cast(new EvalCommand(in));
      }
      if (type == VectorsCommand.class) {
        return type.cast(new VectorsCommand(in));
      }
      if (type == CompareCommand.class) {
        return type.cast(new CompareCommand(in));
      }
      if (type == ConllevalCommand.class) {
        OutputStream messages = Terminal.isWatched() ? new VisibleStream(err) : err;
        return type.cast(new ConllevalCommand(in, Terminal.shown(out), messages));
      }
      return CommandLine.defaultFactory().create(type);
    }
  }

  /** The version from the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"rnnotator " + number()};
    }

    static String number() {
      String version = Main.class.getPackage().getImplementationVersion();
      return version == null ? "(not packaged)" : version;
    }
  }
}
