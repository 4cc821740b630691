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
 * Documents of a stream, annotated when asked for, a few together. It cannot be split: the given
 * documents come one after the other, and so do these.
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

  /** Those of the given documents of which annotated ones have the same, in a fixed order. */
  @Override
  public int characteristics() {
    return documents.characteristics() & (SIZED | IMMUTABLE) | ORDERED | NONNULL;
  }
}
