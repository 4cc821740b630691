package io.github.rnnotator.keras;

import io.github.rnnotator.nn.Activation;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.Sequential;
import io.github.rnnotator.nn.TimeDistributed;
import io.github.rnnotator.tagger.ModelFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A stack of layers that learns labels from examples: Keras' {@code Sequential} with {@code fit},
 * {@code evaluate}, {@code predict} and {@code summary}.
 *
 * <pre>{@code
 * SequentialModel model = SequentialModel.of(Input.ids(), 1,
 *     new Embedding(10000, 32),
 *     new SimpleRnn(32),
 *     new Dense(1, Activation.SIGMOID));
 * System.out.println(model.summary());
 * model.fit(x, y, FitConfig.defaults().epochs(5).validationSplit(0.1f));
 * System.out.println(model.evaluate(xTest, yTest).accuracy());
 * }</pre>
 *
 * <p>{@code x} is ids {@code (batch, timesteps)} for an {@link Embedding}, else vectors {@code
 * (batch, timesteps, dim)}. Sequences may differ in length and need no padding. {@code y} is one
 * label per sequence (many-to-one) or one per timestep (many-to-many), from 0. The last layer
 * decides the loss, as {@code compile} does in Keras: the cross-entropy of a softmax of at least 2
 * units, or of one sigmoid, whose labels are 0 and 1.
 *
 * <p>Weights are saved to a file, layers are not: to load a model, build it with the same layers
 * and call {@link #loadWeights}.
 *
 * <p>Any number of threads may predict and evaluate while none is fitting or loading.
 */
public final class SequentialModel {
  private final Input input;
  private final List<LayerSpec> layers;
  private final Sequential network;

  private SequentialModel(Input input, List<LayerSpec> layers, Sequential network) {
    this.input = input;
    this.layers = layers;
    this.network = network;
  }

  /**
   * Builds a model with fresh weights.
   *
   * @param seed the same seed gives the same weights
   * @throws IllegalArgumentException if the layers do not fit together, the last is not a softmax
   *     of at least 2 units or one sigmoid, or an {@link Embedding} reads anything but ids
   */
  public static SequentialModel of(Input input, long seed, LayerSpec... layers) {
    List<LayerSpec> specs = List.of(layers);
    if (specs.isEmpty()) {
      throw new IllegalArgumentException("a model needs at least one layer");
    }
    if (input.isIds() && !(specs.get(0) instanceof Embedding)) {
      throw new IllegalArgumentException(
          "ids need an Embedding as first layer; for vectors use Input.vectors(dim)");
    }
    for (int i = 0; i < specs.size(); i++) {
      if (inner(specs.get(i)) instanceof Embedding && !(i == 0 && input.isIds())) {
        throw new IllegalArgumentException(
            "layer " + i + " is an Embedding, which reads ids; place it first, after Input.ids()");
      }
    }
    requireProbabilities(specs.get(specs.size() - 1));
    return new SequentialModel(
        input, specs, Sequential.of(input.isIds() ? 1 : input.dim(), seed, layers));
  }

  private static LayerSpec inner(LayerSpec layer) {
    return layer instanceof TimeDistributed each ? each.layer() : layer;
  }

  private static void requireProbabilities(LayerSpec last) {
    if (inner(last).equals(new Dense(1, Activation.SOFTMAX))) {
      throw new IllegalArgumentException(
          "the last layer is a softmax of 1 unit, which is always 1; expected at least 2 units,"
              + " or for two labels new Dense(1, Activation.SIGMOID)");
    }
    boolean trained =
        inner(last) instanceof Dense dense
            && (dense.activation() == Activation.SOFTMAX
                || (dense.activation() == Activation.SIGMOID && dense.units() == 1));
    if (!trained) {
      throw new IllegalArgumentException(
          "the last layer is "
              + last
              + ", expected new Dense(labels, Activation.SOFTMAX)"
              + " or new Dense(1, Activation.SIGMOID)");
    }
  }

  /** The network, whose weights are those of this model, not copies. */
  public Sequential network() {
    return network;
  }

  /**
   * Writes the weights to a safetensors file, which Python reads too.
   *
   * @param file replaced
   * @throws IllegalArgumentException if a weight is NaN or infinite
   */
  public void saveWeights(Path file) throws IOException {
    WeightsFile.write(file, network.parameters());
  }

  /**
   * Replaces the weights by those that a model with the same layers has saved. The file may be
   * untrusted.
   *
   * @throws ModelFormatException if the file is missing or broken, or its model has other layers;
   *     the weights are then as before
   */
  public void loadWeights(Path file) throws IOException {
    WeightsFile.read(file, network.parameters());
  }

  /** Returns a table of the layers, their outputs and numbers of weights, as Keras prints it. */
  public String summary() {
    return ModelSummary.of(input, layers, network);
  }

  /**
   * Trains on ids with one label per sequence. Each call begins with a fresh optimizer and the
   * weights of the last.
   *
   * @throws IllegalArgumentException if the examples do not fit the model, in which case the
   *     message names the first, or the validation split leaves none on one side
   * @throws IllegalStateException if a gradient becomes NaN or infinite
   */
  public History fit(int[][] x, int[] y, FitConfig config) {
    return fit(x, Examples.single(y), config);
  }

  /** As above, on ids with one label per timestep. */
  public History fit(int[][] x, int[][] y, FitConfig config) {
    return new Fitting(network, config).run(ofIds(x, y));
  }

  /** As above, on vectors with one label per sequence. */
  public History fit(float[][][] x, int[] y, FitConfig config) {
    return fit(x, Examples.single(y), config);
  }

  /** As above, on vectors with one label per timestep. */
  public History fit(float[][][] x, int[][] y, FitConfig config) {
    return new Fitting(network, config).run(ofVectors(x, y));
  }

  /** Computes loss, accuracy and F1 on ids with one label per sequence. */
  public Metrics evaluate(int[][] x, int[] y) {
    return evaluate(x, Examples.single(y));
  }

  /** Computes loss, accuracy and F1 on ids with one label per timestep. */
  public Metrics evaluate(int[][] x, int[][] y) {
    return Fitting.score(network, ofIds(x, y));
  }

  /** Computes loss, accuracy and F1 on vectors with one label per sequence. */
  public Metrics evaluate(float[][][] x, int[] y) {
    return evaluate(x, Examples.single(y));
  }

  /** Computes loss, accuracy and F1 on vectors with one label per timestep. */
  public Metrics evaluate(float[][][] x, int[][] y) {
    return Fitting.score(network, ofVectors(x, y));
  }

  /**
   * Computes the probabilities for sequences of ids.
   *
   * @return {@code (batch, timesteps, units)}; one timestep if the model gives one output per
   *     sequence
   */
  public float[][][] predict(int[][] x) {
    float[][][] vectors = Examples.vectors(x);
    check().ids(vectors);
    return Fitting.outputs(network, vectors);
  }

  /** Computes the probabilities for sequences of vectors; see above. */
  public float[][][] predict(float[][][] x) {
    check().vectors(Objects.requireNonNull(x, "x is null"));
    return Fitting.outputs(network, x);
  }

  /**
   * Returns the most probable label of each output of {@link #predict}: {@code (batch, timesteps)}.
   */
  public static int[][] labels(float[][][] probabilities) {
    int[][] labels = new int[probabilities.length][];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = new int[probabilities[i].length];
      for (int t = 0; t < labels[i].length; t++) {
        float[] p = probabilities[i][t];
        labels[i][t] = CrossEntropy.mostProbable(p, 0, p.length);
      }
    }
    return labels;
  }

  private Examples ofIds(int[][] x, int[][] y) {
    Examples examples = Examples.of(Examples.vectors(x), y);
    check().ids(examples.x());
    check().labels(examples);
    return examples;
  }

  private Examples ofVectors(float[][][] x, int[][] y) {
    Examples examples = Examples.of(x, y);
    check().vectors(x);
    check().labels(examples);
    return examples;
  }

  private ExampleCheck check() {
    return new ExampleCheck(input, layers, CrossEntropy.labels(network.outputDim()));
  }
}
