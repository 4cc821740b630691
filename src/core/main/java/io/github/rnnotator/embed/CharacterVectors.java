package io.github.rnnotator.embed;

import io.github.rnnotator.nn.EmbeddingTable;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of characters. With jamo, the vector of a Hangul syllable is the sum of its own and
 * those of its letters at their place: the lead consonant, the vowel and the final consonant, if
 * any. A syllable that the vocabulary lacks has the vector of unknown characters as its own.
 *
 * <p>Weights: {@code embed.characters} {@code [characters x dim]}; with jamo {@code embed.jamo}
 * {@code [67 x dim]}: 19 leads, 21 vowels, 27 finals, in the order of Unicode (section 3.12).
 *
 * <p>Thread-safe while the weights do not change.
 */
public final class CharacterVectors {
  /** The number of letters, each at its place. */
  static final int JAMO = 19 + 21 + 27;

  /** The number of modern Hangul syllables. */
  public static final int SYLLABLES = 19 * 21 * 28;

  private static final int FIRST_SYLLABLE = 0xAC00;

  private static final int[] NO_LETTERS = {
    EmbeddingTable.NONE, EmbeddingTable.NONE, EmbeddingTable.NONE
  };

  private final EmbeddingTable own;
  private final @Nullable EmbeddingTable jamo;
  private final int[] syllables;

  private CharacterVectors(
      EmbeddingTable own, @Nullable EmbeddingTable jamo, Vocabulary characters) {
    this.own = own;
    this.jamo = jamo;
    this.syllables = jamo == null ? new int[0] : syllablesOf(characters);
  }

  /** Builds vectors with fresh weights. */
  static CharacterVectors build(
      EmbedConfig.Characters config, Vocabulary characters, RandomGenerator random) {
    EmbeddingTable own =
        EmbeddingTable.build("embed.characters", characters.size(), config.dim(), random);
    return new CharacterVectors(
        own,
        config.jamo() ? EmbeddingTable.build("embed.jamo", JAMO, config.dim(), random) : null,
        characters);
  }

  /** The index of each character that is a syllable, -1 for any other. */
  private static int[] syllablesOf(Vocabulary characters) {
    int[] syllables = new int[characters.size()];
    Arrays.fill(syllables, -1);
    for (int id = 1; id < syllables.length; id++) {
      syllables[id] = syllable(characters.entries().get(id - 1).text().codePointAt(0));
    }
    return syllables;
  }

  private static int syllable(int codePoint) {
    int index = codePoint - FIRST_SYLLABLE;
    return index >= 0 && index < SYLLABLES ? index : -1;
  }

  /**
   * Returns the id of a character: with jamo, those of syllables that the vocabulary lacks follow
   * after its own ids, in the order of Unicode.
   */
  static int id(int codePoint, Vocabulary characters, boolean jamo) {
    int id = characters.id(Character.toString(codePoint));
    int syllable = syllable(codePoint);
    return id == Vocabulary.UNKNOWN && jamo && syllable >= 0 ? characters.size() + syllable : id;
  }

  /** Returns the syllable with an index in Unicode's order, from 0. */
  public static String syllableAt(int index) {
    return Character.toString(FIRST_SYLLABLE + index);
  }

  /**
   * The rows of the letters of a syllable; the last is {@link EmbeddingTable#NONE} for no final.
   */
  private static int[] letters(int syllable) {
    int last = syllable % 28;
    return new int[] {
      syllable / (21 * 28),
      19 + syllable / 28 % 21,
      last == 0 ? EmbeddingTable.NONE : 19 + 21 + last - 1
    };
  }

  /** The length of each vector. */
  int dim() {
    return own.dim();
  }

  /** The weights, in a fixed order. */
  List<Parameter> parameters() {
    return jamo == null ? List.of(own.parameter()) : List.of(own.parameter(), jamo.parameter());
  }

  /**
   * Writes the vector of each id.
   *
   * @param out {@code [ids.length x dim]}. Modified.
   */
  void lookUp(int[] ids, FMatrixRMaj out) {
    if (jamo == null) {
      own.lookUp(ids, out, 0);
      return;
    }
    own.lookUp(rows(ids), out, 0);
    for (int[] letters : letters(ids)) {
      jamo.add(letters, out, 0);
    }
  }

  /**
   * Adds the gradients of the vectors of these ids.
   *
   * @param dOut {@code [ids.length x dim]}. Not modified.
   */
  void backward(int[] ids, FMatrixRMaj dOut, Gradients gradients) {
    if (jamo == null) {
      own.backward(ids, dOut, 0, gradients);
      return;
    }
    own.backward(rows(ids), dOut, 0, gradients);
    for (int[] letters : letters(ids)) {
      jamo.backward(letters, dOut, 0, gradients);
    }
  }

  private int[] rows(int[] ids) {
    return Arrays.stream(ids).map(id -> id < syllables.length ? id : Vocabulary.UNKNOWN).toArray();
  }

  /** For each place, the row of the letter of each id. */
  private int[][] letters(int[] ids) {
    int[][] places = new int[3][ids.length];
    for (int i = 0; i < ids.length; i++) {
      int syllable = ids[i] < syllables.length ? syllables[ids[i]] : ids[i] - syllables.length;
      int[] letters = syllable < 0 ? NO_LETTERS : letters(syllable);
      for (int place = 0; place < places.length; place++) {
        places[place][i] = letters[place];
      }
    }
    return places;
  }

  /**
   * Returns the vector of every id of a model with jamo: of the vocabulary's, then of all
   * syllables.
   *
   * @param own {@code embed.characters}
   * @param jamo {@code embed.jamo}
   * @return {@code [characters + 11172 x dim]}
   */
  public static FMatrixRMaj table(FMatrixRMaj own, FMatrixRMaj jamo, Vocabulary characters) {
    CharacterVectors vectors =
        new CharacterVectors(
            EmbeddingTable.of("embed.characters", own),
            EmbeddingTable.of("embed.jamo", jamo),
            characters);
    int[] ids = new int[characters.size() + SYLLABLES];
    for (int i = 0; i < ids.length; i++) {
      int known = i < characters.size() ? i : characters.id(syllableAt(i - characters.size()));
      ids[i] = known == Vocabulary.UNKNOWN ? i : known;
    }
    FMatrixRMaj table = new FMatrixRMaj(ids.length, own.numCols);
    vectors.lookUp(ids, table);
    return table;
  }
}
