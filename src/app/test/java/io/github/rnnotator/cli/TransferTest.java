package io.github.rnnotator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.cli.CommandLineRun.Outcome;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.TaggerModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code train --from} with other heads than the model's: its words and layers learn new labels.
 */
class TransferTest {
  private static final Path SAMPLES = Path.of("corpora/sample");

  /** A step that changes no weight. */
  private static final String STILL = "train: {rate: 1.0e-30, epochs: 1, average: 0}";

  @TempDir private static Path folder;
  private static Path model;
  private static Path config;

  @BeforeAll
  static void train() throws IOException {
    Path full =
        Files.writeString(
            folder.resolve("full.yaml"),
            """
            input:   {format: conllu, heads: {upos: upos, xpos: xpos}, language: en}
            embed:   {words: {dim: 8}, shape: true}
            encoder: [{bidirectional: gru, hidden: 8}]
            heads:   {upos: {kind: softmax}, xpos: {kind: softmax}}
            train:   {rate: 0.02, epochs: 3, batch: 4, average: 0.5}
            segment: {train: {epochs: 1}}
            """);
    model = folder.resolve("pos.rnn");
    Path data = SAMPLES.resolve("en.conllu");
    Outcome outcome =
        CommandLineRun.run("train", "-c", full, "--train", data, "--dev", data, "-o", model);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    config =
        Files.writeString(
            folder.resolve("names.yaml"),
            """
            input: {format: columns, columns: [form, xpos, upos, names], heads: {names: names}}
            heads: {names: {kind: crf, scheme: iobes}}
            train: {rate: 0.02, epochs: 20, batch: 4, average: 0.5}
            """);
  }

  private static Outcome further(Path out, String... options) {
    List<Object> arguments = new ArrayList<>(List.of("train", "--from", model));
    Path data = SAMPLES.resolve("en.conll");
    arguments.addAll(Arrays.asList(options));
    arguments.addAll(List.of("--train", data, "--dev", data, "-o", out));
    return CommandLineRun.run(arguments.toArray());
  }

  private static List<String> names(TaggerModel model) {
    return model.parameters().stream().map(Parameter::name).collect(Collectors.toList());
  }

  @Test
  void theLayersLearnNewLabels() throws IOException {
    Path out = folder.resolve("names.rnn");
    Outcome outcome = further(out, "-c", config.toString());
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("head names is new\n", "left out of the model's heads: upos, xpos\n");
    TaggerModel trained = TaggerModel.load(out);
    assertThat(trained.config().heads()).containsOnlyKeys("names");
    assertThat(trained.config().encoder()).isEqualTo(TaggerModel.load(model).config().encoder());
    assertThat(names(trained)).contains("heads.names.kernel").doesNotContain("heads.upos.kernel");
    assertThat(trained.segmenter()).isNotNull();
    assertThat(trained.card()).contains("## Trained further from pos.rnn");
    assertThat(outcome.out()).containsPattern("names f1: [5-9]\\d");
  }

  /** The same by settings; and a part of the model's heads may stay. */
  @Test
  void settingsReplaceHeadsToo() throws IOException {
    Path out = folder.resolve("both.rnn");
    String still = config("still.yaml", STILL).toString();
    Outcome outcome =
        further(
            out,
            "--set",
            "input={format: columns, columns: [form, xpos, upos, n], heads: {n: n, xpos: xpos}}",
            "--set",
            "heads={n: {kind: crf, scheme: iobes}, xpos: {kind: softmax}}",
            "-c",
            still);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("head n is new\n", "left out of the model's heads: upos\n")
        .doesNotContain("head xpos");
    TaggerModel kept = TaggerModel.load(out);
    assertThat(names(kept)).contains("heads.n.transitions", "heads.xpos.kernel");
    String layer = "encoder.0.forward.kernel";
    assertThat(parameter(kept, layer).value().data)
        .isEqualTo(parameter(TaggerModel.load(model), layer).value().data);
  }

  /** A head that agrees with others still does, as long as they are there. */
  @Test
  void agreementIsTheModelsWhereItsHeadsAre() throws IOException {
    String heads = "input: {format: columns, columns: [form, xpos, upos, n], heads: ";
    Path both = folder.resolve("agreeing.rnn");
    String yaml = heads + "{upos: upos, xpos: xpos}}\nheads: {upos: {kind: softmax}, xpos: ";
    String agreeing =
        config("agree.yaml", yaml + "{kind: softmax, agree: [upos]}}\n" + STILL).toString();
    Outcome first = further(both, "-c", agreeing);
    assertThat(first.err()).contains("head xpos agrees with upos\n");
    Path data = SAMPLES.resolve("en.conll");
    String same = config("same.yaml", yaml + "{kind: softmax}}\n" + STILL).toString();
    Path kept = folder.resolve("kept.rnn");
    Outcome second =
        CommandLineRun.run("train", "--from", both, "-c", same, "--train", data, "-o", kept);
    assertThat(second.status()).as(second.err()).isZero();
    assertThat(second.err()).doesNotContain("agree");
    assertThat(TaggerModel.load(kept).labels().get("xpos").combinations())
        .isNotNull()
        .isEqualTo(TaggerModel.load(both).labels().get("xpos").combinations());
    String rest = heads + "{xpos: xpos}}\nheads: {xpos: {kind: softmax}}\n" + STILL;
    String alone = config("alone.yaml", rest).toString();
    Outcome third =
        CommandLineRun.run("train", "--from", both, "-c", alone, "--train", data, "-o", kept);
    assertThat(third.err()).contains("head xpos no longer agrees with upos\n");
    assertThat(TaggerModel.load(kept).labels().get("xpos").combinations()).isNull();
  }

  @Test
  void headsWithoutTagsInTheDataAreLeftOut() throws IOException {
    String untagged =
        Files.readString(SAMPLES.resolve("en.conllu"))
            .replaceAll("(?m)^((?:[^\t\n]*\t){4})[^\t\n]*", "$1_");
    Path data = Files.writeString(folder.resolve("untagged.conllu"), untagged);
    Path out = folder.resolve("rest.rnn");
    String still = "train.epochs=0";
    Outcome outcome =
        CommandLineRun.run("train", "--from", model, "--train", data, "--set", still, "-o", out);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains(
            "untagged.conllu: no word has a gold tag of head 'xpos', only _",
            "; it is left out\n",
            "left out of the model's heads: xpos\n");
    assertThat(TaggerModel.load(out).config().heads()).containsOnlyKeys("upos");
    Path dev = SAMPLES.resolve("en.conllu");
    Outcome other =
        CommandLineRun.run(
            "train", "--from", model, "--train", dev, "--dev", data, "--set", still, "-o", out);
    assertThat(other.err()).contains("left out of the model's heads: xpos\n");
    Path own =
        config(
            "xpos.yaml",
            "input: {format: conllu, heads: {xpos: xpos}}",
            "heads: {xpos: {kind: softmax}}");
    assertRefused(
        CommandLineRun.run("train", "--from", model, "-c", own, "--train", data, "-o", out),
        "no word has a gold tag of head 'xpos'",
        "leave the head out of heads and input.heads");
  }

  @Test
  void labelsOfTheDevDataAloneAreNamed() throws IOException {
    Path train = Files.writeString(folder.resolve("seen.conll"), "Anna A\nleft B\n\n");
    Path dev =
        Files.writeString(
            folder.resolve("unseen.conll"), "Anna A\nleft C\n\nin H\nOslo G\n. F\nx E\ny D\n");
    Path config =
        config(
            "tiny.yaml",
            "input:   {format: columns, columns: [form, t], heads: {t: t}}",
            "embed:   {words: {dim: 4}}",
            "encoder: [{bidirectional: gru, hidden: 4}]",
            "heads:   {t: {kind: softmax}}",
            "train:   {epochs: 1}");
    Path out = folder.resolve("tiny.rnn");
    Outcome outcome =
        CommandLineRun.run("train", "-c", config, "--train", train, "--dev", dev, "-o", out);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains(
            "head t: 6 labels are only in the dev data, which can't be learned: C, D, E, F, G, ...\n");
    assertThat(
            CommandLineRun.run("train", "-c", config, "--train", train, "--dev", train, "-o", out)
                .err())
        .doesNotContain("only in the dev data");
  }

  private static Parameter parameter(TaggerModel model, String name) {
    return model.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aHeadThatKeepsItsNameKeepsItsKind() throws IOException {
    Path other =
        Files.writeString(
            folder.resolve("other.yaml"),
            Files.readString(config)
                .replace("{names: names}", "{upos: names}")
                .replace("names: {kind", "upos: {kind"));
    Path out = folder.resolve("kind.rnn");
    Outcome refused = further(out, "-c", other.toString());
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .hasLineCount(1)
        .contains(
            "--from " + model + ": the configuration has another heads.upos (crf, scheme IOBES")
        .contains("than the model (softmax); so give this head another name");
    assertThat(out).doesNotExist();
  }

  @Test
  void whatIsMissingIsOnlyTakenFromAModel() throws IOException {
    Path data = SAMPLES.resolve("en.conll");
    Path out = folder.resolve("none.rnn");
    Outcome refused = CommandLineRun.run("train", "-c", config, "--train", data, "-o", out);
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("a configuration needs input, embed, encoder and heads");
    Path broken = Files.writeString(folder.resolve("broken.yaml"), "heads: {n: {kynd: crf}}\n");
    assertThat(further(out, "-c", broken.toString()).err())
        .hasLineCount(1)
        .contains("broken.yaml", "unknown key 'kynd', did you mean 'kind'?");
  }

  private static Path config(String name, String... lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  private static void assertRefused(Outcome refused, String... parts) {
    assertThat(refused.status()).as(refused.out()).isEqualTo(2);
    assertThat(refused.err()).hasLineCount(1).contains(parts);
  }

  /** What most people write first: the name of a head of the model, and labels of their own. */
  @Test
  void aHeadWithOtherLabelsNeedsAnotherName() throws IOException {
    Path data = folder.resolve("odd.conll");
    Files.writeString(data, "Petra CUST\nlives NONE\n\nin NONE\nOslo CITY\n");
    Path odd =
        config(
            "odd.yaml",
            "input: {format: columns, columns: [form, upos], heads: {upos: upos}}",
            "heads: {upos: {kind: softmax}}");
    Path out = folder.resolve("none.rnn");
    assertRefused(
        CommandLineRun.run(
            "train", "--from", model, "-c", odd, "--train", data, "--dev", data, "-o", out),
        "head upos has the labels ADJ, ",
        "only others in the data (CITY, CUST, NONE); give it another name");
    Files.writeString(data, "Petra CUST\nlives VERB\n\nin ADP\nOslo CITY\n");
    assertThat(
            CommandLineRun.run(
                    "train", "--from", model, "-c", odd, "--train", data, "--dev", data, "-o", out)
                .err())
        .containsPattern("head upos keeps its \\d+ labels and adds CITY, CUST\n");
  }

  @Test
  void aNewHeadMustLearn() {
    assertRefused(
        further(folder.resolve("none.rnn"), "-c", config.toString(), "--set", "train.epochs=0"),
        "train.epochs is 0, but the head names is new, and would learn nothing");
  }

  /** Lemmas of known words are looked up by form and part of speech. */
  @Test
  void aDictionaryNeedsItsTags() throws IOException {
    Path lemmas =
        config(
            "lemmas.yaml",
            "input:   {format: conllu, heads: {upos: upos, lemma: lemma}, language: en}",
            "embed:   {words: {dim: 8}}",
            "encoder: [{bidirectional: gru, hidden: 8}]",
            "heads:   {upos: {kind: softmax}, lemma: {kind: lemma, rank: 4}}",
            "train:   {epochs: 1}");
    Path data = SAMPLES.resolve("en.conllu");
    Path first = folder.resolve("lemmas.rnn");
    assertThat(
            CommandLineRun.run("train", "-c", lemmas, "--train", data, "--dev", data, "-o", first)
                .status())
        .isZero();
    Path alone =
        config(
            "alone.yaml",
            "input: {format: conllu, heads: {lemma: lemma}}",
            "heads: {lemma: {kind: lemma}}");
    Object[] train = {"train", "--from", first, "--train", data, "--dev", data, "-o", first + "2"};
    assertRefused(
        CommandLineRun.run(with(train, "-c", alone)),
        "the dictionary of head lemma has lemmas by form and upos, and the head upos is missing");
    // The rank of a head that keeps its name is the model's.
    Path both =
        config(
            "both.yaml",
            "input: {format: conllu, heads: {upos: upos, lemma: lemma}}",
            "heads: {upos: {kind: softmax}, lemma: {kind: lemma}}",
            "train: {epochs: 0}");
    Outcome kept = CommandLineRun.run(with(train, "-c", both));
    assertThat(kept.err()).doesNotContain("rank", "new", "left out");
    assertThat(TaggerModel.load(Path.of(first + "2")).config().heads().get("lemma").rank())
        .isEqualTo(4);
  }

  private static Object[] with(Object[] arguments, Object... more) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    return all.toArray();
  }

  /** A file that lacks a section may get it from --set; group is not the model's. */
  @Test
  void settingsCompleteAFile() throws IOException {
    Path input =
        config(
            "input.yaml",
            "input: {format: columns, columns: [form, xpos, upos, n], heads: {n: n}}",
            "train: {epochs: 1}");
    Path out = folder.resolve("completed.rnn");
    assertRefused(
        further(out, "-c", input.toString()),
        "head 'upos' has no column in input.heads {n=n} (sections that the file lacks are the",
        "input.yaml: ");
    Outcome completed =
        further(out, "-c", input.toString(), "--set", "heads={n: {kind: crf, scheme: iobes}}");
    assertThat(completed.status()).as(completed.err()).isZero();
    assertThat(TaggerModel.load(out).config().group()).isZero();
    assertThat(TaggerModel.load(out).config().input().language()).isEqualTo("en");
  }

  @Test
  void theSegmenterAloneKeepsAllHeads() throws IOException {
    Path out = folder.resolve("segmented.rnn");
    Path data = SAMPLES.resolve("en.conllu");
    Outcome outcome =
        CommandLineRun.run(
            "train",
            "--from",
            model,
            "--segmenter-only",
            "--set",
            "segment.train.epochs=1",
            "--train",
            data,
            "--dev",
            data,
            "-o",
            out);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err()).doesNotContain("is new", "left out");
    assertThat(TaggerModel.load(out).config().heads()).containsOnlyKeys("upos", "xpos");
  }

  /** New heads begin with the same weights in every run. */
  @Test
  void modelsWithANewHeadCanBeAveraged() throws IOException {
    Path out = folder.resolve("seeds.rnn");
    String sections = Files.readString(config).replaceFirst("train: .*", "");
    Path seeds = config("seeds.yaml", sections + STILL);
    Outcome outcome = further(out, "-c", seeds.toString(), "--seeds", "2");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(
            parameter(TaggerModel.load(folder.resolve("seeds.seed-1.rnn")), "heads.names.kernel")
                .value()
                .data)
        .isEqualTo(
            parameter(TaggerModel.load(folder.resolve("seeds.seed-2.rnn")), "heads.names.kernel")
                .value()
                .data);
  }
}
