package io.github.rnnotator.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Sentences and their multiword tokens. */
class SentenceTest {
  @Property
  void everyWordIsInOneSurfaceToken(@ForAll long seed) {
    StringBuilder text = new StringBuilder();
    Sentence sentence = MultiwordTokens.sentence(new Random(seed), text);
    List<SurfaceToken> surface = sentence.surface();
    List<Integer> words = new ArrayList<>();
    for (SurfaceToken token : surface) {
      assertThat(text.substring(token.begin(), token.end())).isEqualTo(token.form());
      for (int i = token.words().begin(); i < token.words().end(); i++) {
        words.add(i);
        assertThat(sentence.tokens().get(i).begin()).isBetween(token.begin(), token.end());
        assertThat(sentence.tokens().get(i).end()).isBetween(token.begin(), token.end());
      }
    }
    assertThat(words).hasSize(sentence.size()).isSorted().doesNotHaveDuplicates();
    assertThat(surface.stream().filter(SurfaceToken::isMultiword).map(SurfaceToken::words))
        .containsExactlyElementsOf(
            sentence.multiwordTokens().stream().map(MultiwordToken::words).toList());
    assertThat(sentence.begin()).isEqualTo(surface.get(0).begin());
    assertThat(sentence.end()).isEqualTo(text.length());
  }

  @Test
  void wordsHaveTheOffsetsOfTheirPartsOrOfTheToken() {
    assertThat(MultiwordToken.words("don't", 2, List.of("do", "n't")))
        .containsExactly(new Token("do", 2, 4), new Token("n't", 4, 7));
    assertThat(MultiwordToken.words("da", 2, List.of("de", "a")))
        .containsExactly(new Token("de", 2, 4), new Token("a", 2, 4));
    assertThat(MultiwordToken.words("ain't", 0, List.of("is", "n't")))
        .containsExactly(new Token("is", 0, 5), new Token("n't", 0, 5));
  }

  @Test
  void surfaceHasMultiwordTokensInPlaceOfTheirWords() {
    Sentence sentence =
        new Sentence(
            List.of(
                new Token("longe", 0, 5),
                new Token("de", 6, 8),
                new Token("a", 6, 8),
                new Token("casa", 9, 13)),
            List.of(new MultiwordToken("da", new Span(1, 3), 6, 8)));
    assertThat(sentence.surface())
        .containsExactly(
            new SurfaceToken("longe", new Span(0, 1), 0, 5),
            new SurfaceToken("da", new Span(1, 3), 6, 8),
            new SurfaceToken("casa", new Span(3, 4), 9, 13));
    assertThat(sentence.forms()).containsExactly("longe", "de", "a", "casa");
    assertThat(Sentence.of("a", "b").multiwordTokens()).isEmpty();
  }

  @Test
  void surfacePartsAreWordsWhereTheseAreParts() {
    List<Token> tokens = new ArrayList<>(MultiwordToken.words("don't", 0, List.of("do", "n't")));
    tokens.addAll(MultiwordToken.words("da", 6, List.of("de", "a")));
    Sentence sentence =
        new Sentence(
            tokens,
            List.of(
                new MultiwordToken("don't", new Span(0, 2), 0, 5),
                new MultiwordToken("da", new Span(2, 4), 6, 8)));
    assertThat(sentence.surfaceParts())
        .containsExactly(
            new SurfaceToken("do", new Span(0, 1), 0, 2),
            new SurfaceToken("n't", new Span(1, 2), 2, 5),
            new SurfaceToken("da", new Span(2, 4), 6, 8));
  }

  @Property
  void surfacePartsCoverAllWordsOnce(@ForAll long seed) {
    StringBuilder text = new StringBuilder();
    Sentence sentence = MultiwordTokens.sentence(new Random(seed), text);
    int word = 0;
    int end = 0;
    for (SurfaceToken part : sentence.surfaceParts()) {
      assertThat(part.words().begin()).isEqualTo(word);
      assertThat(part.begin()).isGreaterThanOrEqualTo(end);
      assertThat(text.substring(part.begin(), part.end())).isEqualTo(part.form());
      if (!part.isMultiword()) {
        assertThat(part.form()).isEqualTo(sentence.form(word));
      }
      word = part.words().end();
      end = part.end();
    }
    assertThat(word).isEqualTo(sentence.size());
  }

  @Test
  void multiwordTokensMustBeInOrderAndWithinTheSentence() {
    List<Token> tokens = List.of(new Token("a", 0, 4), new Token("b", 0, 4), new Token("c", 0, 4));
    refused(tokens, "begins before word 2", multiword(0, 2, 4), multiword(1, 3, 4));
    refused(tokens, "begins before word 3", multiword(1, 3, 4), multiword(0, 2, 4));
    refused(tokens, "ends after the last of 3 words", multiword(2, 4, 4));
    assertThat(new Sentence(tokens, List.of(multiword(0, 3, 4))).surface()).hasSize(1);
  }

  @Test
  void wordsMustBeInOrderWithinTheirToken() {
    refused(
        List.of(new Token("a", 0, 2), new Token("b", 2, 5)),
        "is not within its",
        multiword(0, 2, 4));
    refused(
        List.of(new Token("a", 2, 4), new Token("b", 0, 4)),
        "is before the preceding word",
        multiword(0, 2, 4));
    refused(
        List.of(new Token("a", 1, 4), new Token("b", 1, 2)),
        "is before the preceding word",
        multiword(0, 2, 4));
  }

  @Test
  void multiwordTokensNeedAFormAndTwoWords() {
    assertThatThrownBy(() -> new MultiwordToken("", new Span(0, 2), 0, 0))
        .hasMessageContaining("form must not be empty");
    assertThatThrownBy(() -> new MultiwordToken("da", new Span(0, 1), 0, 2))
        .hasMessageContaining("expected at least two");
    assertThatThrownBy(() -> new MultiwordToken("da", new Span(0, 2), 2, 0))
        .hasMessageContaining("offsets 2 to 0 are not in order");
  }

  private static MultiwordToken multiword(int begin, int end, int endOffset) {
    return new MultiwordToken("x".repeat(endOffset), new Span(begin, end), 0, endOffset);
  }

  private static void refused(List<Token> tokens, String message, MultiwordToken... multiword) {
    assertThatThrownBy(() -> new Sentence(tokens, List.of(multiword)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
