package io.github.rnnotator.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.text.Sentence;
import java.text.Normalizer;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Syllables are the sum of their own vector and those of their letters. */
class CharacterVectorsTest {
  private static final EmbedConfig CONFIG =
      EmbedConfig.of(EmbedConfig.Characters.defaults().dim(5).jamo(true));
  private static final Vocabulary CHARACTERS =
      Vocabularies.of(List.of(Sentence.of("학교에", "간다a1")), CONFIG).characters();

  private final CharacterVectors vectors =
      CharacterVectors.build(CONFIG.characters(), CHARACTERS, new SplittableRandom(1));

  /** Compares all syllables with the letters that Unicode's canonical decomposition names. */
  @Test
  void everySyllableIsTheSumOfItsLetters() {
    FMatrixRMaj own = vectors.parameters().get(0).value();
    FMatrixRMaj jamo = vectors.parameters().get(1).value();
    for (int codePoint = 0xAC00; codePoint <= 0xD7A3; codePoint++) {
      String syllable = Character.toString(codePoint);
      float[] expected = new float[5];
      add(expected, own, CHARACTERS.id(syllable));
      for (char letter : Normalizer.normalize(syllable, Normalizer.Form.NFD).toCharArray()) {
        int row =
            letter < 0x1161
                ? letter - 0x1100
                : letter < 0x11A8 ? letter - 0x1161 + 19 : letter - 0x11A8 + 40;
        add(expected, jamo, row);
      }
      assertThat(lookUp(codePoint)).as(syllable).containsExactly(expected, within(1e-6f));
    }
  }

  @Test
  void othersHaveTheirOwnVector() {
    FMatrixRMaj own = vectors.parameters().get(0).value();
    for (int codePoint : "a1zㅋ中😀".codePoints().toArray()) {
      float[] expected = new float[5];
      add(expected, own, CHARACTERS.id(Character.toString(codePoint)));
      assertThat(lookUp(codePoint)).containsExactly(expected);
    }
  }

  @Test
  void tableHoldsTheVectorOfEveryId() {
    List<Parameter> weights = vectors.parameters();
    FMatrixRMaj table =
        CharacterVectors.table(weights.get(0).value(), weights.get(1).value(), CHARACTERS);
    assertThat(table.numRows).isEqualTo(CHARACTERS.size() + CharacterVectors.SYLLABLES);
    for (int syllable : new int[] {0, 27, 28, 588, 11_171, "학".charAt(0) - 0xAC00}) {
      int codePoint = 0xAC00 + syllable;
      float[] row = row(table, CHARACTERS.size() + syllable);
      assertThat(row).containsExactly(lookUp(codePoint));
      assertThat(row(table, CharacterVectors.id(codePoint, CHARACTERS, true))).isEqualTo(row);
    }
  }

  @Test
  void withoutJamoUnknownSyllablesAreUnknown() {
    assertThat(CharacterVectors.id('뷁', CHARACTERS, false)).isEqualTo(Vocabulary.UNKNOWN);
    assertThat(CharacterVectors.id('뷁', CHARACTERS, true)).isGreaterThan(CHARACTERS.size());
  }

  private float[] lookUp(int codePoint) {
    FMatrixRMaj out = new FMatrixRMaj(1, 5);
    vectors.lookUp(new int[] {CharacterVectors.id(codePoint, CHARACTERS, true)}, out);
    return out.data;
  }

  private static float[] row(FMatrixRMaj table, int row) {
    float[] values = new float[table.numCols];
    System.arraycopy(table.data, row * table.numCols, values, 0, table.numCols);
    return values;
  }

  private static void add(float[] to, FMatrixRMaj table, int row) {
    for (int i = 0; i < to.length; i++) {
      to[i] += table.get(row, i);
    }
  }
}
