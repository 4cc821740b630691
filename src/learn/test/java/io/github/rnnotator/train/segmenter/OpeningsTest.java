package io.github.rnnotator.train.segmenter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OpeningsTest {
  private static List<String> lowerCase(List<String> words) {
    return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
  }

  @Property(tries = 300)
  void wordsKeepTheirOrderAndTheirLetters(@ForAll long seed) {
    for (String language : List.of("en", "ko", "pt")) {
      SplittableRandom random = new SplittableRandom(seed);
      List<List<GoldToken>> passage = Drafts.any(random);
      List<List<GoldToken>> before = Drafts.copy(passage);
      new Openings(WordLists.of(language), random).apply(passage);
      assertThat(lowerCase(Drafts.words(passage)))
          .containsSubsequence(lowerCase(Drafts.words(before)));
      for (int i = 0; i < passage.size(); i++) {
        int last = before.get(i).size() - 1;
        assertThat(passage.get(i)).endsWith(before.get(i).get(last));
      }
    }
  }

  @Test
  void sentencesBeginWithNamesHashtagsAndSlang() {
    List<String> texts = new ArrayList<>();
    for (int seed = 0; seed < 10000; seed++) {
      List<GoldToken> sentence = new ArrayList<>(List.of(GoldToken.of("We"), GoldToken.of("saw")));
      List<List<GoldToken>> passage = new ArrayList<>(List.of(sentence));
      new Openings(WordLists.of("en"), new SplittableRandom(seed)).apply(passage);
      texts.add(String.join(" ", sentence.stream().map(GoldToken::form).toList()));
    }
    assertThat(texts)
        .contains("We saw", "omg we saw", "#we we saw")
        .anyMatch(text -> text.matches("[A-Z][a-z]+\\. [A-Z][a-z]+ we saw"))
        .anyMatch(text -> text.matches("[A-Z]{2,4} [A-Z][a-z]+ we saw"));
  }
}
