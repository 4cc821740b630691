package io.github.rnnotator.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The indented and fenced blocks of a Markdown file: programs, commands, settings. */
record Markdown(Path file, List<String> blocks) {
  private static final Pattern COMMAND =
      Pattern.compile(
          "(\\$ )?([A-Z_]+=\\S* )?(scripts/|\\./rnnotator|rnnotator[ \\\\]|java -|mvn |curl |echo"
              + " |cat |zcat |cut |cp |python3 |spark-submit |npm |git ).*");

  static Markdown read(String name) throws IOException {
    return read(Path.of(name));
  }

  static Markdown read(Path file) throws IOException {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    boolean fenced = false;
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("```")) {
        fenced = !fenced;
        add(blocks, block);
      } else if (fenced) {
        block.append(line).append('\n');
      } else if (line.startsWith("    ")) {
        block.append(line.substring(4)).append('\n');
      } else if (line.isBlank() && !block.isEmpty()) {
        block.append('\n');
      } else {
        add(blocks, block);
      }
    }
    add(blocks, block);
    return new Markdown(file, blocks);
  }

  /** All pages of the project. */
  static List<Markdown> pages() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of(".", "docs", "eval", "corpora", "src/app/dist")) {
      try (Stream<Path> list = Files.list(Path.of(folder))) {
        list.filter(file -> file.toString().endsWith(".md"))
            .map(Path::normalize)
            .sorted()
            .forEach(files::add);
      }
    }
    List<Markdown> pages = new ArrayList<>();
    for (Path file : files) {
      pages.add(read(file));
    }
    return pages;
  }

  private static void add(List<String> blocks, StringBuilder block) {
    if (!block.isEmpty()) {
      blocks.add(block.toString().stripTrailing() + "\n");
      block.setLength(0);
    }
  }

  String text() throws IOException {
    return Files.readString(file);
  }

  /** The lines of all blocks that are commands; a backslash at the end continues a line. */
  List<String> commands() {
    List<String> commands = new ArrayList<>();
    for (String block : blocks) {
      for (String line : block.replace("\\\n", " ").split("\n")) {
        if (COMMAND.matcher(line.strip()).matches()) {
          commands.add(line.strip());
        }
      }
    }
    return commands;
  }

  /** The anchors of the headings, as GitHub makes them. */
  List<String> anchors() throws IOException {
    return text()
        .lines()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  /** The only block that holds this. */
  String block(String part) {
    List<String> found = blocks.stream().filter(block -> block.contains(part)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(
          file + " has " + found.size() + " blocks with '" + part + "', expected one");
    }
    return found.get(0);
  }

  /** The only line of the only block that holds this. */
  String line(String part) {
    return block(part)
        .lines()
        .filter(line -> line.contains(part))
        .reduce(
            (a, b) -> {
              throw new IllegalStateException(file + " has more than one line with '" + part + "'");
            })
        .orElseThrow();
  }
}
