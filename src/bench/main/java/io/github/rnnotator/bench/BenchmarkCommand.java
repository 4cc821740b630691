package io.github.rnnotator.bench;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code scripts/benchmark}: compares Rnnotator's speed with that of other programs. */
@Command(
    name = "benchmark",
    description = "Compares Rnnotator with other programs that do the same work.",
    mixinStandardHelpOptions = true,
    subcommands = {
      NetworksCommand.class,
      TaggersCommand.class,
      OpsCommand.class,
      SteadyCommand.class,
      TrainingCommand.class,
      PipelinesCommand.class,
      SegmentersCommand.class,
      KoreanCommand.class,
      CorpusCommand.class,
      ModelSpeedCommand.class
    })
final class BenchmarkCommand {
  private BenchmarkCommand() {}

  /** Runs a command and exits with its status. */
  public static void main(String... args) {
    CommandLine line =
        new CommandLine(new BenchmarkCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    // JMH has its own options.
    line.getSubcommands().get("ops").setUnmatchedOptionsArePositionalParams(true);
    line.setExecutionExceptionHandler(BenchmarkCommand::explain);
    System.exit(line.execute(args));
  }

  /** Prints one line for user errors, a stack trace for the rest. */
  private static int explain(Exception e, CommandLine line, CommandLine.ParseResult result)
      throws Exception {
    if (e instanceof IOException || e instanceof IllegalArgumentException) {
      line.getErr().println("benchmark: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    throw e;
  }
}
