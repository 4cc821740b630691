package io.github.rnnotator.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.Sentence;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Token vectors: what they depend on, and the gradient of every weight. */
class TokenEncoderTest {
  private static final float EPSILON = 8e-3f;
  private static final List<Sentence> TEXT =
      List.of(
          Sentence.of("The", "cat", "saw", "the", "dog"),
          Sentence.of("the", "Cat"),
          Sentence.of("학교는", "학구"));

  @ParameterizedTest
  @EnumSource(EmbedConfig.Characters.Kind.class)
  void gradientsMatchNumericalDifferences(EmbedConfig.Characters.Kind kind) {
    for (long seed = 1; seed <= 2; seed++) {
      TokenEncoder encoder = encoder(kind, 0.5f, 0.2f, seed);
      long passSeed = seed;
      TokenEncoder.Output output = encoder.forward(TEXT, training(seed));
      FMatrixRMaj y = output.y().values();
      float[] factors = random(y.numRows * y.numCols, seed);
      Gradients gradients = new Gradients(encoder.parameters());
      output.backprop().apply(new FMatrixRMaj(y.numRows, y.numCols, true, factors), gradients);
      for (Parameter parameter : encoder.parameters()) {
        float[] analytic = analytic(gradients, parameter);
        double error = 0;
        double norm = 0.05;
        for (int i = 0; i < analytic.length; i++) {
          double slope = slope(encoder, parameter, i, factors, passSeed, EPSILON);
          if (Math.abs(slope - analytic[i]) > 5e-3) {
            // A kink of the convolution may lie between both points.
            slope = slope(encoder, parameter, i, factors, passSeed, EPSILON / 16);
          }
          error += (slope - analytic[i]) * (slope - analytic[i]);
          norm += analytic[i] * analytic[i];
        }
        assertThat(Math.sqrt(error / norm))
            .as("%s, seed %d, %s", kind, seed, parameter)
            .isLessThan(1e-2);
        assertThat(norm).as("%s has a gradient", parameter).isGreaterThan(0.05);
      }
    }
  }

  private static double slope(
      TokenEncoder encoder, Parameter parameter, int i, float[] factors, long seed, float epsilon) {
    float[] values = parameter.value().data;
    float old = values[i];
    values[i] = old + epsilon;
    double above = loss(encoder, factors, seed);
    double width = values[i];
    values[i] = old - epsilon;
    double below = loss(encoder, factors, seed);
    width -= values[i];
    values[i] = old;
    return (above - below) / width;
  }

  private static double loss(TokenEncoder encoder, float[] factors, long seed) {
    float[] y = encoder.forward(TEXT, training(seed)).y().values().data;
    double sum = 0;
    for (int i = 0; i < factors.length; i++) {
      sum += (double) factors[i] * y[i];
    }
    return sum;
  }

  private static float[] analytic(Gradients gradients, Parameter parameter) {
    float[] all = new float[parameter.size()];
    if (!parameter.isTable()) {
      System.arraycopy(gradients.of(parameter).data, 0, all, 0, all.length);
      return all;
    }
    Gradients.TableGradient table = gradients.ofTable(parameter);
    int dim = parameter.value().numCols;
    for (int slot = 0; slot < table.size(); slot++) {
      System.arraycopy(table.values(), table.begin(slot), all, table.row(slot) * dim, dim);
    }
    return all;
  }

  @Test
  void wordsAreReplacedByUnknownInTrainingOnly() {
    for (float unknown : new float[] {0, 1}) {
      TokenEncoder encoder = encoder(null, unknown, 0, 3);
      float[] table = encoder.parameters().get(0).value().data;
      for (boolean isTraining : List.of(true, false)) {
        PassContext pass = isTraining ? training(1) : inference();
        SequenceBatch output = encoder.forward(TEXT, pass).y();
        for (int t = 0; t < 5; t++) {
          int known =
              encoder.vocabularies().words().id(TEXT.get(0).form(t).toLowerCase(Locale.ROOT));
          int id = isTraining && unknown == 1 ? Vocabulary.UNKNOWN : known;
          assertThat(known).isNotEqualTo(Vocabulary.UNKNOWN);
          assertThat(vector(output, 0, t, 3))
              .isEqualTo(Arrays.copyOfRange(table, id * 3, id * 3 + 3));
        }
      }
    }
  }

  @Test
  void singletonsAreReplacedAtTheConfiguredRate() {
    TokenEncoder encoder = encoder(null, 0.25f, 0, 3);
    float[] unknown = Arrays.copyOf(encoder.parameters().get(0).value().data, 3);
    int replaced = 0;
    for (int seed = 0; seed < 2000; seed++) {
      SequenceBatch output = encoder.forward(TEXT, training(seed)).y();
      replaced += Arrays.equals(vector(output, 0, 4, 3), unknown) ? 1 : 0;
    }
    // Five standard deviations.
    assertThat(replaced / 2000.0).isCloseTo(0.25, within(0.05));
  }

  @Test
  void frequentWordsAreReplacedLessOften() {
    Sentence sentence = Sentence.of("one", "two", "two", "four", "four", "four", "four");
    TokenEncoder encoder = encoder(config(null, 0.25f), List.of(sentence), 0, 3);
    float[] unknown = Arrays.copyOf(encoder.parameters().get(0).value().data, 3);
    int runs = 3000;
    double[] shares = new double[3];
    for (int seed = 0; seed < runs; seed++) {
      SequenceBatch output = encoder.forward(List.of(sentence), training(seed)).y();
      for (int i = 0; i < 3; i++) {
        shares[i] += Arrays.equals(vector(output, 0, i == 2 ? 3 : i, 3), unknown) ? 1.0 / runs : 0;
      }
    }
    // a / (a + c) with a = 1/3; five standard deviations.
    assertThat(shares[0]).isCloseTo(1 / 4.0, within(0.04));
    assertThat(shares[1]).isCloseTo(1 / 7.0, within(0.032));
    assertThat(shares[2]).isCloseTo(1 / 13.0, within(0.025));
  }

  @ParameterizedTest(name = "tuned {0}, trained {1}")
  @CsvSource({"true, 0", "false, 0", "false, 2"})
  void wordDropoutZeroesWholeVectorsAndTheirGradients(boolean tune, int trained) {
    EmbedConfig config =
        EmbedConfig.of(
                EmbedConfig.Words.defaults()
                    .dim(3)
                    .singletonUnkProbability(0f)
                    .vectors("v.vec")
                    .tune(tune)
                    .trained(trained))
            .shape(true);
    TokenEncoder encoder =
        new TokenEncoder(
            config, Vocabularies.of(TEXT, config).with(VECTORS), 0, 0.3f, new SplittableRandom(1));
    int dim = encoder.outputDim() - TokenEncoder.SHAPE_DIM;
    List<Sentence> text = List.of(Sentence.of("the", "cat", "saw", "dog", "cat"));
    SequenceBatch whole = encoder.forward(text, inference()).y();
    int dropped = 0;
    for (int seed = 0; seed < 600; seed++) {
      TokenEncoder.Output output = encoder.forward(text, training(seed));
      Gradients gradients = new Gradients(encoder.parameters());
      FMatrixRMaj dX = new FMatrixRMaj(5, encoder.outputDim());
      Arrays.fill(dX.data, 1);
      output.backprop().apply(dX, gradients);
      int here = 0;
      for (int t = 0; t < 5; t++) {
        float[] vector = vector(output.y(), 0, t, encoder.outputDim());
        float[] expected = vector(whole, 0, t, encoder.outputDim());
        if (Arrays.equals(vector, expected)) {
          continue;
        }
        Arrays.fill(expected, 0, dim, 0);
        assertThat(vector).isEqualTo(expected);
        here++;
      }
      dropped += here;
      if (here == 5) {
        for (Parameter parameter : encoder.parameters()) {
          if (!parameter.name().equals("embed.shape")) {
            assertThat(gradients.of(parameter).data).containsOnly(0);
          }
        }
      }
    }
    // Five standard deviations. The vector of "dog" is 0 anyway, so it does not count.
    double shown = tune || trained > 0 ? 5 : 4;
    assertThat(dropped / (600 * shown)).isCloseTo(0.3, within(0.05));
  }

  @ParameterizedTest
  @EnumSource(EmbedConfig.Characters.Kind.class)
  void vectorDependsOnTheFormOnly(EmbedConfig.Characters.Kind kind) {
    TokenEncoder encoder = encoder(kind, 0.5f, 0.5f, 4);
    Sentence sentence = Sentence.of("cat", "a-longer-word", "cat", "😀", "x", "cat");
    SequenceBatch output =
        encoder.forward(List.of(Sentence.of("x", "cat"), sentence), inference()).y();
    float[] first = vector(output, 1, 0, encoder.outputDim());
    assertThat(vector(output, 1, 2, encoder.outputDim())).isEqualTo(first);
    assertThat(vector(output, 1, 5, encoder.outputDim())).isEqualTo(first);
    assertThat(vector(output, 0, 1, encoder.outputDim())).isEqualTo(first);
    assertThat(vector(output, 1, 4, encoder.outputDim())).isNotEqualTo(first);
  }

  @Test
  void middleOfLongWordIsSkipped() {
    TokenEncoder encoder = encoder(EmbedConfig.Characters.Kind.LSTM, 0.5f, 0, 5);
    String begin = "tac".repeat(7).substring(0, 20);
    String end = "eht".repeat(7).substring(0, 20);
    float[] vector = vectorOf(encoder, begin + end);
    assertThat(vectorOf(encoder, begin + "saw".repeat(30) + end)).isEqualTo(vector);
    assertThat(vectorOf(encoder, begin + "t" + end)).isEqualTo(vector);
    // The letters next to the cut are still read.
    assertThat(vectorOf(encoder, begin.substring(0, 19) + "h" + end)).isNotEqualTo(vector);
    assertThat(vectorOf(encoder, begin + "a" + end.substring(1))).isNotEqualTo(vector);
  }

  // ---- Pretrained vectors ----------------------------------------------------------------------

  /** The, cat and saw have one; dog has none; the bird is not in the training data. */
  private static final WordVectors VECTORS = vectors("the", "cat", "saw", "bird", "Bird");

  private static WordVectors vectors(String... words) {
    WordVectors.Builder builder = new WordVectors.Builder(3, WordVectors.Type.I8);
    for (int i = 0; i < words.length; i++) {
      builder.add(words[i], random(3, i));
    }
    return builder.build();
  }

  private static float[] pretrained(String form) {
    float[] vector = new float[3];
    VECTORS.copy(VECTORS.find(form), vector, 0);
    return vector;
  }

  private static TokenEncoder pretrainedEncoder(boolean tune, int trained, float unknown) {
    EmbedConfig config =
        EmbedConfig.of(
            EmbedConfig.Words.defaults()
                .dim(3)
                .singletonUnkProbability(unknown)
                .vectors("v.vec")
                .tune(tune)
                .trained(trained));
    return new TokenEncoder(
        config, Vocabularies.of(TEXT, config).with(VECTORS), 0, 0, new SplittableRandom(1));
  }

  @Test
  void tunedRowsStartAsPretrainedAndOtherWordsStayPretrained() {
    TokenEncoder encoder = pretrainedEncoder(true, 0, 0);
    FMatrixRMaj table = encoder.parameters().get(0).value();
    for (String word : List.of("the", "cat", "saw")) {
      int row = encoder.vocabularies().words().id(word);
      assertThat(Arrays.copyOfRange(table.data, row * 3, row * 3 + 3)).isEqualTo(pretrained(word));
    }
    float[] dog = vectorOf(encoder, "dog");
    // Training changes the rows, not the pretrained vectors.
    for (int i = 0; i < table.data.length; i++) {
      table.data[i] += 1;
    }
    assertThat(vectorOf(encoder, "The")[0]).isEqualTo(pretrained("the")[0] + 1);
    assertThat(vectorOf(encoder, "dog")[0]).isEqualTo(dog[0] + 1);
    assertThat(vectorOf(encoder, "bird")).isEqualTo(pretrained("bird"));
    assertThat(vectorOf(encoder, "Bird")).isEqualTo(pretrained("Bird"));
    assertThat(vectorOf(encoder, "BIRD")).isEqualTo(pretrained("bird"));
    assertThat(vectorOf(encoder, "fish")).isEqualTo(Arrays.copyOf(table.data, 3));
  }

  @Test
  void wordsReplacedByUnknownGetTheirPretrainedVector() {
    TokenEncoder encoder = pretrainedEncoder(true, 0, 1);
    float[] table = encoder.parameters().get(0).value().data;
    for (int i = 0; i < table.length; i++) {
      table[i] += 1;
    }
    SequenceBatch output = encoder.forward(TEXT, training(1)).y();
    assertThat(vector(output, 0, 2, 3)).as("saw").isEqualTo(pretrained("saw"));
    assertThat(vector(output, 0, 4, 3)).as("dog").isEqualTo(Arrays.copyOf(table, 3));
    assertThat(vector(output, 0, 1, 3)[0]).as("cat").isEqualTo(pretrained("cat")[0]);
  }

  @Test
  void frozenVectorsAreConcatenatedToTrainedOnes() {
    TokenEncoder encoder = pretrainedEncoder(false, 2, 0);
    assertThat(encoder.outputDim()).isEqualTo(5);
    float[] words = encoder.parameters().get(0).value().data;
    float[] absent = encoder.parameters().get(1).value().data;
    assertThat(absent).containsExactly(0, 0, 0);
    Arrays.fill(absent, 7);
    int cat = encoder.vocabularies().words().id("cat");
    assertThat(vectorOf(encoder, "Cat")).isEqualTo(joined(words, cat, pretrained("cat")));
    assertThat(vectorOf(encoder, "bird")).isEqualTo(joined(words, 0, pretrained("bird")));
    assertThat(vectorOf(encoder, "fish")).isEqualTo(joined(words, 0, absent));
    int dog = encoder.vocabularies().words().id("dog");
    assertThat(vectorOf(encoder, "dog")).isEqualTo(joined(words, dog, absent));
    TokenEncoder alone = pretrainedEncoder(false, 0, 0);
    assertThat(alone.outputDim()).isEqualTo(3);
    assertThat(alone.parameters()).hasSize(1);
    assertThat(vectorOf(alone, "cat")).isEqualTo(pretrained("cat"));
  }

  private static float[] joined(float[] words, int row, float[] pretrained) {
    float[] all = new float[5];
    System.arraycopy(words, row * 2, all, 0, 2);
    System.arraycopy(pretrained, 0, all, 2, 3);
    return all;
  }

  @Test
  void gradientsReachTrainedRowsOnly() {
    for (boolean tune : List.of(true, false)) {
      TokenEncoder encoder = pretrainedEncoder(tune, tune ? 0 : 2, 0.5f);
      List<Sentence> text = List.of(Sentence.of("The", "bird", "saw", "dog", "fish", "saw"));
      for (long seed = 1; seed <= 5; seed++) {
        TokenEncoder.Output output = encoder.forward(text, training(seed));
        FMatrixRMaj y = output.y().values();
        float[] factors = random(y.numRows * y.numCols, seed);
        Gradients gradients = new Gradients(encoder.parameters());
        output.backprop().apply(new FMatrixRMaj(y.numRows, y.numCols, true, factors), gradients);
        for (Parameter parameter : encoder.parameters()) {
          float[] analytic = analytic(gradients, parameter);
          for (int i = 0; i < analytic.length; i++) {
            assertThat((double) analytic[i])
                .as("tune %s, %s[%d], seed %d", tune, parameter, i, seed)
                .isCloseTo(slope(text, encoder, parameter, i, factors, seed), within(1e-3));
          }
        }
      }
    }
  }

  private static double slope(
      List<Sentence> text, TokenEncoder encoder, Parameter parameter, int i, float[] f, long seed) {
    float[] values = parameter.value().data;
    float old = values[i];
    double[] losses = new double[2];
    for (int side = 0; side < 2; side++) {
      values[i] = old + (side == 0 ? 0.5f : -0.5f);
      float[] y = encoder.forward(text, training(seed)).y().values().data;
      for (int k = 0; k < f.length; k++) {
        losses[side] += (double) f[k] * y[k];
      }
    }
    values[i] = old;
    return losses[0] - losses[1];
  }

  @Test
  void vectorsThatDoNotMatchTheConfigurationAreRefused() {
    EmbedConfig.Words wrong = EmbedConfig.Words.defaults().dim(4).vectors("v.vec");
    EmbedConfig config = EmbedConfig.of(wrong);
    Vocabularies words = Vocabularies.of(TEXT, config);
    SplittableRandom random = new SplittableRandom(1);
    assertThatThrownBy(() -> new TokenEncoder(config, words.with(VECTORS), 0, 0, random))
        .hasMessage(
            "embed.words.dim is 4, the vectors of v.vec have length 3; set embed.words.dim: 3");
    assertThatThrownBy(() -> new TokenEncoder(config, words, 0, 0, random))
        .hasMessageContaining("vectors are missing");
    EmbedConfig none = config(null, 0.5f);
    assertThatThrownBy(() -> new TokenEncoder(none, words.with(VECTORS), 0, 0, random))
        .hasMessageContaining("embed.words.vectors is not set");
  }

  // ---- Characters ------------------------------------------------------------------------------

  @Test
  void surrogatePairIsOneCharacter() {
    List<Sentence> text = List.of(Sentence.of("😀a", "😀a", "😁", "😁"));
    EmbedConfig config = config(EmbedConfig.Characters.Kind.GRU, 0.5f);
    TokenEncoder encoder = encoder(config, text, 0, 6);
    assertThat(encoder.vocabularies().characters().contains("😀")).isTrue();
    assertThat(vectorOf(encoder, "😀")).isNotEqualTo(vectorOf(encoder, "😁"));
    // Forty pairs are eighty chars, but still the longest word that is read whole.
    assertThat(vectorOf(encoder, "😀".repeat(40)))
        .isNotEqualTo(vectorOf(encoder, "😀".repeat(20) + "😁" + "😀".repeat(19)));
    // Half a pair is an unknown character.
    assertThat(vectorOf(encoder, "\uD83D")).isEqualTo(vectorOf(encoder, "\uDE00"));
  }

  private static float[] vectorOf(TokenEncoder encoder, String form) {
    SequenceBatch output = encoder.forward(List.of(Sentence.of(form)), inference()).y();
    return vector(output, 0, 0, encoder.outputDim());
  }

  private static float[] vector(SequenceBatch output, int sentence, int t, int dim) {
    int from = output.packing().row(sentence, t) * dim;
    return Arrays.copyOfRange(output.values().data, from, from + dim);
  }

  @Test
  void vectorsDependOnTheLookupForm() {
    List<Sentence> text =
        List.of(Sentence.of("Zo\u00EB", "Berlin", "Zo\u00EB", "Berlin", "n\u00E4"));
    List<Sentence> other =
        List.of(
            Sentence.of("Zoe\u0308", "Ber\u00ADlin", "\u200EZo\u00EB", "Berlin\u200F", "na\u0308"));
    EmbedConfig config = config(EmbedConfig.Characters.Kind.LSTM, 0);
    for (List<Sentence> learned : List.of(text, other)) {
      TokenEncoder encoder = encoder(config, learned, 0, 1);
      assertThat(encoder.wordIds(other)).isEqualTo(encoder.wordIds(text)).doesNotContain(0);
      assertThat(encoder.forward(other, inference()).y().values().data)
          .isEqualTo(encoder.forward(text, inference()).y().values().data);
      assertThat(TokenIds.of("Zoe\u0308", config, encoder.vocabularies()).word())
          .isEqualTo(TokenIds.of("Zo\u00EB", config, encoder.vocabularies()).word());
    }
  }

  @Test
  void oldModelsWithWordsAsWrittenStillMatch() {
    Vocabulary words =
        new Vocabulary(List.of(new Vocabulary.Entry("Zoe\u0308", 2), new Vocabulary.Entry("a", 1)));
    assertThat(words.id(LookupForm.of("Zoe\u0308"))).isEqualTo(1);
    assertThat(words.size()).isEqualTo(3);
  }

  private static TokenEncoder encoder(
      EmbedConfig.Characters.Kind kind, float unknown, float dropout, long seed) {
    return encoder(config(kind, unknown), TEXT, dropout, seed);
  }

  private static TokenEncoder encoder(
      EmbedConfig config, List<Sentence> text, float dropout, long seed) {
    Vocabularies both = Vocabularies.of(text, config);
    TokenEncoder encoder = new TokenEncoder(config, both, dropout, 0, new SplittableRandom(seed));
    for (Parameter parameter : encoder.parameters()) {
      System.arraycopy(
          random(parameter.size(), seed + parameter.name().hashCode()),
          0,
          parameter.value().data,
          0,
          parameter.size());
    }
    return encoder;
  }

  /** Words alone, or words, characters and shape. */
  private static EmbedConfig config(EmbedConfig.Characters.Kind kind, float unknown) {
    return new EmbedConfig(
        EmbedConfig.Words.defaults().dim(3).singletonUnkProbability(unknown),
        kind == null ? null : new EmbedConfig.Characters(kind, 3, 2, 3, kind.ordinal() % 2 == 0),
        kind != null);
  }

  private static float[] random(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat() * 1.6f - 0.8f;
    }
    return values;
  }

  private static PassContext training(long seed) {
    return PassContext.training(Ops.best(), new Workspace(), seed);
  }

  private static PassContext inference() {
    return PassContext.inference(Ops.best(), new Workspace());
  }
}
