package io.github.rnnotator.train;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Every sentence once an epoch, like lengths together, and all of it decided by the seed. */
class BatchesTest {
  @Property(tries = 60)
  void everySentenceIsInExactlyOneBatch(
      @ForAll @IntRange(max = 400) int n,
      @ForAll @IntRange(min = 1, max = 20) int size,
      @ForAll long seed) {
    List<TaggedSentence> sentences = sentences(n, seed);
    List<List<TaggedSentence>> batches = Batches.of(sentences, size, seed);
    assertThat(batches.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(sentences);
    assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, size));
    // Only the last of all is not full, since a pool holds whole batches.
    assertThat(batches.stream().filter(batch -> batch.size() < size).count())
        .isEqualTo(n % size == 0 ? 0 : 1);
  }

  @Property(tries = 30)
  void theSameSeedGivesTheSameBatches(
      @ForAll @IntRange(min = 1, max = 200) int n, @ForAll long seed) {
    List<TaggedSentence> sentences = sentences(n, 7);
    assertThat(Batches.of(sentences, 8, seed)).isEqualTo(Batches.of(sentences, 8, seed));
  }

  @Test
  void anotherSeedGivesOtherBatches() {
    List<TaggedSentence> sentences = sentences(200, 7);
    assertThat(Batches.of(sentences, 8, 1)).isNotEqualTo(Batches.of(sentences, 8, 2));
  }

  @Test
  void batchesComeInRandomOrderAndHoldLikeLengths() {
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      lengths.add(1 + i / 10);
    }
    Collections.shuffle(lengths, new Random(3));
    List<TaggedSentence> sentences = lengths.stream().map(n -> sentence("w", n)).toList();
    List<List<TaggedSentence>> batches = Batches.of(sentences, 10, 3);
    for (List<TaggedSentence> batch : batches) {
      assertThat(batch.stream().map(TaggedSentence::size).distinct()).hasSize(1);
    }
    List<Integer> firsts = batches.stream().map(batch -> batch.get(0).size()).toList();
    assertThat(firsts).isNotEqualTo(firsts.stream().sorted().toList());
  }

  @Property(tries = 60)
  void shardsPartABatchEvenly(
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 9) int shards,
      @ForAll long seed) {
    List<TaggedSentence> batch = sentences(n, seed);
    List<List<TaggedSentence>> parts = Batches.shards(batch, shards);
    assertThat(parts).hasSize(Math.min(n, shards));
    assertThat(parts.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(batch);
    assertThat(parts)
        .allSatisfy(part -> assertThat(part.size()).isBetween(n / shards, n / shards + 1));
    assertThat(parts).noneMatch(List::isEmpty);
  }

  /** Different sentences of 1 to 12 tokens. */
  private static List<TaggedSentence> sentences(int n, long seed) {
    Random random = new Random(seed);
    List<TaggedSentence> sentences = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      sentences.add(sentence("w" + i, 1 + random.nextInt(12)));
    }
    return sentences;
  }

  private static TaggedSentence sentence(String form, int length) {
    return TaggedSentence.untagged(Sentence.of(Collections.nCopies(length, form)));
  }
}
