package io.github.rnnotator.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs commands of the benchmark in JVMs of their own, with the flags of this one: code that was
 * compiled for one comparison would be slower or faster in the next than it is by itself.
 */
final class OwnJvm {
  private OwnJvm() {}

  /** Runs a command to its end and gives its exit status; it prints where this JVM prints. */
  static int run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
