package io.github.rnnotator.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code scripts/benchmark}: how fast Rnnotator is beside others. */
@Command(
    name = "benchmark",
    description = "Measures Rnnotator beside other programs that do the same work.",
    mixinStandardHelpOptions = true,
    subcommands = {NetworksCommand.class, TaggersCommand.class})
final class Main {
  private Main() {}

  /** Runs a command and exits with its status. */
  public static void main(String... args) {
    System.exit(
        new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }
}
