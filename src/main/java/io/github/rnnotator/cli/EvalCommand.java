package io.github.rnnotator.cli;

import io.github.rnnotator.cli.TagPairs.Row;
import io.github.rnnotator.corpus.CorpusFormat;
import io.github.rnnotator.eval.Bootstrap;
import io.github.rnnotator.eval.Confidence;
import io.github.rnnotator.eval.ConfidenceText;
import io.github.rnnotator.eval.Evaluation;
import io.github.rnnotator.eval.HeadScore;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.eval.ScoreTable;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
          + " another column.",
      "In a file with both, a column predicted:NAME holds the predicted tags of the column NAME."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  rnnotator eval -m ewt.rnn dev.conllu",
      "  rnnotator eval --gold dev.conll --predicted tagged.conll",
      "  rnnotator eval --columns form,ner,predicted:ner tagged.conll"
    })
final class EvalCommand implements Callable<Integer> {
  private final InputStream stdin;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "A model file. Default, where nothing is predicted yet: the bundled model.")
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

  @Mixin private final ResamplingOptions resampling = new ResamplingOptions(1000);

  @Option(names = "--gold", paramLabel = "GOLD", description = "The same as GOLD.")
  private @Nullable String namedGold;

  @Parameters(
      paramLabel = "GOLD",
      arity = "0..1",
      description = "A file with gold tags; - for standard input.")
  private @Nullable String gold;

  EvalCommand(InputStream stdin) {
    this.stdin = stdin;
  }

  @Override
  public Integer call() throws IOException {
    String file = gold == null ? namedGold : gold;
    if (file == null || (gold != null && namedGold != null)) {
      throw new ParameterException(spec.commandLine(), "expected one file with gold tags");
    }
    Bootstrap bootstrap = resampling.bootstrap();
    Map<String, HeadScore> scores;
    Confidence confidence;
    Confidence fitted = null;
    try (TagPairs pairs = open(file)) {
      Evaluation evaluation = new Evaluation(pairs.measures(), pairs.schemes(), pairs::knows);
      confidence = new Confidence(pairs.measures());
      for (Optional<Row> row = pairs.next(); row.isPresent(); row = pairs.next()) {
        TaggedSentence right = row.get().gold().tagged();
        evaluation.add(right, row.get().predicted().get(0));
        confidence.add(right, row.get().predicted().get(0));
      }
      scores = evaluation.scores();
    }
    if (dev != null) {
      try (TagPairs pairs = open(dev.toString())) {
        fitted = new Confidence(pairs.measures());
        for (Optional<Row> row = pairs.next(); row.isPresent(); row = pairs.next()) {
          fitted.add(row.get().gold().tagged(), row.get().predicted().get(0));
        }
      }
    }
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, HeadScore> score : scores.entrySet()) {
      String head = score.getKey();
      List<String> facts = new ArrayList<>();
      facts.add(
          ConfidenceText.of(confidence.interval(head, bootstrap), confidence.sentences(head)));
      confidence.tokens(head, fitted).ifPresent(r -> facts.add(ConfidenceText.of("token", r)));
      confidence.mentions(head, fitted).ifPresent(r -> facts.add(ConfidenceText.of("mention", r)));
      parts.add(ScoreTable.of(head, score.getValue(), facts));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(String.join("\n", parts));
    out.flush();
    return 0;
  }

  private TagPairs open(String file) throws IOException {
    if (predicted == null && !layout.holdBoth()) {
      return ofModel(file);
    }
    if (model != null || dev != null) {
      throw new InputException(
          (model != null ? "-m" : "--dev") + " is for files without predicted tags");
    }
    if (predicted != null && layout.holdBoth()) {
      throw new InputException("give --predicted, or a column predicted:NAME, not both");
    }
    return predicted == null
        ? layout.open(stdin, file)
        : layout.open(stdin, file, List.of(predicted));
  }

  private TagPairs ofModel(String file) throws IOException {
    layout.checkModelOnly();
    TaggerModel tagger = Models.load(model);
    InputConfig input = tagger.config().input().withColumns(layout.columns());
    Map<String, Measure> measures = ModelPairs.measures(tagger, layout.head());
    Map<String, String> heads = new LinkedHashMap<>(input.heads());
    heads.keySet().retainAll(measures.keySet());
    String name = layout.in() == null ? input.format() : layout.in();
    CorpusFormat format = Formats.of(name, input, heads);
    return file.equals("-")
        ? new ModelPairs(
            tagger, measures, format.open(stdin, CorpusFormat.STDIN), CorpusFormat.STDIN)
        : new ModelPairs(tagger, measures, format.open(Path.of(file)), file);
  }
}
