package io.github.rnnotator.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.text.Sentence;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ids of a token. */
class TokenIdsTest {
  private static final EmbedConfig CONFIG =
      new EmbedConfig(EmbedConfig.Words.defaults().dim(4), EmbedConfig.Characters.defaults(), true);
  private static final Vocabularies VOCABULARIES =
      Vocabularies.of(List.of(Sentence.of("Abba", "baab", "\uD83D\uDE00\uD83D\uDE00")), CONFIG);

  @Test
  void wordsAreLookedUpAsConfigured() {
    assertThat(ids("ABBA").word()).isEqualTo(ids("abba").word()).isPositive();
    assertThat(ids("Ab").word()).isEqualTo(Vocabulary.UNKNOWN);
    EmbedConfig withoutWords = EmbedConfig.ofShape();
    assertThat(TokenIds.of("abba", withoutWords, VOCABULARIES).word()).isZero();
  }

  @Test
  void charactersAreCodePoints() {
    int a = VOCABULARIES.characters().id("a");
    int smile = VOCABULARIES.characters().id("\uD83D\uDE00");
    assertThat(List.of(a, smile)).doesNotContain(Vocabulary.UNKNOWN);
    assertThat(ids("a\uD83D\uDE00z").characters()).containsExactly(a, smile, Vocabulary.UNKNOWN);
  }

  @Test
  void middleOfLongWordIsSkipped() {
    int a = VOCABULARIES.characters().id("a");
    int b = VOCABULARIES.characters().id("b");
    int[] expected = new int[40];
    Arrays.fill(expected, 0, 20, a);
    Arrays.fill(expected, 20, 40, b);
    assertThat(ids("a".repeat(20) + "z".repeat(9) + "b".repeat(20)).characters())
        .isEqualTo(expected);
    assertThat(ids("a".repeat(20) + "b".repeat(20)).characters()).isEqualTo(expected);
  }

  @Test
  void shapeIsThatOfTheForm() {
    assertThat(ids("U.S.").shape()).isEqualTo(WordShape.LETTERS_PUNCTUATION.ordinal());
  }

  @Test
  void pretrainedVectorsHaveOwnIdsOrFollowTheWords() {
    WordVectors.Builder builder = new WordVectors.Builder(4, WordVectors.Type.F16);
    builder.add("abba", new float[4]);
    builder.add("bird", new float[4]);
    WordVectors vectors = builder.build();
    for (boolean tune : List.of(true, false)) {
      EmbedConfig.Words words =
          EmbedConfig.Words.defaults().dim(4).vectors("v.vec").tune(tune).trained(tune ? 0 : 2);
      EmbedConfig config = CONFIG.words(words);
      Vocabularies both = VOCABULARIES.with(vectors);
      int size = VOCABULARIES.words().size();
      TokenIds known = TokenIds.of("Abba", config, both);
      TokenIds unseen = TokenIds.of("Bird", config, both);
      TokenIds unknown = TokenIds.of("fish", config, both);
      int abba = VOCABULARIES.words().id("abba");
      assertThat(List.of(known.word(), unseen.word(), unknown.word()))
          .isEqualTo(List.of(abba, tune ? size + 1 : 0, 0));
      assertThat(List.of(known.vector(), unseen.vector(), unknown.vector()))
          .isEqualTo(tune ? List.of(0, 0, 0) : List.of(1, 2, 0));
    }
  }

  private static TokenIds ids(String form) {
    return TokenIds.of(form, CONFIG, VOCABULARIES);
  }
}
