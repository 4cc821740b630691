package io.github.rnnotator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/train-bundled} with a launcher that only writes what it is asked to do. */
class TrainBundledTest {
  private static final String LAUNCHER =
      """
      #!/usr/bin/env bash
      echo "$*" >> "$LOG"
      while [ $# -gt 0 ]; do [ "$1" != -o ] || touch "$2"; shift; done
      """;

  @TempDir Path folder;

  private String write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return file.getParent().toString();
  }

  private List<String> run(String... arguments) throws IOException, InterruptedException {
    write("scripts/train-bundled", Files.readString(Path.of("scripts/train-bundled")));
    write("scripts/rnnotator", LAUNCHER);
    assertThat(folder.resolve("scripts/rnnotator").toFile().setExecutable(true)).isTrue();
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>(List.of("bash", "scripts/train-bundled"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("LOG", log.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    return Files.readAllLines(log);
  }

  private String[] data(String... last) throws IOException {
    List<String> arguments = new ArrayList<>();
    for (String part : List.of("ewt", "gum", "gsd", "kaist")) {
      write("data/" + part + "/dev.conllu", "");
      arguments.addAll(List.of("--" + part, write("data/" + part + "/train.conllu", "")));
    }
    write("data/uner/dev.iob2", "");
    arguments.addAll(List.of("--uner", write("data/uner/train.iob2", "")));
    write("data/wnut/dev.txt", "");
    arguments.addAll(List.of("--wnut", write("data/wnut/train.txt", "")));
    for (String name : List.of("redocred", "sec", "multiconer")) {
      write("data/names/" + name + "/train.txt", "");
    }
    for (String domain : List.of("ai", "literature", "music", "politics", "science")) {
      write("data/names/crossner_" + domain + "/train.txt", "");
    }
    write("data/names/btc/dev.txt", "");
    write("data/names/btc/train.txt", "@\tO\nada\tB-PER\nat\tO\n@\tO\nhome\tO\n\n");
    arguments.addAll(List.of("--names", folder.resolve("data/names").toString()));
    for (String name : List.of("klue", "multiconer")) {
      write("data/names-ko/" + name + "/dev.txt", "");
      write("data/names-ko/" + name + "/train.txt", "");
    }
    arguments.addAll(List.of("--names-ko", folder.resolve("data/names-ko").toString()));
    arguments.addAll(List.of("--text", write("data/text/wiki.txt", "")));
    arguments.addAll(List.of("--text-ko", write("data/text-ko/wiki.txt", "")));
    write("data/glove.vec", "");
    arguments.addAll(List.of("--vectors", folder.resolve("data/glove.vec").toString()));
    arguments.addAll(List.of("--to", folder.resolve("models").toString()));
    arguments.addAll(List.of(last));
    return arguments.toArray(String[]::new);
  }

  @Test
  void everyModelIsPretrainedAndTrained() throws Exception {
    List<String> asked = run(data());
    assertThat(asked.stream().map(line -> line.replaceFirst(" .*", "")))
        .containsExactly(
            "merge",
            "merge",
            "pretrain",
            "train",
            "train",
            "merge",
            "merge",
            "pretrain",
            "train",
            "train",
            "pretrain",
            "train");
    assertThat(asked.get(3)).endsWith("-o en-first.rnn");
    assertThat(asked.get(4)).contains("--from en-first.rnn").endsWith("-o en.rnn");
    assertThat(folder.resolve("models")).isDirectoryContaining("glob:**/ko.rnn");
    Path btc;
    try (var files = Files.walk(folder)) {
      btc =
          files
              .filter(
                  file ->
                      file.endsWith("btc/train.txt") && !file.startsWith(folder.resolve("data")))
              .findFirst()
              .orElseThrow();
    }
    assertThat(btc).hasContent("@\tB-PER\nada\tB-PER\nat\tO\n@\tO\nhome\tO\n\n");
  }

  @Test
  void segmentersAreTrainedAlone() throws Exception {
    assertThat(run(data("--segmenter-only", "ko")))
        .singleElement()
        .asString()
        .startsWith("train ")
        .contains("--from ko --segmenter-only");
  }
}
