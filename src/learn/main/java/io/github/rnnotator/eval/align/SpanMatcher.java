package io.github.rnnotator.eval.align;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Finds the spans that both sides have, among spans that come in the order of the text. Not
 * thread-safe.
 */
final class SpanMatcher {
  /** Characters of the text without white space. */
  record Characters(long begin, long end) {}

  private final Deque<Characters> gold = new ArrayDeque<>();
  private final Deque<Characters> predicted = new ArrayDeque<>();
  private final Consumer<Characters> matched;
  private final Consumer<Characters> passed;

  /**
   * A matcher.
   *
   * @param matched receives each span that both sides have
   * @param passed receives each predicted span, once it is settled
   */
  SpanMatcher(Consumer<Characters> matched, Consumer<Characters> passed) {
    this.matched = matched;
    this.passed = passed;
  }

  void addGold(long begin, long end) {
    gold.add(new Characters(begin, end));
  }

  void addPredicted(long begin, long end) {
    predicted.add(new Characters(begin, end));
  }

  long settledUntil(long otherwise) {
    return predicted.isEmpty() ? otherwise : predicted.element().begin;
  }

  void advance() {
    while (!gold.isEmpty() && !predicted.isEmpty()) {
      long ahead = predicted.element().begin - gold.element().begin;
      if (ahead > 0) {
        gold.remove();
      } else {
        Characters span = predicted.remove();
        passed.accept(span);
        if (ahead == 0 && gold.remove().end == span.end) {
          matched.accept(span);
        }
      }
    }
  }

  void finish() {
    advance();
    while (!predicted.isEmpty()) {
      passed.accept(predicted.remove());
    }
  }
}
