package io.github.rnnotator.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long to measure, and how to print it. */
final class RoundsOptions {
  @Option(names = "--rounds", paramLabel = "N", description = "Turns of each contestant.")
  private @Nullable Integer count;

  @Option(
      names = "--slice",
      paramLabel = "MS",
      description = "How long a turn lasts, at least one run.")
  private @Nullable Long slice;

  @Option(
      names = "--warm-up",
      paramLabel = "MS",
      description = "How long each contestant runs before.")
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

  /** The rounds, as a command has them where nothing else is said. */
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
