package io.github.rnnotator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.rnnotator.embed.ColumnConfig;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.pretrain.PretrainingConfig;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.transducer.DecoderConfig;
import io.github.rnnotator.tagger.transducer.PairFormat;
import io.github.rnnotator.tagger.transducer.SearchConfig;
import io.github.rnnotator.tagger.transducer.SymbolVectors;
import io.github.rnnotator.train.PretrainedLayers;
import io.github.rnnotator.train.SegmentConfig;
import io.github.rnnotator.train.TrainingConfig;
import io.github.rnnotator.train.source.CrossViewConfig;
import io.github.rnnotator.train.source.SourceConfig;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every key of a configuration is in the table of docs/training.md, and no other. */
class TrainingKeysTest {
  private static Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    add(keys, "", TaggerConfig.class);
    keys.removeAll(Set.of("input", "embed", "heads"));
    add(keys, "input.", InputConfig.class);
    add(keys, "embed.", EmbedConfig.class);
    keys.removeAll(Set.of("embed.words", "embed.characters", "embed.columns"));
    add(keys, "embed.columns.NAME.", ColumnConfig.class);
    add(keys, "embed.words.", EmbedConfig.Words.class);
    add(keys, "embed.characters.", EmbedConfig.Characters.class);
    add(keys, "encoder.", EncoderLayer.class);
    add(keys, "heads.NAME.", HeadConfig.class);
    add(keys, "train.", TrainingConfig.class);
    keys.remove("train.cross_view");
    add(keys, "train.cross_view.", CrossViewConfig.class);
    add(keys, "train.sources.", SourceConfig.class);
    add(keys, "pretrained.", PretrainedLayers.class);
    keys.add("segment");
    keys.add("auxiliary");
    add(keys, "segment.", SegmentConfig.class);
    return keys;
  }

  private static void add(Set<String> keys, String prefix, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = key(component);
      keys.add(prefix + name);
    }
  }

  private static String key(RecordComponent component) {
    JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named != null
        ? named.value()
        : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /**
   * The keys of the table's first column, where {@code .floor} after {@code train.decay} is {@code
   * train.floor}; and keys with a value or of another row that the text next to them names.
   */
  private static Set<String> documented(String header) throws IOException {
    String page = Files.readString(Path.of("docs/training.md"));
    String table = page.substring(page.indexOf(header)).split("\n\n")[0];
    Set<String> documented = new TreeSet<>();
    table
        .lines()
        .skip(2)
        .forEach(
            row -> {
              String[] cells = row.split("(?<!\\\\)\\|");
              String parent = "";
              for (String code : code(cells[1])) {
                String key = code.replaceFirst(": .*", "");
                if (key.startsWith(".")) {
                  key = parent + key;
                } else if (!key.contains(".") && parent.isEmpty() && code.contains(": ")) {
                  throw new AssertionError("a value without its key: " + row);
                } else if (code.contains(": ")) {
                  key = "encoder." + key;
                }
                documented.add(key);
                parent = key.contains(".") ? key.substring(0, key.lastIndexOf('.')) : key;
              }
              for (String code : code(cells[2])) {
                if (code.startsWith("train.")) {
                  documented.add(code);
                }
                Matcher inner = Pattern.compile("[{,] ?(\\w+):").matcher(code);
                while (cells[1].strip().equals("`encoder`") && inner.find()) {
                  documented.add("encoder." + inner.group(1));
                }
              }
            });
    return documented;
  }

  private static Iterable<String> code(String cell) {
    return Pattern.compile("`([^`]+)`").matcher(cell).results().map(r -> r.group(1)).toList();
  }

  @Test
  void everyKeyIsDocumentedAndNoOther() throws IOException {
    assertThat(documented("| key | what | default |")).isEqualTo(keys());
  }

  @Test
  void everyKeyForPretrainingIsDocumentedAndNoOther() throws IOException {
    Set<String> keys = new TreeSet<>();
    add(keys, "pretrain.", PretrainingConfig.class);
    assertThat(documented("| key | for pretraining | default |")).isEqualTo(keys);
  }

  @Test
  void everyKeyForPairsIsDocumentedAndNoOther() throws IOException {
    Set<String> keys = new TreeSet<>();
    add(keys, "input.", PairFormat.class);
    add(keys, "embed.", SymbolVectors.class);
    add(keys, "decoder.", DecoderConfig.class);
    add(keys, "search.", SearchConfig.class);
    keys.addAll(Set.of("encoder", "measure", "train"));
    assertThat(documented("| key | for pairs | default |")).isEqualTo(keys);
  }
}
