package io.github.rnnotator.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.rnnotator.nn.Activation;
import io.github.rnnotator.nn.Bidirectional;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Gru;
import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.Lstm;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.ModelFormatException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsFileTest {
  private static final int[][] X = {{1, 2, 3}, {4}, {0, 2}};

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("model.safetensors");
  }

  private static SequentialModel model(long seed, int units) {
    return model(seed, new Bidirectional(new Lstm(units)), new Dense(2, Activation.SOFTMAX));
  }

  private static SequentialModel model(long seed, LayerSpec... afterEmbedding) {
    LayerSpec[] layers = new LayerSpec[afterEmbedding.length + 1];
    layers[0] = new Embedding(5, 3);
    System.arraycopy(afterEmbedding, 0, layers, 1, afterEmbedding.length);
    return SequentialModel.of(Input.ids(), seed, layers);
  }

  @Test
  void loadedWeightsGiveTheSameBits() throws IOException {
    SequentialModel trained = model(1, 4);
    trained.fit(X, new int[] {0, 1, 0}, FitConfig.defaults().epochs(2));
    trained.saveWeights(file);
    SequentialModel loaded = model(2, 4);
    assertThat(loaded.predict(X)[0][0]).isNotEqualTo(trained.predict(X)[0][0]);
    loaded.loadWeights(file);
    assertThat(loaded.predict(X)).isDeepEqualTo(trained.predict(X));
  }

  @Test
  void weightsOfOtherLayersAreRefusedAndChangeNothing() throws IOException {
    model(1, 4).saveWeights(file);
    String remedy = "; build the model with the layers it was saved with";
    refused(model(2, 5), "tensor 1.forward.kernel is [3 x 16], expected [3 x 20]" + remedy);
    refused(model(2, new Gru(4), new Dense(2, Activation.SOFTMAX)), "1.kernel is missing" + remedy);
    model(1, new Gru(4), new Dense(3, Activation.RELU), new Dense(2, Activation.SOFTMAX))
        .saveWeights(file);
    refused(
        model(2, new Gru(4), new Dense(3, Activation.SOFTMAX)), "is not of this model" + remedy);
  }

  @Test
  void filesThatAreNotOfWeightsAreRefused() throws IOException {
    refused(model(1, 4), "no such file");
    Files.writeString(file, "letter to a friend, and not a file of weights");
    refused(model(1, 4), "its header claims");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(new byte[3 << 20]);
    }
    refused(model(1, 4), "3145728 bytes, the weights of this model need less than");
  }

  /** Cut off at every seventh byte, and with a bit of every third one flipped. */
  @Test
  void damagedFilesAreRefusedOrFit() throws IOException {
    SequentialModel model = model(1, 1);
    model.saveWeights(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatExceptionOfType(ModelFormatException.class)
          .isThrownBy(() -> model.loadWeights(file));
    }
    for (int at = 0; at < whole.length; at += 3) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 1;
      Files.write(file, flipped);
      try {
        model.loadWeights(file);
      } catch (ModelFormatException e) {
        assertThat(e).hasMessageContaining("model.safetensors: ");
      }
    }
  }

  @Test
  void weightsThatAreNotFiniteAreNeitherSavedNorLoaded() throws IOException {
    SequentialModel model = model(1, 4);
    model.saveWeights(file);
    byte[] bytes = Files.readAllBytes(file);
    // The last weight, little-endian, becomes NaN.
    bytes[bytes.length - 1] = 0x7f;
    bytes[bytes.length - 2] = (byte) 0xff;
    Files.write(file, bytes);
    refused(model, "tensor 2.bias holds NaN");
    Parameter first = model.network().parameters().get(0);
    first.value().data[0] = Float.NaN;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.saveWeights(file))
        .withMessageContaining(first.name() + " holds NaN");
  }

  private void refused(SequentialModel model, String message) {
    float[][][] before = model.predict(X);
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> model.loadWeights(file))
        .withMessageContaining(message);
    assertThat(model.predict(X)).isDeepEqualTo(before);
  }
}
