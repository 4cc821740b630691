package io.github.rnnotator.cli;

import io.github.rnnotator.corpus.CorpusFormat;
import io.github.rnnotator.corpus.CorpusSentence;
import io.github.rnnotator.eval.Evaluation;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.eval.ScoreTable;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rnnotator eval}: scores a model on a file with gold tags. */
@Command(
    name = "eval",
    description = "Tags a file with gold tags and prints scores.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  rnnotator eval -m ewt.rnn dev.conllu"})
final class EvalCommand implements Callable<Integer> {
  private final InputStream stdin;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "A model file. Default: the bundled model.")
  private @Nullable Path model;

  @Option(
      names = "--in",
      paramLabel = "FORMAT",
      description = "conllu or columns. Default: what the model was trained on.")
  private @Nullable String in;

  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      split = ",",
      description = "Names of the columns of --in columns: form,pos,ner. Default: the model's.")
  private @Nullable List<String> columns;

  @Option(names = "--head", paramLabel = "NAME", description = "Scores this head alone.")
  private @Nullable String head;

  @Parameters(paramLabel = "GOLD", description = "A file with gold tags; - for standard input.")
  private String gold;

  EvalCommand(InputStream stdin) {
    this.stdin = stdin;
  }

  @Override
  public Integer call() throws IOException {
    TaggerModel tagger = Models.load(model);
    InputConfig input = tagger.config().input().withColumns(columns);
    Map<String, Measure> measures = new LinkedHashMap<>();
    tagger
        .labels()
        .forEach(
            (name, labels) -> {
              if (head == null || head.equals(name)) {
                measures.put(name, labels.inside() == null ? Measure.ACCURACY : Measure.F1);
              }
            });
    if (measures.isEmpty()) {
      throw new InputException(
          "the model has no head '" + head + "', only " + tagger.labels().keySet());
    }
    Map<String, String> heads = new LinkedHashMap<>(input.heads());
    heads.keySet().retainAll(measures.keySet());
    CorpusFormat format = Formats.of(in == null ? input.format() : in, input, heads);
    List<CorpusSentence> sentences =
        gold.equals("-") ? format.read(stdin, CorpusFormat.STDIN) : format.read(Path.of(gold));
    List<TaggedSentence> predicted =
        new Tagger(tagger).tag(sentences.stream().map(CorpusSentence::sentence).toList());
    Evaluation evaluation = new Evaluation(measures, tagger.schemes(), tagger::knows);
    for (int i = 0; i < sentences.size(); i++) {
      evaluation.add(sentences.get(i).tagged(), predicted.get(i));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(ScoreTable.of(evaluation.scores()));
    out.flush();
    return 0;
  }
}
