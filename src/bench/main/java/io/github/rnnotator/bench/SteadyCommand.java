package io.github.rnnotator.bench;

import io.github.rnnotator.bench.measure.CpuTime;
import io.github.rnnotator.bench.measure.Machine;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code steady}: a long run in a small heap. */
@Command(
    name = "steady",
    description = {
      "A long run in a small heap: reads and tags a file again and again on one thread.",
      "Prints the speed per CPU time, heap and garbage collection. RNNOTATOR_JAVA_OPTS sets the"
          + " heap."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  RNNOTATOR_JAVA_OPTS=-Xmx256m scripts/benchmark steady --train en-train.conllu"
    })
final class SteadyCommand implements Callable<Integer> {
  /** The number of sentences that {@code rnnotator tag} reads at a time. */
  private static final int BLOCK = 1024;

  private static final int REPORTS = 20;

  private static final CorpusFormat FORMAT = new CorpusFormat.Conllu(Map.of("upos", "upos"));

  @Option(
      names = "--train",
      required = true,
      paramLabel = "FILE",
      description = "CoNLL-U: its words and labels are the tagger's, its sentences are tagged.")
  private Path train;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "10000000",
      description = "The number of tokens to tag. Default: ${DEFAULT-VALUE}.")
  private long tokens;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    OurTagger tagger = tagger();
    out.printf(Locale.ROOT, "%s; heap at most %d MB%n%n", Machine.describe(), megabytes(maxHeap()));
    out.println("tokens      tokens/s  heap after collection, MB  collecting, ms");
    long start = System.nanoTime();
    long done = 0;
    while (done < tokens) {
      long until = Math.min(tokens, done + tokens / REPORTS);
      CpuTime cpuTime = CpuTime.start();
      long collecting = collectionMillis();
      long before = done;
      while (done < until) {
        done += tagFile(tagger, until - done);
      }
      out.printf(
          Locale.ROOT,
          "%,-10d  %,8d  %,25d  %,14d%n",
          done,
          Math.round((done - before) / (cpuTime.nanos() / 1e9)),
          megabytes(heap(pool -> pool.getCollectionUsage().getUsed())),
          collectionMillis() - collecting);
    }
    out.printf(
        Locale.ROOT,
        "%n%,d tokens in %.0f s by the clock, %,d a second; %.1f%% of the time collecting%n",
        done,
        seconds(start),
        Math.round(done / seconds(start)),
        collectionMillis() / 10.0 / seconds(start));
    return 0;
  }

  private OurTagger tagger() throws IOException {
    Task task = Task.read(Task.Kind.POS, "upos", FORMAT, train, train);
    return OurTagger.of(OurTagger.model(task, CellKind.LSTM, 128));
  }

  /** Tags the file up to {@code enough} tokens and returns their number. */
  private long tagFile(OurTagger tagger, long enough) throws IOException {
    long done = 0;
    try (SentenceReader reader = FORMAT.open(train)) {
      List<Sentence> block = new ArrayList<>();
      Optional<TaggedSentence> next;
      do {
        next = reader.read();
        next.ifPresent(sentence -> block.add(sentence.sentence()));
        if (block.size() == BLOCK || next.isEmpty()) {
          done += tagger.tag(block).size();
          block.clear();
        }
      } while (next.isPresent() && done < enough);
    }
    return done;
  }

  private static long maxHeap() {
    return Runtime.getRuntime().maxMemory();
  }

  private static long heap(ToLongFunction<MemoryPoolMXBean> usage) {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(usage)
        .sum();
  }

  private static long collectionMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  private static long megabytes(long bytes) {
    return Math.round(bytes / 1e6);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
