package io.github.rnnotator.bench;

import io.github.rnnotator.bench.measure.Machine;
import io.github.rnnotator.bench.measure.Rounds;
import io.github.rnnotator.bench.measure.Sample;
import io.github.rnnotator.bench.measure.Table;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.Trainer;
import io.github.rnnotator.train.TrainingConfig;
import io.github.rnnotator.train.TrainingEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code training}: measures our trainer on one thread and on all. */
@Command(
    name = "training",
    description = {
      "Our trainer on one thread and on all: an LSTM with words, characters and dropout.",
      "The networks command compares training steps with libtorch's."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  scripts/benchmark training --train en-train.conllu"})
final class TrainingCommand implements Callable<Integer> {
  private static final int BATCH = 32;

  @Option(names = "--train", required = true, paramLabel = "FILE", description = "CoNLL-U.")
  private Path train;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      defaultValue = "128",
      description = "The hidden size of each direction. Default: ${DEFAULT-VALUE}.")
  private int hidden;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "The number of threads for the parallel run. Default: all cores.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "40",
      description = "The steps per turn, of 32 sentences each. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Mixin private RoundsOptions options;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintStream out = System.out;
    Rounds rounds = options.rounds(new Rounds(8, 1, 10_000));
    CorpusFormat format = new CorpusFormat.Conllu(Map.of("upos", "upos"));
    Task task = Task.read(Task.Kind.POS, "upos", format, train, train);
    out.println(Machine.describe());
    long warm = System.nanoTime() + rounds.warmupMillis() * 1_000_000;
    do {
      tokensPerSecond(task, 1);
      tokensPerSecond(task, threads);
    } while (System.nanoTime() < warm);
    List<Double> one = new ArrayList<>();
    List<Double> all = new ArrayList<>();
    for (int round = 0; round < rounds.count(); round++) {
      one.add(tokensPerSecond(task, 1));
      all.add(tokensPerSecond(task, threads));
    }
    Table table = new Table("threads", "tokens/s", "min", "max", "by 1 thread");
    Sample slow = new Sample(one);
    row(table, "1", slow, slow);
    row(table, "" + threads, new Sample(all), slow);
    out.printf(
        Locale.ROOT,
        "%nTraining, two bidirectional LSTM layers of %d, batch %d, %d rounds of %d steps%n%n%s%n",
        hidden,
        BATCH,
        rounds.count(),
        steps,
        table.text(options.markdown()));
    return 0;
  }

  private static void row(Table table, String name, Sample sample, Sample slow) {
    table.row(
        name,
        String.format(Locale.ROOT, "%,.0f", sample.median()),
        String.format(Locale.ROOT, "%,.0f", sample.min()),
        String.format(Locale.ROOT, "%,.0f", sample.max()),
        String.format(Locale.ROOT, "%.2f", slow.ratios(sample).median()));
  }

  /** The speed of an epoch over the first sentences, from its start to its last step. */
  private double tokensPerSecond(Task task, int threads) throws IOException, InterruptedException {
    List<TaggedSentence> sentences =
        task.train().subList(0, Math.min(steps * BATCH, task.train().size()));
    TaggerConfig config = OurTagger.config(task, CellKind.LSTM, hidden);
    Stopwatch stopwatch = new Stopwatch();
    new Trainer(config, training(), Ops.best(), threads, stopwatch)
        .train(sentences, sentences.subList(0, 1), null);
    return stopwatch.tokens / ((stopwatch.end - stopwatch.start) / 1e9);
  }

  /** As in {@code eval/ewt-pos.yaml}, with as many shards as there are threads. */
  private TrainingConfig training() {
    return TrainingConfig.defaults()
        .rate(0.002f)
        .batch(BATCH)
        .shards(Math.max(2, this.threads))
        .epochs(1)
        .dropout(0.33f)
        .clip(1f)
        .average(0.999f)
        .seed(1);
  }

  private static final class Stopwatch implements Consumer<TrainingEvent> {
    private long start;
    private long end;
    private long tokens;

    @Override
    public void accept(TrainingEvent event) {
      if (event instanceof TrainingEvent.EpochStarted) {
        start = System.nanoTime();
      } else if (event instanceof TrainingEvent.Stepped step) {
        end = System.nanoTime();
        tokens += step.tokens();
      }
    }
  }
}
