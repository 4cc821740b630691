package io.github.rnnotator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    for (String file :
        List.of(
            "scripts/proper-nouns.awk",
            "scripts/kaist-endings.awk",
            "eval/bundled-en.yaml",
            "eval/bundled-en-fast.yaml",
            "eval/bundled-ko.yaml")) {
      write(file, Files.readString(Path.of(file)));
    }
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
    write("data/lexicon.tsv", "");
    arguments.addAll(List.of("--lexicon", folder.resolve("data/lexicon.tsv").toString()));
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
            "train",
            "train",
            "merge",
            "merge",
            "pretrain",
            "train",
            "train",
            "train",
            "train",
            "pretrain",
            "train",
            "train",
            "train");
    assertThat(asked.get(3)).contains("-c bundled-en-full.yaml").endsWith("-o en-first.rnn");
    assertThat(made("bundled-en-full.yaml"))
        .content()
        .contains("encoder:")
        .doesNotContain(", rank: ");
    assertThat(asked.get(4)).contains("--from en-first.rnn").endsWith("-o en-second.rnn");
    assertThat(made("bundled-en-tagger.yaml"))
        .content()
        .contains("rank")
        .doesNotContain("segment:");
    assertThat(asked.get(5))
        .contains("-c bundled-en-tagger.yaml", "--from en-second.rnn", "--seeds 5")
        .endsWith("-o en-third.rnn");
    assertThat(asked.get(6))
        .contains("--from en-third.seed-21.rnn --from en-third.seed-22.rnn")
        .contains("--set train.epochs=0")
        .endsWith("-o en.rnn");
    assertThat(asked.get(asked.size() - 2))
        .contains("--from ko-first.rnn", "--set train.epochs=5")
        .endsWith("-o ko-third.rnn");
    assertThat(folder.resolve("models")).isDirectoryContaining("glob:**/ko.rnn");
    assertThat(made("btc/train.txt")).hasContent("@\tB-PER\nada\tB-PER\nat\tO\n@\tO\nhome\tO\n\n");
  }

  /** Returns a file of the working folder. */
  private Path made(String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.endsWith(name) && !file.startsWith(folder.resolve("data")))
          .findFirst()
          .orElseThrow();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "많은, 많+ㄴ, paa+etm, 많+은",
    "있을까, 있+ㄹ까, paa+ef, 있+을까",
    "새로운, 새롭+ㄴ, paa+etm, 새롭+ㄴ",
    "만든, 만들+ㄴ, pvg+etm, 만들+ㄴ",
    "했다, 하+었+다, pvg+ep+ef, 하+았+다",
    "먹었다, 먹+었+다, pvg+ep+ef, 먹+었+다",
    "갔다, 가+ㅆ+다, pvg+ep+ef, 가+았+다",
    "냈다, 내+ㅆ+다, pvg+ep+ef, 내+었+다",
    "나서, 나+서, pvg+ecs, 나+아서",
    "있다고, 있+다+고, paa+ef+jcr, 있+다고",
    "완전히, 완전+히, ncps+xsa, 완전히",
    "같이, 같+이, paa+ecs, 같이",
    "비슷한, 비슷하+ㄴ, paa+etm, 비슷+하+ㄴ",
    "좋아하는, 좋아하+는, pvg+etm, 좋아하+는",
    "의한, 의하+ㄴ, pvg+etm, 의하+ㄴ",
    // A particle, not an ending.
    "건, 것+ㄴ, nbn+jxt, 것+ㄴ",
    // As many tags as morphemes, or nothing changes.
    "많은, 많+ㄴ, paa, 많+ㄴ",
    "+, +, sy, +"
  })
  void lemmasOfKaistFollowGsd(String form, String lemma, String tag, String expected)
      throws Exception {
    String[] arguments = data("ko");
    String rest = "\t_\t_\t_\t_\t_\n\n";
    String row = "1\t" + form + "\t%s\t_\t" + tag + rest;
    write("data/kaist/train.conllu", "# text = " + form + "\n" + row.formatted(lemma));
    run(arguments);
    assertThat(made("kaist_endings/train.conllu"))
        .hasContent("# text = " + form + "\n" + row.formatted(expected));
  }

  @Test
  void properNounsGetTheTypesOfOtherCorpora() throws Exception {
    String[] arguments = data("ko");
    write("data/names-ko/klue/train.txt", "서\tB-LC\n울\tI-LC\n은\tO\n\n경\tB-OG\n찰\tI-OG\n\n");
    write("data/names-ko/multiconer/train.txt", "부산\tB-LOC\n\n데미안\tB-CW\n\n");
    String rest = "\t_\t_\t_\t_\t";
    write(
        "data/kaist/train.conllu",
        String.join(
            "\n",
            "# text = 서울에서는 경찰이 라온을 찾는다",
            "1\t서울에서는\t서울+에서+는\t_\tnq+jca+jxt" + rest + "SpaceAfter=No",
            "2\t경찰이\t경찰+이\t_\tncn+jcs" + rest + "_",
            "3\t라온을\t라온+을\t_\tnq+jco" + rest + "_",
            "4\t찾는다\t찾+는다\t_\tpvg+ef" + rest + "_",
            "",
            "1\t데미안은\t데미안+은\t_\tnq+jxt" + rest + "_",
            "",
            "1\t부산\t부산\t_\tnq" + rest + "_",
            "2\t시장이\t시장+이\t_\tncn+jcs" + rest + "_",
            "",
            ""));
    run(arguments);
    assertThat(made("kaist_names/train.conllu"))
        .hasContent(
            String.join(
                "\n",
                "# text = 서울에서는 경찰이 라온을 찾는다",
                "1\t서울에서는\t서울+에서+는\t_\tnq+jca+jxt" + rest + "SpaceAfter=No|NER=B-LOC|NER_SUFFIX=3",
                "2\t경찰이\t경찰+이\t_\tncn+jcs" + rest + "NER=_|NER_SUFFIX=_",
                "3\t라온을\t라온+을\t_\tnq+jco" + rest + "NER=_|NER_SUFFIX=_",
                "4\t찾는다\t찾+는다\t_\tpvg+ef" + rest + "NER=O|NER_SUFFIX=_",
                "",
                ""));
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
