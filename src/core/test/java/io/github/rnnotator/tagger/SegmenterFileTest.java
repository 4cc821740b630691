package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.segment.TinySegmenters;
import io.github.rnnotator.text.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model keeps its segmenter in its file, and a broken one is refused in one line. */
class SegmenterFileTest {
  private static final String TEXT = "da B. don't a, 가가 B, Yahoo! a.";

  private static TaggerModel model() {
    return TinyTaggers.untrained(
            TinyTaggers.config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, "upos"),
            TinyTaggers.english(5),
            1,
            7)
        .withSegmenter(TinySegmenters.random(3, "Yahoo!"));
  }

  private static byte[] write(TaggerModel model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(out, model, Safetensors.Type.F32);
    return out.toByteArray();
  }

  private static TaggerModel read(byte[] bytes) throws IOException {
    return ModelFile.read(new ByteArrayInputStream(bytes), "probe.rnn").model();
  }

  @Test
  void aSegmenterIsReadAsItWasWritten() throws IOException {
    TaggerModel model = model();
    TaggerModel read = read(write(model));
    SegmenterModel own = model.segmenter();
    SegmenterModel found = read.segmenter();
    assertThat(own).isNotNull();
    assertThat(found).isNotNull();
    assertThat(found.multiword()).isEqualTo(own.multiword());
    assertThat(found.keep()).isEqualTo(own.keep());
    assertThat(TinyTaggers.bits(found.network())).isEqualTo(TinyTaggers.bits(own.network()));
    assertThat(TextSegmenter.of(read).segment(TEXT)).isEqualTo(TextSegmenter.of(own).segment(TEXT));
    assertThat(write(read)).isEqualTo(write(model));
  }

  @Test
  void aModelWithoutSegmenterHasTheFormerFormat() throws IOException {
    assertThat(model(write(model().withSegmenter(null)))).contains("\"format\" : 2");
    assertThat(model(write(model()))).contains("\"format\" : 3");
  }

  private static String model(byte[] bytes) throws IOException {
    byte[] json = ModelFileTest.unzip(bytes).get(ModelFile.MODEL);
    return new String(json == null ? new byte[0] : json, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "what | line 1 is not a word, an ending or a kept token",
        "word\\tda | line 1 is not a word, an ending or a kept token",
        "word\\tda\\tde | 'da' stands for [de], expected at least two words",
        "ending\\tn't\\t  | expected at least two words",
        "keep\\t | line 1 is not a word, an ending or a kept token"
      })
  void brokenLinesAreRefused(String line, String message) throws IOException {
    byte[] lines = line.replace("\\t", "\t").getBytes(StandardCharsets.UTF_8);
    byte[] broken = with(ModelFile.SEGMENTER_WORDS, lines);
    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(ModelFile.SEGMENTER_WORDS)
        .hasMessageContaining(message);
  }

  @Test
  void aSegmenterMustHaveItsHeadsAndNoSegmenterOfItsOwn() throws IOException {
    byte[] tagger = with(ModelFile.SEGMENTER, write(model().withSegmenter(null)));
    assertThatThrownBy(() -> read(tagger))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("a segmenter has the heads token and sentence");
    byte[] nested = with(ModelFile.SEGMENTER, write(model()));
    assertThatThrownBy(() -> read(nested))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("a segmenter in a segmenter");
  }

  @Test
  void damagedBytesNeverGiveAnotherException() throws IOException {
    Map<String, byte[]> parts = ModelFileTest.unzip(write(model()));
    byte[] network = parts.get(ModelFile.SEGMENTER);
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      byte[] damaged = network.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      byte[] file = with(ModelFile.SEGMENTER, damaged);
      try {
        read(file);
      } catch (ModelFormatException e) {
        assertThat(e.getMessage()).doesNotContain("\n");
      }
    }
  }

  /** Replaces an entry; size and hash of the table fit it. */
  private static byte[] with(String entry, byte[] content) throws IOException {
    return with(write(model()), entry, content);
  }

  /** As above, in this file. */
  static byte[] with(byte[] file, String entry, byte[] content) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>(ModelFileTest.unzip(file));
    byte[] old = parts.put(entry, content);
    UnaryOperator<String> fitting =
        json ->
            json.replace(Sha256.of(old), Sha256.of(content))
                .replace("\"bytes\" : " + old.length + ",", "\"bytes\" : " + content.length + ",");
    String json = new String(parts.get(ModelFile.MODEL), StandardCharsets.UTF_8);
    parts.put(ModelFile.MODEL, fitting.apply(json).getBytes(StandardCharsets.UTF_8));
    return ModelFileTest.zip(parts);
  }
}
