package io.github.rnnotator.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program: {@code rnnotator COMMAND}. */
@Command(
    name = "rnnotator",
    description =
        "Tags text with recurrent networks: parts of speech, entities, chunks; or labels it as a whole.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TagCommand.class,
      BatchCommand.class,
      ClassifyCommand.class,
      ServeCommand.class,
      TrainCommand.class,
      CrossValidateCommand.class,
      EvalCommand.class,
      ConllevalCommand.class,
      CompareCommand.class,
      InspectCommand.class,
      ModelsCommand.class,
      ExportCommand.class,
      VectorsCommand.class,
      MergeCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Exit status: 0 success, 1 failure, 2 wrong usage or bad input.",
      "",
      "Example: rnnotator tag letter.txt"
    })
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private Main() {}

  /** Without a command: shows which there are. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /** Runs a command and exits with its status. */
  public static void main(String[] args) {
    System.exit(run(System.in, System.out, System.err, args));
  }

  /** Runs a command; tests call it without leaving the JVM. */
  static int run(InputStream in, OutputStream out, OutputStream err, String... args) {
    return new CommandLine(new Main(), new Commands(in, out, err))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler(Errors::handle)
        .setParameterExceptionHandler(Errors::handleUsage)
        .execute(args);
  }

  /** Makes the commands; those that read or write bytes are given the streams. */
  private record Commands(InputStream in, OutputStream out, OutputStream err)
      implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (type == TagCommand.class) {
        return type.cast(new TagCommand(in, out));
      }
      if (type == ClassifyCommand.class) {
        return type.cast(new ClassifyCommand(in, out));
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
        return type.cast(new ConllevalCommand(in, out, err));
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
