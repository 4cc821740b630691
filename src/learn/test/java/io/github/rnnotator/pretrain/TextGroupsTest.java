package io.github.rnnotator.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.segment.LineBreaks;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.text.Sentence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextGroupsTest {
  private static final List<String> STRETCHES =
      List.of(
          "One two three . Four five six .\nSeven eight .",
          "Nine ten eleven twelve .",
          "word ".repeat(300).strip());

  private static TextGroups groups(int tokens, long seed) {
    return new TextGroups(TextSegmenter.byRules("nl").with(LineBreaks.END_SENTENCE), tokens, seed);
  }

  private static List<String> forms(List<Sentence> groups) {
    return groups.stream()
        .flatMap(group -> group.forms().stream())
        .filter(form -> !form.equals("\u2029"))
        .toList();
  }

  @Test
  void everyTokenIsInOneGroup() {
    List<String> expected = new ArrayList<>();
    STRETCHES.forEach(text -> expected.addAll(List.of(text.split("\\s+"))));
    for (long seed = 0; seed < 20; seed++) {
      List<Sentence> groups = groups(10, seed).of(STRETCHES, 3, 0);
      assertThat(forms(groups)).isEqualTo(expected);
      assertThat(groups).allMatch(group -> group.size() <= 128);
      assertThat(groups.stream().filter(group -> !group.form(0).equals("word")))
          .allMatch(group -> group.size() <= 10);
    }
  }

  @Test
  void groupsOfPartsAreThoseOfTheWhole() {
    TextGroups groups = groups(10, 5);
    List<Sentence> parts = new ArrayList<>(groups.of(STRETCHES.subList(0, 1), 2, 0));
    parts.addAll(groups.of(STRETCHES.subList(1, 3), 2, 1));
    assertThat(parts).isEqualTo(groups.of(STRETCHES, 2, 0));
  }

  @Test
  void singleTokensAreLeftOut() {
    assertThat(groups(0, 1).of(List.of("Title\nTwo words"), 0, 0))
        .extracting(Sentence::forms)
        .containsExactly(List.of("Two", "words"));
  }
}
