package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Ops;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Keras' {@code Sequential}: a stack of layers, the output of each being the input of the next.
 *
 * <pre>{@code
 * Sequential tagger = Sequential.of(100, seed,
 *     new Bidirectional(new SimpleRnn(128).returnSequences(true)),
 *     new Bidirectional(new SimpleRnn(128).returnSequences(true)),
 *     new Dense(17, Activation.SOFTMAX));
 * float[][][] probabilities = tagger.predict(vectors);
 * }</pre>
 */
public final class Sequential implements Layer {
  private final int inputDim;
  private final List<Layer> layers;

  private Sequential(int inputDim, List<Layer> layers) {
    this.inputDim = inputDim;
    this.layers = List.copyOf(layers);
  }

  /**
   * Builds a stack with fresh weights.
   *
   * @param inputDim the length of each input vector
   * @param seed the same seed gives the same weights
   * @throws IllegalArgumentException if a layer that needs whole sequences follows one that returns
   *     one vector for each sequence
   */
  public static Sequential of(int inputDim, long seed, LayerSpec... specs) {
    return build("", inputDim, List.of(specs), new SplittableRandom(seed));
  }

  /** Builds a stack whose parameter names begin with {@code prefix} and the layer's index. */
  public static Sequential build(
      String prefix, int inputDim, List<? extends LayerSpec> specs, RandomGenerator random) {
    requireTimesteps(specs);
    List<Layer> layers = new ArrayList<>();
    int dim = inputDim;
    for (LayerSpec spec : specs) {
      Layer layer = spec.build(prefix + layers.size(), dim, random);
      layers.add(layer);
      dim = layer.outputDim();
    }
    return new Sequential(inputDim, layers);
  }

  private static void requireTimesteps(List<? extends LayerSpec> specs) {
    int reducing = -1;
    for (int i = 0; i < specs.size(); i++) {
      LayerSpec spec = specs.get(i);
      if (reducing >= 0 && spec.needsTimesteps()) {
        LayerSpec earlier = specs.get(reducing);
        throw new IllegalArgumentException(
            "layer %d (%s) needs whole sequences, but layer %d (%s) returns one vector for each sequence; %s"
                .formatted(i, name(spec), reducing, name(earlier), remedy(earlier)));
      }
      if (spec.makesTimesteps()) {
        reducing = -1;
      } else if (!spec.keepsTimesteps()) {
        reducing = i;
      }
    }
  }

  /** Rejects a layer without timesteps whose output is joined to its input. */
  static void requireTimesteps(String name, LayerSpec spec) {
    if (!spec.keepsTimesteps()) {
      throw new IllegalArgumentException(
          "%s: %s returns one vector for each sequence, but is joined to whole sequences; %s"
              .formatted(name, name(spec), remedy(spec)));
    }
  }

  private static String name(LayerSpec spec) {
    return spec.getClass().getSimpleName();
  }

  private static String remedy(LayerSpec spec) {
    return spec instanceof RecurrentSpec || spec instanceof Bidirectional
        ? "give its recurrent layer returnSequences(true)"
        : "place it after all layers that need sequences";
  }

  /** The number of layers. */
  public int size() {
    return layers.size();
  }

  /** Returns layers {@code [from, to)} as a stack that shares the weights. */
  public Sequential part(int from, int to) {
    int dim = from == 0 ? inputDim : layers.get(from - 1).outputDim();
    return new Sequential(dim, layers.subList(from, to));
  }

  @Override
  public int outputDim() {
    return layers.isEmpty() ? inputDim : layers.get(layers.size() - 1).outputDim();
  }

  @Override
  public List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  /**
   * Computes the outputs for a tensor, without dropout.
   *
   * @param tensor {@code (batch, timesteps, inputDim)}; the sequences may differ in length
   * @return {@code (batch, timesteps, outputDim)}; one timestep if the last recurrent layer returns
   *     only its last state
   */
  public float[][][] predict(float[][][] tensor) {
    PassContext pass = PassContext.inference(Ops.best(), new Workspace());
    return forward(SequenceBatch.of(tensor), pass).y().toTensor();
  }

  /**
   * The length of a row of {@link #project}: the pre-activations of the first layer, or the row
   * itself if that layer is not recurrent.
   */
  public int projectedDim() {
    return first() instanceof ProjectingLayer layer ? layer.projectedDim() : inputDim;
  }

  /**
   * Computes the part of the stack that depends on single input vectors, without dropout; {@link
   * #forwardProjected} continues from it. It may be cached for recurring inputs.
   *
   * @param x {@code [rows x inputDim]}. Not modified.
   * @return {@code [rows x projectedDim]}, valid until the workspace is reset
   */
  public FMatrixRMaj project(FMatrixRMaj x, PassContext pass) {
    if (!(first() instanceof ProjectingLayer layer)) {
      return x;
    }
    FMatrixRMaj out = pass.matrix(x.numRows, layer.projectedDim());
    layer.project(x, out, 0, pass);
    return out;
  }

  /**
   * Computes the output for projected inputs, bit-identical to {@link #forward}; for inference
   * only.
   *
   * @param projected a row of {@link #project} for each row of the packing. Not modified.
   */
  public SequenceBatch forwardProjected(Packing packing, float[][] projected, PassContext pass) {
    SequenceBatch y;
    int next = 0;
    if (first() instanceof ProjectingLayer layer) {
      y = layer.forwardProjected(packing, projected, 0, pass);
      next = layers.indexOf(layer) + 1;
    } else {
      FMatrixRMaj x = pass.matrix(packing.tokens(), inputDim);
      for (int row = 0; row < packing.tokens(); row++) {
        System.arraycopy(projected[row], 0, x.data, row * inputDim, inputDim);
      }
      y = new SequenceBatch(packing, x);
    }
    for (Layer layer : layers.subList(next, layers.size())) {
      y = layer.forward(y, pass).y();
    }
    return y;
  }

  /** The first layer other than dropout, or the stack itself. */
  private Layer first() {
    for (Layer layer : layers) {
      if (!(layer instanceof Dropout.DropoutLayer)) {
        return layer;
      }
    }
    return this;
  }

  @Override
  public Output forward(SequenceBatch x, PassContext pass) {
    if (x.dim() != inputDim) {
      throw new IllegalArgumentException(
          "input vectors have length " + x.dim() + ", the first layer expects " + inputDim);
    }
    List<Backprop> backprops = new ArrayList<>();
    SequenceBatch y = x;
    for (Layer layer : layers) {
      Output output = layer.forward(y, pass);
      backprops.add(output.backprop());
      y = output.y();
    }
    return new Output(
        y,
        (dY, gradients) -> {
          FMatrixRMaj d = dY;
          for (int i = backprops.size() - 1; i >= 0; i--) {
            d = backprops.get(i).apply(d, gradients);
          }
          return d;
        });
  }
}
