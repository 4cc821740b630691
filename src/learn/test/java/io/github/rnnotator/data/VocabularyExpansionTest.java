package io.github.rnnotator.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.embed.WordVectors;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Words of a file of vectors among those of pretrained layers. */
class VocabularyExpansionTest {
  private static final int WORDS = 200;
  private static final int FILE_DIM = 6;
  private static final int OWN_DIM = 4;

  private final SplittableRandom random = new SplittableRandom(5);
  private final float[][] map = new float[FILE_DIM + 1][OWN_DIM];
  private final float[][] rows = new float[WORDS][FILE_DIM];

  /** Layers whose vectors are a linear map of the file's, of every word but each tenth. */
  private VocabularyExpansion linear() {
    for (float[] row : map) {
      fill(row);
    }
    WordVectors.Builder own = new WordVectors.Builder(OWN_DIM, WordVectors.Type.F16);
    WordVectors.Builder file = new WordVectors.Builder(FILE_DIM, WordVectors.Type.F16);
    for (int i = 0; i < WORDS; i++) {
      fill(rows[i]);
      file.add("w" + (char) ('a' + i % 26) + i, rows[i]);
      if (i % 10 > 0) {
        own.add("w" + (char) ('a' + i % 26) + i, mapped(i));
      }
    }
    return new VocabularyExpansion(own.build(), file.build());
  }

  private void fill(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
  }

  private float[] mapped(int word) {
    float[] y = map[FILE_DIM].clone();
    for (int i = 0; i < FILE_DIM; i++) {
      for (int j = 0; j < OWN_DIM; j++) {
        y[j] += rows[word][i] * map[i][j];
      }
    }
    return y;
  }

  @Test
  void wordsOfTheFileFollowTheMapOfTheOthers() {
    VocabularyExpansion expansion = linear();
    WordVectors words = expansion.words(WORDS, Set.of(), WordVectors.Type.F16);
    assertThat(words.size()).isEqualTo(WORDS);
    float[] vector = new float[OWN_DIM];
    for (int i = 0; i < WORDS; i++) {
      words.copy(words.find("w" + (char) ('a' + i % 26) + i), vector, 0);
      assertThat(vector).containsExactly(mapped(i), within(1e-2f));
    }
  }

  @Test
  void firstWordsOfBothAreKeptAndNeededOnes() {
    VocabularyExpansion expansion = linear();
    String last = "w" + (char) ('a' + 190 % 26) + 190;
    WordVectors words = expansion.words(10, Set.of(last), WordVectors.Type.I8);
    assertThat(words.size()).isEqualTo(11);
    assertThat(words.find("wa0")).as("first of the file").isNotNegative();
    assertThat(words.find("wb1")).as("first of the layers").isNotNegative();
    assertThat(words.find(last)).isNotNegative();
  }

  /** With fewer words than dimensions several maps fit as well; one is taken. */
  @Test
  void fewWordsGiveFiniteVectors() {
    WordVectors.Builder own = new WordVectors.Builder(2, WordVectors.Type.F16);
    own.add("a", new float[] {1, 2});
    WordVectors.Builder file = new WordVectors.Builder(3, WordVectors.Type.F16);
    file.add("a", new float[] {1, 0, 0});
    file.add("b", new float[] {0, 1, 0});
    WordVectors words =
        new VocabularyExpansion(own.build(), file.build()).words(9, Set.of(), WordVectors.Type.F16);
    float[] vector = new float[2];
    words.copy(words.find("b"), vector, 0);
    assertThat(vector[0]).isFinite();
    words.copy(words.find("a"), vector, 0);
    assertThat(vector).containsExactly(1, 2);
  }
}
