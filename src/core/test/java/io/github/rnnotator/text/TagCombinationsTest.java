package io.github.rnnotator.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TagCombinationsTest {
  private static final List<String> HEADS = List.of("upos", "xpos");

  private static TaggedSentence sentence(List<String> upos, List<String> xpos) {
    return new TaggedSentence(
        Sentence.of(xpos.toArray(String[]::new)),
        Map.of("upos", TagSequence.of(upos), "xpos", TagSequence.of(xpos)));
  }

  @Test
  void wordsWithATagOfEachHeadCount() {
    TaggedSentence tagged =
        sentence(
            List.of("NOUN", "VERB", TagSequence.MISSING, "NOUN"), List.of("NN", "VB", "IN", "NN"));
    TaggedSentence lacksXpos =
        new TaggedSentence(Sentence.of("a"), Map.of("upos", TagSequence.of(List.of("DET"))));
    assertThat(TagCombinations.of(HEADS, List.of(tagged, lacksXpos)).tags())
        .containsExactly(List.of("NOUN", "NN"), List.of("VERB", "VB"));
  }

  @Test
  void theOrderOfTheCorpusMakesNoDifference() {
    TagCombinations one = TagCombinations.of(HEADS, List.of(sentence(List.of("B"), List.of("b"))));
    TagCombinations two =
        TagCombinations.of(HEADS, List.of(sentence(List.of("A", "B"), List.of("a", "b"))));
    assertThat(one.with(two)).isEqualTo(two.with(one)).isEqualTo(two);
  }

  @Test
  void headsAndTagsMustFit() {
    for (List<String> heads : List.of(List.of("upos"), List.of("upos", "upos"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new TagCombinations(heads, List.of()))
          .withMessage(
              "combinations of the tags of heads %s, expected two or more different heads", heads);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TagCombinations(HEADS, List.of(List.of("NOUN"))))
        .withMessage("the combination [NOUN] has 1 tags for the heads [upos, xpos]");
    TagCombinations other = new TagCombinations(List.of("xpos", "upos"), List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TagCombinations(HEADS, List.of()).with(other))
        .withMessageContaining("expected [upos, xpos]");
  }
}
