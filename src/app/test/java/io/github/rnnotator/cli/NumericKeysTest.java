package io.github.rnnotator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.pretrain.PretrainRecipe;
import io.github.rnnotator.pretrain.PretrainingConfig;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.train.PretrainedLayers;
import io.github.rnnotator.train.Recipe;
import io.github.rnnotator.train.SettingException;
import io.github.rnnotator.train.TrainingConfig;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every numeric key of a configuration, found by its type, rejects invalid values. */
class NumericKeysTest {
  /** Keys whose largest number means "never" or "all". */
  private static final Set<String> ANY_SIZE =
      Set.of("min_count", "keep", "warmup", "patience", "seed", "limit_words");

  private static final Set<Class<?>> WHOLE = Set.of(int.class, long.class);

  @TempDir private Path folder;
  private Path config;

  private record Key(String path, String name, boolean whole, boolean isLong) {}

  @BeforeEach
  void write() throws IOException {
    config =
        Files.writeString(
            folder.resolve("c.yaml"),
            """
            input:   {format: columns, columns: [form, ner], heads: {ner: ner}}
            embed:   {words: {dim: 8}, characters: {kind: cnn, dim: 8, hidden: 8, width: 3}}
            context: {bidirectional: gru, hidden: 8}
            encoder: [{bidirectional: lstm, hidden: 8}]
            heads:   {ner: {kind: crf, scheme: iobes}}
            train:   {epochs: 1}
            pretrained: {from: base.rnn}
            """);
  }

  private static List<Key> keys() {
    List<Key> keys = new ArrayList<>();
    add(keys, "", TaggerConfig.class);
    add(keys, "embed.words.", EmbedConfig.Words.class);
    add(keys, "embed.characters.", EmbedConfig.Characters.class);
    add(keys, "context.", EncoderLayer.class);
    add(keys, "heads.ner.", HeadConfig.class);
    add(keys, "train.", TrainingConfig.class);
    add(keys, "pretrained.", PretrainedLayers.class);
    return keys;
  }

  private static List<Key> keysOfPretraining() {
    List<Key> keys = new ArrayList<>();
    add(keys, "pretrain.", PretrainingConfig.class);
    return keys;
  }

  private static void add(List<Key> keys, String prefix, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      Class<?> number = component.getType();
      if (WHOLE.contains(number) || number == float.class || number == double.class) {
        String name = key(component);
        keys.add(new Key(prefix + name, name, WHOLE.contains(number), number == long.class));
      }
    }
  }

  private static String key(RecordComponent component) {
    JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named != null
        ? named.value()
        : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  @Test
  void everyNumericKeyIsFound() {
    assertThat(keys())
        .extracting(Key::path)
        .contains("group", "embed.words.dim", "context.hidden", "heads.ner.margin", "train.clip")
        .hasSizeGreaterThan(25);
  }

  @Test
  void invalidValueIsRefusedInOneLineWithTheKey() {
    requireRefusal(keys(), settings -> Recipe.read(config, settings));
  }

  @Test
  void invalidValueOfPretrainingIsRefusedToo() throws IOException {
    String text = Files.readString(config);
    Files.writeString(config, text.replaceAll("context:.*\n", ""));
    List<Key> keys = keysOfPretraining();
    assertThat(keys).hasSizeGreaterThan(12);
    requireRefusal(keys, settings -> PretrainRecipe.read(config, settings));
  }

  private interface Reading {
    void read(Map<String, String> settings) throws IOException;
  }

  private static void requireRefusal(List<Key> keys, Reading reading) {
    for (Key key : keys) {
      List<String> bad =
          new ArrayList<>(List.of(".nan", ".inf", "-.inf", "1e40", "-1e40", "1e400", "x", "[1]"));
      if (!key.isLong) {
        bad.add("-1");
        bad.add("3000000000");
      }
      if (key.whole) {
        bad.addAll(List.of("1.5", "99999999999999999999"));
      }
      if (!ANY_SIZE.contains(key.name)) {
        bad.addAll(List.of("2000000000", "1000000000"));
      }
      // These have no upper limit: the first weight that is not a number ends a run.
      boolean unbounded = Set.of("clip", "rate", "weight").contains(key.name);
      bad.removeIf(value -> unbounded && value.matches("[123]0+"));
      for (String value : bad) {
        assertThatThrownBy(() -> reading.read(Map.of(key.path, value)))
            .as("%s=%s", key.path, value)
            .isInstanceOf(SettingException.class)
            .hasMessageContaining(key.name)
            .hasMessageContaining("expected")
            .hasMessageNotContaining("\n");
      }
    }
  }

  @Test
  void aLayerOfTheEncoderIsCheckedToo() {
    assertThatThrownBy(
            () -> Recipe.read(config, Map.of("encoder", "[{recurrent: lstm, hidden: 2000000000}]")))
        .hasMessageContaining("hidden: 2000000000, expected 1 to 16384");
  }
}
