package io.github.rnnotator.pretrain;

import io.github.rnnotator.text.Sentence;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The groups of the chunks of all epochs, in order. While one chunk is trained on, a thread of its
 * own reads and segments the next; the result does not depend on when it does. For one thread.
 */
final class ChunkStream implements AutoCloseable {
  private final TextPlan plan;
  private final TextGroups cutter;
  private final int last;
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "rnnotator-text");
            thread.setDaemon(true);
            return thread;
          });

  /** The number of the chunk that {@link #next} returns, from 0 over all epochs. */
  private int expected = -1;

  private @Nullable Future<List<Sentence>> next;
  private @Nullable ChunkReader reader;

  /** The number of the chunk that the reader returns next. */
  private int position;

  ChunkStream(TextPlan plan, TextGroups cutter, int epochs) {
    this.plan = plan;
    this.cutter = cutter;
    this.last = plan.chunks() * epochs - 1;
  }

  /**
   * Returns the groups of a chunk; those before it are skipped without being segmented.
   *
   * @param number from 0 over all epochs
   */
  List<Sentence> groups(int number) throws IOException, InterruptedException {
    Future<List<Sentence>> own = next;
    if (own == null || expected != number) {
      own = background.submit(() -> read(number));
    }
    List<Sentence> groups = result(own);
    expected = number + 1;
    next = number < last ? background.submit(() -> read(number + 1)) : null;
    return groups;
  }

  private static List<Sentence> result(Future<List<Sentence>> future)
      throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  /** Runs on the background thread alone. */
  private List<Sentence> read(int number) throws IOException {
    ChunkReader open = reader;
    if (open == null || position != number || number % plan.chunks() == 0) {
      if (open != null) {
        open.close();
      }
      open = new ChunkReader(plan);
      reader = open;
      open.skip(number % plan.chunks());
    }
    position = number + 1;
    return cutter.of(open.next().trained(), number % plan.chunks(), 0);
  }

  @Override
  public void close() {
    background.submit(
        () -> {
          if (reader != null) {
            reader.close();
          }
          return null;
        });
    background.shutdown();
  }
}
