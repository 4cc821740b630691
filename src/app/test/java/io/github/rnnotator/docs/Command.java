package io.github.rnnotator.docs;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A {@code java} command of the documentation, run in a folder. */
final class Command {
  private final List<String> words;
  private final Path folder;

  /**
   * The command of a line.
   *
   * @param classpath stands for {@code "$CP"}
   */
  Command(String line, String classpath, Path folder) {
    this.words = new ArrayList<>(Arrays.asList(line.strip().split("\\s+")));
    this.folder = folder;
    if (!words.get(0).equals("java")) {
      throw new IllegalArgumentException("no java command: " + line);
    }
    words.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.replaceAll(word -> word.equals("\"$CP\"") ? classpath : word);
    if (System.getProperty("ops.expected").equals("scalar")) {
      words.remove("--add-modules");
      words.remove("jdk.incubator.vector");
    }
  }

  /** The jars and folders of this build, except those that only the tests need. */
  static String classpath(Predicate<String> wanted) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
        .filter(wanted)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Whether a part of the class path, a jar or a folder of classes, is one of our modules.
   *
   * @param names a regular expression: {@code core|model-.*}
   */
  static boolean isModule(String entry, String names) {
    return entry.matches(".*[/\\\\]rnnotator-(" + names + ")(-\\d[^/\\\\]*\\.jar|[/\\\\]classes)");
  }

  /** Whether a part of the class path belongs to CoreNLP. */
  static boolean isCoreNlp(String entry) {
    return entry.contains("stanford");
  }

  /** Whether a part of the class path belongs to OpenNLP; our adapter does not. */
  static boolean isOpenNlp(String entry) {
    return entry.contains("opennlp") && !isModule(entry, ".*");
  }

  Process start(Path log) throws IOException {
    return new ProcessBuilder(words)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Runs to the end and returns the output, without that of loggers and the JVM. */
  List<String> run() throws IOException, InterruptedException {
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    Process process =
        new ProcessBuilder(words).directory(folder.toFile()).redirectError(errors.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(words + ": " + Files.readString(errors));
    }
    return out.lines().toList();
  }
}
