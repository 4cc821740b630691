package io.github.rnnotator.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The indented blocks of a Markdown file: programs, commands, settings. */
record Markdown(Path file, List<String> blocks) {
  static Markdown read(String name) throws IOException {
    Path file = Path.of(name);
    List<String> blocks = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("    ")) {
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

  private static void add(List<String> blocks, StringBuilder block) {
    if (!block.isEmpty()) {
      blocks.add(block.toString().stripTrailing() + "\n");
      block.setLength(0);
    }
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
