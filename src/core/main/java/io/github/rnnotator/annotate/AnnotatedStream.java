package io.github.rnnotator.annotate;

import io.github.rnnotator.text.Document;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lazily annotates documents in small batches. Does not support splitting: documents are processed
 * in encounter order.
 */
final class AnnotatedStream implements Spliterator<Document> {
  private final Spliterator<Document> documents;
  private final int together;
  private final UnaryOperator<List<Document>> annotate;
  private final Deque<Document> ready = new ArrayDeque<>();

  AnnotatedStream(
      Spliterator<Document> documents, int together, UnaryOperator<List<Document>> annotate) {
    this.documents = documents;
    this.together = together;
    this.annotate = annotate;
  }

  @Override
  public boolean tryAdvance(Consumer<? super Document> action) {
    if (ready.isEmpty()) {
      List<Document> next = new ArrayList<>();
      while (next.size() < together && documents.tryAdvance(next::add)) {
        // The condition has read a document.
      }
      ready.addAll(annotate.apply(next));
    }
    if (ready.isEmpty()) {
      return false;
    }
    action.accept(ready.remove());
    return true;
  }

  @Override
  public @Nullable Spliterator<Document> trySplit() {
    return null;
  }

  @Override
  public long estimateSize() {
    long rest = documents.estimateSize();
    return rest == Long.MAX_VALUE ? rest : rest + ready.size();
  }

  /**
   * Keeps {@code SIZED} and {@code IMMUTABLE} of the source; adds {@code ORDERED} and {@code
   * NONNULL}.
   */
  @Override
  public int characteristics() {
    return documents.characteristics() & (SIZED | IMMUTABLE) | ORDERED | NONNULL;
  }
}
