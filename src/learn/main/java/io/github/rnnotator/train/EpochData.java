package io.github.rnnotator.train;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.tagger.SentenceGroups;
import io.github.rnnotator.tagger.TrainingLoss;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.source.SourceSampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The training data of each epoch: every epoch cuts the documents into groups at other places,
 * varies the data in another way, and has its batches in another order. Of several sources it shows
 * each as often as {@link SourceSampling} says, and what is shown in part is drawn again for each
 * epoch.
 */
final class EpochData {
  private final Map<Group.Source, Dataset> sources;
  private final SourceSampling sampling;
  private final TrainingConfig training;
  private final int groupTokens;
  private final @Nullable Version version;

  /** The number of batches of each epoch. */
  private final int[] counts;

  /** Varies data, so that an epoch learns from another version of it. */
  @FunctionalInterface
  interface Version {
    /** Returns the data of an epoch; the same state of the generator gives the same data. */
    Dataset of(Dataset data, RandomGenerator random);
  }

  /**
   * Creates the data of all epochs.
   *
   * @param groupTokens the greatest length of a group; 0 for one sentence per group
   * @param version varies the data, or null for the same in each epoch
   */
  EpochData(Dataset train, TrainingConfig training, int groupTokens, @Nullable Version version) {
    this.sources = train.bySource();
    this.training = training;
    this.groupTokens = groupTokens;
    this.version = version;
    Map<Group.Source, Integer> sizes = new LinkedHashMap<>();
    sources.forEach((source, data) -> sizes.put(source, data.size()));
    this.sampling = SourceSampling.of(sizes, training.balance());
    this.counts = new int[training.epochs()];
    boolean same = groupTokens == 0 && version == null;
    for (int epoch = 1; epoch <= counts.length; epoch++) {
      counts[epoch - 1] =
          same && epoch > 1 ? counts[0] : Batches.count(groups(epoch).size(), training.batch());
    }
  }

  /** Returns the batches of an epoch, counted from 1. */
  List<TrainingLoss.Batch> batches(int epoch) {
    return Batches.of(groups(epoch), training.batch(), DerivedSeed.of(training.seed(), epoch, -1));
  }

  /** Returns the number of steps of all epochs. */
  long steps() {
    return stepsBefore(counts.length);
  }

  /** Returns the number of tokens of an epoch; approximately if sources are shown in part. */
  long tokens() {
    double tokens = 0;
    for (Map.Entry<Group.Source, Dataset> source : sources.entrySet()) {
      long own = source.getValue().documents().stream().mapToLong(Group::tokens).sum();
      tokens += sampling.of(source.getKey()) * own;
    }
    return Math.round(tokens);
  }

  private long stepsBefore(int epochs) {
    return Arrays.stream(counts).asLongStream().limit(epochs).sum();
  }

  /** Whether a run with this data can have come so far. */
  boolean isPossible(Progress progress) {
    return progress.steps() == stepsBefore(progress.epoch()) + progress.batches()
        && progress.batches() >= 0
        && (progress.epoch() >= counts.length || progress.batches() < counts[progress.epoch()]);
  }

  private List<Group> groups(int epoch) {
    SplittableRandom cuts = new SplittableRandom(DerivedSeed.of(training.seed(), epoch, -2));
    SplittableRandom versions = new SplittableRandom(DerivedSeed.of(training.seed(), epoch, -3));
    Random draws = new Random(DerivedSeed.of(training.seed(), epoch, -4));
    List<Group> groups = new ArrayList<>();
    sources.forEach(
        (source, data) -> {
          double times = sampling.of(source);
          int whole = (int) times;
          for (int i = 0; i < whole; i++) {
            groups.addAll(groups(source, data, cuts, versions));
          }
          if (times > whole) {
            List<Group> drawn = new ArrayList<>(groups(source, data, cuts, versions));
            Collections.shuffle(drawn, draws);
            int count = (int) Math.round((times - whole) * drawn.size());
            groups.addAll(drawn.subList(0, whole == 0 ? Math.max(1, count) : count));
          }
        });
    return groups;
  }

  private List<Group> groups(
      Group.Source source, Dataset data, SplittableRandom cuts, SplittableRandom versions) {
    Dataset varied = version == null ? data : version.of(data, versions);
    return SentenceGroups.of(
            varied.documents().stream().map(Group::sentences).toList(),
            groupTokens,
            TaggedSentence::size,
            () -> 1 + cuts.nextInt(groupTokens))
        .stream()
        .map(sentences -> new Group(sentences, source))
        .toList();
  }
}
