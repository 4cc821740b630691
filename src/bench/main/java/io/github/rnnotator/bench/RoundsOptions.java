package io.github.rnnotator.bench;

import io.github.rnnotator.bench.measure.Rounds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the duration of measurements and the output format. */
final class RoundsOptions {
  @Option(names = "--rounds", paramLabel = "N", description = "Turns per contestant.")
  private @Nullable Integer count;

  @Option(
      names = "--slice",
      paramLabel = "MS",
      description = "The duration of a turn; at least one run.")
  private @Nullable Long slice;

  @Option(
      names = "--warm-up",
      paramLabel = "MS",
      description = "The warm-up time of each contestant.")
  private @Nullable Long warmup;

  @Option(names = "--markdown", description = "Prints tables for a Markdown file.")
  private boolean markdown;

  /** The same options for another command. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    add(arguments, "--rounds", count);
    add(arguments, "--slice", slice);
    add(arguments, "--warm-up", warmup);
    if (markdown) {
      arguments.add("--markdown");
    }
    return arguments;
  }

  private static void add(List<String> arguments, String name, @Nullable Number value) {
    if (value != null) {
      arguments.addAll(List.of(name, value.toString()));
    }
  }

  /** The rounds; unset options are taken from the command's defaults. */
  Rounds rounds(Rounds defaults) {
    return new Rounds(
        count == null ? defaults.count() : count,
        slice == null ? defaults.sliceMillis() : slice,
        warmup == null ? defaults.warmupMillis() : warmup);
  }

  boolean markdown() {
    return markdown;
  }
}
