package io.github.rnnotator.embed;

import io.github.rnnotator.nn.EmbeddingTable;
import io.github.rnnotator.nn.Initializers;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Encodes words as vectors. Without pretrained vectors they are rows of a trained table, one of
 * which represents all unknown words. With pretrained vectors there are two modes:
 *
 * <ul>
 *   <li>Tuned: rows of training words are initialized with their pretrained vectors and trained;
 *       any other word has its pretrained vector unchanged, or is unknown without one. In training,
 *       rare words sometimes get their pretrained vector instead of their row, which teaches the
 *       network to read both.
 *   <li>Frozen: every word has its pretrained vector, seen in training or not; words without one
 *       share a trained vector. A second, trained vector may be concatenated.
 * </ul>
 *
 * <p>In training a word that occurs {@code c} times in the training data is treated as unknown with
 * probability {@code a / (a + c)} (Kiperwasser &amp; Goldberg 2016, section 4.1); the configuration
 * sets it for {@code c = 1}.
 */
final class WordEncoder {
  /** The id of a vector that does not come from the table. */
  private static final int PRETRAINED = -1;

  private final EmbedConfig.Words config;
  private final Vocabulary words;
  private final @Nullable WordVectors vectors;
  private final float dropout;

  /** The rows of the training words. */
  private final @Nullable EmbeddingTable trained;

  /** One row: the vector of words without a pretrained vector. */
  private final @Nullable EmbeddingTable missingVector;

  WordEncoder(
      EmbedConfig.Words config, Vocabularies vocabularies, float dropout, RandomGenerator random) {
    this.config = config;
    this.dropout = dropout;
    this.words = vocabularies.words();
    this.vectors = vocabularies.vectors();
    if ((config.vectors() == null) != (vectors == null)) {
      throw new IllegalArgumentException(
          vectors == null
              ? "embed.words.vectors is set, but vectors are missing"
              : "there are word vectors, but embed.words.vectors is not set");
    }
    if (vectors != null && vectors.dim() != config.dim()) {
      throw new IllegalArgumentException(
          "embed.words.dim is "
              + config.dim()
              + ", the vectors of "
              + config.vectors()
              + " have length "
              + vectors.dim()
              + "; set embed.words.dim: "
              + vectors.dim());
    }
    this.trained =
        config.trainedDim() == 0
            ? null
            : EmbeddingTable.build("embed.words", words.size(), config.trainedDim(), random);
    this.missingVector =
        config.frozenDim() == 0
            ? null
            : EmbeddingTable.of("embed.vectors.absent", new FMatrixRMaj(1, config.frozenDim()));
    if (trained != null && vectors != null && config.tune() && random != Initializers.BLANK) {
      FMatrixRMaj rows = trained.parameter().value();
      for (int id = 1; id < words.size(); id++) {
        int row = vectors.find(words.entries().get(id - 1).text());
        if (row >= 0) {
          vectors.copy(row, rows.data, id * rows.numCols);
        }
      }
    }
  }

  int outputDim() {
    return config.trainedDim() + config.frozenDim();
  }

  List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>();
    if (trained != null) {
      all.add(trained.parameter());
    }
    if (missingVector != null) {
      all.add(missingVector.parameter());
    }
    return all;
  }

  /**
   * Encodes words into a block of columns.
   *
   * @param x {@code [forms.length x >= col + outputDim]}. Columns {@code col...} are modified.
   */
  TokenEncoder.Backprop encode(String[] forms, FMatrixRMaj x, int col, PassContext pass) {
    boolean[] dropped = dropped(forms.length, pass);
    List<TokenEncoder.Backprop> backprops = new ArrayList<>();
    if (trained != null) {
      int[] ids = ids(forms, pass);
      int[] rows = new int[forms.length];
      Arrays.fill(rows, PRETRAINED);
      if (vectors != null && config.tune()) {
        for (int i = 0; i < forms.length; i++) {
          rows[i] = ids[i] == Vocabulary.UNKNOWN ? vectors.find(forms[i]) : PRETRAINED;
        }
      }
      backprops.add(fill(trained, ids, rows, dropped, x, col));
    }
    if (missingVector != null && vectors != null) {
      int[] rows = new int[forms.length];
      for (int i = 0; i < forms.length; i++) {
        rows[i] = vectors.find(forms[i]);
      }
      int[] one = new int[forms.length];
      backprops.add(fill(missingVector, one, rows, dropped, x, col + config.trainedDim()));
    }
    return (dX, gradients) -> backprops.forEach(b -> b.apply(dX, gradients));
  }

  private boolean[] dropped(int words, PassContext pass) {
    boolean[] dropped = new boolean[words];
    if (pass.isTraining() && dropout > 0) {
      for (int i = 0; i < words; i++) {
        dropped[i] = pass.random().nextFloat() < dropout;
      }
    }
    return dropped;
  }

  /** Looks up word ids. */
  int[] ids(String[] forms) {
    return Arrays.stream(forms).mapToInt(form -> words.id(config.normalize(form))).toArray();
  }

  /** Looks up word ids; in training, rare words are sometimes unknown. */
  private int[] ids(String[] forms, PassContext pass) {
    float once = config.singletonUnkProbability();
    int[] ids = ids(forms);
    for (int i = 0; i < forms.length; i++) {
      if (pass.isTraining() && once > 0 && ids[i] != Vocabulary.UNKNOWN) {
        // a / (a + c), with a such that it equals "once" for c = 1
        float share = once / (once + (1 - once) * words.count(ids[i]));
        if (pass.random().nextFloat() < share) {
          ids[i] = Vocabulary.UNKNOWN;
        }
      }
    }
    return ids;
  }

  /** Copies each vector from the pretrained ones if it has a row there, else from the table. */
  private TokenEncoder.Backprop fill(
      EmbeddingTable table, int[] ids, int[] rows, boolean[] dropped, FMatrixRMaj x, int col) {
    int[] own = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      boolean ofTable = rows[i] == PRETRAINED;
      own[i] = ofTable && !dropped[i] ? ids[i] : EmbeddingTable.NONE;
      int at = i * x.numCols + col;
      if (dropped[i]) {
        Arrays.fill(x.data, at, at + table.dim(), 0);
      } else if (vectors != null && !ofTable) {
        vectors.copy(rows[i], x.data, at);
      }
    }
    table.lookUp(own, x, col);
    return (dX, gradients) -> table.backward(own, dX, col, gradients);
  }
}
