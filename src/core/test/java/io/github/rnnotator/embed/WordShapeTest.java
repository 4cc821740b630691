package io.github.rnnotator.embed;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shapes of words and arbitrary strings. */
class WordShapeTest {
  @ParameterizedTest
  @CsvSource({
    "house, LOWER",
    "한국어, LOWER",
    "é, LOWER",
    "House, CAPITALIZED",
    "Éa, CAPITALIZED",
    "I, SINGLE_UPPER",
    "NATO, UPPER",
    "eBay, MIXED",
    "McDonald, MIXED",
    "1984, DIGITS",
    "٣٤, DIGITS",
    "3.14, NUMBER",
    "12/05, NUMBER",
    "B2B, ALPHANUMERIC",
    "1st, ALPHANUMERIC",
    "U.S., LETTERS_PUNCTUATION",
    "n't, LETTERS_PUNCTUATION",
    "--, PUNCTUATION",
    "😀, PUNCTUATION",
    "𝐀𝐁, UPPER",
    "𐐀𐐨, CAPITALIZED"
  })
  void shapesOfWords(String form, WordShape shape) {
    assertThat(WordShape.of(form)).isEqualTo(shape);
  }

  @Property(tries = 300)
  void everyStringHasAShape(@ForAll String form) {
    assertThat(WordShape.of(form)).isNotNull();
    // The shape does not depend on which digits a word has.
    assertThat(WordShape.of(form + "3")).isEqualTo(WordShape.of(form + "8"));
  }

  /** The ordinals of the constants are rows of a table in every model file. */
  @Test
  void orderIsPartOfTheModelFile() {
    assertThat(WordShape.values())
        .extracting(Enum::name)
        .containsExactly(
            "LOWER",
            "CAPITALIZED",
            "SINGLE_UPPER",
            "UPPER",
            "MIXED",
            "DIGITS",
            "NUMBER",
            "ALPHANUMERIC",
            "LETTERS_PUNCTUATION",
            "PUNCTUATION");
    assertThat(WordShape.size()).isEqualTo(10);
  }
}
