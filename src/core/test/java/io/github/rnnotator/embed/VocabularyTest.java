package io.github.rnnotator.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.text.Sentence;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Ids of strings: the most frequent first, everything else unknown. */
class VocabularyTest {
  @Property(tries = 100)
  void entriesHaveIdsAndOtherStringsAreUnknown(@ForAll List<String> strings) {
    Vocabulary.Counter counter = new Vocabulary.Counter();
    strings.stream().filter(s -> !s.isEmpty()).forEach(counter::add);
    Vocabulary vocabulary = counter.toVocabulary(1);
    assertThat(vocabulary.size()).isEqualTo(vocabulary.entries().size() + 1);
    for (int id = 1; id < vocabulary.size(); id++) {
      Vocabulary.Entry entry = vocabulary.entries().get(id - 1);
      assertThat(vocabulary.id(entry.text())).isEqualTo(id);
      assertThat(vocabulary.count(id))
          .isEqualTo((int) strings.stream().filter(entry.text()::equals).count());
      assertThat(vocabulary.contains(entry.text())).isTrue();
      assertThat(vocabulary.contains(entry.text() + "\n")).isFalse();
      assertThat(vocabulary.id(entry.text() + "\n")).isEqualTo(Vocabulary.UNKNOWN);
    }
    assertThat(vocabulary.count(Vocabulary.UNKNOWN)).isZero();
  }

  @Test
  void entriesAreSortedByFrequencyThenName() {
    Vocabulary.Counter counter = new Vocabulary.Counter();
    List.of("b", "c", "a", "c", "b", "c", "d").forEach(counter::add);
    assertThat(counter.toVocabulary(1).entries().stream().map(Vocabulary.Entry::text))
        .containsExactly("c", "b", "a", "d");
    assertThat(counter.toVocabulary(2).entries())
        .containsExactly(new Vocabulary.Entry("c", 3), new Vocabulary.Entry("b", 2));
  }

  @Test
  void entriesAreChecked() {
    Vocabulary.Entry entry = new Vocabulary.Entry("a", 1);
    assertThatThrownBy(() -> new Vocabulary(List.of(entry, new Vocabulary.Entry("a", 2))))
        .hasMessage("'a' is in the vocabulary twice");
    assertThatThrownBy(() -> new Vocabulary.Entry("", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Vocabulary.Entry("a", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void vocabulariesHoldNormalizedWordsAndRepeatedCharacters() {
    EmbedConfig config =
        new EmbedConfig(
            EmbedConfig.Words.defaults().dim(4), EmbedConfig.Characters.defaults(), false);
    Vocabularies both = Vocabularies.of(List.of(Sentence.of("Ab", "ab", "7😀", "😀")), config);
    assertThat(both.words().entries().stream().map(Vocabulary.Entry::text))
        .containsExactly("ab", "0😀", "😀");
    assertThat(both.characters().entries())
        .containsExactly(new Vocabulary.Entry("b", 2), new Vocabulary.Entry("😀", 2));
  }
}
