package io.github.rnnotator;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of the documentation of a module, whose programs run as a reader runs them.
 *
 * @param file such as {@code docs/lucene.md}
 */
public record DocsPage(Path file) {
  private static final Pattern BLOCK = Pattern.compile("(?m)(?:^ {4}.*\\n|^\\n(?= {4}))+");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  /** The first indented block with this text, without its indent. */
  public String block(String part) throws IOException {
    return BLOCK
        .matcher(Files.readString(file))
        .results()
        .map(result -> result.group().replaceAll("(?m)^ {4}", "").strip())
        .filter(block -> block.contains(part))
        .findFirst()
        .orElseThrow(() -> new AssertionError(file + " has no block with '" + part + "'"));
  }

  /** The version of an artifact in the block that names it. */
  public String version(String artifact) throws IOException {
    String block = block("<artifactId>" + artifact + "</artifactId>");
    String after = block.substring(block.indexOf(">" + artifact + "<"));
    return after.substring(after.indexOf("<version>") + 9, after.indexOf("</version>"));
  }

  /**
   * Runs a program, {@code class Search}, by the command on the page, {@code java ... Search.java},
   * on the class path of this test without its tests, and returns its output.
   */
  public List<String> run(String program, Path folder) throws IOException, InterruptedException {
    Files.writeString(folder.resolve(program + ".java"), block("class " + program + " "));
    String command =
        block("\"$CP\" " + program + ".java")
            .lines()
            .filter(line -> line.contains(program + ".java"))
            .findFirst()
            .orElseThrow();
    String classpath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> words =
        WORD.matcher(command)
            .results()
            .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
            .map(word -> word.equals("$CP") ? classpath : word)
            .collect(Collectors.toCollection(ArrayList::new));
    words.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(words).directory(folder.toFile()).redirectError(errors.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(command + ": " + Files.readString(errors));
    }
    return out.lines().toList();
  }
}
