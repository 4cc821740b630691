package io.github.rnnotator.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.tagger.TrainingLoss;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Every group once per epoch, similar lengths together, all determined by the seed. */
class BatchesTest {
  @Property(tries = 60)
  void everyGroupIsInExactlyOneBatch(
      @ForAll @IntRange(max = 400) int n,
      @ForAll @IntRange(min = 1, max = 20) int size,
      @ForAll long seed) {
    List<Group> groups = groups(n, seed);
    List<TrainingLoss.Batch> batches = Batches.of(groups, size, seed);
    assertThat(batches.stream().flatMap(batch -> batch.groups().stream()))
        .containsExactlyInAnyOrderElementsOf(groups);
    assertThat(batches).hasSize(Batches.count(n, size));
    assertThat(batches).allSatisfy(batch -> assertThat(batch.groups()).hasSizeBetween(1, size));
    // Only the last batch is not full, since a pool holds whole batches.
    assertThat(batches.stream().filter(batch -> batch.groups().size() < size).count())
        .isEqualTo(n % size == 0 ? 0 : 1);
  }

  @Property(tries = 30)
  void theSameSeedGivesTheSameBatches(
      @ForAll @IntRange(min = 1, max = 200) int n, @ForAll long seed) {
    List<Group> sentences = groups(n, 7);
    assertThat(Batches.of(sentences, 8, seed)).isEqualTo(Batches.of(sentences, 8, seed));
  }

  @Test
  void anotherSeedGivesOtherBatches() {
    List<Group> sentences = groups(200, 7);
    assertThat(Batches.of(sentences, 8, 1)).isNotEqualTo(Batches.of(sentences, 8, 2));
  }

  @Test
  void batchesComeInRandomOrderAndHoldLikeLengths() {
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      lengths.add(1 + i / 10);
    }
    Collections.shuffle(lengths, new Random(3));
    // Of one sentence or two.
    List<Group> groups =
        lengths.stream()
            .map(
                n ->
                    new Group(
                        n % 2 == 0
                            ? List.of(sentence("w", n / 2), sentence("v", n / 2))
                            : List.of(sentence("w", n))))
            .toList();
    List<TrainingLoss.Batch> batches = Batches.of(groups, 10, 3);
    for (TrainingLoss.Batch batch : batches) {
      assertThat(batch.groups().stream().map(Group::tokens).distinct()).hasSize(1);
    }
    List<Integer> firsts = batches.stream().map(batch -> batch.groups().get(0).tokens()).toList();
    assertThat(firsts).isNotEqualTo(firsts.stream().sorted().toList());
  }

  @Property(tries = 60)
  void shardsPartABatchEvenly(
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 9) int shards,
      @ForAll long seed) {
    List<Group> groups = groups(n, seed);
    List<TrainingLoss.Batch> parts = Batches.shards(new TrainingLoss.Batch(groups), shards);
    assertThat(parts).hasSize(Math.min(n, shards));
    assertThat(parts.stream().flatMap(part -> part.groups().stream()))
        .containsExactlyInAnyOrderElementsOf(groups);
    assertThat(parts)
        .allSatisfy(part -> assertThat(part.groups().size()).isBetween(n / shards, n / shards + 1));
    assertThat(parts).noneMatch(part -> part.groups().isEmpty());
  }

  /** Different groups of 1 to 3 sentences of 1 to 12 tokens. */
  private static List<Group> groups(int n, long seed) {
    Random random = new Random(seed);
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      List<TaggedSentence> group = new ArrayList<>();
      for (int j = random.nextInt(3); j >= 0; j--) {
        group.add(sentence("w" + i, 1 + random.nextInt(12)));
      }
      groups.add(new Group(group));
    }
    return groups;
  }

  private static TaggedSentence sentence(String form, int length) {
    return TaggedSentence.untagged(Sentence.of(Collections.nCopies(length, form)));
  }
}
