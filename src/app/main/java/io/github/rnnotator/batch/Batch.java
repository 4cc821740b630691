package io.github.rnnotator.batch;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.io.Compression;
import io.github.rnnotator.io.CorpusException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Tags a corpus: one thread reads, several tag, and the caller of {@link #run} writes, with queues
 * of fixed length between them. If killed at any moment, the same run resumes where it stopped,
 * with the same output byte for byte.
 */
public final class Batch {
  private final BatchSettings settings;
  private final Annotator tagger;
  private final InputStream stdin;
  private final Consumer<BatchProgress> progress;
  private final FileOps ops;
  private final Pace pace;
  private final OutputNames names;

  /**
   * Creates a run.
   *
   * @param tagger shared by several threads
   * @param stdin standard input, read if the settings say so
   * @param progress called on the thread that runs
   */
  public Batch(
      BatchSettings settings,
      Annotator tagger,
      InputStream stdin,
      Consumer<BatchProgress> progress) {
    this(settings, tagger, stdin, progress, new Disk(), Pace.DEFAULT);
  }

  /** Creates a run with its own disk and pace, for tests. */
  Batch(
      BatchSettings settings,
      Annotator tagger,
      InputStream stdin,
      Consumer<BatchProgress> progress,
      FileOps ops,
      Pace pace) {
    this.settings = settings;
    this.tagger = tagger;
    this.stdin = stdin;
    this.progress = progress;
    this.ops = ops;
    this.pace = pace;
    this.names = new OutputNames(settings.out().extensions(), settings.compression());
  }

  /**
   * Returns the first file of an input, whose format may be that of all; empty for standard input.
   *
   * @param input as in {@link BatchSettings}
   * @param output the folder to write into, which is not read
   * @throws CorpusException if the input does not exist
   */
  public static Optional<Path> firstFile(String input, Path output) throws IOException {
    OutputNames none = new OutputNames(List.of(), Compression.NONE);
    try {
      for (InputFile file : InputTree.of(input, output, none)) {
        if (file.path() != null && file.problem() == null) {
          return Optional.of(file.path());
        }
      }
      return Optional.empty();
    } catch (UncheckedIOException e) {
      throw e.getCause() == null ? new IOException(e) : e.getCause();
    }
  }

  /**
   * Tags the remaining input.
   *
   * @throws CorpusException if there is nothing to read, an output would replace an input, the
   *     settings differ from those of the run to be resumed, or, in a strict run, on the first
   *     malformed record
   */
  public BatchSummary run() throws IOException {
    Path folder = settings.output();
    InputTree tree = InputTree.of(settings.input(), folder, names);
    InputTree.Survey survey = tree.survey();
    if (settings.restart() || settings.allowChange() || !Checkpoint.isIn(folder)) {
      new OverwriteCheck(tree, names, folder).run();
    }
    if (!Files.isDirectory(folder)) {
      if (Files.exists(folder)) {
        throw new CorpusException(folder.toString(), "a file, expected a folder to write into");
      }
      ops.createDirectories(folder);
    }
    BatchSummary summary;
    try (FolderLock lock = FolderLock.take(folder, ops)) {
      Checkpoint from = checkpoint(survey);
      summary = from.finished() ? nothingToDo(from) : run(tree, survey.bytes(), from);
    }
    return summary;
  }

  private Checkpoint checkpoint(InputTree.Survey survey) throws IOException {
    Path folder = settings.output();
    Map<String, String> wanted = new LinkedHashMap<>(settings.settings());
    wanted.put("input files", String.valueOf(survey.files()));
    wanted.put("input bytes", String.valueOf(survey.bytes()));
    wanted.put("input names and times, SHA-256", survey.sha256());
    if (settings.restart()) {
      forget(folder);
    } else {
      Optional<Checkpoint> found = Checkpoint.read(folder);
      if (found.isPresent()) {
        Checkpoint from = found.get();
        if (!settings.allowChange()) {
          checkSame(from.settings(), wanted);
        }
        return from.settings().equals(wanted) ? from : from.changed(wanted);
      }
      checkEmpty(folder);
    }
    Checkpoint from = Checkpoint.begin(wanted);
    // From here on the folder belongs to this run.
    from.write(folder(from));
    return from;
  }

  private OutputFolder folder(Checkpoint from) {
    return new OutputFolder(settings.output(), from.run(), ops);
  }

  /** Deletes the parts of an earlier run, if its checkpoint can be read. */
  private void forget(Path folder) throws IOException {
    try {
      Optional<Checkpoint> earlier = Checkpoint.read(folder);
      if (earlier.isPresent()) {
        folder(earlier.get()).deleteParts();
      }
    } catch (CorpusException e) {
      // Without a readable checkpoint its parts are unknown, so delete none.
      return;
    }
  }

  private void checkSame(Map<String, String> before, Map<String, String> now)
      throws CorpusException {
    for (Map.Entry<String, String> setting : now.entrySet()) {
      String then = before.get(setting.getKey());
      if (!setting.getValue().equals(then)) {
        throw new CorpusException(
            settings.output().toString(),
            "contains a run with another setting: "
                + setting.getKey()
                + " was "
                + then
                + ", now "
                + setting.getValue()
                + "; resume anyway with --allow-change, start over with --restart, or choose"
                + " another folder");
      }
    }
  }

  private static void checkEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      Optional<Path> other =
          files
              .filter(file -> !OutputFolder.isFirst(String.valueOf(file.getFileName())))
              .findFirst();
      if (other.isPresent()) {
        throw new CorpusException(
            folder.toString(),
            "contains files that do not belong to a run, such as "
                + other.get().getFileName()
                + "; choose an empty or a new folder, or replace them with --restart");
      }
    }
  }

  private BatchSummary nothingToDo(Checkpoint from) {
    return new BatchSummary(
        from.settings(), from.totals(), 0, 0, 0, 0, Map.of(), settings.threads(), 0);
  }

  private BatchSummary run(InputTree tree, long allBytes, Checkpoint from) throws IOException {
    Meter meter = new Meter(PartTagger.SEGMENT, PartTagger.TAG, PartTagger.WRITE);
    PartTagger parts = new PartTagger(tagger, settings.out(), settings.compression(), meter);
    ExecutorService workers = Executors.newFixedThreadPool(settings.threads(), Batch::daemon);
    BlockingQueue<BatchReader.Pending> queue = new ArrayBlockingQueue<>(2 * settings.threads() + 2);
    OutputFolder folder = folder(from);
    try (Results results = new Results(folder, names, settings, pace, from)) {
      Predicate<String> isDone = from.recheck() ? new FinishedFiles(folder, names) : name -> true;
      BatchReader.Left left = new BatchReader.Left(tree, from, isDone, results::gaveUp);
      Thread reader =
          daemon(
              new BatchReader(
                  left,
                  new PartReader.Source(stdin, settings.in(), settings.check(), pace.part()),
                  parts,
                  workers,
                  queue));
      reader.setName("batch-reader");
      reader.start();
      try {
        write(queue, results, from, allBytes);
      } finally {
        workers.shutdownNow();
        reader.interrupt();
      }
      results.end();
      BatchSummary summary = summary(from, results, meter);
      summary.write(folder);
      results.finished();
      return summary;
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "batch-worker");
    thread.setDaemon(true);
    return thread;
  }

  private BatchSummary summary(Checkpoint from, Results results, Meter meter) {
    long tokens = results.totals().tokens() - from.totals().tokens();
    double seconds = meter.seconds();
    return new BatchSummary(
        from.settings(),
        results.totals(),
        seconds,
        tokens,
        tokens / Math.max(seconds, 1e-9),
        meter.cpuSeconds(),
        meter.stages(),
        settings.threads(),
        Meter.peakHeap());
  }

  private void write(
      BlockingQueue<BatchReader.Pending> queue, Results results, Checkpoint from, long allBytes)
      throws IOException {
    long bytesBefore = -1;
    try {
      while (true) {
        CompletableFuture<List<PartTagger.Encoded>> next = queue.take().encoded();
        if (next == null) {
          return;
        }
        for (PartTagger.Encoded encoded : next.join()) {
          results.write(encoded);
          Totals totals = results.totals();
          long bytes = totals.bytes() + (results.fileDone() ? 0 : encoded.part().bytes());
          bytesBefore = bytesBefore < 0 ? bytes : bytesBefore;
          progress.accept(
              new BatchProgress(
                  totals,
                  totals.tokens() - from.totals().tokens(),
                  bytes,
                  bytes - bytesBefore,
                  allBytes));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (CompletionException e) {
      throw unwrapped(e);
    }
  }

  private static IOException unwrapped(CompletionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return unchecked.getCause();
    }
    if (cause instanceof OutOfMemoryError) {
      return new IOException(
          "the heap is too small for one passage per thread; enlarge it with"
              + " RNNOTATOR_JAVA_OPTS=-Xmx1g, or use fewer --threads",
          cause);
    }
    throw e;
  }
}
