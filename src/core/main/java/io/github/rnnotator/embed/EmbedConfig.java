package io.github.rnnotator.embed;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.RecurrentSpec;
import io.github.rnnotator.text.LookupForm;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a token's vector. At least one is required.
 *
 * @param words word embeddings, or null for none
 * @param characters an encoder that reads each word's characters, or null for none
 * @param shape whether a small vector for the word's {@link WordShape} is added
 */
public record EmbedConfig(@Nullable Words words, @Nullable Characters characters, boolean shape) {
  /** Requires at least one part. */
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
      dim += (characters.recurrent().isPresent() ? 2L : 1L) * characters.hidden();
    }
    return dim + (shape ? TokenEncoder.SHAPE_DIM : 0);
  }

  /** Returns a copy with these word embeddings. */
  public EmbedConfig with(Words words) {
    return new EmbedConfig(words, characters, shape);
  }

  /**
   * Word embeddings: trained, pretrained, or both.
   *
   * @param dim the length of each vector; must match the pretrained ones if there are any
   * @param minCount words rarer than this in the training data are unknown; 1 keeps all
   * @param lowercase whether words are looked up in lower case and with 0 for every digit, so that
   *     {@code House} and {@code house} share a vector (characters and shape still see the
   *     difference)
   * @param unknown the probability that a word that occurs once in the training data is treated as
   *     unknown in a training step, smaller for more frequent ones; this trains the vector for
   *     unknown words
   * @param vectors the file of pretrained vectors, or null for none
   * @param tune whether the vectors of training words are fine-tuned from the pretrained ones;
   *     otherwise the pretrained vectors are frozen
   * @param trained with frozen pretrained vectors: the length of a second vector for each training
   *     word, trained from scratch and concatenated to the first; 0 for none
   * @param keep how many of the file's first (most frequent) words keep their vector in the model,
   *     in addition to the training words
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
      Checks.fraction("embed.words.unknown", unknown);
      Checks.range("embed.words.trained", trained, 0, Checks.LONGEST_VECTOR);
      Checks.notNegative("embed.words.keep", keep);
      if (trained > 0 && (vectors == null || tune)) {
        throw new IllegalArgumentException(
            "embed.words.trained requires frozen pretrained vectors; set vectors"
                + " and tune: false, or remove it");
      }
    }

    /** Words without pretrained vectors. */
    public Words(int dim, int minCount, boolean lowercase, float unknown) {
      this(dim, minCount, lowercase, unknown, null, true, 0, DEFAULT_KEEP, WordVectors.Type.F16);
    }

    private static final int DEFAULT_KEEP = 100_000;

    /** Words without pretrained vectors; null means the default. */
    public static Words of(
        @Nullable Integer dim,
        @Nullable Integer minCount,
        @Nullable Boolean lowercase,
        @Nullable Float unknown) {
      return of(dim, minCount, lowercase, unknown, null, null, null, null, null);
    }

    /** Replaces null by the defaults: 100, 1, true, 0.5, no vectors, true, 0, 100,000, 16 bits. */
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

    /** Returns a copy with another file of vectors. */
    public Words withVectors(@Nullable String vectors) {
      return new Words(dim, minCount, lowercase, unknown, vectors, tune, trained, keep, type);
    }

    /** The length of the trained vector of each training word; 0 for none. */
    public int trainedDim() {
      return vectors == null || tune ? dim : trained;
    }

    /** The length of frozen pretrained vectors; 0 for none. */
    public int frozenDim() {
      return vectors == null || tune ? 0 : dim;
    }

    /** Returns the string under which a word is looked up. */
    public String normalize(String form) {
      String word = LookupForm.of(form);
      return lowercase ? WordForms.zeros(WordForms.lower(word)) : word;
    }
  }

  /**
   * A character encoder.
   *
   * @param kind how characters are combined into one vector
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

    /** Replaces null by the defaults: LSTM, 25, 50, 3. */
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

    /** The recurrent layer of each direction; empty for a convolution. */
    public Optional<RecurrentSpec> recurrent() {
      return Optional.ofNullable(kind.cell).map(cell -> cell.layer(hidden));
    }

    /**
     * Returns the number of weights, without the characters' vectors.
     *
     * @throws ArithmeticException if it overflows a {@code long}
     */
    public long weights() {
      return recurrent()
          .map(layer -> Math.multiplyExact(2, layer.weights(dim)))
          .orElseGet(() -> Math.multiplyExact((long) width * dim + 1, (long) hidden));
    }

    /** How the characters of a word are combined into one vector. */
    public enum Kind {
      /** The last states of a bidirectional LSTM (Lample et al. 2016). */
      LSTM(CellKind.LSTM),
      /** The last states of a bidirectional GRU. */
      GRU(CellKind.GRU),
      /** The last states of a bidirectional SimpleRNN. */
      SIMPLE_RNN(CellKind.SIMPLE_RNN),
      /** A convolution and the maximum of each filter (Ma &amp; Hovy 2016). */
      CNN(null);

      private final @Nullable CellKind cell;

      Kind(@Nullable CellKind cell) {
        this.cell = cell;
      }
    }
  }
}
