package io.github.rnnotator.tagger.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The cache returns only values put for the word, stays small, and keeps frequent words. */
class AdmissionCacheTest {
  private static final List<String> OFTEN =
      IntStream.range(0, 200).mapToObj(i -> "often" + i).toList();

  @Property(tries = 200)
  void aWordHasItsLastValueOrNone(
      @ForAll @IntRange(min = 1, max = 100) int forms, @ForAll long seed) {
    AdmissionCache<String> cache = new AdmissionCache<>(forms);
    String[] last = new String[150];
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      int word = random.nextInt(last.length);
      String known = cache.get("w" + word);
      assertThat(known == null || known.equals(last[word])).as("w%d: %s", word, known).isTrue();
      if (random.nextBoolean()) {
        String value = word + "/" + i;
        cache.put("w" + word, value);
        // If a newer value is refused, the word was not in the cache before.
        last[word] = value;
      }
      assertThat(cache.size()).isLessThanOrEqualTo(forms);
    }
  }

  @Test
  void wordsThatComeOncePushNoneOutThatComeOften() {
    AdmissionCache<String> cache = new AdmissionCache<>(800);
    int missed = 0;
    for (int i = 0; i < 40_000; i++) {
      String often = OFTEN.get(i % OFTEN.size());
      if (cache.get(often) == null) {
        missed += i < OFTEN.size() ? 0 : 1;
        cache.put(often, often);
      }
      cache.put("once" + i, "");
    }
    assertThat(missed).isLessThan(400); // of 39,800
  }

  @Test
  void aFullCacheTakesAWordTheSecondTime() {
    AdmissionCache<String> cache = new AdmissionCache<>(8);
    for (int i = 0; cache.size() < 8; i++) {
      cache.put("w" + i, "");
    }
    cache.put("new", "1");
    assertThat(cache.get("new")).isNull();
    cache.put("new", "2");
    assertThat(cache.get("new")).isEqualTo("2");
    assertThat(cache.size()).isEqualTo(8);
  }

  @Test
  void endlessWordsAreNotKept() {
    AdmissionCache<String> cache = new AdmissionCache<>(8);
    cache.put("a".repeat(64), "");
    cache.put("a".repeat(65), "");
    assertThat(cache.get("a".repeat(64))).isNotNull();
    assertThat(cache.get("a".repeat(65))).isNull();
  }

  @Test
  void threadsNeverGetAnotherWordsValue() throws InterruptedException, ExecutionException {
    AdmissionCache<String> cache = new AdmissionCache<>(64);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> hits = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        Random random = new Random(thread);
        hits.add(threads.submit(() -> hits(cache, random)));
      }
      int sum = 0;
      for (Future<Integer> hit : hits) {
        sum += hit.get();
      }
      assertThat(sum).isPositive();
    } finally {
      threads.shutdownNow();
    }
  }

  private static int hits(AdmissionCache<String> cache, Random random) {
    int hits = 0;
    for (int i = 0; i < 50_000; i++) {
      String word = "w" + (int) Math.abs(random.nextGaussian() * 60);
      String known = cache.get(word);
      if (known == null) {
        cache.put(word, "of " + word);
      } else {
        assertThat(known).isEqualTo("of " + word);
        hits++;
      }
    }
    return hits;
  }
}
