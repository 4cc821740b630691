package io.github.rnnotator.embed;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.rnnotator.text.LookupForm;
import org.jspecify.annotations.Nullable;

/**
 * What a token's vector is made of. At least one part must be there.
 *
 * @param words a trained vector for each word, or null for none
 * @param characters an encoder that reads each word's characters, or null for none
 * @param shape whether a small vector for the word's {@link WordShape} is added
 */
public record EmbedConfig(@Nullable Words words, @Nullable Characters characters, boolean shape) {
  /** Checks that there is something to embed. */
  public EmbedConfig {
    if (words == null && characters == null && !shape) {
      throw new IllegalArgumentException(
          "embed has neither words nor characters nor shape; at least one is needed");
    }
  }

  /** The length of a token's vector. */
  public long outputDim() {
    long dim = words == null ? 0 : (long) words.trainedDim() + words.frozenDim();
    if (characters != null) {
      dim += (characters.kind() == Characters.Kind.CNN ? 1L : 2L) * characters.hidden();
    }
    return dim + (shape ? TokenEncoder.SHAPE_DIM : 0);
  }

  /** The same with other words. */
  public EmbedConfig with(Words words) {
    return new EmbedConfig(words, characters, shape);
  }

  /**
   * Word embeddings: trained, pretrained, or both.
   *
   * @param dim the length of each vector; that of the pretrained ones where there are any
   * @param minCount words that stand less often in the training data are unknown; 1 keeps all
   * @param lowercase whether words are looked up in lower case and with 0 for every digit, so that
   *     {@code House} and {@code house} share a vector (characters and shape still see the
   *     difference)
   * @param unknown the probability that a word that stands once in the training data is treated as
   *     unknown in a training step, smaller for more frequent ones; this is what trains the vector
   *     for unknown words
   * @param vectors the file of pretrained vectors, or null for none
   * @param tune whether the words of the training data have vectors of their own, which start as
   *     the pretrained ones and are trained; otherwise the pretrained vectors stay as they are
   * @param trained where pretrained vectors are not tuned: the length of a second vector for each
   *     word of the training data, trained from scratch and put beside the first; 0 for none
   * @param keep how many of the file's first words, which are the most frequent, keep their vector
   *     in the model (those of the training data are kept besides)
   * @param type how pretrained vectors are stored
   */
  public record Words(
      int dim,
      int minCount,
      boolean lowercase,
      float unknown,
      @Nullable String vectors,
      boolean tune,
      int trained,
      int keep,
      WordVectors.Type type) {
    /** Checks the ranges. */
    public Words {
      Checks.range("embed.words.dim", dim, 1, Checks.LONGEST_VECTOR);
      Checks.atLeastOne("embed.words.min_count", minCount);
      Checks.share("embed.words.unknown", unknown);
      Checks.range("embed.words.trained", trained, 0, Checks.LONGEST_VECTOR);
      Checks.notNegative("embed.words.keep", keep);
      if (trained > 0 && (vectors == null || tune)) {
        throw new IllegalArgumentException(
            "embed.words.trained stands beside pretrained vectors that are not tuned; set vectors"
                + " and tune: false, or leave it out");
      }
    }

    /** Words without pretrained vectors. */
    public Words(int dim, int minCount, boolean lowercase, float unknown) {
      this(dim, minCount, lowercase, unknown, null, true, 0, DEFAULT_KEEP, WordVectors.Type.F16);
    }

    private static final int DEFAULT_KEEP = 100_000;

    /** Words without pretrained vectors, with the defaults where something is null. */
    public static Words of(
        @Nullable Integer dim,
        @Nullable Integer minCount,
        @Nullable Boolean lowercase,
        @Nullable Float unknown) {
      return of(dim, minCount, lowercase, unknown, null, null, null, null, null);
    }

    /**
     * Fills in the defaults where something is null: 100, 1, true, 0.5, no vectors, true, 0,
     * 100,000, 16 bits.
     */
    @JsonCreator
    public static Words of(
        @Nullable Integer dim,
        @Nullable Integer minCount,
        @Nullable Boolean lowercase,
        @Nullable Float unknown,
        @Nullable String vectors,
        @Nullable Boolean tune,
        @Nullable Integer trained,
        @Nullable Integer keep,
        WordVectors.@Nullable Type type) {
      return new Words(
          requireNonNullElse(dim, 100),
          requireNonNullElse(minCount, 1),
          requireNonNullElse(lowercase, true),
          requireNonNullElse(unknown, 0.5f),
          vectors,
          requireNonNullElse(tune, true),
          requireNonNullElse(trained, 0),
          requireNonNullElse(keep, DEFAULT_KEEP),
          requireNonNullElse(type, WordVectors.Type.F16));
    }

    /** The same with another name for the file of vectors. */
    public Words withVectors(@Nullable String vectors) {
      return new Words(dim, minCount, lowercase, unknown, vectors, tune, trained, keep, type);
    }

    /** The length of the vectors that each word of the training data has for its own; 0 if none. */
    public int trainedDim() {
      return vectors == null || tune ? dim : trained;
    }

    /** The length of the pretrained vectors that stand beside the trained ones; 0 if none do. */
    public int frozenDim() {
      return vectors == null || tune ? 0 : dim;
    }

    /** The string that is looked up for a word. */
    public String normalize(String form) {
      String word = LookupForm.of(form);
      return lowercase ? WordForms.zeros(WordForms.lower(word)) : word;
    }
  }

  /**
   * A character encoder.
   *
   * @param kind how the characters become one vector
   * @param dim the length of a character's vector
   * @param hidden the hidden size of each direction, or the number of filters
   * @param width the width of the convolution's window, in characters; odd
   */
  public record Characters(Kind kind, int dim, int hidden, int width) {
    /** Checks the ranges. */
    public Characters {
      Checks.range("embed.characters.dim", dim, 1, Checks.LONGEST_VECTOR);
      Checks.range("embed.characters.hidden", hidden, 1, Checks.LONGEST_VECTOR);
      Checks.range("embed.characters.width", width, 1, Checks.WIDEST_WINDOW);
      if (width % 2 == 0) {
        throw new IllegalArgumentException(
            "embed.characters.width is " + width + ", expected an odd number");
      }
    }

    /** Fills in the defaults where something is null: LSTM, 25, 50, 3. */
    @JsonCreator
    public static Characters of(
        @Nullable Kind kind,
        @Nullable Integer dim,
        @Nullable Integer hidden,
        @Nullable Integer width) {
      return new Characters(
          requireNonNullElse(kind, Kind.LSTM),
          requireNonNullElse(dim, 25),
          requireNonNullElse(hidden, 50),
          requireNonNullElse(width, 3));
    }

    /** How the characters of a word become one vector. */
    public enum Kind {
      /** The last states of a bidirectional LSTM (Lample et al. 2016). */
      LSTM,
      /** The last states of a bidirectional GRU. */
      GRU,
      /** The last states of a bidirectional SimpleRNN. */
      SIMPLE_RNN,
      /** A convolution and the greatest value of each filter (Ma &amp; Hovy 2016). */
      CNN
    }
  }
}
