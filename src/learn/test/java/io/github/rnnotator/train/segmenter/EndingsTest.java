package io.github.rnnotator.train.segmenter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EndingsTest {
  private static final WordLists ENGLISH = WordLists.of("en");

  /** The varied forms of a sentence: one for each seed. */
  private static List<List<GoldToken>> variations(String... forms) {
    List<List<GoldToken>> all = new ArrayList<>();
    for (int seed = 0; seed < 30000; seed++) {
      List<List<GoldToken>> passage = new ArrayList<>();
      List<GoldToken> sentence = new ArrayList<>();
      for (String form : forms) {
        sentence.add(GoldToken.of(form));
      }
      int last = forms.length - 1;
      sentence.set(last - 1, sentence.get(last - 1).with(Gap.NONE));
      passage.add(sentence);
      new Endings(ENGLISH, new SplittableRandom(seed)).apply(passage);
      if (passage.size() == 1) {
        all.add(passage.get(0));
      }
    }
    return all;
  }

  private static String text(List<GoldToken> sentence) {
    StringBuilder text = new StringBuilder();
    sentence.forEach(token -> text.append(token.form()).append(token.gap().text()));
    return text.toString().strip();
  }

  @Property(tries = 300)
  void wordsKeepTheirCharactersAndTheirOrder(@ForAll long seed) {
    for (String language : List.of("en", "ko", "pt")) {
      SplittableRandom random = new SplittableRandom(seed);
      List<List<GoldToken>> passage = Drafts.any(random);
      List<String> before = Drafts.words(passage);
      new Endings(WordLists.of(language), random).apply(passage);
      assertThat(Drafts.words(passage)).containsSubsequence(before);
      assertThat(passage).noneMatch(List::isEmpty);
    }
  }

  @Test
  void oneFullStopEndsAnAbbreviationAndItsSentence() {
    List<GoldToken> etc = List.of(GoldToken.touching("etc"), GoldToken.of("."));
    assertThat(variations("We", "saw", "him", "."))
        .anyMatch(s -> s.subList(3, s.size()).equals(etc));
    Set<String> texts = new HashSet<>();
    for (List<GoldToken> sentence : variations("We", "saw", "him", ".")) {
      texts.add(text(sentence));
      int last = sentence.size() - 1;
      String before = sentence.get(last - 1).form();
      if (ENGLISH.kinds().getOrDefault("end", List.of()).contains(before)) {
        assertThat(sentence.get(last).form()).isNotEqualTo(".");
      }
    }
    assertThat(texts)
        .contains("We saw him U.S.", "We saw him etc.")
        .anyMatch(text -> text.matches("We saw him .*p\\.m\\.\\?"));
  }

  @Test
  void anAcronymAndItsFullStopAreTwoTokens() {
    assertThat(variations("We", "saw", "him", "."))
        .anyMatch(
            sentence ->
                text(sentence).matches("We saw him .*[ap]\\.m\\. ET\\.")
                    && sentence.get(sentence.size() - 2).form().equals("ET"))
        .noneMatch(sentence -> sentence.stream().anyMatch(token -> token.form().equals("ET.")));
  }

  @Test
  void messagesEndWithSlangMarksEmojiAndCode() {
    assertThat(variations("We", "saw", "him", ".").stream().map(EndingsTest::text))
        .anyMatch(text -> text.matches("We saw him [a-z]+!!!"))
        .anyMatch(text -> text.matches("We saw him \\P{ASCII}+!!!"))
        .anyMatch(text -> text.equals("We saw him :-)"))
        .anyMatch(text -> text.equals("We saw him. :-)"))
        .anyMatch(text -> text.matches("We saw him `[a-z]+`\\."))
        .anyMatch(text -> text.matches("We saw him \\S+\\.txt"));
  }
}
