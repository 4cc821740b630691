package io.github.rnnotator.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MorphemeTest {
  @Test
  void lemmaAndTagsAreSplitTogether() {
    assertThat(Morpheme.of("주관+하+고", "NNG+XSV+EC"))
        .containsExactly(
            new Morpheme("주관", "NNG"), new Morpheme("하", "XSV"), new Morpheme("고", "EC"));
    assertThat(Morpheme.of("+", "SW")).containsExactly(new Morpheme("+", "SW"));
    assertThat(Morpheme.of("C++", "SL")).containsExactly(new Morpheme("C++", "SL"));
  }

  @ParameterizedTest
  @CsvSource({"정부+는, NNG+JX+JX", "정부, NNG+JX", "+는, NNG+JX", "정부+는, NNG+", "'', NNG"})
  void unequalNumbersHaveNone(String lemma, String tags) {
    assertThat(Morpheme.of(lemma, tags)).isEmpty();
  }

  @Test
  void aSentenceHasMorphemesIfOneOfItsWordsHasSeveral() {
    assertThat(Morpheme.of(sentence(List.of("정부+는", "참"), List.of("NNG+JX", "MAG"))))
        .containsExactly(
            List.of(new Morpheme("정부", "NNG"), new Morpheme("는", "JX")),
            List.of(new Morpheme("참", "MAG")));
    assertThat(Morpheme.of(sentence(List.of("book", "s"), List.of("NN", "X")))).isEmpty();
    TaggedSentence plain = TaggedSentence.untagged(Sentence.of("a"));
    assertThat(Morpheme.of(plain)).isEmpty();
  }

  private static TaggedSentence sentence(List<String> lemmas, List<String> tags) {
    Map<String, TagSequence> heads = new LinkedHashMap<>();
    heads.put("xpos", TagSequence.of(tags));
    heads.put("lemma", TagSequence.of(lemmas));
    return new TaggedSentence(Sentence.of("x", "y"), heads);
  }
}
