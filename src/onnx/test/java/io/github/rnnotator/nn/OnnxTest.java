package io.github.rnnotator.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Our layers against ONNX Runtime's operators with the same weights. */
class OnnxTest {
  private static final float TOLERANCE = 1e-5f;

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("layers")
  void statesMatchOnnxRuntime(String direction, RecurrentSpec layer) throws OrtException {
    for (long seed = 1; seed <= 5; seed++) {
      assertSame(seed, List.of(inDirection(direction, layer)));
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("layers")
  void deepStatesMatchOnnxRuntime(String direction, RecurrentSpec layer) throws OrtException {
    RecurrentSpec below = layer.returnSequences(true);
    assertSame(
        6,
        List.of(
            inDirection(direction, below),
            new Bidirectional(below),
            inDirection(direction, layer)));
  }

  static Stream<Arguments> layers() {
    List<Arguments> all = new ArrayList<>();
    for (String direction : List.of("forward", "reverse", "bidirectional")) {
      for (RecurrentSpec layer :
          List.of(
              new SimpleRnn(7),
              new SimpleRnn(7).activation(Activation.RELU),
              new Gru(7),
              new Lstm(7))) {
        all.add(Arguments.of(direction, layer));
        all.add(Arguments.of(direction, layer.returnSequences(true)));
      }
    }
    return all.stream();
  }

  private static LayerSpec inDirection(String direction, RecurrentSpec layer) {
    return switch (direction) {
      case "reverse" -> new GoBackwards(layer);
      case "bidirectional" -> new Bidirectional(layer);
      default -> layer;
    };
  }

  private static void assertSame(long seed, List<LayerSpec> specs) throws OrtException {
    SplittableRandom random = new SplittableRandom(seed);
    int dim = 1 + random.nextInt(9);
    Sequential network = Sequential.of(dim, seed, specs.toArray(LayerSpec[]::new));
    Samples.randomized(network, 0.4f, random);
    int[] lengths = Samples.lengths(2 + random.nextInt(6), 2 + random.nextInt(9), random);
    float[][][] x = Samples.tensor(lengths, dim, random);

    float[][][] ours = network.predict(x);
    float[][][] theirs = OnnxNetwork.predict(OnnxNetwork.model(dim, specs, network), x);

    assertThat(ours.length).isEqualTo(theirs.length);
    for (int i = 0; i < theirs.length; i++) {
      assertThat(ours[i].length).as("sequence %d", i).isEqualTo(theirs[i].length);
      for (int t = 0; t < theirs[i].length; t++) {
        assertThat(ours[i][t])
            .as("seed %d, sequence %d, timestep %d", seed, i, t)
            .containsExactly(theirs[i][t], within(TOLERANCE));
      }
    }
  }
}
