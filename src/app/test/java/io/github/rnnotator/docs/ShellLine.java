package io.github.rnnotator.docs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A command of the documentation: {@code [NAME=VALUE] PROGRAM ARGUMENT...}, optionally after {@code
 * echo TEXT |} or {@code zcat FILE |}, optionally followed by a comment.
 *
 * @param producer the words before {@code |}; empty without a pipe
 * @param words the program and its arguments
 */
record ShellLine(List<String> producer, List<String> words) {
  static ShellLine parse(String line) {
    List<List<String>> parts = new ArrayList<>(List.of(new ArrayList<>()));
    StringBuilder word = new StringBuilder();
    boolean open = false;
    char quote = 0;
    String ended = line.strip() + " ";
    for (int i = 0; i < ended.length(); i++) {
      char c = ended.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        open = true;
      } else if (c == '#' && !open) {
        break;
      } else if (c != ' ' && c != '|') {
        word.append(c);
        open = true;
      } else {
        if (open) {
          parts.get(parts.size() - 1).add(word.toString());
          word.setLength(0);
          open = false;
        }
        if (c == '|') {
          parts.add(new ArrayList<>());
        }
      }
    }
    List<String> words = parts.get(parts.size() - 1);
    while (!words.isEmpty() && words.get(0).matches("\\$|[A-Z_]+=.*")) {
      words.remove(0);
    }
    return new ShellLine(parts.size() == 1 ? List.of() : parts.get(0), words);
  }

  /** The program, or an empty string if the line has none. */
  String program() {
    return words.isEmpty() ? "" : words.get(0);
  }

  List<String> arguments() {
    return words.subList(1, words.size());
  }

  /** The standard input of the program. */
  byte[] input() throws IOException {
    if (producer.isEmpty()) {
      return new byte[0];
    }
    return switch (producer.get(0)) {
      case "echo" -> (producer.get(1) + "\n").getBytes(StandardCharsets.UTF_8);
      case "cat" -> Files.readAllBytes(Path.of(producer.get(1)));
      case "zcat" ->
          new GZIPInputStream(
                  new ByteArrayInputStream(Files.readAllBytes(Path.of(producer.get(1)))))
              .readAllBytes();
      default -> throw new IllegalArgumentException("no such producer: " + producer);
    };
  }
}
