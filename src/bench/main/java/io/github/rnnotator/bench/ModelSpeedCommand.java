package io.github.rnnotator.bench;

import io.github.rnnotator.bench.measure.Contestant;
import io.github.rnnotator.bench.measure.Machine;
import io.github.rnnotator.bench.measure.Rounds;
import io.github.rnnotator.bench.measure.Table;
import io.github.rnnotator.bench.measure.Timing;
import io.github.rnnotator.data.HeadMeasures;
import io.github.rnnotator.eval.Evaluation;
import io.github.rnnotator.eval.HeadScore;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code models}: the scores and the speed of trained models. */
@Command(
    name = "models",
    description = {
      "Scores trained models on one file and measures, in turn, their tagging speed on one thread.",
      "All models must have the same heads."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  scripts/benchmark models --gold dev.conllu --png speed.png rnn.rnn gru.rnn lstm.rnn"
    })
final class ModelSpeedCommand implements Callable<Integer> {
  private static final Rounds ROUNDS = new Rounds(9, 300, 6000);

  @Option(
      names = "--gold",
      required = true,
      paramLabel = "FILE",
      description = "Sentences with gold tags, in the format of the models' training files.")
  private Path gold;

  @Option(names = "--png", paramLabel = "FILE", description = "Plots the scores over the speed.")
  private @Nullable Path png;

  @Parameters(paramLabel = "MODEL", arity = "1..*", description = "Model files.")
  private List<Path> models;

  @Mixin private RoundsOptions options;

  /**
   * A model that tags the whole text, with the neighbours that its groups need.
   *
   * @param text the documents
   */
  private record Contender(String name, Tagger tagger, List<List<Sentence>> text)
      implements Contestant {
    @Override
    public void run() {
      tagger.tagDocuments(text);
    }

    @Override
    public void close() {}
  }

  @Override
  public Integer call() throws IOException {
    PrintStream out = System.out;
    List<Contender> contenders = new ArrayList<>();
    List<Map<String, HeadScore>> scores = new ArrayList<>();
    long tokens = 0;
    for (Path file : models) {
      TaggerModel model = TaggerModel.load(file);
      List<List<TaggedSentence>> documents = read(model.config().input());
      List<List<Sentence>> text =
          documents.stream()
              .map(document -> document.stream().map(TaggedSentence::sentence).toList())
              .toList();
      tokens = text.stream().flatMap(List::stream).mapToLong(Sentence::size).sum();
      String name = String.valueOf(file.getFileName()).replaceFirst("\\.rnn$", "");
      Contender contender = new Contender(name, new Tagger(model), text);
      scores.add(score(contender, documents));
      contenders.add(contender);
    }
    List<Timing> timings = options.rounds(ROUNDS).measure(contenders);
    List<Double> speeds = new ArrayList<>();
    for (Timing timing : timings) {
      speeds.add(tokens / timing.cpu().median());
    }
    out.println(Machine.describe());
    out.printf(
        Locale.ROOT,
        "%n%,d tokens, one thread, %d rounds%n%n",
        tokens,
        options.rounds(ROUNDS).count());
    out.print(table(timings, scores, speeds).text(options.markdown()));
    if (png != null) {
      try (OutputStream stream = Files.newOutputStream(png)) {
        BitmapEncoder.saveBitmap(
            chart(contenders, scores, speeds), stream, BitmapEncoder.BitmapFormat.PNG);
      }
    }
    return 0;
  }

  private List<List<TaggedSentence>> read(InputConfig input) throws IOException {
    CorpusFormat format =
        input.format().equals("conllu")
            ? new CorpusFormat.Conllu(input.heads())
            : new CorpusFormat.Columns(input.columns(), input.heads(), input.comments());
    return format.readDocuments(gold).stream().map(document -> document.stream().toList()).toList();
  }

  private static Map<String, HeadScore> score(
      Contender contender, List<List<TaggedSentence>> documents) {
    TaggerModel model = contender.tagger().model();
    Evaluation evaluation =
        new Evaluation(HeadMeasures.of(model.config()), model.schemes(), model::knows);
    Iterator<TaggedSentence> tagged =
        contender.tagger().tagDocuments(contender.text()).stream().flatMap(List::stream).iterator();
    documents.stream()
        .flatMap(List::stream)
        .forEach(sentence -> evaluation.add(sentence, tagged.next()));
    return evaluation.scores();
  }

  private static Table table(
      List<Timing> timings, List<Map<String, HeadScore>> scores, List<Double> speeds) {
    List<String> header = new ArrayList<>(List.of(""));
    scores.get(0).forEach((head, score) -> header.add(head + " " + score.measure().label()));
    header.addAll(List.of("tokens/s", "by the first"));
    Table table = new Table(header.toArray(new String[0]));
    for (int i = 0; i < timings.size(); i++) {
      List<String> row = new ArrayList<>(List.of(timings.get(i).name()));
      scores
          .get(i)
          .values()
          .forEach(score -> row.add(String.format(Locale.ROOT, "%.2f", score.value())));
      row.add(String.format(Locale.ROOT, "%,d", Math.round(speeds.get(i))));
      double ratio = timings.get(i).cpu().ratios(timings.get(0).cpu()).median();
      row.add(String.format(Locale.ROOT, "%.2f", ratio));
      table.row(row.toArray(new String[0]));
    }
    return table;
  }

  /** One series of points per head, with each model's name above its highest point. */
  private static XYChart chart(
      List<Contender> contenders, List<Map<String, HeadScore>> scores, List<Double> speeds) {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(560)
            .title("Dev score over speed")
            .xAxisTitle("tokens a second, one thread")
            .yAxisTitle("dev score")
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setMarkerSize(10);
    chart.getStyler().setXAxisDecimalPattern("#,##0");
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setXAxisMax(1.15 * Collections.max(speeds));
    for (Map.Entry<String, HeadScore> head : scores.get(0).entrySet()) {
      String label = head.getKey() + " " + head.getValue().measure().label();
      List<Double> values = scores.stream().map(each -> each.get(head.getKey()).value()).toList();
      chart.addSeries(label, speeds, values);
    }
    List<Double> best = scores.stream().map(each -> Collections.max(values(each))).toList();
    double least =
        scores.stream().mapToDouble(each -> Collections.min(values(each))).min().orElse(0);
    double gap = 0.04 * Math.max(1, Collections.max(best) - least);
    chart.getStyler().setYAxisMax(Collections.max(best) + 2 * gap);
    for (int i = 0; i < contenders.size(); i++) {
      double above = best.get(i) + gap;
      chart.addAnnotation(
          new AnnotationText(contenders.get(i).name(), speeds.get(i), above, false));
    }
    return chart;
  }

  private static List<Double> values(Map<String, HeadScore> scores) {
    return scores.values().stream().map(HeadScore::value).toList();
  }
}
