package io.github.rnnotator.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.tagger.TrainingLoss;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sentences of several sources an epoch shows, and how often. */
class EpochDataTest {
  private static List<Group> documents(String name, double weight, int sentences) {
    List<Group> documents = new ArrayList<>();
    for (int i = 0; i < sentences; i += 5) {
      List<TaggedSentence> document = new ArrayList<>();
      for (int j = i; j < Math.min(sentences, i + 5); j++) {
        document.add(
            new TaggedSentence(
                Sentence.of(name + j, "x"), Map.of("ner", TagSequence.of("O", "O"))));
      }
      documents.add(new Group(document, new Group.Source(name, weight, null)));
    }
    return documents;
  }

  private static Dataset data(double smallWeight) {
    List<Group> all = new ArrayList<>(documents("large", 1, 200));
    all.addAll(documents("small", smallWeight, 20));
    return new Dataset(all);
  }

  private static EpochData epochs(Dataset data, int group, float balance) {
    return new EpochData(
        data, TrainingConfig.defaults().epochs(6).batch(7).balance(balance), group, null);
  }

  /** How often each sentence occurs, by source. */
  private static Map<String, Map<String, Integer>> counts(List<TrainingLoss.Batch> batches) {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    for (TrainingLoss.Batch batch : batches) {
      for (Group group : batch.groups()) {
        for (TaggedSentence sentence : group.sentences()) {
          assertThat(sentence.sentence().form(0)).startsWith(group.source().name());
          counts
              .computeIfAbsent(group.source().name(), name -> new LinkedHashMap<>())
              .merge(sentence.sentence().form(0), 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  @Test
  void weightSaysHowOftenEachSentenceIsShown() {
    EpochData epochs = epochs(data(2.5), 0, 1);
    Set<Set<String>> drawn = new HashSet<>();
    for (int epoch = 1; epoch <= 6; epoch++) {
      Map<String, Map<String, Integer>> counts = counts(epochs.batches(epoch));
      assertThat(counts.get("large").values()).hasSize(200).containsOnly(1);
      Map<String, Integer> small = counts.get("small");
      assertThat(small.values()).hasSize(20).containsOnly(2, 3);
      assertThat(small.values().stream().mapToInt(i -> i).sum()).isEqualTo(50);
      Set<String> thrice = new HashSet<>(small.keySet());
      thrice.removeIf(form -> small.get(form) == 2);
      drawn.add(thrice);
    }
    assertThat(drawn).as("drawn again in each epoch").hasSize(6);
    assertThat(epochs.tokens()).isEqualTo(2 * (200 + 50));
  }

  @Test
  void fractionalWeightShowsAPartAndAtLeastOneSentence() {
    assertThat(counts(epochs(data(0.25), 0, 1).batches(1)).get("small")).hasSize(5);
    assertThat(counts(epochs(data(0.001), 0, 1).batches(1)).get("small")).hasSize(1);
  }

  @Test
  void balanceZeroShowsAsManySentencesOfEachSource() {
    Map<String, Map<String, Integer>> counts = counts(epochs(data(1), 0, 0).batches(2));
    assertThat(counts.get("large").values().stream().mapToInt(i -> i).sum()).isEqualTo(110);
    assertThat(counts.get("small").values().stream().mapToInt(i -> i).sum()).isEqualTo(110);
    assertThat(counts.get("small").values()).hasSize(20).containsOnly(5, 6);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9})
  void stepsAreThoseOfTheBatches(int group) {
    EpochData epochs = epochs(data(2.5), group, 0.4f);
    long steps = 0;
    for (int epoch = 1; epoch <= 6; epoch++) {
      int size = epochs.batches(epoch).size();
      assertThat(epochs.isPossible(new Progress(epoch - 1, steps, 0, 0, 0, 0))).isTrue();
      assertThat(epochs.isPossible(new Progress(epoch - 1, steps + size - 1, size - 1, 0, 0, 0)))
          .isTrue();
      assertThat(epochs.isPossible(new Progress(epoch - 1, steps + size, size, 0, 0, 0))).isFalse();
      steps += size;
    }
    assertThat(epochs.steps()).isEqualTo(steps);
  }

  @Test
  void anEpochIsTheSameWhenItIsAskedForAgain() {
    EpochData first = epochs(data(1.5), 9, 0.5f);
    EpochData second = epochs(data(1.5), 9, 0.5f);
    assertThat(second.batches(3)).isEqualTo(first.batches(3)).isNotEqualTo(first.batches(2));
  }

  @Test
  void groupsHoldSentencesOfOneSource() {
    for (TrainingLoss.Batch batch : epochs(data(3), 9, 1).batches(1)) {
      for (Group group : batch.groups()) {
        assertThat(group.sentences())
            .allMatch(s -> s.sentence().form(0).startsWith(group.source().name()));
      }
    }
  }
}
