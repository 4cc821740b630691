package io.github.rnnotator.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.embed.Vocabulary;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BoundedCounterTest {
  @Test
  void frequentStringsAreCountedExactly() {
    SplittableRandom random = new SplittableRandom(3);
    BoundedCounter counter = new BoundedCounter(200);
    Map<String, Integer> exact = new HashMap<>();
    for (int round = 0; round < 50; round++) {
      for (int i = 0; i < 400; i++) {
        // Zipf's law, and in each round words that never come back.
        String word =
            i % 4 == 0 ? "rare" + round + "-" + i : "w" + (int) (1 / (random.nextDouble() + 1e-3));
        counter.add(word, 1);
        exact.merge(word, 1, Integer::sum);
      }
      counter.prune();
    }
    Vocabulary found = counter.toVocabulary(1, 1000);
    assertThat(found.size() - 1).isLessThanOrEqualTo(200);
    int id = 1;
    int last = Integer.MAX_VALUE;
    for (Vocabulary.Entry entry : found.entries().subList(0, 12)) {
      assertThat(entry.count()).as(entry.text()).isEqualTo(exact.get(entry.text()));
      assertThat(entry.count()).isLessThanOrEqualTo(last);
      last = entry.count();
      assertThat(found.id(entry.text())).isEqualTo(id++);
    }
  }

  @Test
  void vocabularyHasTheMostFrequentOnes() {
    BoundedCounter counter = new BoundedCounter(100);
    counter.add("b", 2);
    counter.add("a", 2);
    counter.add("c", 9);
    counter.add("d", 1);
    assertThat(counter.toVocabulary(2, 2).entries())
        .containsExactly(new Vocabulary.Entry("c", 9), new Vocabulary.Entry("a", 2));
    assertThat(counter.toVocabulary(1, 9).entries()).hasSize(4);
  }
}
