package io.github.rnnotator.tagger.transducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.seq2seq.Attention;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTaggers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TransducerFileTest {
  @TempDir Path folder;

  private static byte[] bytes(TransducerModel model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TransducerFile.write(out, model, Safetensors.Type.F32);
    return out.toByteArray();
  }

  private static TransducerModel read(byte[] bytes) throws IOException {
    return TransducerFile.read(new ByteArrayInputStream(bytes), "probe.rnn").model();
  }

  static Stream<TransducerModel> models() {
    return Stream.concat(
        Stream.of(Attention.values()).map(attention -> TinyTransducers.model(attention, 2)),
        Stream.of(TinyTransducers.copying(2)));
  }

  @ParameterizedTest
  @MethodSource("models")
  void whatIsWrittenIsRead(TransducerModel model) throws IOException {
    TransducerModel read = read(bytes(model));
    assertThat(read.config()).isEqualTo(model.config());
    assertThat(read.longest()).isEqualTo(3);
    assertThat(read.card()).isEqualTo("# Card\n");
    assertThat(bytes(read)).isEqualTo(bytes(model));
    List<String> sources = List.of("ab", "한 b", "");
    assertThat(new Transducer(read).transduce(sources, 2))
        .isEqualTo(new Transducer(model).transduce(sources, 2));
  }

  @Test
  void aModelFromBeforeCopyingIsRead() throws IOException {
    TransducerModel model = TinyTransducers.model(Attention.GENERAL, 8);
    byte[] old = changed(bytes(model), json -> json.replaceFirst(",\\s*\"copy\" : false", ""));
    assertThat(bytes(read(old))).isEqualTo(bytes(model));
  }

  @Test
  void halfPrecisionTakesHalfTheBytes() throws IOException {
    TransducerModel model = TinyTransducers.model(Attention.GENERAL, 3);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TransducerFile.write(out, model, Safetensors.Type.F16);
    assertThat(out.size()).isLessThan(bytes(model).length);
    assertThat(read(out.toByteArray()).config()).isEqualTo(model.config());
  }

  @Test
  void kindsOfModelsAreToldApart() throws IOException {
    Path transducer = folder.resolve("transducer.rnn");
    Files.write(transducer, bytes(TinyTransducers.model(Attention.DOT, 4)));
    Path tagger = folder.resolve("tagger.rnn");
    TaggerModel model =
        TinyTaggers.untrained(
            TinyTaggers.config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, "upos"),
            TinyTaggers.english(3),
            1,
            1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(out, model, Safetensors.Type.F32);
    Files.write(tagger, out.toByteArray());
    assertThat(TransducerFile.isTransducer(transducer)).isTrue();
    assertThat(TransducerFile.isTransducer(tagger)).isFalse();
    assertThatThrownBy(() -> ModelFile.read(transducer))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("a model of kind transducer")
        .hasMessageEndingWith("use it with rnnotator transduce");
    assertThatThrownBy(() -> TransducerFile.read(tagger))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("the model of a tagger or classifier, expected a transducer");
    assertThatThrownBy(() -> TransducerFile.read(folder.resolve("none.rnn")))
        .hasMessageEndingWith("none.rnn: no such file");
    assertThatThrownBy(() -> TransducerFile.read(folder))
        .hasMessageEndingWith("a folder, expected a file");
  }

  @ParameterizedTest
  @CsvSource({
    "\"longest\" : 3, \"longest\" : -1, expected 0 to 2000",
    "\"longest\" : 3, \"longest\" : 3000, expected 0 to 2000",
    "\"hidden\" : 6, \"hidden\" : 7, weights",
    "\"hidden\" : 6, \"hidden\" : 0, decoder.hidden is 0",
    "\"layers\" : 1, \"layers\" : 16, weights",
    "\"beam\" : 4, \"beam\" : 0, a beam of 0",
    "\"beam\" : 4, \"bean\" : 4, bean",
    "\"format\" : 1, \"format\" : 9, this program reads 1",
    "transducer, oracle, expected a transducer",
    "\"source\" : 3, \"source\" : 400, weights",
    "\"copy\" : false, \"copy\" : true, decoder.copy is true with input",
    "\"copy\" : false, \"copy\" : 3, copy"
  })
  void aConfigurationThatDoesNotFitIsRefused(String from, String to, String problem)
      throws IOException {
    byte[] broken =
        changed(
            bytes(TinyTransducers.model(Attention.ADDITIVE, 5)),
            json -> json.replaceFirst(from, to));
    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("probe.rnn!")
        .hasMessageContaining(problem)
        .hasMessageNotContaining("\n");
  }

  /** Changes the text of model.json. */
  private static byte[] changed(byte[] bytes, UnaryOperator<String> change) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    String json = new String(entries.get("model.json"), StandardCharsets.UTF_8);
    String other = change.apply(json);
    assertThat(other).isNotEqualTo(json);
    entries.put("model.json", other.getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return out.toByteArray();
  }

  @Test
  void aDamagedFileIsRefusedInOneLine() throws IOException {
    byte[] whole = bytes(TinyTransducers.model(Attention.ADDITIVE, 6));
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      try {
        read(damaged);
      } catch (ModelFormatException e) {
        refused++;
        assertThat(e.getMessage()).startsWith("probe.rnn").doesNotContain("\n");
      } catch (RuntimeException e) {
        fail("damage " + i, e);
      }
    }
    assertThat(refused).isGreaterThan(200);
  }
}
