package io.github.rnnotator.docs;

import io.github.rnnotator.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs commands of the documentation one after the other in the folder in which this JVM was
 * started, since they name their files as in a reader's folder.
 */
final class DocsCommands {
  private DocsCommands() {}

  /**
   * The first argument is a file with one command per line, the second the file for their outcomes.
   */
  public static void main(String[] args) throws IOException {
    List<String> report = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      ShellLine command = ShellLine.parse(line);
      CommandLineRun.Outcome outcome =
          CommandLineRun.runWith(command.input(), quick(command.arguments()).toArray());
      report.add(outcome.status() == 0 ? "0" : outcome.status() + " " + lastLine(outcome.err()));
    }
    Files.write(Path.of(args[1]), report);
    System.exit(0);
  }

  /**
   * One epoch and two seeds suffice to see that a command works; a batch starts again each time.
   */
  private static List<String> quick(List<String> arguments) {
    List<String> quick = new ArrayList<>(arguments);
    switch (quick.get(0)) {
      case "train", "cross-validate" -> {
        quick.addAll(List.of("--set", "train.epochs=1"));
        int seeds = quick.indexOf("--seeds");
        if (seeds >= 0) {
          quick.set(seeds + 1, "2");
        }
      }
      case "batch" -> quick.add("--restart");
      default -> {}
    }
    return quick;
  }

  private static String lastLine(String text) {
    return text.lines().reduce("", (a, b) -> b);
  }
}
