package io.github.rnnotator.embed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.RecurrentSpec;
import io.github.rnnotator.text.LookupForm;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a token's vector. At least one is required.
 *
 * @param words word embeddings, or null for none
 * @param characters an encoder that reads each word's characters, or null for none
 * @param shape whether a small vector for the word's {@link WordShape} is added
 * @param columns other columns of a file whose values get vectors, in order, such as a part of
 *     speech; a model with some tags only files with these columns
 */
public record EmbedConfig(
    @Nullable Words words,
    @Nullable Characters characters,
    boolean shape,
    // Older programs read models without columns.
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, ColumnConfig> columns) {
  /** Copies the map, keeping its order, and requires at least one part that reads the form. */
  public EmbedConfig {
    columns =
        columns == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    columns.forEach(
        (name, column) -> {
          if (column == null) {
            throw new IllegalArgumentException("embed.columns." + name + " is missing");
          }
        });
    if (words == null && characters == null && !shape) {
      throw new IllegalArgumentException(
          "embed has neither words nor characters nor shape; at least one is needed");
    }
  }

  /** Creates token vectors of the form alone. */
  public EmbedConfig(@Nullable Words words, @Nullable Characters characters, boolean shape) {
    this(words, characters, shape, Map.of());
  }

  /** The length of a token's vector. */
  public long outputDim() {
    long dim = words == null ? 0 : (long) words.trainedDim() + words.frozenDim();
    if (characters != null) {
      dim += (characters.recurrent().isPresent() ? 2L : 1L) * characters.hidden();
    }
    return dim
        + (shape ? TokenEncoder.SHAPE_DIM : 0)
        + columns.values().stream().mapToLong(ColumnConfig::dim).sum();
  }

  /**
   * Counts the weights for these words and characters.
   *
   * @throws ArithmeticException if the count overflows a {@code long}
   */
  public long weights(Vocabularies vocabularies) {
    long sum = 0;
    if (words != null) {
      // Of the vectors that are not trained, only the one for missing words is a weight.
      sum =
          Math.addExact(
              sum, (long) vocabularies.words().size() * words.trainedDim() + words.frozenDim());
    }
    if (characters != null) {
      long rows = vocabularies.characters().size();
      rows += characters.jamo() ? CharacterVectors.JAMO : 0;
      sum = Math.addExact(sum, rows * characters.dim());
      sum = Math.addExact(sum, characters.weights());
    }
    for (Map.Entry<String, ColumnConfig> column : columns.entrySet()) {
      long rows = vocabularies.column(column.getKey()).size();
      sum = Math.addExact(sum, rows * column.getValue().dim());
    }
    return shape ? Math.addExact(sum, (long) WordShape.size() * TokenEncoder.SHAPE_DIM) : sum;
  }

  /** Creates token vectors of word embeddings alone. */
  public static EmbedConfig of(Words words) {
    return new EmbedConfig(words, null, false);
  }

  /** Creates token vectors of a character encoder alone. */
  public static EmbedConfig of(Characters characters) {
    return new EmbedConfig(null, characters, false);
  }

  /** Creates token vectors of the word's shape alone. */
  public static EmbedConfig ofShape() {
    return new EmbedConfig(null, null, true);
  }

  /** Returns a copy with these word embeddings. */
  public EmbedConfig words(Words words) {
    return new EmbedConfig(words, characters, shape, columns);
  }

  /** Returns a copy with this character encoder. */
  public EmbedConfig characters(Characters characters) {
    return new EmbedConfig(words, characters, shape, columns);
  }

  /** Returns a copy with or without a vector for the word's shape. */
  public EmbedConfig shape(boolean shape) {
    return new EmbedConfig(words, characters, shape, columns);
  }

  /** Returns a copy that reads these columns. */
  public EmbedConfig columns(Map<String, ColumnConfig> columns) {
    return new EmbedConfig(words, characters, shape, columns);
  }

  /**
   * Word embeddings: trained, pretrained, or both.
   *
   * @param dim the length of each vector; must match the pretrained ones if there are any
   * @param minCount words rarer than this in the training data are unknown; 1 keeps all
   * @param lowercase whether words are looked up in lower case and with 0 for every digit, so that
   *     {@code House} and {@code house} share a vector (characters and shape still see the
   *     difference)
   * @param singletonUnkProbability the probability that a word that occurs once in the training
   *     data is treated as unknown in a training step, smaller for more frequent ones; this trains
   *     the vector for unknown words
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
      @JsonProperty("unknown") float singletonUnkProbability,
      @Nullable String vectors,
      boolean tune,
      int trained,
      int keep,
      WordVectors.Type type) {
    /** Checks the ranges. */
    public Words {
      Checks.range("embed.words.dim", dim, 1, Checks.LONGEST_VECTOR);
      Checks.atLeastOne("embed.words.min_count", minCount);
      Checks.fraction("embed.words.unknown", singletonUnkProbability);
      Checks.range("embed.words.trained", trained, 0, Checks.LONGEST_VECTOR);
      Checks.notNegative("embed.words.keep", keep);
      if (trained > 0 && (vectors == null || tune)) {
        throw new IllegalArgumentException(
            "embed.words.trained requires frozen pretrained vectors; set vectors"
                + " and tune: false, or remove it");
      }
    }

    private static final Words DEFAULTS =
        new Words(100, 1, true, 0.5f, null, true, 0, 100_000, WordVectors.Type.F16);

    /**
     * Returns the defaults: vectors of length 100 for all words of the training data, in lower case
     * and half of those that occur once unknown; no pretrained vectors.
     */
    public static Words defaults() {
      return DEFAULTS;
    }

    /** Returns a copy with vectors of another length. */
    public Words dim(int dim) {
      return new Words(
          dim, minCount, lowercase, singletonUnkProbability, vectors, tune, trained, keep, type);
    }

    /** Returns a copy with another least frequency of known words. */
    public Words minCount(int minCount) {
      return new Words(
          dim, minCount, lowercase, singletonUnkProbability, vectors, tune, trained, keep, type);
    }

    /** Returns a copy that looks words up in lower case, or as they are written. */
    public Words lowercase(boolean lowercase) {
      return new Words(
          dim, minCount, lowercase, singletonUnkProbability, vectors, tune, trained, keep, type);
    }

    /** Returns a copy with another probability that a word is treated as unknown in training. */
    public Words singletonUnkProbability(float probability) {
      return new Words(dim, minCount, lowercase, probability, vectors, tune, trained, keep, type);
    }

    /** Returns a copy with the pretrained vectors of a file, or without any if null. */
    public Words vectors(@Nullable String vectors) {
      return new Words(
          dim, minCount, lowercase, singletonUnkProbability, vectors, tune, trained, keep, type);
    }

    /** Returns a copy whose pretrained vectors are fine-tuned, or frozen. */
    public Words tune(boolean tune) {
      return new Words(
          dim, minCount, lowercase, singletonUnkProbability, vectors, tune, trained, keep, type);
    }

    /** Returns a copy with another length of the trained vectors next to frozen ones. */
    public Words trained(int trained) {
      return new Words(
          dim, minCount, lowercase, singletonUnkProbability, vectors, tune, trained, keep, type);
    }

    /** Returns a copy that keeps the vectors of another number of words. */
    public Words keep(int keep) {
      return new Words(
          dim, minCount, lowercase, singletonUnkProbability, vectors, tune, trained, keep, type);
    }

    /** Returns a copy that stores pretrained vectors in another way. */
    public Words type(WordVectors.Type type) {
      return new Words(
          dim, minCount, lowercase, singletonUnkProbability, vectors, tune, trained, keep, type);
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
   * @param jamo whether the letters of a Hangul syllable have vectors too, so that rare syllables
   *     share what is known of their letters
   */
  public record Characters(Kind kind, int dim, int hidden, int width, boolean jamo) {
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

    private static final Characters DEFAULTS = new Characters(Kind.LSTM, 25, 50, 3, false);

    /** Returns the defaults: an LSTM of 50 per direction on vectors of length 25, without jamo. */
    public static Characters defaults() {
      return DEFAULTS;
    }

    /** Returns a copy of another kind. */
    public Characters kind(Kind kind) {
      return new Characters(kind, dim, hidden, width, jamo);
    }

    /** Returns a copy with vectors of another length for each character. */
    public Characters dim(int dim) {
      return new Characters(kind, dim, hidden, width, jamo);
    }

    /** Returns a copy with another hidden size of each direction, or number of filters. */
    public Characters hidden(int hidden) {
      return new Characters(kind, dim, hidden, width, jamo);
    }

    /** Returns a copy with another window of the convolution. */
    public Characters width(int width) {
      return new Characters(kind, dim, hidden, width, jamo);
    }

    /** Returns a copy with or without vectors of jamo. */
    public Characters jamo(boolean jamo) {
      return new Characters(kind, dim, hidden, width, jamo);
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
