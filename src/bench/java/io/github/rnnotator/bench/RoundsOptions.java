package io.github.rnnotator.bench;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How long to measure, and how to print it. */
final class RoundsOptions {
  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "40",
      description = "Turns of each contestant. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--slice",
      paramLabel = "MS",
      defaultValue = "50",
      description = "How long a turn lasts. Default: ${DEFAULT-VALUE}.")
  private long slice;

  @Option(
      names = "--warm-up",
      paramLabel = "MS",
      defaultValue = "3000",
      description = "How long each contestant runs before. Default: ${DEFAULT-VALUE}.")
  private long warmup;

  @Option(names = "--markdown", description = "Prints tables for a Markdown file.")
  private boolean markdown;

  /** The same options for another command. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of("--rounds", "" + count, "--slice", "" + slice, "--warm-up", "" + warmup));
    if (markdown) {
      arguments.add("--markdown");
    }
    return arguments;
  }

  Rounds rounds() {
    return new Rounds(count, slice, warmup);
  }

  boolean markdown() {
    return markdown;
  }
}
