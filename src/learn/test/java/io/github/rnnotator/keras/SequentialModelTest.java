package io.github.rnnotator.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.Activation;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Dropout;
import io.github.rnnotator.nn.Gru;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.Sequential;
import io.github.rnnotator.nn.SimpleRnn;
import io.github.rnnotator.nn.TimeDistributed;
import io.github.rnnotator.nn.optimizer.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SequentialModelTest {
  private static final int[][] X = new int[60][];
  private static final int[] Y = new int[X.length];

  static {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < X.length; i++) {
      X[i] = random.ints(random.nextInt(1, 6), 0, 9).toArray();
      Y[i] = X[i][0] % 2;
    }
  }

  private static SequentialModel model() {
    return SequentialModel.of(
        Input.ids(),
        1,
        new Embedding(9, 4),
        new Dropout(0.2f),
        new Gru(5),
        new Dense(2, Activation.SOFTMAX));
  }

  private static List<Float> weights(SequentialModel model) {
    List<Float> all = new ArrayList<>();
    for (Parameter parameter : model.network().parameters()) {
      for (float value : parameter.value().data) {
        all.add(value);
      }
    }
    return all;
  }

  @Test
  void sameSeedGivesSameWeights() {
    FitConfig config = FitConfig.defaults().epochs(2);
    List<List<Float>> all = new ArrayList<>();
    for (FitConfig each : List.of(config, config, config.seed(2))) {
      SequentialModel model = model();
      model.fit(X, Y, each);
      all.add(weights(model));
    }
    assertThat(all.get(0)).isEqualTo(all.get(1)).isNotEqualTo(all.get(2));
  }

  @Test
  void everyOptimizerLowersTheLoss() {
    Map<Optimizer.Rule, Float> rates =
        Map.of(
            new Optimizer.Adam(),
            0.02f,
            new Optimizer.Nadam(),
            0.02f,
            new Optimizer.Sgd(0.9f),
            0.2f);
    rates.forEach(
        (rule, rate) -> {
          FitConfig config = FitConfig.defaults().optimizer(rule).rate(rate).batchSize(8);
          History history = model().fit(X, Y, config.epochs(10));
          assertThat(history.epochs()).hasSize(10);
          assertThat(history.last().training().loss())
              .as("%s", rule)
              .isLessThan(0.8 * history.epochs().get(0).training().loss());
        });
  }

  @Test
  void theLastExamplesAreNotTrainedOn() {
    FitConfig config = FitConfig.defaults().epochs(2);
    SequentialModel held = model();
    History history = held.fit(X, Y, config.validationSplit(0.25f));
    SequentialModel cut = model();
    cut.fit(Arrays.copyOf(X, 45), Arrays.copyOf(Y, 45), config);
    assertThat(weights(held)).isEqualTo(weights(cut));
    Metrics last = held.evaluate(Arrays.copyOfRange(X, 45, 60), Arrays.copyOfRange(Y, 45, 60));
    assertThat(history.last().validation()).usingRecursiveComparison().isEqualTo(last);
  }

  @Test
  void patienceKeepsTheWeightsOfTheLowestLoss() {
    FitConfig config = FitConfig.defaults().rate(0.05f).validationSplit(0.25f);
    SequentialModel stopped = model();
    History history = stopped.fit(X, Y, config.epochs(50).patience(3));
    List<Double> losses = history.epochs().stream().map(log -> log.validation().loss()).toList();
    int best = losses.indexOf(losses.stream().min(Double::compare).orElseThrow()) + 1;
    assertThat(losses).hasSize(best + 3).hasSizeLessThan(50);
    SequentialModel same = model();
    same.fit(X, Y, config.epochs(best));
    assertThat(weights(stopped)).isEqualTo(weights(same));
  }

  @Test
  void metricsAreThoseOfThePredictions() {
    SequentialModel model = model();
    model.fit(X, Y, FitConfig.defaults());
    float[][][] p = model.predict(X);
    int[][] labels = SequentialModel.labels(p);
    double loss = 0;
    int right = 0;
    for (int i = 0; i < X.length; i++) {
      assertThat(p[i]).hasDimensions(1, 2);
      loss -= Math.log(p[i][0][Y[i]]);
      right += labels[i][0] == Y[i] ? 1 : 0;
    }
    Metrics metrics = model.evaluate(X, Y);
    assertThat(metrics.loss()).isCloseTo(loss / X.length, within(1e-6));
    assertThat(metrics.accuracy()).isEqualTo(right / (double) X.length);
  }

  @Test
  void callbacksSeeEachEpochAndDrawCurves(@TempDir Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    Path svg = folder.resolve("curves.svg");
    History history =
        model()
            .fit(
                X,
                Y,
                FitConfig.defaults()
                    .epochs(3)
                    .validationSplit(0.1f)
                    .callback(Callback.lines(lines::add))
                    .callback(Callback.curves(svg)));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1))
        .matches(
            "Epoch 2/3 - loss: \\d\\.\\d{4} - accuracy: \\d\\.\\d{4}"
                + " - val_loss: \\d\\.\\d{4} - val_accuracy: \\d\\.\\d{4}");
    assertThat(Files.readString(svg)).contains("<svg", "val_accuracy");
    assertThat(history.toCsv().lines().toList())
        .hasSize(4)
        .startsWith("epoch,loss,accuracy,val_loss,val_accuracy");
  }

  @Test
  void refusesLayersThatDoNotFit() {
    Dense softmax = new Dense(2, Activation.SOFTMAX);
    refused(() -> SequentialModel.of(Input.ids(), 1), "a model needs at least one layer");
    refused(
        () -> SequentialModel.of(Input.ids(), 1, new SimpleRnn(3), softmax),
        "ids need an Embedding as first layer");
    refused(
        () ->
            SequentialModel.of(
                Input.ids(), 1, new Embedding(5, 2), new Dense(1, Activation.SOFTMAX)),
        "the last layer is a softmax of 1 unit, which is always 1; expected at least 2 units,"
            + " or for two labels new Dense(1, Activation.SIGMOID)");
    refused(
        () ->
            SequentialModel.of(
                Input.vectors(3), 1, new TimeDistributed(new Dense(1, Activation.SOFTMAX))),
        "the last layer is a softmax of 1 unit");
    refused(
        () -> SequentialModel.of(Input.vectors(3), 1, new SimpleRnn(3), new Dense(2)),
        "expected new Dense(labels, Activation.SOFTMAX) or new Dense(1, Activation.SIGMOID)");
    refused(
        () -> SequentialModel.of(Input.vectors(3), 1, new Gru(3), new Gru(3), softmax),
        "give its recurrent layer returnSequences(true)");
  }

  @Test
  void refusesAnEmbeddingOfAnythingButIds() {
    Dense softmax = new Dense(2, Activation.SOFTMAX);
    Embedding embedding = new Embedding(5, 2);
    String message = " is an Embedding, which reads ids; place it first, after Input.ids()";
    for (int dim : new int[] {1, 3}) {
      refused(
          () -> SequentialModel.of(Input.vectors(dim), 1, embedding, softmax), "layer 0" + message);
    }
    refused(
        () -> SequentialModel.of(Input.vectors(3), 1, new Dense(1), embedding, softmax),
        "layer 1" + message);
    refused(
        () -> SequentialModel.of(Input.ids(), 1, embedding, new Dense(1), embedding, softmax),
        "layer 2" + message);
    refused(
        () -> SequentialModel.of(Input.vectors(1), 1, new TimeDistributed(embedding), softmax),
        "layer 0" + message);
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, 9, 0.5f, Float.NaN})
  void anEmbeddingAloneRefusesWhatIsNotAnId(float id) {
    Sequential alone = Sequential.of(1, 1, new Embedding(9, 4));
    refused(
        () -> alone.predict(new float[][][] {{{1}, {id}}}),
        "an Embedding reads " + id + ", expected an id from 0 to 8");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refusesVectorsThatAreNotFinite(float value) {
    SequentialModel model =
        SequentialModel.of(Input.vectors(2), 1, new Gru(3), new Dense(2, Activation.SOFTMAX));
    float[][][] x = new float[2][3][2];
    x[1][2][1] = value;
    String message = "x[1][2][1] is " + value + ", expected a finite number";
    int[] y = {0, 1};
    refused(() -> model.fit(x, y, FitConfig.defaults()), message);
    refused(() -> model.evaluate(x, y), message);
    refused(() -> model.predict(x), message);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 60, 54", "0.1, 59, 53", "0.2, 7, 5", "0.3, 10, 7", "0.01, 5, 4", "0, 5, 5"})
  void validationSplitIsRoundedAsInKeras(float split, int examples, int trained) {
    FitConfig config = FitConfig.defaults().validationSplit(split);
    int[][] x = Arrays.copyOf(X, examples);
    int[] y = Arrays.copyOf(Y, examples);
    EpochLog log = model().fit(x, y, config).last();
    assertThat(log.training().labels()).isEqualTo(trained);
    assertThat(log.validation() == null ? 0 : log.validation().labels())
        .isEqualTo(examples - trained);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 1", "0.99, 60", "1e-20, 60"})
  void validationSplitLeavesExamplesOnBothSides(float split, int examples) {
    FitConfig config = FitConfig.defaults().validationSplit(split);
    int[][] x = Arrays.copyOf(X, examples);
    int[] y = Arrays.copyOf(Y, examples);
    refused(
        () -> model().fit(x, y, config),
        "validationSplit is " + split + ": of " + examples + " examples");
  }

  @Test
  void refusesExamplesThatDoNotFit() {
    FitConfig config = FitConfig.defaults();
    int[][] one = {{1, 2}};
    refused(
        () -> model().fit(one, new int[] {0, 1}, config), "x has 1 sequences, y has labels of 2");
    refused(() -> model().fit(new int[0][], new int[0], config), "no examples");
    refused(
        () -> model().fit(one, new int[][] {{0, 1}}, config),
        "y[0] has 2 labels, the model gives 1; for one per timestep");
    refused(
        () -> model().fit(one, new int[] {2}, config),
        "y[0][0] is 2, but the last layer knows 0 to 1");
    refused(
        () -> model().predict(new int[][] {{1}, {0, 9}}),
        "x[1][1] is 9, but the Embedding knows 0 to 8");
    refused(
        () -> model().predict(new int[][] {{1}, {}}), "x[1] has 0 timesteps, expected at least 1");
    refused(() -> model().predict(new float[1][2][3]), "the model reads ids, x holds vectors");

    SequentialModel vectors =
        SequentialModel.of(
            Input.vectors(2).timesteps(3),
            1,
            new SimpleRnn(3).returnSequences(true),
            new Dense(2, Activation.SOFTMAX));
    refused(() -> vectors.predict(one), "the model reads vectors of length 2, x holds ids");
    refused(() -> vectors.predict(new float[1][4][2]), "x[0] has 4 timesteps, expected 3");
    refused(() -> vectors.predict(new float[1][3][5]), "x[0][0] has 5 values, expected 2");
    refused(
        () -> vectors.fit(new float[1][3][2], new int[] {1}, config),
        "y[0] has 1 labels, the model gives 3; for one per sequence");
  }

  @Test
  void refusesNullByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> model().fit((int[][]) null, Y, FitConfig.defaults()))
        .withMessage("x is null");
    assertThatNullPointerException()
        .isThrownBy(() -> model().evaluate(X, (int[]) null))
        .withMessage("y is null");
  }

  @Test
  void refusesSettingsOutOfRange() {
    FitConfig config = FitConfig.defaults();
    refused(() -> config.rate(0), "rate is 0.0, expected more than 0");
    refused(() -> config.epochs(0), "epochs is 0, expected at least 1");
    refused(() -> config.validationSplit(1), "validationSplit is 1.0");
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
  }
}
