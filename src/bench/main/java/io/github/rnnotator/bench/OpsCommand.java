package io.github.rnnotator.bench;

import io.github.rnnotator.bench.measure.Machine;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ops}: runs JMH. */
@Command(
    name = "ops",
    description = "Measures single operations with JMH.",
    footer = {
      "",
      "Examples:",
      "  scripts/benchmark ops -h",
      "  scripts/benchmark ops ProductBenchmark -p shape=800x512x1024"
    })
final class OpsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "OPTION", arity = "0..*", description = "JMH's own options.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws IOException {
    System.out.println(Machine.describe());
    org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
    return 0;
  }
}
