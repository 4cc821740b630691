package io.github.rnnotator.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code scripts/benchmark}: how fast Rnnotator is beside others. */
@Command(
    name = "benchmark",
    description = "Measures Rnnotator beside other programs that do the same work.",
    mixinStandardHelpOptions = true,
    subcommands = {
      NetworksCommand.class,
      TaggersCommand.class,
      KernelsCommand.class,
      SteadyCommand.class
    })
final class Main {
  private Main() {}

  /** Runs a command and exits with its status. */
  public static void main(String... args) {
    CommandLine line = new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
    // JMH has options of its own.
    line.getSubcommands().get("kernels").setUnmatchedOptionsArePositionalParams(true);
    System.exit(line.execute(args));
  }
}
