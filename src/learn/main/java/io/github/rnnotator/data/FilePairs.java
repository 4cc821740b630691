package io.github.rnnotator.data;

import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.formats.AlignedReader;
import io.github.rnnotator.formats.SentenceSource;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.OneLine;
import io.github.rnnotator.text.SchemeDetection;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A file with gold tags and files with predicted ones, or one file with both. Reads the first gold
 * sentences ahead to choose the measure of each head.
 */
public final class FilePairs implements TagPairs {
  /** The number of sentences read ahead to detect chunk tags. */
  private static final int AHEAD = 1000;

  /** The prefix of the head's name for a column of predicted tags in a file with both. */
  public static final String PREDICTED = "predicted:";

  private final AlignedReader files;
  private final Map<String, Measure> measures = new LinkedHashMap<>();
  private final Deque<List<TaggedSentence>> ahead = new ArrayDeque<>();
  private final GoldCheck goldCheck;

  private final List<String> notes = new ArrayList<>();

  /** The name of each file. */
  private final List<String> sources;

  /** For each side with predicted tags, the heads without a tag so far. */
  private final List<Set<String>> lacking = new ArrayList<>();

  /**
   * Reads ahead.
   *
   * @param files the gold file, then those with predicted tags; a single file has them in heads
   *     with the prefix {@link #PREDICTED}
   * @param heads the heads to be scored
   * @param named whether the user named them; others are left out where gold is missing, as long as
   *     one remains
   * @param measure the measure of all heads, or null to guess it from their tags
   */
  public FilePairs(
      AlignedReader files, List<String> heads, boolean named, @Nullable Measure measure)
      throws IOException {
    this.files = files;
    Set<String> unseen = new HashSet<>(heads);
    for (Optional<List<TaggedSentence>> next = files.read();
        next.isPresent();
        next = files.read()) {
      ahead.add(next.get());
      unseen.removeAll(next.get().get(0).tags().keySet());
      // The kind of a head's tags is unknown until some were read.
      if (ahead.size() >= AHEAD && unseen.isEmpty()) {
        break;
      }
    }
    List<TaggedSentence> first = ahead.peek();
    if (first == null) {
      throw new InputException("the gold file has no sentences, expected at least one");
    }
    boolean drop = !named && unseen.size() < heads.size();
    for (String head : heads) {
      if (drop && unseen.contains(head)) {
        notes.add(
            OneLine.of(
                first.get(0).origin().file()
                    + ": no word has a gold tag of head '"
                    + head
                    + "', only _; it is not scored"));
        continue;
      }
      List<List<String>> tags = aheadTags(row -> row.get(0), head);
      Measure seen = Measure.of(head, tags);
      measures.put(head, measure == null ? seen : measure);
    }
    this.sources = first.stream().map(sentence -> sentence.origin().file()).toList();
    this.goldCheck = new GoldCheck(measures, Map.of());
    for (int i = 0; i < Math.max(1, first.size() - 1); i++) {
      lacking.add(new LinkedHashSet<>(measures.keySet()));
    }
  }

  /**
   * Opens a file with gold tags and files with predicted ones, all in one format.
   *
   * @param format with the heads to be scored
   */
  public static FilePairs open(SentenceSource format, Path gold, List<Path> predicted)
      throws IOException {
    AlignedReader files = new AlignedReader();
    try {
      files.add(gold.toString(), format.open(gold));
      for (Path file : predicted) {
        files.add(file.toString(), format.open(file));
      }
      return new FilePairs(files, List.copyOf(format.heads().keySet()), true, null);
    } catch (IOException | RuntimeException e) {
      files.close();
      throw e;
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
    return guessed(row -> row.get(0), "");
  }

  @Override
  public Map<String, TagScheme> predictedSchemes() {
    List<TaggedSentence> first = ahead.element();
    return first.size() == 1
        ? guessed(row -> row.get(0), PREDICTED)
        : guessed(row -> row.get(1), "");
  }

  /** Guesses the schemes from the sentences read ahead. */
  private Map<String, TagScheme> guessed(
      Function<List<TaggedSentence>, TaggedSentence> side, String prefix) {
    Map<String, TagScheme> schemes = new LinkedHashMap<>();
    measures.forEach(
        (head, measure) -> {
          if (measure == Measure.F1) {
            schemes.put(head, SchemeDetection.guess(aheadTags(side, prefix + head)));
          }
        });
    return schemes;
  }

  /** Returns the tags of the sentences read ahead, without sentences that lack them. */
  private List<List<String>> aheadTags(
      Function<List<TaggedSentence>, TaggedSentence> side, String head) {
    return ahead.stream()
        .map(row -> side.apply(row).tags().get(head))
        .filter(Objects::nonNull)
        .map(TagSequence::tags)
        .toList();
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public boolean knows(String form) {
    return true;
  }

  @Override
  public Optional<Row> next() throws IOException {
    List<TaggedSentence> row = ahead.poll();
    if (row == null) {
      row = files.read().orElse(null);
    }
    if (row == null) {
      requireTags();
      return Optional.empty();
    }
    TaggedSentence gold = row.get(0);
    List<TaggedSentence> predicted = new ArrayList<>();
    for (TaggedSentence sentence : row) {
      check(sentence);
      predicted.add(sentence.withAll(measures.keySet()));
    }
    if (row.size() == 1) {
      predicted.set(0, predictedOf(gold));
    } else {
      predicted.remove(0);
    }
    goldCheck.add(gold);
    for (int i = 0; i < predicted.size(); i++) {
      TaggedSentence found = predicted.get(i);
      lacking.get(i).removeIf(head -> found.tags(head).labelled() > 0);
    }
    return Optional.of(new Row(gold.withAll(measures.keySet()), predicted));
  }

  /** Without any tag there is nothing to score, which is not a score of 0. */
  private void requireTags() throws CorpusException {
    goldCheck.require(sources.get(0), GoldCheck.SCORE_ANOTHER);
    for (int i = 0; i < lacking.size(); i++) {
      for (String head : lacking.get(i)) {
        throw new CorpusException(
            sources.get(Math.min(i + 1, sources.size() - 1)),
            "no word has a predicted tag of head '"
                + head
                + "', only _; score another head (--head), or name the columns"
                + " (--predicted-columns)");
      }
    }
  }

  @Override
  public void close() throws IOException {
    files.close();
  }

  private TaggedSentence predictedOf(TaggedSentence both) {
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    measures
        .keySet()
        .forEach(
            head ->
                tags.put(
                    head,
                    both.tags().getOrDefault(PREDICTED + head, TagSequence.missing(both.size()))));
    return new TaggedSentence(both.sentence(), tags);
  }

  private void check(TaggedSentence sentence) throws CorpusException {
    for (Map.Entry<String, TagSequence> tags : sentence.tags().entrySet()) {
      String name = tags.getKey();
      String head = name.startsWith(PREDICTED) ? name.substring(PREDICTED.length()) : name;
      Measure measure = measures.get(head);
      if (measure != null) {
        try {
          measure.check(tags.getValue().tags());
        } catch (IllegalArgumentException e) {
          throw new CorpusException(
              sentence.origin().file(),
              sentence.origin().line(),
              "head " + head + ": " + Objects.requireNonNull(e.getMessage()));
        }
      }
    }
  }
}
