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
 * varies the data in another way, and has its batches in another order.
 */
final class EpochData {
  private final Dataset train;
  private final TrainingConfig training;
  private final int groupTokens;
  private final @Nullable Augmentation augmentation;

  /** The number of batches of each epoch. */
  private final int[] counts;

  /**
   * Creates the data of all epochs.
   *
   * @param groupTokens the greatest length of a group; 0 for one sentence per group
   * @param augmentation varies the data, or null for the same in each epoch
   */
  EpochData(
      Dataset train,
      TrainingConfig training,
      int groupTokens,
      @Nullable Augmentation augmentation) {
    this.train = train;
    this.training = training;
    this.groupTokens = groupTokens;
    this.augmentation = augmentation;
    this.counts = new int[training.epochs()];
    boolean same = groupTokens == 0 && augmentation == null;
    for (int epoch = 1; epoch <= counts.length; epoch++) {
      counts[epoch - 1] =
          same && epoch > 1 ? counts[0] : Batches.count(groups(epoch).size(), training.batch());
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
    Augmentation varied = augmentation;
    Dataset data =
        varied == null
            ? train
            : varied.of(new SplittableRandom(DerivedSeed.of(training.seed(), epoch, -3)));
    return data.documents().stream().map(Group::sentences).toList();
  }
}
