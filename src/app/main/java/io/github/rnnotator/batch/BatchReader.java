package io.github.rnnotator.batch;

import io.github.rnnotator.io.Counts;
import io.github.rnnotator.io.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a run that reads. Parts are tagged by the workers and queued in order; each waits
 * only for the counts of the parts before it.
 */
final class BatchReader implements Runnable {
  /** An item that the reading thread passes to the writing one; null marks the end. */
  record Pending(@Nullable CompletableFuture<List<PartTagger.Encoded>> encoded) {}

  /**
   * The remaining input of a run.
   *
   * @param tree all input
   * @param from the checkpoint to resume from
   * @param isDone whether a file before the checkpoint is finished
   * @param gaveUp whether a file's output was abandoned
   */
  record Left(InputTree tree, Checkpoint from, Predicate<String> isDone, Predicate<String> gaveUp) {
    /** Whether to read a file from its start. */
    boolean isNew(String file) {
      boolean isBehind = !from.reached().isEmpty() && InputTree.compare(file, from.reached()) <= 0;
      return !isBehind || !isDone.test(file);
    }
  }

  private final Left left;
  private final PartReader.Source source;
  private final PartTagger tagging;
  private final ExecutorService workers;
  private final BlockingQueue<Pending> queue;
  private CompletableFuture<Counts> counts;
  private List<Part> parts = new ArrayList<>();
  private int size;

  BatchReader(
      Left left,
      PartReader.Source source,
      PartTagger tagging,
      ExecutorService workers,
      BlockingQueue<Pending> queue) {
    this.left = left;
    this.source = source;
    this.tagging = tagging;
    this.workers = workers;
    this.queue = queue;
    this.counts = CompletableFuture.completedFuture(left.from().current().counts());
  }

  @Override
  public void run() {
    try {
      try {
        readAll();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      queue.put(new Pending(null));
    } catch (InterruptedException | RejectedExecutionException e) {
      // The run has failed, and nobody waits for parts.
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable e) {
    try {
      queue.put(new Pending(CompletableFuture.failedFuture(e)));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void readAll() throws IOException, InterruptedException {
    Checkpoint.Current begun = left.from().current();
    if (!begun.done()) {
      resume(begun);
    }
    for (InputFile file : left.tree()) {
      boolean resumed = !begun.done() && file.name().equals(begun.file());
      if (!resumed && left.isNew(file.name())) {
        read(file, null);
      }
    }
    submit();
  }

  private void resume(Checkpoint.Current begun) throws IOException, InterruptedException {
    for (InputFile file : left.tree()) {
      if (file.name().equals(begun.file())) {
        read(file, begun.position());
        return;
      }
    }
  }

  private void read(InputFile file, @Nullable Position start)
      throws IOException, InterruptedException {
    try (PartReader reader = new PartReader(file, source, start)) {
      while (!reader.ended()) {
        Part part = left.gaveUp().test(file.name()) ? reader.giveUp() : reader.read();
        parts.add(part);
        size += part.passages().stream().mapToInt(PartReader::size).sum() + 256;
        if (size >= source.partSize()) {
          submit();
        }
      }
    }
  }

  private void submit() throws InterruptedException {
    if (parts.isEmpty()) {
      return;
    }
    List<Part> together = parts;
    parts = new ArrayList<>();
    size = 0;
    CompletableFuture<PartTagger.Tagged> tagged =
        CompletableFuture.supplyAsync(() -> tagging.tag(together), workers);
    // Encode as soon as the counts are known: a tagged part takes many times the memory of its
    // text.
    CompletableFuture<List<PartTagger.Encoded>> encoded =
        counts.thenCombine(tagged, (before, t) -> tagging.encode(t, before));
    counts = counts.thenCombine(tagged, (before, t) -> t.after(before));
    queue.put(new Pending(encoded));
  }
}
