package io.github.rnnotator.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.text.MultiwordTable.Occurrence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Multiword tokens get the words of the treebank, in their own case, and unseen ones by rule. */
class MultiwordTableTest {
  private static final MultiwordTable TABLE =
      table(
          "don't do n't",
          "can't ca n't",
          "won't wo n't",
          "shouldn't should n't",
          "it's it 's",
          "Anna's Anna 's",
          "I've I 've",
          "we've we 've",
          "cannot can not",
          "da de a",
          "da de a",
          "pela por a",
          "na em a",
          "ao a o");

  private static MultiwordTable table(String... lines) {
    List<Occurrence> occurrences = new ArrayList<>();
    for (String line : lines) {
      List<String> cells = Arrays.asList(line.split(" "));
      occurrences.add(new Occurrence(cells.get(0), cells.subList(1, cells.size())));
    }
    return MultiwordTable.learn(occurrences);
  }

  @ParameterizedTest
  @CsvSource({
    "don't, do n't",
    "Don't, Do n't",
    "DON'T, DO N'T",
    "don\u2019t, do n\u2019t",
    "mightn't, might n't",
    "Maria's, Maria 's",
    "they've, they 've",
    "shouldn't've, should n't 've",
    "Cannot, Can not",
    "da, de a",
    "Da, De a",
    "PELA, POR A",
    "ao, a o"
  })
  void wordsAreThoseOfTheTableOrOfItsEndings(String form, String words) {
    assertThat(TABLE.words(form).map(w -> String.join(" ", w))).contains(words);
  }

  @Test
  void anUnknownEndingHasNoWords() {
    assertThat(TABLE.words("house")).isEmpty();
    assertThat(TABLE.words("'s")).isEmpty();
    assertThat(MultiwordTable.EMPTY.words("don't")).isEmpty();
  }

  @Test
  void theMostFrequentAnalysisIsTaken() {
    assertThat(table("x's x 's", "x's x has", "x's x has").words("x's"))
        .contains(List.of("x", "has"));
  }

  @Property(tries = 300)
  void whatWasLearnedIsGivenBack(
      @ForAll @Size(min = 1, max = 12)
          List<@Chars({'a', 'b', '\''}) @StringLength(min = 1, max = 4) String> firsts,
      @ForAll @AlphaChars @StringLength(min = 1, max = 2) String second) {
    List<Occurrence> occurrences = new ArrayList<>();
    for (String first : firsts) {
      occurrences.add(new Occurrence(first + second, List.of(first, second)));
    }
    MultiwordTable table = MultiwordTable.learn(occurrences);
    for (String first : firsts) {
      List<String> words = table.words(first + second).orElseThrow();
      assertThat(words.size()).isGreaterThanOrEqualTo(2);
      assertThat(words).doesNotContain("");
    }
  }

  @Property(tries = 500)
  void wordsAreNeverEmpty(@ForAll String form) {
    if (!form.isEmpty()) {
      TABLE
          .words(form)
          .ifPresent(
              words -> {
                assertThat(words.size()).isGreaterThanOrEqualTo(2);
                assertThat(words).doesNotContain("");
              });
    }
  }

  @Test
  void entriesWithoutTwoWordsAreRefused() {
    assertThatThrownBy(() -> new MultiwordTable(Map.of("a", List.of("a")), Map.of()))
        .hasMessage("'a' stands for [a], expected at least two words");
    assertThatThrownBy(() -> new MultiwordTable(Map.of("a", List.of("", "a")), Map.of()))
        .hasMessageContaining("expected at least two words");
  }
}
