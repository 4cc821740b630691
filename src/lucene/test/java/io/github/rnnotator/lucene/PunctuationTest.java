package io.github.rnnotator.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is discarded is what Lucene's tokenizers discard, and nothing that is said. */
class PunctuationTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        ".", "...", "?!", ",", "(", "\u201c", "\u2014", "--", "_", "&", "$", "%", "+", "^",
        "\u20ac", "\u25b2", "\u318d", "\u00b7", "\u3002", ":-)", "\u00a0"
      })
  void marksAndSymbolsAre(String word) {
    assertThat(Punctuation.isPunctuation(word)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "7",
        "'s",
        "n't",
        "C++",
        "#tag",
        "@ada",
        "U.S.",
        "$5",
        ".NET",
        "\u00bd",
        "\uac00",
        "\u6771",
        "e\u0301",
        "\ud83d\ude00",
        "\u2764\ufe0f",
        "\ud83c\uddf0\ud83c\uddf7"
      })
  void wordsNumbersAndEmojiAreNot(String word) {
    assertThat(Punctuation.isPunctuation(word)).isFalse();
  }
}
