package io.github.rnnotator.serve;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a server has done since it started, in the <a
 * href="https://prometheus.io/docs/instrumenting/exposition_formats/">text format of
 * Prometheus</a>, version 0.0.4. Thread-safe.
 */
final class ServeCounters {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Map<Integer, LongAdder> answers = new ConcurrentSkipListMap<>();
  private final LongAdder texts = new LongAdder();
  private final LongAdder tokens = new LongAdder();
  private final LongAdder nanoseconds = new LongAdder();

  /** Counts an answer with this HTTP status. */
  void answered(int status) {
    answers.computeIfAbsent(status, s -> new LongAdder()).increment();
  }

  /** Counts tagged texts. */
  void tagged(long numberOfTexts, long numberOfTokens, long took) {
    texts.add(numberOfTexts);
    tokens.add(numberOfTokens);
    nanoseconds.add(took);
  }

  /** Returns all counters. */
  Answer answer() {
    StringBuilder lines = new StringBuilder();
    describe("rnnotator_requests_total", "Requests answered, by status.", lines);
    answers.forEach(
        (status, count) ->
            lines.append(
                "rnnotator_requests_total{status=\"%d\"} %d\n".formatted(status, count.sum())));
    describe("rnnotator_texts_total", "Texts tagged.", lines);
    lines.append("rnnotator_texts_total %d\n".formatted(texts.sum()));
    describe("rnnotator_tokens_total", "Tokens tagged.", lines);
    lines.append("rnnotator_tokens_total %d\n".formatted(tokens.sum()));
    describe(
        "rnnotator_tagging_seconds_total", "Seconds spent on tagging, over all threads.", lines);
    lines.append(
        String.format(
            Locale.ROOT, "rnnotator_tagging_seconds_total %.6f\n", nanoseconds.sum() / 1e9));
    return Answer.ok(TYPE, lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void describe(String name, String help, StringBuilder lines) {
    lines.append("# HELP %s %s\n# TYPE %s counter\n".formatted(name, help, name));
  }
}
