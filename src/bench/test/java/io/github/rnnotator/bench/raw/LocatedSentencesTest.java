package io.github.rnnotator.bench.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.text.TaggedSentence;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocatedSentencesTest {
  private final LocatedSentences located =
      new LocatedSentences("Hi Ann * !\n\n Bye ~", List.of("xpos", "ner"));

  private void token(int begin, int end, String... tags) {
    located.token(begin, end, List.of(tags));
  }

  private List<TaggedSentence> all() {
    token(0, 2, "UH", "O");
    token(3, 6, "NNP", "B-PER");
    token(9, 10, ".", "O");
    located.endSentence();
    token(13, 16, "UH", "O");
    return located.finish();
  }

  @Test
  void charactersThatAreLeftOutBecomeTokensWithoutTags() {
    List<TaggedSentence> sentences = all();
    assertThat(sentences.stream().map(s -> s.sentence().forms()))
        .containsExactly(List.of("Hi", "Ann", "*", "!"), List.of("Bye", "~"));
    assertThat(sentences.get(0).tags("xpos").tags()).containsExactly("UH", "NNP", "", ".");
    assertThat(sentences.get(0).tags("ner").tags()).containsExactly("O", "B-PER", "O", "O");
  }

  @Test
  void offsetsAreThoseOfTheText() {
    List<TaggedSentence> sentences = all();
    assertThat(sentences.get(0).sentence().tokens().get(2).begin()).isEqualTo(7);
    assertThat(sentences.get(1).sentence().tokens().get(0).begin()).isEqualTo(13);
  }

  @Test
  void anOverlappingTokenIsRefused() {
    token(0, 2, "UH", "O");
    assertThatThrownBy(() -> token(1, 6, "NNP", "O"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("at 1");
  }

  @Test
  void anEmptySentenceIsNone() {
    located.endSentence();
    located.endSentence();
    assertThat(located.finish()).hasSize(1);
  }
}
