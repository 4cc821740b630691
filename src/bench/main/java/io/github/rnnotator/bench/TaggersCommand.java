package io.github.rnnotator.bench;

import io.github.rnnotator.bench.measure.Machine;
import io.github.rnnotator.bench.measure.Rounds;
import io.github.rnnotator.bench.measure.Table;
import io.github.rnnotator.bench.measure.Timing;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.text.Sentence;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code taggers}: compares whole taggers, from forms to labels. */
@Command(
    name = "taggers",
    description = {
      "Whole taggers, from forms to labels, on one thread and on all, and the latency of a sentence.",
      "Rnnotator's weights are random: they affect its labels, not its speed."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  scripts/benchmark taggers pos --train en-train.conllu --text en-dev.conllu",
      "  scripts/benchmark taggers ner --train train.txt --text dev.txt --columns form,pos,chunk,ner"
    })
final class TaggersCommand implements Callable<Integer> {
  private static final Rounds ROUNDS = new Rounds(15, 300, 8000);

  /** Sentences of this many tokens are tagged one by one. */
  private static final int SHORT = 15;

  private static final int LONG = 25;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TASK",
      description = "Parts of speech or named entities: ${COMPLETION-CANDIDATES}.")
  private Task.Kind kind;

  @Option(
      names = "--train",
      required = true,
      paramLabel = "FILE",
      description = "Sentences with labels: for words and labels, and for OpenNLP to learn from.")
  private Path train;

  @Option(
      names = "--text",
      required = true,
      paramLabel = "FILE",
      description = "Sentences to tag, in the same format.")
  private Path text;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "NAME",
      description = "The columns of files other than CoNLL-U; one is form, _ is ignored.")
  private @Nullable List<String> columns;

  @Option(names = "--comments", description = "Lines of # before a sentence are comments.")
  private boolean comments;

  @Option(
      names = "--head",
      paramLabel = "NAME",
      description = "The column of the labels. Default: upos, or ner.")
  private @Nullable String head;

  @Option(
      names = "--only",
      paramLabel = "TEXT",
      split = ",",
      description = "Only taggers whose name contains one of these.")
  private @Nullable List<String> only;

  @Option(
      names = "--baseline",
      paramLabel = "TEXT",
      description =
          "The tagger that the others are compared with. Default: the first of OpenNLP for parts of"
              + " speech, of CoreNLP for entities.")
  private @Nullable String baseline;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "The number of threads for the parallel runs. Default: all cores.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Mixin private RoundsOptions options;

  /** A loaded tagger that has tagged the text once. */
  private record Loaded(String name, SentenceTagger tagger, List<String> labels, long heap) {}

  @Override
  public Integer call() throws IOException {
    PrintStream out = System.out;
    Task task = read();
    List<Loaded> taggers = load(task);
    try {
      out.println(Machine.describe());
      checkAgreement(taggers);
      throughput(task, taggers, out);
      latency(task, taggers, out);
      out.println();
    } finally {
      taggers.forEach(loaded -> loaded.tagger().close());
    }
    return 0;
  }

  private Task read() throws IOException {
    String name = head != null ? head : kind == Task.Kind.POS ? "upos" : "ner";
    Map<String, String> heads = Map.of(name, name);
    CorpusFormat format =
        columns == null
            ? new CorpusFormat.Conllu(heads)
            : new CorpusFormat.Columns(columns, heads, comments);
    return Task.read(kind, name, format, train, text);
  }

  private List<Loaded> load(Task task) {
    List<Loaded> taggers = new ArrayList<>();
    for (Taggers.Entry entry : Taggers.of(task)) {
      if (only == null || only.stream().anyMatch(entry.name()::contains)) {
        System.err.println("loading " + entry.name());
        long before = usedHeap();
        SentenceTagger tagger = entry.make().get();
        List<String> labels = tagger.tag(task.text());
        if (!labels.isEmpty() && labels.size() != task.tokens()) {
          throw new IllegalStateException(
              entry.name() + " gives " + labels.size() + " labels to " + task.tokens() + " tokens");
        }
        taggers.add(new Loaded(entry.name(), tagger, labels, usedHeap() - before));
      }
    }
    if (taggers.isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--only " + only + " leaves no tagger");
    }
    return taggers;
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Checks that ONNX Runtime and our tagger without cache predict the same labels as ours. */
  private static void checkAgreement(List<Loaded> taggers) {
    List<Loaded> same = taggers.stream().filter(t -> t.name().contains("LSTM 128")).toList();
    List<Loaded> labelled = same.stream().filter(t -> !t.labels().isEmpty()).toList();
    for (Loaded other : labelled) {
      List<String> expected = labelled.get(0).labels();
      int different = 0;
      for (int i = 0; i < expected.size(); i++) {
        different += expected.get(i).equals(other.labels().get(i)) ? 0 : 1;
      }
      // Two labels may be equally good except for rounding.
      if (different > expected.size() / 1000) {
        throw new IllegalStateException(
            other.name() + " gives other labels to " + different + " of " + expected.size());
      }
    }
  }

  private void throughput(Task task, List<Loaded> taggers, PrintStream out) {
    List<ConcurrentTagging> contestants = new ArrayList<>();
    for (int n : new int[] {1, threads}) {
      for (Loaded loaded : taggers) {
        contestants.add(new ConcurrentTagging(loaded.name(), loaded.tagger(), task.text(), n));
      }
    }
    List<Timing> timings = options.rounds(ROUNDS).measure(contestants);
    contestants.forEach(ConcurrentTagging::close);
    int reference = reference(taggers);
    Table table =
        new Table(
            "",
            "tokens/s",
            "min",
            "max",
            "by " + taggers.get(reference).name().replaceAll(",.*", ""),
            threads + " threads",
            "min",
            "max",
            "by 1 thread",
            "heap MB");
    for (int i = 0; i < taggers.size(); i++) {
      Timing one = timings.get(i);
      Timing all = timings.get(taggers.size() + i);
      table.row(
          one.name(),
          speed(task.tokens(), one.cpu().median()),
          speed(task.tokens(), one.cpu().max()),
          speed(task.tokens(), one.cpu().min()),
          ratio(one.cpu().ratios(timings.get(reference).cpu()).median()),
          speed(threads * task.tokens(), all.wall().median()),
          speed(threads * task.tokens(), all.wall().max()),
          speed(threads * task.tokens(), all.wall().min()),
          ratio(threads * all.wall().ratios(one.wall()).median()),
          Long.toString(Math.round(taggers.get(i).heap() / 1e6)));
    }
    out.printf(
        Locale.ROOT,
        "%nForms to labels, %s: %,d tokens in %,d sentences, %d rounds%n%n",
        task.head(),
        task.tokens(),
        task.text().size(),
        options.rounds(ROUNDS).count());
    out.print(table.text(options.markdown()));
  }

  private int reference(List<Loaded> taggers) {
    String wanted = baseline != null ? baseline : kind == Task.Kind.POS ? "OpenNLP" : "CoreNLP";
    for (int i = 0; i < taggers.size(); i++) {
      if (taggers.get(i).name().contains(wanted)) {
        return i;
      }
    }
    return 0;
  }

  private void latency(Task task, List<Loaded> taggers, PrintStream out) {
    List<Sentence> sentences =
        task.text().stream().filter(s -> s.size() >= SHORT && s.size() <= LONG).toList();
    if (sentences.isEmpty()) {
      return;
    }
    List<SentenceBySentence> contestants =
        taggers.stream()
            .map(loaded -> new SentenceBySentence(loaded.name(), loaded.tagger(), sentences))
            .toList();
    String title =
        String.format(Locale.ROOT, "Latency of a sentence of %d to %d tokens", SHORT, LONG);
    Latency.run(title, contestants, options.markdown(), out);
  }

  private static String speed(long tokens, double seconds) {
    return String.format(Locale.ROOT, "%,d", Math.round(tokens / seconds));
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
