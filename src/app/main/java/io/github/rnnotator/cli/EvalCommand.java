package io.github.rnnotator.cli;

import io.github.rnnotator.data.Formats;
import io.github.rnnotator.data.HeadMeasures;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.ModelPairs;
import io.github.rnnotator.data.PairEvaluation;
import io.github.rnnotator.data.RawTextScoring;
import io.github.rnnotator.data.ScoredHeads;
import io.github.rnnotator.data.TagPairs;
import io.github.rnnotator.data.TypeMap;
import io.github.rnnotator.eval.Confidence;
import io.github.rnnotator.eval.EvaluationReport;
import io.github.rnnotator.eval.EvaluationReport.LearningCurve;
import io.github.rnnotator.eval.HeadScore;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.eval.TrainingData;
import io.github.rnnotator.eval.align.AlignedScorer;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.formats.SentenceSource;
import io.github.rnnotator.report.TextReport;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.transducer.TransducerFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rnnotator eval}: scores a model or another tool's tags on a file with gold tags. */
@Command(
    name = "eval",
    description = {
      "Scores tags against gold tags: those that a model gives, those of another file, or those of"
          + " another column. Or a model's labels of whole texts against gold labels.",
      "In a file with both, a column predicted:NAME holds the predicted tags of the column NAME."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  rnnotator eval -m ewt.rnn dev.conllu",
      "  rnnotator eval --gold dev.conll --predicted tagged.conll",
      "  rnnotator eval --columns form,ner,predicted:ner tagged.conll",
      "  rnnotator eval -m ner.rnn --train train.conll --html report.html dev.conll",
      "  rnnotator eval --raw -m ewt.rnn dev.conllu",
      "  rnnotator eval -m sms.rnn held-out.tsv",
      "  rnnotator eval -m cmudict.rnn --html report.html dev.tsv"
    })
final class EvalCommand implements Callable<Integer> {
  private final InputStream stdin;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description =
          "A model file, or the name of a bundled model. Default, without predicted tags: en.")
  private @Nullable Path model;

  @Option(
      names = "--predicted",
      paramLabel = "FILE",
      description = "A file with predicted tags, by any tool, in place of a model.")
  private @Nullable String predicted;

  @Mixin private final LayoutOptions layout = new LayoutOptions();

  @Option(
      names = "--dev",
      paramLabel = "FILE",
      description =
          "With a model: fits the temperature on this file. Default: on each half of the sentences,"
              + " for the other half.")
  private @Nullable Path dev;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description =
          "The training data, laid out as GOLD: chunks that occur in it are counted apart from"
              + " those that do not.")
  private @Nullable Path train;

  @Option(
      names = "--raw",
      description =
          "Scores raw text, as the CoNLL 2018 shared task does: GOLD is CoNLL-U (or --in characters, a"
              + " character and its tag per line); its text"
              + " is split and tagged again, or --predicted is another CoNLL-U file.")
  private boolean raw;

  @Mixin private final ReportOptions reports = new ReportOptions();

  @Mixin private final ResamplingOptions resampling = new ResamplingOptions(1000);

  @Option(names = "--gold", paramLabel = "GOLD", description = "The same as GOLD.")
  private @Nullable String namedGold;

  @Parameters(
      paramLabel = "GOLD",
      arity = "0..1",
      description = "A file with gold tags; - for standard input.")
  private @Nullable String gold;

  /** The model, once loaded. */
  private @Nullable TaggerModel loaded;

  EvalCommand(InputStream stdin) {
    this.stdin = stdin;
  }

  @Override
  public Integer call() throws IOException {
    String file = gold == null ? namedGold : gold;
    if (file == null || (gold != null && namedGold != null)) {
      throw new ParameterException(spec.commandLine(), "expected one file with gold tags");
    }
    if (model != null && Files.isRegularFile(model) && TransducerFile.isTransducer(model)) {
      PairEvaluator.check(
          predicted != null
              || dev != null
              || train != null
              || raw
              || layout.head() != null
              || layout.hasColumns()
              || layout.types() != null);
      new PairEvaluator(stdin, spec.commandLine().getOut(), reports, resampling.bootstrap())
          .run(model, file);
      return 0;
    }
    reports.check(
        new FileRoles().reads(file).reads(predicted).reads(model).reads(dev).reads(train));
    Bootstrap bootstrap = resampling.bootstrap();
    LearningCurve curve = reports.learningCurve(model);
    PrintWriter out = spec.commandLine().getOut();
    if (raw) {
      List<String> notes = new ArrayList<>();
      EvaluationReport report = ofRawText(file, bootstrap, curve, notes);
      if (report.rawText() != null) {
        out.print(TextReport.of(report.rawText()));
        out.flush();
      }
      notes.forEach(spec.commandLine().getErr()::println);
      reports.write(report);
      return 0;
    }
    PairEvaluation evaluation;
    Confidence fitted = null;
    try (TagPairs pairs = open(file)) {
      pairs.notes().forEach(spec.commandLine().getErr()::println);
      TrainingData training = training(pairs.measures());
      evaluation = PairEvaluation.of(pairs, known(pairs, training), training);
    }
    if (dev != null) {
      try (TagPairs pairs = open(dev.toString())) {
        fitted = PairEvaluation.confidence(pairs);
      }
    }
    EvaluationReport report =
        new EvaluationReport(
            EvaluationReport.FORMAT,
            name(file),
            predictedName(),
            train == null ? null : train.toString(),
            evaluation.details().sentences(),
            evaluation.details().tokens(),
            evaluation.details().heads(bootstrap, evaluation.confidence(), fitted),
            null,
            curve);
    Map<String, HeadScore> scores = evaluation.details().scores();
    out.print(TextReport.of(report, scores, evaluation.confidence(), fitted));
    out.flush();
    reports.write(report);
    return 0;
  }

  private static String name(String file) {
    return file.equals("-") ? CorpusFormat.STDIN : file;
  }

  /** Whether predictions are still missing. */
  private boolean isOfModel() {
    return predicted == null && !layout.hasPredictedColumns();
  }

  private String predictedName() {
    if (isOfModel()) {
      return model == null ? "the bundled model" : model.toString();
    }
    return predicted == null ? "predicted columns" : name(predicted);
  }

  private @Nullable Predicate<String> known(TagPairs pairs, @Nullable TrainingData training) {
    if (loaded != null && loaded.config().labelsTexts()) {
      return null;
    }
    if (isOfModel()) {
      return pairs::knows;
    }
    return training == null ? null : training::knows;
  }

  private @Nullable TrainingData training(Map<String, Measure> measures) throws IOException {
    if (train == null) {
      return null;
    }
    Set<String> chunkHeads = new LinkedHashSet<>(measures.keySet());
    chunkHeads.removeIf(head -> measures.get(head) != Measure.F1);
    layout.checkNoTypes("--train");
    SentenceSource format =
        isOfModel()
            ? modelFormat(tagger(), measures, train.toString())
            : layout.training(train, measures.keySet());
    return TrainingData.read(format, train, chunkHeads);
  }

  private EvaluationReport ofRawText(
      String file, Bootstrap bootstrap, @Nullable LearningCurve curve, List<String> notes)
      throws IOException {
    if (train != null || dev != null || layout.hasColumns()) {
      throw new InputException("--raw takes no --train, --dev and --columns");
    }
    if (file.equals("-") || "-".equals(predicted)) {
      throw new InputException("--raw reads files, not standard input");
    }
    if (predicted != null && model != null) {
      throw new InputException("--raw takes a model or --predicted, not both");
    }
    if (predicted != null) {
      layout.checkNoTypes("--predicted");
    }
    RawTextScoring scoring =
        new RawTextScoring(Path.of(file), layout.ofRawText(), layout.types(), layout.head());
    RawTextScoring.Result result =
        predicted == null
            ? scoring.ofModel(Models.loadTagger(model))
            : scoring.ofFile(Path.of(predicted));
    notes.addAll(result.notes());
    AlignedScorer scorer = result.scorer();
    return new EvaluationReport(
        EvaluationReport.FORMAT,
        file,
        predictedName(),
        null,
        scorer.sentences(),
        scorer.words(),
        List.of(),
        scorer.score(bootstrap),
        curve);
  }

  private TagPairs open(String file) throws IOException {
    if (isOfModel()) {
      return ofModel(file);
    }
    if (model != null || dev != null) {
      throw new InputException(
          (model != null ? "-m" : "--dev") + " is for files without predicted tags");
    }
    if (predicted != null && layout.hasPredictedColumns()) {
      throw new InputException("give --predicted, or a column predicted:NAME, not both");
    }
    return predicted == null
        ? layout.open(stdin, file)
        : layout.open(stdin, file, List.of(predicted));
  }

  private TagPairs ofModel(String file) throws IOException {
    layout.checkModelOnly();
    TaggerModel tagger = tagger();
    Map<String, Measure> measures =
        layout.head() == null
            ? HeadMeasures.of(tagger.config())
            : HeadMeasures.of(tagger, layout.head());
    SentenceSource format = modelFormat(tagger, measures, file);
    measures.keySet().retainAll(format.heads().keySet());
    PrintWriter err = spec.commandLine().getErr();
    SentenceReader read;
    if (file.equals("-")) {
      read = format.open(stdin, name(file));
    } else {
      measures = ScoredHeads.of(format, Path.of(file), measures, err::println);
      read = format.open(Path.of(file));
    }
    String language = tagger.config().input().language();
    SentenceReader gold = new LanguageCheck(language, err).watching(read, name(file));
    TypeMap types = layout.types();
    return new ModelPairs(
        tagger,
        measures,
        format.heads(),
        types == null ? gold : types.of(gold, tagger.schemes().keySet()),
        name(file));
  }

  private TaggerModel tagger() throws IOException {
    if (loaded == null) {
      loaded = Models.load(model);
    }
    return loaded;
  }

  /** Returns the layout of the gold tags of these heads. */
  private SentenceSource modelFormat(TaggerModel tagger, Map<String, Measure> measures, String file)
      throws InputException {
    InputConfig input = layout.of(tagger.config().input());
    boolean texts = tagger.config().labelsTexts();
    if (layout.in() != null && texts != layout.in().equals(InputConfig.LABELLED)) {
      throw new InputException(
          "--in %s: the model %s"
              .formatted(
                  layout.in(),
                  texts
                      ? "labels whole texts, expected labelled"
                      : "tags tokens, expected conllu or columns"));
    }
    if (texts) {
      Map<String, String> heads = new LinkedHashMap<>(input.heads());
      heads.keySet().retainAll(measures.keySet());
      return Formats.source(InputConfig.LABELLED, input, heads);
    }
    String format = layout.formatOf(file, input.format());
    return Formats.source(format, input, measures.keySet(), tagger.columns(), file);
  }
}
