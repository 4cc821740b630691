package io.github.rnnotator.train;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.tagger.SentenceGroups;
import io.github.rnnotator.tagger.TrainingBatch;
import io.github.rnnotator.text.TaggedSentence;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The training data of each epoch: every epoch cuts the documents into groups at other places,
 * replaces other mentions, and has its batches in another order.
 */
final class EpochData {
  private final Dataset train;
  private final TrainingConfig training;
  private final int groupTokens;
  private final @Nullable MentionReplacement replacement;

  /** The number of batches of each epoch. */
  private final int[] counts;

  /**
   * Creates the data of all epochs.
   *
   * @param groupTokens the greatest length of a group; 0 for one sentence per group
   * @param replacement replaces mentions, or null for none
   */
  EpochData(
      Dataset train,
      TrainingConfig training,
      int groupTokens,
      @Nullable MentionReplacement replacement) {
    this.train = train;
    this.training = training;
    this.groupTokens = groupTokens;
    this.replacement = replacement;
    this.counts = new int[training.epochs()];
    if (groupTokens == 0) {
      Arrays.fill(counts, Batches.count(groups(1).size(), training.batch()));
    }
    for (int epoch = 1; epoch <= counts.length && groupTokens > 0; epoch++) {
      counts[epoch - 1] = Batches.count(groups(epoch).size(), training.batch());
    }
  }

  /** Returns the batches of an epoch, counted from 1. */
  List<TrainingBatch> batches(int epoch) {
    return Batches.of(groups(epoch), training.batch(), DerivedSeed.of(training.seed(), epoch, -1));
  }

  /** Returns the number of steps of all epochs. */
  long steps() {
    return stepsBefore(counts.length);
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
    SplittableRandom random = new SplittableRandom(DerivedSeed.of(training.seed(), epoch, -2));
    return SentenceGroups.of(
            documents(epoch),
            groupTokens,
            TaggedSentence::size,
            () -> 1 + random.nextInt(groupTokens))
        .stream()
        .map(Group::new)
        .toList();
  }

  private List<List<TaggedSentence>> documents(int epoch) {
    MentionReplacement replaced = replacement;
    if (replaced == null) {
      return train.documents().stream().map(Group::sentences).toList();
    }
    SplittableRandom random = new SplittableRandom(DerivedSeed.of(training.seed(), epoch, -3));
    return train.documents().stream()
        .map(
            document ->
                document.sentences().stream().map(s -> replaced.replace(s, random)).toList())
        .toList();
  }
}
