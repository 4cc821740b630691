package io.github.rnnotator.cli;

import static io.github.rnnotator.cli.CommandLineRun.run;
import static io.github.rnnotator.cli.CommandLineRun.runWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.cli.CommandLineRun.Outcome;
import io.github.rnnotator.onnx.OnnxSession;
import io.github.rnnotator.onnx.PaddedBatch;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as typed: their output, files and exit status. */
class MainTest {
  private static final Path SAMPLES = Path.of("corpora/sample");

  @TempDir static Path shared;
  @TempDir Path folder;

  private static Path config;
  private static Path posModel;
  private static Path nerModel;

  @BeforeAll
  static void trainTinyModels() throws IOException {
    config = shared.resolve("pos.yaml");
    Files.writeString(
        config,
        """
        input:   {format: conllu, heads: {upos: upos}}
        embed:   {words: {dim: 20}, characters: {kind: cnn, dim: 8, hidden: 10}, shape: true}
        encoder: [{bidirectional: simple_rnn, hidden: 16}]
        heads:   {upos: {kind: softmax}}
        train:   {rate: 0.01, batch: 8, epochs: 4, average: 0.9, dropout: 0.1}
        """);
    posModel = shared.resolve("pos.rnn");
    Path ner = shared.resolve("ner.yaml");
    Files.writeString(
        ner,
        """
        input:   {format: columns, columns: [form, xpos, upos, ner], heads: {ner: ner}}
        embed:   {words: {dim: 20}, shape: true}
        encoder: [{recurrent: gru, hidden: 12}]
        heads:   {ner: {kind: crf, scheme: iobes}}
        train:   {rate: 0.01, batch: 8, epochs: 16, average: 0, dropout: 0, patience: 0}
        """);
    nerModel = shared.resolve("ner.rnn");
    Outcome pos =
        run("train", "-c", config, "--train", SAMPLES.resolve("en.conllu"), "-o", posModel);
    assertThat(pos.status()).as(pos.err()).isZero();
    assertThat(pos.out()).startsWith("upos accuracy: ");
    assertThat(pos.err()).contains("held out").contains("epoch 1/4").contains("tokens/s");
    Outcome second =
        run(
            "train",
            "-c",
            ner,
            "--train",
            SAMPLES.resolve("en.conll"),
            "--dev",
            SAMPLES.resolve("en.conll"),
            "-o",
            nerModel);
    assertThat(second.status()).as(second.err()).isZero();
    assertThat(second.out()).startsWith("ner f1: ");
  }

  @Test
  void tagsTextAsTagsAfterWords() {
    Outcome outcome = run("tag", "-m", posModel, SAMPLES.resolve("en.txt"));
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out().lines().findFirst().orElseThrow())
        .matches("The/[A-Z]+ city/[A-Z]+ .*");
  }

  @Test
  void readsStandardInput() {
    Outcome outcome = runWith("She reads books.\n", "tag", "-m", posModel, "--out", "columns");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .matches("(?s)She\t[A-Z]+\nreads\t[A-Z]+\nbooks\t[A-Z]+\n\\.\t[A-Z]+\n\n");
  }

  @Test
  void keepsEverythingButTheTagsOfAConlluFile() throws IOException {
    Path tagged = folder.resolve("tagged.conllu");
    Path gold = SAMPLES.resolve("en.conllu");
    Outcome outcome = run("tag", "-m", posModel, "--in", "conllu", "-o", tagged, gold);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(withoutUpos(tagged)).isEqualTo(withoutUpos(gold));
  }

  private static List<String> withoutUpos(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] cells = line.split("\t");
      if (cells.length == 10 && cells[0].matches("\\d+")) {
        cells[3] = "?";
        line = String.join("\t", cells);
      }
      lines.add(line);
    }
    return lines;
  }

  @Test
  void tagsColumnsInTheSchemeOfTheTrainingFile() throws IOException {
    Outcome outcome = run("tag", "-m", nerModel, "--in", "columns", SAMPLES.resolve("en.conll"));
    assertThat(outcome.status()).as(outcome.err()).isZero();
    List<String> tags =
        outcome
            .out()
            .lines()
            .filter(l -> !l.isBlank())
            .map(l -> l.split(" ")[3])
            .distinct()
            .toList();
    assertThat(tags).contains("B-LOC", "O").allMatch(tag -> tag.matches("O|[BI]-(PER|LOC|ORG)"));
  }

  @Test
  void namesTheColumnsOfAnotherLayout() {
    Outcome outcome =
        runWith("Oslo\nis\ncold\n", "tag", "-m", nerModel, "--in", "columns", "--columns", "form");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).matches("Oslo \\S+\nis \\S+\ncold \\S+\n\n");
  }

  @Test
  void evalBeginsWithTheScore() {
    Outcome accuracy = run("eval", "-m", posModel, SAMPLES.resolve("en.conllu"));
    assertThat(accuracy.status()).as(accuracy.err()).isZero();
    assertThat(accuracy.out())
        .matches(
            "(?s)upos accuracy: \\d+\\.\\d\\d\n"
                + "  95 % interval: \\d+\\.\\d\\d to \\d+\\.\\d\\d \\(bootstrap of \\d+ sentences\\)\n"
                + "  token calibration error: .* at temperature .*unknown words.*");
    Outcome f1 = run("eval", "-m", nerModel, "--head", "ner", SAMPLES.resolve("en.conll"));
    assertThat(f1.out()).matches("(?s)ner f1: \\d+\\.\\d\\d\n.*LOC.*");
    Outcome none = run("eval", "-m", nerModel, "--head", "pos", SAMPLES.resolve("en.conll"));
    assertRefused(none, "the model has no head 'pos', only [ner]");
  }

  @Test
  void evalOfAModelTellsHowSureItIsOfMentions() {
    Outcome outcome = run("eval", "-m", nerModel, SAMPLES.resolve("en.conll"));
    assertThat(outcome.out())
        .containsPattern("  mention calibration error: .* accuracy .*; .* at temperature ");
    Outcome dev =
        run(
            "eval",
            "-m",
            posModel,
            "--dev",
            SAMPLES.resolve("en.conllu"),
            SAMPLES.resolve("en.conllu"));
    assertThat(dev.status()).as(dev.err()).isZero();
    assertThat(dev.out()).contains("token calibration error: ");
  }

  @Test
  void evalRefusesGoldTagsOfAnotherScheme() throws IOException {
    Path gold = folder.resolve("iobes.conll");
    Files.writeString(gold, "Oslo NNP PROPN B-LOC\nis VBZ AUX O\nKim NNP PROPN S-PER\n");
    assertRefused(
        run("eval", "-m", nerModel, gold), "iobes.conll:3: head ner: 'S-PER'", "--predicted");
  }

  @Test
  void inspectShowsCardHeadsAndHashes() {
    Outcome outcome = run("inspect", posModel);
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .contains("# Model card", "pos.yaml", "upos: ", "NOUN", "embed.words", "sha256 ");
  }

  @Test
  void exportWritesWhatOnnxRuntimeReads() throws IOException, OrtException {
    Path onnx = folder.resolve("pos.onnx");
    Outcome outcome = run("export", "-m", posModel, "--onnx", onnx);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).matches("wrote .*pos\\.onnx \\(\\d+ kB\\)\n");
    assertThat(list(folder)).containsExactly(onnx);
    TaggerModel model = TaggerModel.load(posModel);
    List<Sentence> sentences = List.of(Sentence.of("She", "reads", "books", "."));
    float[] best;
    try (OnnxSession session = new OnnxSession(Files.readAllBytes(onnx))) {
      float[][][] found = session.run(PaddedBatch.of(sentences, model)).get("upos.probabilities");
      best = Arrays.copyOf(found[0][0], found[0][0].length);
    }
    Arrays.sort(best);
    float expected = new Tagger(model).tag(sentences.get(0)).tags("upos").probabilities().get(0);
    assertThat(best[best.length - 1]).isCloseTo(expected, within(1e-5f));
  }

  @Test
  void vectorsAreConvertedTrainedWithAndShipped() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String word : List.of("the", "council", "Oslo", "zebra", "of", "x00")) {
      text.append(word);
      for (int i = 0; i < 20; i++) {
        text.append(' ').append((word.hashCode() * (i + 7) % 1000) / 500f);
      }
      text.append('\n');
    }
    Path vec = folder.resolve("tiny.vec");
    Outcome all = runWith(text.toString(), "vectors", "-", "-o", vec);
    assertThat(all.status()).as(all.err()).isZero();
    assertThat(all.err()).matches("wrote .*tiny\\.vec: 6 words, length 20, f16 \\(\\d+ kB\\)\n");
    Path pruned = folder.resolve("pruned.vec");
    Outcome some = run("vectors", vec, "-o", pruned, "--top", "2", "--type", "i8");
    assertThat(some.err()).contains("2 words, length 20, i8");
    assertThat(Files.size(pruned)).isLessThan(Files.size(vec));
    Path model = folder.resolve("vectors.rnn");
    Outcome trained =
        run(
            "train",
            "-c",
            config,
            "--train",
            SAMPLES.resolve("en.conllu"),
            "--set",
            "train.epochs=1",
            "--set",
            "embed.words.vectors=" + vec,
            "--set",
            "embed.words.keep=4",
            "-o",
            model);
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(trained.err()).contains("tiny.vec: 5 words kept").contains("have a vector");
    TaggerModel read = TaggerModel.load(model);
    // No path of this machine is in the model.
    assertThat(read.config().embed().words().vectors()).isEqualTo("tiny.vec");
    assertThat(read.vocabularies().vectors().find("Zebra")).isEqualTo(3);
    assertThat(run("inspect", model).out())
        .contains("5 pretrained vectors of length 20, F16")
        .contains("vectors.vec");
    assertThat(run("export", "-m", model, "--onnx", folder.resolve("v.onnx")).status()).isZero();
    assertThat(runWith("A zebra.", "tag", "-m", model).status()).isZero();
    Outcome wrong =
        run(
            "train",
            "-c",
            config,
            "--train",
            SAMPLES.resolve("en.conllu"),
            "--set",
            "embed.words.vectors=" + vec,
            "--set",
            "embed.words.dim=30",
            "-o",
            folder.resolve("wrong.rnn"));
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("tiny.vec have length 20; set embed.words.dim: 20")
        .doesNotContain("internal");
  }

  @Test
  void vectorsRefusesBadFiles() throws IOException {
    Path out = folder.resolve("out.vec");
    Path text = folder.resolve("v.txt");
    Files.writeString(text, "a 1 2\nb 1 x\n");
    assertRefused(run("vectors", text, "-o", out), "v.txt:2: 'x' is not a number");
    assertRefused(run("vectors", folder.resolve("none"), "-o", out), "none: no such file");
    assertRefused(run("vectors", text, "-o", out, "--top", "0"), "--top is 0");
    assertRefused(run("vectors", text), "Missing required option: '--output=FILE.vec'");
    assertThat(list(folder)).containsExactly(text);
  }

  @Test
  void vectorsSaysWhatItLeftOut() throws IOException {
    Path out = folder.resolve("out.vec");
    Path text = folder.resolve("v.txt");
    Files.writeString(text, "9 2\n. . 1 2\n1 2\nb 1 1\n\n");
    Outcome outcome = run("vectors", text, "-o", out);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains(
            "v.txt: 2 lines were left out: 1 without a word and 2 numbers, 1 blank\n",
            "v.txt: the first line says 9 words, found 3\n",
            "2 words, length 2");
  }

  @Test
  void exportTakesTheBundledModelWhereNoneIsNamed() {
    Path onnx = folder.resolve("bundled.onnx");
    assertThat(run("export", "--onnx", onnx).status()).isZero();
    assertThat(onnx).isNotEmptyFile();
  }

  @Test
  void exportRefusesBadPaths() {
    Path onnx = folder.resolve("pos.onnx");
    assertRefused(run("export", "-m", posModel), "Missing required option: '--onnx=FILE'");
    assertRefused(run("export", "-m", posModel, "--onnx", folder), "a folder, expected a file");
    assertRefused(
        run("export", "-m", posModel, "--onnx", folder.resolve("none/pos.onnx")), "does not exist");
    assertRefused(
        run("export", "-m", folder.resolve("absent.rnn"), "--onnx", onnx),
        "absent.rnn: no such file");
    assertRefused(run("export", "-m", config, "--onnx", onnx), "pos.yaml", "not a model file");
    assertThat(list(folder)).isEmpty();
  }

  @Test
  void sentencesMayLackAHeadButNotAllOfThem() throws IOException {
    Path joint = folder.resolve("joint.yaml");
    Files.writeString(
        joint,
        """
        input:   {format: conllu, heads: {upos: upos, ner: misc:NER}}
        embed:   {words: {dim: 10}}
        encoder: [{bidirectional: gru, hidden: 8}]
        heads:   {upos: {kind: softmax}, ner: {kind: crf, scheme: iobes}}
        train:   {rate: 0.01, batch: 8, epochs: 1, average: 0, dropout: 0}
        """);
    String named =
        "1\tOslo\t_\tPROPN\t_\t_\t_\t_\t_\tNER=B-LOC\n2\tis\t_\tAUX\t_\t_\t_\t_\t_\t_\n\n";
    String unnamed = named.replace("NER=B-LOC\n", "NER=_\n").replace("_\n\n", "NER=_\n\n");
    Path some = Files.writeString(folder.resolve("some.conllu"), named.repeat(3) + unnamed);
    Path all = Files.writeString(folder.resolve("all.conllu"), named.repeat(2));
    Path none = Files.writeString(folder.resolve("none.conllu"), unnamed.repeat(2));
    Path model = folder.resolve("joint.rnn");
    Outcome trained = run("train", "-c", joint, "--train", some, "--dev", all, "-o", model);
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(trained.out()).contains("upos accuracy: ", "ner f1: ");
    assertThat(TaggerModel.load(model).labels().get("ner").modelScheme()).isNotNull();

    Path other = folder.resolve("other.rnn");
    Outcome devLacksSome =
        run("train", "-c", joint, "--train", all, "--dev", some, "-o", folder.resolve("some.rnn"));
    assertThat(devLacksSome.status()).as(devLacksSome.err()).isZero();
    assertRefused(
        run("train", "-c", joint, "--train", all, "--dev", none, "-o", other),
        "none.conllu (dev data): no word has a gold tag of head 'ner', expected NER= in the column"
            + " MISC of some words; leave the head out");
    assertRefused(
        run("train", "-c", joint, "--train", some, "-o", other),
        "some.conllu (the part held out as dev data): no word has a gold tag of head 'ner'",
        "give --dev");
    assertRefused(
        run("train", "-c", joint, "--train", none, "--dev", all, "-o", other),
        "none.conllu: no word has a gold tag of head 'ner'");
    assertRefused(
        run("cross-validate", "-c", joint, "--folds", "2", none),
        "none.conllu: no word has a gold tag of head 'ner'");
    assertThat(other).doesNotExist();

    Outcome scored = run("eval", "-m", model, some);
    assertThat(scored.out()).contains("2 words without gold (_) are not scored");
    assertRefused(
        run("eval", "-m", model, "--head", "ner", none),
        "none.conllu: no word has a gold tag of head 'ner'",
        "--head");
    Path unmarked =
        Files.writeString(folder.resolve("unmarked.conllu"), named.replace("NER=B-LOC", "_"));
    String missing =
        "unmarked.conllu: no word has a gold tag of head 'ner', expected NER= in the column MISC";
    Outcome tokens = run("eval", "-m", model, unmarked);
    assertThat(tokens.out()).startsWith("upos accuracy: ").doesNotContain("ner f1");
    assertThat(tokens.err()).contains(missing, "it is not scored");
    assertRefused(run("eval", "--head", "ner", "-m", model, unmarked), missing);
    assertRefused(run("eval", "--raw", "--head", "ner", "-m", model, unmarked), missing);
    Outcome rest = run("eval", "--raw", "-m", model, unmarked);
    assertThat(rest.out()).startsWith("upos f1: ").doesNotContain("ner f1");
    assertThat(rest.err()).contains(missing, "it is not scored");
    assertRefused(
        run("eval", unmarked, "--predicted", unmarked, "--head", "misc:NER"),
        "unmarked.conllu: no word has a gold tag of head 'misc:NER'");
    Outcome upos = run("eval", "-m", model, "--head", "upos", some);
    assertThat(upos.out()).as(upos.err()).startsWith("upos accuracy: ");
    assertThat(run("eval", "-m", model, "--train", some, all).status()).isZero();
  }

  @Test
  void stoppedRunIsOverwrittenOnlyOnRequest() throws IOException {
    Path model = folder.resolve("stopped.rnn");
    Path saved = Files.writeString(folder.resolve("stopped.rnn.checkpoint"), "days of work");
    Path data = SAMPLES.resolve("en.conllu");
    String[] train = {"train", "-c", config.toString(), "--train", data.toString(), "-o"};
    assertRefused(
        run(train[0], train[1], train[2], train[3], train[4], train[5], model),
        "stopped.rnn.checkpoint: a run was stopped here; resume it with --resume",
        "--discard");
    assertThat(saved).hasContent("days of work");
    Outcome damaged =
        run(train[0], train[1], train[2], train[3], train[4], train[5], model, "--resume");
    assertThat(damaged.status()).isEqualTo(2);
    assertThat(damaged.err())
        .contains("stopped.rnn.checkpoint: its SHA-256 is not", "start again with --discard");
    assertThat(model).doesNotExist();
    Outcome again =
        run(train[0], train[1], train[2], train[3], train[4], train[5], model, "--discard");
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(saved).doesNotExist();
  }

  @Test
  void aFinishedModelIsTrainedFurther() throws IOException {
    Path data = SAMPLES.resolve("en.conllu");
    Path more = folder.resolve("more.rnn");
    String before = run("eval", "-m", posModel, data).out().lines().findFirst().orElseThrow();
    Outcome still =
        run(
            "train",
            "--from",
            posModel,
            "--set",
            "train.rate=1e-30",
            "--set",
            "train.epochs=1",
            "--set",
            "train.average=0",
            "--train",
            data,
            "--dev",
            data,
            "-o",
            more);
    assertThat(still.status()).as(still.err()).isZero();
    assertThat(still.out()).startsWith(before);
    assertThat(TaggerModel.load(more).card())
        .contains("that of the model it was trained from, train.rate=1e-30")
        .contains("## Trained further from pos.rnn", "## Model card");

    Path better = folder.resolve("better.rnn");
    Outcome learned =
        run(
            "train", "--from", posModel, "-c", config, "--train", data, "--dev", data, "-o",
            better);
    assertThat(learned.status()).as(learned.err()).isZero();
    assertThat(score(learned.out())).isGreaterThan(score(before));

    Path both = folder.resolve("both.rnn");
    Outcome averaged =
        run(
            "train",
            "--from",
            more,
            "--from",
            better,
            "-c",
            config,
            "--set",
            "train.epochs=0",
            "--train",
            data,
            "--dev",
            data,
            "-o",
            both);
    assertThat(averaged.status()).as(averaged.err()).isZero();
    assertThat(score(averaged.out())).isGreaterThan(score(before));
    assertThat(TaggerModel.load(both).card())
        .contains("seed 1; not trained further\n", "## Average of more.rnn, better.rnn");

    Path faster = folder.resolve("faster.rnn");
    Outcome factored =
        run(
            "train",
            "--from",
            better,
            "-c",
            config,
            "--set",
            "heads.upos.rank=8",
            "--train",
            data,
            "--dev",
            data,
            "-o",
            faster);
    assertThat(factored.status()).as(factored.err()).isZero();
    assertThat(factored.err()).contains("head upos has rank 8, in the model it has rank 0");
    assertThat(score(factored.out())).isGreaterThan(score(before));
    assertThat(TaggerModel.load(faster).parameters())
        .anyMatch(weights -> weights.name().equals("heads.upos.rank.kernel"));

    Path none = folder.resolve("none.rnn");
    assertRefused(
        run("train", "-c", config, "--set", "train.epochs=0", "--train", data, "-o", none),
        "train.epochs is 0, so nothing would be learned",
        "train --from");
    assertRefused(
        run("train", "--from", posModel, "--from", "en-fast", "--train", data, "-o", none),
        "--from " + posModel + ", en-fast: models to average differ in layers or heads");
    assertRefused(
        run(
            "train",
            "--from",
            posModel,
            "-c",
            config,
            "--set",
            "embed.words.dim=30",
            "--train",
            data,
            "-o",
            none),
        "--from",
        "the configuration has another embed",
        "leave this section out");
    assertRefused(
        run("train", "--from", folder.resolve("absent.rnn"), "--train", data, "-o", none),
        "absent.rnn");
    assertRefused(
        run("train", "--train", data, "-o", none),
        "Missing required option: '--config=CONFIG.yaml'");
    assertThat(none).doesNotExist();
  }

  private static double score(String out) {
    return Double.parseDouble(out.lines().findFirst().orElseThrow().replaceAll(".*: ", ""));
  }

  @Test
  void chunkTagsOfAnotherSchemeBecomeThoseOfTheModel() throws IOException {
    String bmes = "A B-ORG\nB M-ORG\nC E-ORG\nd O\n\nE S-PER\nf O\n\n";
    Path yaml =
        Files.writeString(
            folder.resolve("c.yaml"),
            """
            input:   {format: columns, columns: [form, ner], heads: {ner: ner}}
            embed:   {words: {dim: 20}, shape: true}
            encoder: [{bidirectional: gru, hidden: 12}]
            heads:   {ner: {kind: crf, scheme: iobes}}
            train:   {rate: 0.05, batch: 2, epochs: 30, average: 0, dropout: 0, patience: 0}
            """);
    Path data = Files.writeString(folder.resolve("bmes.conll"), bmes.repeat(3));
    Path model = folder.resolve("bmes.rnn");
    Outcome trained = run("train", "-c", yaml, "--train", data, "--dev", data, "-o", model);
    assertThat(trained.out()).as(trained.err()).startsWith("ner f1: 100.00");
    assertThat(TaggerModel.load(model).schemes()).containsEntry("ner", TagScheme.BMES);
    assertThat(run("eval", "-m", model, data).out()).startsWith("ner f1: 100.00");
    Path tagged = folder.resolve("tagged.conll");
    run("tag", "-m", model, "--in", "columns", "-o", tagged, data);
    assertThat(tagged).hasContent(Files.readString(data));
    assertThat(run("eval", data, "--predicted", tagged).out()).startsWith("tag f1: 100.00");

    Path iobes = Files.writeString(folder.resolve("iobes.conll"), bmes.replace("M-", "I-"));
    Path further = folder.resolve("further.rnn");
    Outcome outcome =
        run(
            "train",
            "--from",
            model,
            "--set",
            "train.rate=0.01",
            "--set",
            "train.epochs=2",
            "--train",
            iobes,
            "--dev",
            iobes,
            "-o",
            further);
    assertThat(outcome.out()).as(outcome.err()).startsWith("ner f1: 100.00");
    assertThat(TaggerModel.load(further).labels().get("ner").names())
        .isEqualTo(TaggerModel.load(model).labels().get("ner").names());
  }

  @Test
  void severalSeedsGiveMeanAndDeviation() throws IOException {
    Path model = folder.resolve("seeds.rnn");
    Outcome outcome =
        run(
            "train",
            "-c",
            config,
            "--train",
            SAMPLES.resolve("en.conllu"),
            "--seeds",
            "3",
            "--seed",
            "5",
            "--set",
            "train.epochs=2",
            "-o",
            model);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(list(folder).stream().map(p -> p.getFileName().toString()))
        .containsExactlyInAnyOrder(
            "seeds.rnn",
            "seeds.seed-5.rnn",
            "seeds.seed-6.rnn",
            "seeds.seed-7.rnn",
            "seeds.curves.csv",
            "seeds.curves.svg",
            "seeds.curves.png",
            "seeds.scores.json");
    JsonNode json = new ObjectMapper().readTree(folder.resolve("seeds.scores.json").toFile());
    List<Double> scores = new ArrayList<>();
    json.path("runs").forEach(run -> scores.add(run.path("scores").path("upos").doubleValue()));
    double mean = (scores.get(0) + scores.get(1) + scores.get(2)) / 3;
    double squares = scores.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double best = scores.stream().mapToDouble(v -> v).max().orElseThrow();
    double worst = scores.stream().mapToDouble(v -> v).min().orElseThrow();
    JsonNode upos = json.path("heads").path("upos");
    assertThat(upos.path("measure").textValue()).isEqualTo("accuracy");
    assertThat(upos.path("mean").doubleValue()).isCloseTo(mean, within(1e-9));
    assertThat(upos.path("standard_deviation").doubleValue())
        .isCloseTo(Math.sqrt(squares / 2), within(1e-9))
        .isPositive();
    assertThat(outcome.out())
        .startsWith("upos accuracy: %.2f\n".formatted(best))
        .contains("upos, 3 seeds: mean %.2f, standard deviation ".formatted(mean))
        .contains("minimum %.2f, maximum %.2f".formatted(worst, best));
    // The best of them, and each equals a run of its seed.
    int seed = 5 + scores.indexOf(best);
    assertThat(model).hasSameBinaryContentAs(folder.resolve("seeds.seed-" + seed + ".rnn"));
    assertThat(Files.readAllLines(folder.resolve("seeds.curves.csv")))
        .hasSize(7)
        .startsWith("seed,epoch,loss,seconds,upos accuracy")
        .anyMatch(line -> line.startsWith("7,2,"));
    assertThat(Files.readString(folder.resolve("seeds.curves.svg"))).contains("<svg", "#1f77b4");
    assertThat(Files.readAllBytes(folder.resolve("seeds.curves.png")))
        .startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void everyCommandHasHelpWithAnExample() {
    for (String command :
        List.of(
            "tag",
            "train",
            "eval",
            "compare",
            "conlleval",
            "inspect",
            "export",
            "vectors",
            "merge")) {
      Outcome outcome = run(command, "--help");
      assertThat(outcome.status()).isZero();
      assertThat(outcome.out()).contains("Example").contains("rnnotator " + command);
    }
  }

  @Test
  void withoutACommandTheCommandsAreShown() {
    Outcome outcome = run();
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("Usage: rnnotator", "tag", "train", "eval", "inspect", "export");
  }

  @Test
  void wrongUsageIsOneLineAndStatusTwo() {
    assertRefused(run("tag", "--colour"), "Unknown option: '--colour'");
    assertRefused(run("train", "-c", config), "Missing required option: '--output=MODEL.rnn'");
    assertRefused(
        run("train", "-c", config, "-o", folder.resolve("x.rnn")),
        "Missing required option: '--train=FILE'");
    assertRefused(run("tag", "-m", posModel, "--in", "xml", "x"), "--in xml: expected text");
    assertRefused(run("tag", "-m", posModel, folder.resolve("absent.txt")), "no such file");
    assertRefused(run("tag", "-m", folder.resolve("absent.rnn"), "x"), "absent.rnn: no such file");
  }

  @Test
  void brokenCorporaAreRefusedWithFileAndLine() throws IOException {
    assertTrainRefused("1\tThe\tthe\n", ":1");
    assertTrainRefused("", "no sentences");
    Path latin = folder.resolve("latin.conllu");
    Files.write(latin, new byte[] {'#', ' ', 'a', '\n', '1', '\t', (byte) 0xe9, '\n'});
    assertTrainRefused(latin, config, "latin.conllu:2");
    Path text = folder.resolve("latin.txt");
    Files.write(text, new byte[] {'a', '\n', (byte) 0xe9, '\n'});
    assertRefused(run("tag", "-m", posModel, text), "latin.txt:2: byte 0xE9 is not UTF-8");
  }

  @Test
  void aTagThatNoSchemeKnowsIsRefusedWithFileAndLine() throws IOException {
    Path gold = folder.resolve("gold.conll");
    Files.writeString(gold, "Oslo NNP PROPN B-LOC\nis VBZ AUX O\n\nKim NNP PROPN X-PER\n");
    assertTrainRefused(
        gold,
        shared.resolve("ner.yaml"),
        "gold.conll:4",
        "'X-PER'",
        "head ner",
        "heads.ner.scheme");
  }

  @Test
  void misspeltKeysAreRefusedWithTheNearestKnownOne() throws IOException {
    Path misspelt = folder.resolve("misspelt.yaml");
    Files.writeString(misspelt, Files.readString(config).replace("batch:", "bacth:"));
    assertTrainRefused(
        SAMPLES.resolve("en.conllu"), misspelt, "misspelt.yaml:5", "'bacth'", "'batch'");
    Files.writeString(misspelt, Files.readString(config).replace("simple_rnn", "simple"));
    assertTrainRefused(
        SAMPLES.resolve("en.conllu"), misspelt, "misspelt.yaml:3", "'simple'", "simple_rnn");
    Files.writeString(misspelt, Files.readString(config).replace("dropout: 0.1", "dropout: 1.5"));
    assertTrainRefused(SAMPLES.resolve("en.conllu"), misspelt, "train.dropout is 1.5");
    Files.writeString(misspelt, "input: {format");
    assertTrainRefused(SAMPLES.resolve("en.conllu"), misspelt, "misspelt.yaml:1", "broken YAML");
    Files.writeString(misspelt, "");
    assertTrainRefused(SAMPLES.resolve("en.conllu"), misspelt, "empty");
    Outcome set =
        run(
            "train",
            "-c",
            config,
            "--train",
            SAMPLES.resolve("en.conllu"),
            "--set",
            "train.rat=1",
            "-o",
            folder.resolve("out.rnn"));
    assertRefused(set, "--set", "'rat'", "'rate'");
  }

  @Test
  void damagedModelsAreRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(posModel);
    Path cut = folder.resolve("cut.rnn");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(runWith("Hello.", "tag", "-m", cut), "cut.rnn");
    Path flipped = folder.resolve("flipped.rnn");
    bytes[bytes.length / 2] ^= 1;
    Files.write(flipped, bytes);
    assertRefused(runWith("Hello.", "tag", "-m", flipped), "flipped.rnn");
    Path text = folder.resolve("text.rnn");
    Files.writeString(text, "no model");
    assertRefused(runWith("Hello.", "tag", "-m", text), "text.rnn", "not a model file");
  }

  @Test
  void aFailedTagLeavesNoOutput() throws IOException {
    Path gold = folder.resolve("broken.conllu");
    Files.writeString(gold, Files.readString(SAMPLES.resolve("en.conllu")) + "1\tThe\n");
    Path out = folder.resolve("out.conllu");
    assertRefused(run("tag", "-m", posModel, "--in", "conllu", "-o", out, gold), "broken.conllu:");
    assertThat(list(folder)).containsExactly(gold);
  }

  private void assertTrainRefused(String corpus, String... parts) throws IOException {
    Path file = folder.resolve("corpus.conllu");
    Files.writeString(file, corpus);
    assertTrainRefused(file, config, parts);
  }

  private void assertTrainRefused(Path corpus, Path yaml, String... parts) {
    Path model = folder.resolve("refused.rnn");
    assertRefused(run("train", "-c", yaml, "--train", corpus, "-o", model), parts);
    assertThat(list(folder)).allMatch(p -> !p.getFileName().toString().startsWith("refused.rnn"));
  }

  private static void assertRefused(Outcome outcome, String... parts) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err().lines()).as("one line").hasSize(1);
    assertThat(outcome.err()).startsWith("rnnotator: ").contains(parts);
    assertThat(outcome.out()).isEmpty();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
