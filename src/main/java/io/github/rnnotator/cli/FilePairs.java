package io.github.rnnotator.cli;

import io.github.rnnotator.corpus.AlignedReader;
import io.github.rnnotator.corpus.CorpusException;
import io.github.rnnotator.corpus.CorpusSentence;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A file with gold tags and files with predicted ones, or one file with both. Reads the first gold
 * sentences ahead to choose the measure of each head.
 */
final class FilePairs implements TagPairs {
  /** The number of sentences read ahead to detect chunk tags. */
  private static final int AHEAD = 1000;

  /** The prefix of the head's name for a column of predicted tags in a file with both. */
  static final String PREDICTED = "predicted:";

  private final AlignedReader files;
  private final Map<String, Measure> measures = new LinkedHashMap<>();
  private final Deque<List<CorpusSentence>> ahead = new ArrayDeque<>();

  /**
   * Reads ahead.
   *
   * @param files the gold file, then those with predicted tags; a single file has them in heads
   *     with the prefix {@link #PREDICTED}
   * @param heads the heads to be scored
   * @param measure the measure of all heads, or null to detect it
   */
  FilePairs(AlignedReader files, List<String> heads, @Nullable Measure measure) throws IOException {
    this.files = files;
    for (Optional<List<CorpusSentence>> next = files.read();
        next.isPresent();
        next = files.read()) {
      ahead.add(next.get());
      if (ahead.size() == AHEAD) {
        break;
      }
    }
    List<CorpusSentence> first = ahead.peek();
    if (first == null) {
      throw new InputException("the gold file has no sentences, expected at least one");
    }
    for (String head : heads) {
      List<List<String>> tags = aheadTags(row -> row.get(0).tagged(), head);
      if (!tags.isEmpty()) {
        measures.put(head, measure == null ? Measure.of(tags) : measure);
      }
    }
    if (measures.isEmpty()) {
      throw new InputException(
          first.get(0).source() + ": no tags but _ for " + String.join(", ", heads));
    }
  }

  @Override
  public Map<String, Measure> measures() {
    return measures;
  }

  @Override
  public Map<String, TagScheme> schemes() {
    return Map.of();
  }

  @Override
  public Map<String, TagScheme> goldSchemes() {
    return guessed(row -> row.get(0).tagged(), "");
  }

  @Override
  public Map<String, TagScheme> predictedSchemes() {
    List<CorpusSentence> first = ahead.element();
    return first.size() == 1
        ? guessed(row -> row.get(0).tagged(), PREDICTED)
        : guessed(row -> row.get(1).tagged(), "");
  }

  /** Guesses the schemes from the sentences read ahead. */
  private Map<String, TagScheme> guessed(
      Function<List<CorpusSentence>, TaggedSentence> side, String prefix) {
    Map<String, TagScheme> schemes = new LinkedHashMap<>();
    measures.forEach(
        (head, measure) -> {
          if (measure == Measure.F1) {
            schemes.put(head, TagScheme.guess(aheadTags(side, prefix + head)));
          }
        });
    return schemes;
  }

  /** The tags of the sentences read ahead, without sentences that lack them. */
  private List<List<String>> aheadTags(
      Function<List<CorpusSentence>, TaggedSentence> side, String head) {
    return ahead.stream()
        .map(row -> side.apply(row).tags().get(head))
        .filter(Objects::nonNull)
        .map(TagSequence::tags)
        .toList();
  }

  @Override
  public boolean knows(String form) {
    return true;
  }

  @Override
  public Optional<Row> next() throws IOException {
    List<CorpusSentence> row = ahead.poll();
    if (row == null) {
      row = files.read().orElse(null);
    }
    if (row == null) {
      return Optional.empty();
    }
    List<TaggedSentence> predicted = new ArrayList<>();
    for (CorpusSentence sentence : row) {
      for (String head : measures.keySet()) {
        sentence.tags(head, NEEDS_ALL);
        if (row.size() == 1) {
          sentence.tags(PREDICTED + head, NEEDS_ALL);
        }
      }
      check(sentence);
      predicted.add(sentence.tagged());
    }
    if (row.size() == 1) {
      predicted.set(0, predictedOf(row.get(0).tagged()));
    } else {
      predicted.remove(0);
    }
    return Optional.of(new Row(row.get(0), predicted));
  }

  @Override
  public void close() throws IOException {
    files.close();
  }

  private TaggedSentence predictedOf(TaggedSentence both) {
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    measures.keySet().forEach(head -> tags.put(head, both.tags(PREDICTED + head)));
    return new TaggedSentence(both.sentence(), tags);
  }

  private void check(CorpusSentence sentence) throws CorpusException {
    for (Map.Entry<String, TagSequence> tags : sentence.tagged().tags().entrySet()) {
      String name = tags.getKey();
      String head = name.startsWith(PREDICTED) ? name.substring(PREDICTED.length()) : name;
      Measure measure = measures.get(head);
      if (measure != null) {
        try {
          measure.check(tags.getValue().tags());
        } catch (IllegalArgumentException e) {
          throw new CorpusException(
              sentence.source(),
              sentence.line(),
              "head " + head + ": " + Objects.requireNonNull(e.getMessage()));
        }
      }
    }
  }
}
