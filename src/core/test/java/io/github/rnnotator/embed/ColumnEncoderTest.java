package io.github.rnnotator.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Token;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Vectors of the values of other columns. */
class ColumnEncoderTest {
  private static final List<Sentence> TEXT =
      List.of(
          sentence("the/DT/B", "cat/NN/I", "saw/VB/O"),
          sentence("a/DT/B", "dog/NN/I", "slept/VB/O", "well/RB/O"));

  private static Sentence sentence(String... tokens) {
    List<String[]> cells = Arrays.stream(tokens).map(token -> token.split("/")).toList();
    return Sentence.of(cells.stream().map(c -> c[0]).toList())
        .withInputs(cells.stream().map(c -> List.of(c[1], c[2])).toList());
  }

  private static EmbedConfig config() {
    Map<String, ColumnConfig> columns = new LinkedHashMap<>();
    columns.put("pos", new ColumnConfig(3));
    columns.put("chunk", new ColumnConfig(2));
    return EmbedConfig.ofShape().columns(columns);
  }

  private static TokenEncoder encoder() {
    EmbedConfig config = config();
    return new TokenEncoder(config, Vocabularies.of(TEXT, config), 0, 0, new SplittableRandom(1));
  }

  private static PassContext inference() {
    return PassContext.inference(Ops.best(), new Workspace());
  }

  private static PassContext training(long seed) {
    return PassContext.training(Ops.best(), new Workspace(), seed);
  }

  private static Parameter table(TokenEncoder encoder, String name) {
    return encoder.parameters().stream()
        .filter(p -> p.name().equals("embed.columns." + name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTokenEndsWithTheVectorsOfItsValues() {
    TokenEncoder encoder = encoder();
    assertThat(encoder.outputDim())
        .isEqualTo(TokenEncoder.SHAPE_DIM + 5)
        .isEqualTo((int) config().outputDim());
    Vocabularies vocabularies = encoder.vocabularies();
    Token[] tokens = TEXT.get(1).tokens().toArray(new Token[0]);
    FMatrixRMaj x = encoder.encode(tokens, inference());
    for (int i = 0; i < tokens.length; i++) {
      int at = i * x.numCols + TokenEncoder.SHAPE_DIM;
      for (String name : List.of("pos", "chunk")) {
        FMatrixRMaj table = table(encoder, name).value();
        int id = vocabularies.column(name).id(tokens[i].inputs().get(name.equals("pos") ? 0 : 1));
        assertThat(id).isPositive();
        assertThat(Arrays.copyOfRange(x.data, at, at + table.numCols))
            .isEqualTo(
                Arrays.copyOfRange(table.data, id * table.numCols, (id + 1) * table.numCols));
        at += table.numCols;
      }
    }
  }

  @Test
  void valuesThatTrainingLacksShareAVector() {
    TokenEncoder encoder = encoder();
    Sentence other = sentence("the/XX/B", "the/YY/B", "the/DT/B");
    FMatrixRMaj x = encoder.encode(other.tokens().toArray(new Token[0]), inference());
    float[][] rows = new float[3][];
    for (int i = 0; i < 3; i++) {
      rows[i] = Arrays.copyOfRange(x.data, i * x.numCols, (i + 1) * x.numCols);
    }
    assertThat(rows[0]).isEqualTo(rows[1]).isNotEqualTo(rows[2]);
  }

  /** Rare values are sometimes unknown in training: the vector of unknown values is trained. */
  @Test
  void gradientsMatchNumericalDifferencesAlsoOfUnknownValues() {
    TokenEncoder encoder = encoder();
    long unknown = 0;
    for (long seed = 1; seed <= 8; seed++) {
      TokenEncoder.Output output = encoder.forward(TEXT, training(seed));
      int size = output.y().values().numRows * encoder.outputDim();
      float[] factors = new float[size];
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < size; i++) {
        factors[i] = random.nextFloat() - 0.5f;
      }
      Gradients gradients = new Gradients(encoder.parameters());
      output
          .backprop()
          .apply(
              new FMatrixRMaj(size / encoder.outputDim(), encoder.outputDim(), true, factors),
              gradients);
      for (String name : List.of("pos", "chunk")) {
        Parameter table = table(encoder, name);
        Gradients.TableGradient gradient = gradients.ofTable(table);
        int dim = table.value().numCols;
        float[] analytic = new float[table.size()];
        for (int slot = 0; slot < gradient.size(); slot++) {
          System.arraycopy(
              gradient.values(), gradient.begin(slot), analytic, gradient.row(slot) * dim, dim);
          unknown += gradient.row(slot) == Vocabulary.UNKNOWN ? 1 : 0;
        }
        for (int i = 0; i < analytic.length; i++) {
          float old = table.value().data[i];
          table.value().data[i] = old + 0.01f;
          double above = loss(encoder, factors, seed);
          table.value().data[i] = old - 0.01f;
          double below = loss(encoder, factors, seed);
          table.value().data[i] = old;
          assertThat((above - below) / 0.02).isCloseTo(analytic[i], within(1e-3));
        }
      }
    }
    assertThat(unknown).isPositive();
  }

  private static double loss(TokenEncoder encoder, float[] factors, long seed) {
    float[] y = encoder.forward(TEXT, training(seed)).y().values().data;
    double sum = 0;
    for (int i = 0; i < factors.length; i++) {
      sum += (double) factors[i] * y[i];
    }
    return sum;
  }

  @Test
  void theKeyOfATokenTellsItsValuesApart() {
    TokenEncoder encoder = encoder();
    List<String> keys =
        sentence("a/B/C", "a/B/D", "a/C/B", "a/B/C").tokens().stream().map(encoder::key).toList();
    assertThat(keys.get(0)).isEqualTo(keys.get(3));
    assertThat(keys.subList(0, 3)).doesNotHaveDuplicates();
    TokenEncoder plain =
        new TokenEncoder(
            EmbedConfig.ofShape(),
            Vocabularies.of(TEXT, EmbedConfig.ofShape().columns(config().columns())),
            0,
            0,
            new SplittableRandom(1));
    assertThat(plain.key(new Token("cat", 0, 3))).isEqualTo("cat");
  }

  @Test
  void aTokenWithoutTheColumnsIsRefused() {
    assertThatThrownBy(() -> encoder().forward(List.of(Sentence.of("cat")), inference()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the model reads the columns [pos, chunk] of each token in addition to its form, the"
                + " token 'cat' has none; use a file that has them, in CoNLL-U or columns");
    assertThatThrownBy(() -> new ColumnConfig(0)).hasMessageContaining("embed.columns: dim");
    assertThatThrownBy(() -> new EmbedConfig(null, null, false, config().columns()))
        .hasMessageContaining("neither words nor characters nor shape");
  }
}
