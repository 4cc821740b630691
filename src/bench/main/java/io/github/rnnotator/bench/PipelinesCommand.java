package io.github.rnnotator.bench;

import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import io.github.rnnotator.bench.measure.Contestant;
import io.github.rnnotator.bench.measure.Machine;
import io.github.rnnotator.bench.measure.Rounds;
import io.github.rnnotator.bench.measure.Sample;
import io.github.rnnotator.bench.measure.Table;
import io.github.rnnotator.bench.measure.Timing;
import io.github.rnnotator.bench.raw.RawContest;
import io.github.rnnotator.bench.raw.RawResults;
import io.github.rnnotator.corenlp.RnnotatorAnnotator;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.Trainer;
import io.github.rnnotator.train.TrainingConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipelines}: compares CoreNLP's pipelines with its own taggers and with ours. */
@Command(
    name = "pipelines",
    description = {
      "CoreNLP's pipelines from text to parts of speech and entities, with its own taggers (pos, ner) and"
          + " with ours (rnn), on one thread.",
      "Ours are trained for an epoch on the first sentences of --train, which is enough for the speed.",
      "With --raw: from raw text to sentences, tokens, tags, features, lemmas and names, by whole models of"
          + " ours (-m), by CoreNLP's tokenize,pos,lemma,ner and by OpenNLP, with the scores on the same text."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  scripts/benchmark pipelines --train train.txt --text dev.txt --columns form,xpos,_,ner",
      "  scripts/benchmark pipelines --raw --train train.conllu --text dev.conllu -m en -m en-fast"
    })
final class PipelinesCommand implements Callable<Integer> {
  private static final Rounds ROUNDS = new Rounds(10, 300, 10_000);
  private static final Rounds RAW_ROUNDS = new Rounds(7, 1000, 12_000);
  private static final int HIDDEN = 128;
  private static final int SENTENCES_OF_A_DOCUMENT = 20;
  private static final String TOKENIZE = "tokenize";

  @Option(
      names = "--train",
      required = true,
      paramLabel = "FILE",
      description =
          "Sentences with the columns xpos and ner to train on. With --raw, CoNLL-U with NER= in MISC"
              + " for OpenNLP's name finders.")
  private Path train;

  @Option(
      names = "--text",
      required = true,
      paramLabel = "FILE",
      description =
          "Sentences to build documents from, in the same format. With --raw, gold tags as well.")
  private Path text;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "NAME",
      description =
          "The columns of the files, except with --raw: form, xpos and ner; _ is ignored.")
  private @Nullable List<String> columns;

  @Option(
      names = "--sentences",
      paramLabel = "N",
      defaultValue = "3000",
      description = "The number of training sentences. Default: ${DEFAULT-VALUE}.")
  private int sentences;

  @Option(names = "--raw", description = "Compares all annotations of raw text.")
  private boolean raw;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      defaultValue = "en",
      description =
          "With --raw: a model file or the name of a bundled model. Default: ${DEFAULT-VALUE}.")
  private List<Path> models;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "With --raw: plots the scores over the speed, as SVG.")
  private @Nullable Path plot;

  @Mixin private RoundsOptions options;

  /** A pipeline that annotates documents from raw text. */
  private record Pipeline(String name, StanfordCoreNLP pipeline, List<String> documents)
      implements Contestant {
    @Override
    public void run() {
      annotate();
    }

    /** The number of tokens. */
    int annotate() {
      int tokens = 0;
      for (String document : documents) {
        Annotation annotation = new Annotation(document);
        pipeline.annotate(annotation);
        tokens += annotation.get(CoreAnnotations.TokensAnnotation.class).size();
      }
      return tokens;
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintStream out = System.out;
    if (raw) {
      compareRaw(out);
      return 0;
    }
    if (columns == null) {
      throw new IllegalArgumentException("pipelines: give --columns, or --raw for CoNLL-U");
    }
    CorpusFormat format = new CorpusFormat.Columns(columns, Map.of("xpos", "xpos", "ner", "ner"));
    List<TaggedSentence> gold = format.read(train).stream().limit(sentences).toList();
    List<String> documents = documents(format);
    Path folder = Files.createTempDirectory("pipelines");
    try {
      List<Pipeline> pipelines = new ArrayList<>();
      pipelines.add(new Pipeline("tokenize", pipeline(TOKENIZE), documents));
      pipelines.add(
          new Pipeline(
              "tokenize, pos, ner",
              pipeline(
                  TOKENIZE + ",pos,ner",
                  "ner.applyFineGrained",
                  "false",
                  "ner.useSUTime",
                  "false",
                  "ner.applyNumericClassifiers",
                  "false"),
              documents));
      pipelines.add(ours("LSTM 128", CellKind.LSTM, gold, documents, folder));
      pipelines.add(ours("SimpleRNN 128", CellKind.SIMPLE_RNN, gold, documents, folder));
      out.println(Machine.describe());
      report(pipelines, out);
    } finally {
      for (CellKind cell : CellKind.values()) {
        Files.deleteIfExists(file(folder, cell));
      }
      Files.delete(folder);
    }
    return 0;
  }

  private void compareRaw(PrintStream out) throws IOException {
    RawResults results = new RawContest(models, train, text).measure(options.rounds(RAW_ROUNDS));
    out.printf("%s%n%n%s%n", Machine.describe(), results.table(options.markdown()));
    if (plot != null) {
      try (OutputStream svg = Files.newOutputStream(plot)) {
        results.plot(svg);
      }
    }
  }

  private List<String> documents(CorpusFormat format) throws IOException {
    List<String> lines =
        format.read(text).stream()
            .map(sentence -> String.join(" ", sentence.sentence().forms()))
            .toList();
    List<String> documents = new ArrayList<>();
    for (int from = 0; from < lines.size(); from += SENTENCES_OF_A_DOCUMENT) {
      int to = Math.min(lines.size(), from + SENTENCES_OF_A_DOCUMENT);
      documents.add(lines.subList(from, to).stream().collect(Collectors.joining("\n")));
    }
    return documents;
  }

  /** Builds a pipeline that keeps the tokens and sentences of the file. */
  private static StanfordCoreNLP pipeline(String annotators, String... more) {
    Properties properties = new Properties();
    properties.setProperty("annotators", annotators);
    properties.setProperty("tokenize.whitespace", "true");
    properties.setProperty("ssplit.eolonly", "true");
    for (int i = 0; i < more.length; i += 2) {
      properties.setProperty(more[i], more[i + 1]);
    }
    return new StanfordCoreNLP(properties);
  }

  private Pipeline ours(
      String name, CellKind cell, List<TaggedSentence> gold, List<String> documents, Path folder)
      throws IOException, InterruptedException {
    System.err.println("training " + name);
    Path file = file(folder, cell);
    try (OutputStream out = Files.newOutputStream(file)) {
      ModelFile.write(out, model(cell, gold), Safetensors.Type.F32);
    }
    return new Pipeline(
        "tokenize, rnn: " + name,
        pipeline(
            TOKENIZE + ",rnn",
            "customAnnotatorClass.rnn",
            RnnotatorAnnotator.class.getName(),
            "rnn.model",
            file.toString()),
        documents);
  }

  private static Path file(Path folder, CellKind cell) {
    return folder.resolve(cell + ".rnn");
  }

  private static TaggerModel model(CellKind cell, List<TaggedSentence> gold)
      throws IOException, InterruptedException {
    Map<String, HeadConfig> heads = new LinkedHashMap<>();
    heads.put("xpos", HeadConfig.softmax());
    heads.put("ner", HeadConfig.crf(TagScheme.IOBES));
    EncoderLayer layer = EncoderLayer.bidirectional(cell, HIDDEN);
    TaggerConfig config =
        TaggerConfig.of(
            InputConfig.defaults(),
            new EmbedConfig(EmbedConfig.Words.defaults(), EmbedConfig.Characters.defaults(), true),
            List.of(layer, layer),
            heads);
    TrainingConfig training =
        TrainingConfig.defaults()
            .rate(0.002f)
            .batch(16)
            .shards(2)
            .epochs(1)
            .patience(0)
            .average(0.99f)
            .seed(1);
    return new Trainer(
            config, training, Ops.best(), Runtime.getRuntime().availableProcessors(), e -> {})
        .train(gold, gold.subList(0, Math.min(50, gold.size())), null)
        .model();
  }

  private void report(List<Pipeline> pipelines, PrintStream out) {
    int tokens = pipelines.get(0).annotate();
    for (Pipeline pipeline : pipelines) {
      if (pipeline.annotate() != tokens) {
        throw new IllegalStateException(pipeline.name() + " has other tokens");
      }
    }
    List<Timing> timings = options.rounds(ROUNDS).measure(pipelines);
    Timing tokenizing = timings.get(0);
    Timing theirs = timings.get(1);
    Table table =
        new Table(
            "",
            "tokens/s",
            "min",
            "max",
            "by pos, ner",
            "the taggers alone",
            "tokens/s by the clock",
            "by pos, ner");
    for (Timing timing : timings) {
      boolean tags = timing != tokenizing;
      table.row(
          timing.name(),
          number(tokens / timing.cpu().median()),
          number(tokens / timing.cpu().max()),
          number(tokens / timing.cpu().min()),
          ratio(timing.cpu().ratios(theirs.cpu())),
          tags ? ratio(without(tokenizing, timing).ratios(without(tokenizing, theirs))) : "",
          number(tokens / timing.wall().median()),
          ratio(timing.wall().ratios(theirs.wall())));
    }
    out.printf(
        Locale.ROOT,
        "%nText to xpos and ner in CoreNLP's pipelines: %,d tokens in %,d documents, %d rounds%n%n%s%n",
        tokens,
        pipelines.get(0).documents().size(),
        options.rounds(ROUNDS).count(),
        table.text(options.markdown()));
  }

  /** The time beyond tokenizing, round by round. */
  private static Sample without(Timing tokenizing, Timing timing) {
    double[] rest = new double[timing.cpu().values().length];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = timing.cpu().values()[i] - tokenizing.cpu().values()[i];
    }
    return new Sample(rest);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String ratio(Sample ratios) {
    return String.format(Locale.ROOT, "%.2f", ratios.median());
  }
}
