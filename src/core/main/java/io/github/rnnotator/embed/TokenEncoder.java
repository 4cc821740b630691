package io.github.rnnotator.embed;

import io.github.rnnotator.nn.Bidirectional;
import io.github.rnnotator.nn.Conv1d;
import io.github.rnnotator.nn.Dropout;
import io.github.rnnotator.nn.EmbeddingTable;
import io.github.rnnotator.nn.GlobalMaxPooling;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.Sequential;
import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Encodes sentences as vectors: for each token the concatenation of its word vector, the character
 * encoder's output, its shape vector and the vectors of the values of other columns.
 *
 * <p>Thread-safe while the weights do not change.
 */
public final class TokenEncoder {
  /** The length of a word shape's vector. */
  public static final int SHAPE_DIM = 8;

  private final Vocabularies vocabularies;
  private final @Nullable WordEncoder words;
  private final @Nullable CharacterVectors characters;
  private final boolean jamo;
  private final @Nullable Sequential characterLayers;
  private final @Nullable EmbeddingTable shapeTable;
  private final ColumnEncoder columns;

  /**
   * Creates an encoder with fresh weights.
   *
   * @param vocabularies with pretrained vectors if and only if the configuration has them
   * @param characterDropout dropout on the character encoder's output, in training
   * @param wordDropout the probability that a whole word vector is 0, in training
   * @throws IllegalArgumentException if the pretrained vectors do not match the configuration
   */
  public TokenEncoder(
      EmbedConfig config,
      Vocabularies vocabularies,
      float characterDropout,
      float wordDropout,
      RandomGenerator random) {
    this.vocabularies = vocabularies;
    this.words =
        config.words() == null
            ? null
            : new WordEncoder(config.words(), vocabularies, wordDropout, random);
    if (config.characters() == null) {
      this.characters = null;
      this.characterLayers = null;
    } else {
      this.characters =
          CharacterVectors.build(config.characters(), vocabularies.characters(), random);
      this.characterLayers =
          Sequential.build(
              "embed.characters.",
              config.characters().dim(),
              characterSpecs(config.characters(), characterDropout),
              random);
    }
    this.jamo = config.characters() != null && config.characters().jamo();
    this.shapeTable =
        config.shape()
            ? EmbeddingTable.build("embed.shape", WordShape.size(), SHAPE_DIM, random)
            : null;
    this.columns = new ColumnEncoder(config.columns(), vocabularies, random);
  }

  private static List<LayerSpec> characterSpecs(EmbedConfig.Characters config, float dropout) {
    List<LayerSpec> specs = new ArrayList<>();
    config
        .recurrent()
        .ifPresentOrElse(
            layer -> specs.add(new Bidirectional(layer)),
            () -> {
              specs.add(new Conv1d(config.hidden(), config.width()));
              specs.add(new GlobalMaxPooling());
            });
    // After the layers, so that their indices in the model file do not depend on it.
    specs.add(new Dropout(dropout));
    return specs;
  }

  /** The words and characters with a vector. */
  public Vocabularies vocabularies() {
    return vocabularies;
  }

  /** The length of a token's vector. */
  public int outputDim() {
    return (words == null ? 0 : words.outputDim())
        + (characterLayers == null ? 0 : characterLayers.outputDim())
        + (shapeTable == null ? 0 : shapeTable.dim())
        + columns.outputDim();
  }

  /** The weights, in a fixed order. */
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>();
    if (words != null) {
      all.addAll(words.parameters());
    }
    if (characters != null && characterLayers != null) {
      all.addAll(characters.parameters());
      all.addAll(characterLayers.parameters());
    }
    if (shapeTable != null) {
      all.add(shapeTable.parameter());
    }
    all.addAll(columns.parameters());
    return all;
  }

  /** Adds the gradients of the encoder's weights. */
  public interface Backprop {
    /**
     * Runs the backward pass.
     *
     * @param dX gradient of the loss with respect to the vectors, {@code [tokens x outputDim]}
     */
    void apply(FMatrixRMaj dX, Gradients gradients);
  }

  /**
   * The vectors of a batch and their backward pass.
   *
   * @param y {@code [tokens x outputDim]}, sentences as sequences in the given order
   * @param backprop adds the gradients of the weights
   */
  public record Output(SequenceBatch y, Backprop backprop) {}

  /** Encodes sentences. In training, rare words are sometimes treated as unknown. */
  public Output forward(List<Sentence> sentences, PassContext pass) {
    Packing packing = packing(sentences);
    List<Backprop> backprops = new ArrayList<>();
    FMatrixRMaj x = encode(tokens(sentences, packing), pass, backprops);
    return new Output(
        new SequenceBatch(packing, x),
        (dX, gradients) -> backprops.forEach(b -> b.apply(dX, gradients)));
  }

  private static Packing packing(List<Sentence> sentences) {
    return Packing.of(sentences.stream().mapToInt(Sentence::size).toArray());
  }

  private static Token[] tokens(List<Sentence> sentences, Packing packing) {
    Token[] tokens = new Token[packing.tokens()];
    for (int i = 0; i < sentences.size(); i++) {
      for (int t = 0; t < packing.length(i); t++) {
        tokens[packing.row(i, t)] = sentences.get(i).tokens().get(t);
      }
    }
    return tokens;
  }

  private static String[] forms(Token[] tokens) {
    return Arrays.stream(tokens).map(Token::form).toArray(String[]::new);
  }

  /** Returns what a token's vector depends on: tokens with the same key have the same vector. */
  public String key(Token token) {
    return columns.key(token);
  }

  /**
   * Returns word ids, the most frequent word first; {@link Vocabulary#UNKNOWN} for words without
   * one.
   *
   * @return one id per row of {@link #forward}
   * @throws IllegalStateException without word embeddings
   */
  public int[] wordIds(List<Sentence> sentences) {
    if (words == null) {
      throw new IllegalStateException("no word embeddings, so words have no ids");
    }
    return words.ids(forms(tokens(sentences, packing(sentences))));
  }

  /**
   * Encodes single tokens for inference; the vectors do not depend on context.
   *
   * @return {@code [tokens.length x outputDim]}, valid until the workspace is reset
   * @throws IllegalArgumentException if a token lacks the values of a column
   */
  public FMatrixRMaj encode(Token[] tokens, PassContext pass) {
    return encode(tokens, pass, new ArrayList<>());
  }

  private FMatrixRMaj encode(Token[] tokens, PassContext pass, List<Backprop> backprops) {
    // The only place where forms become lookup forms of words, characters and shapes.
    String[] forms =
        Arrays.stream(tokens).map(token -> LookupForm.of(token.form())).toArray(String[]::new);
    FMatrixRMaj x = pass.matrix(forms.length, outputDim());
    int col = 0;
    if (words != null) {
      backprops.add(words.encode(forms, x, col, pass));
      col += words.outputDim();
    }
    if (characters != null && characterLayers != null) {
      backprops.add(spelling(characters, characterLayers, forms, x, col, pass));
      col += characterLayers.outputDim();
    }
    if (shapeTable != null) {
      backprops.add(table(shapeTable, shapeIds(forms), x, col));
      col += shapeTable.dim();
    }
    backprops.add(columns.encode(tokens, x, col, pass));
    return x;
  }

  private static Backprop table(EmbeddingTable table, int[] ids, FMatrixRMaj x, int col) {
    table.lookUp(ids, x, col);
    return (dX, gradients) -> table.backward(ids, dX, col, gradients);
  }

  private static int[] shapeIds(String[] forms) {
    int[] ids = new int[forms.length];
    for (int i = 0; i < forms.length; i++) {
      ids[i] = WordShape.of(forms[i]).ordinal();
    }
    return ids;
  }

  /** Encodes each distinct form of the batch once, then copies it to all of its tokens. */
  private Backprop spelling(
      CharacterVectors table,
      Sequential layers,
      String[] forms,
      FMatrixRMaj x,
      int col,
      PassContext pass) {
    Map<String, Integer> types = new LinkedHashMap<>();
    int[] typeOf = new int[forms.length];
    for (int i = 0; i < forms.length; i++) {
      Integer known = types.putIfAbsent(forms[i], types.size());
      typeOf[i] = known == null ? types.size() - 1 : known;
    }
    List<int[]> spellings = types.keySet().stream().map(this::spellingOf).toList();
    Packing packing = Packing.of(spellings.stream().mapToInt(s -> s.length).toArray());
    int[] ids = new int[packing.tokens()];
    for (int type = 0; type < spellings.size(); type++) {
      for (int t = 0; t < packing.length(type); t++) {
        ids[packing.row(type, t)] = spellings.get(type)[t];
      }
    }
    FMatrixRMaj c = pass.matrix(packing.tokens(), table.dim());
    table.lookUp(ids, c);
    Layer.Output output = layers.forward(new SequenceBatch(packing, c), pass);
    FMatrixRMaj vectors = output.y().values();
    int dim = vectors.numCols;
    for (int i = 0; i < forms.length; i++) {
      System.arraycopy(
          vectors.data, packing.rank(typeOf[i]) * dim, x.data, i * x.numCols + col, dim);
    }
    return (dX, gradients) -> {
      FMatrixRMaj dVectors = pass.zeros(vectors.numRows, dim);
      for (int i = 0; i < forms.length; i++) {
        pass.ops()
            .addScaled(
                1,
                dX.data,
                i * dX.numCols + col,
                dVectors.data,
                packing.rank(typeOf[i]) * dim,
                dim);
      }
      FMatrixRMaj dC = output.backprop().apply(dVectors, gradients);
      table.backward(ids, dC, gradients);
    };
  }

  private int[] spellingOf(String form) {
    return TokenIds.spelling(form, vocabularies.characters(), jamo);
  }
}
