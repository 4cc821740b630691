package io.github.rnnotator.embed;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Locale;
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

  /**
   * Word embeddings.
   *
   * @param dim the length of each vector
   * @param minCount words that stand less often in the training data are unknown; 1 keeps all
   * @param lowercase whether words are looked up in lower case and with 0 for every digit, so that
   *     {@code House} and {@code house} share a vector (characters and shape still see the
   *     difference)
   * @param unknown the probability that a word that stands once in the training data is treated as
   *     unknown in a training step; this is what trains the vector for unknown words
   */
  public record Words(int dim, int minCount, boolean lowercase, float unknown) {
    /** Checks the ranges. */
    public Words {
      Checks.atLeastOne("embed.words.dim", dim);
      Checks.atLeastOne("embed.words.min_count", minCount);
      Checks.share("embed.words.unknown", unknown);
    }

    /** Fills in the defaults where something is null: 100, 1, true, 0.5. */
    @JsonCreator
    public static Words of(
        @Nullable Integer dim,
        @Nullable Integer minCount,
        @Nullable Boolean lowercase,
        @Nullable Float unknown) {
      return new Words(
          requireNonNullElse(dim, 100),
          requireNonNullElse(minCount, 1),
          requireNonNullElse(lowercase, true),
          requireNonNullElse(unknown, 0.5f));
    }

    /** The string that is looked up for a word. */
    public String normalize(String form) {
      if (!lowercase) {
        return form;
      }
      String lower = form.toLowerCase(Locale.ROOT);
      StringBuilder zeros = null;
      for (int i = 0; i < lower.length(); i++) {
        char c = lower.charAt(i);
        if (c >= '1' && c <= '9') {
          if (zeros == null) {
            zeros = new StringBuilder(lower);
          }
          zeros.setCharAt(i, '0');
        }
      }
      return zeros == null ? lower : zeros.toString();
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
      Checks.atLeastOne("embed.characters.dim", dim);
      Checks.atLeastOne("embed.characters.hidden", hidden);
      Checks.atLeastOne("embed.characters.width", width);
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
