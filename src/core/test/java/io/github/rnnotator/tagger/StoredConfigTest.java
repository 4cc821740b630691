package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.text.TagScheme;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Reading without a mapper against reading with one. */
class StoredConfigTest {
  private static final ObjectMapper MAPPER = ConfigJson.mapper(new JsonFactory());

  private final SplittableRandom random = new SplittableRandom(1);

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private TaggerConfig config() {
    EmbedConfig.Words words =
        EmbedConfig.Words.defaults()
            .dim(1 + random.nextInt(300))
            .lowercase(random.nextBoolean())
            .singletonUnkProbability(random.nextInt(9) / 8f)
            .vectors(random.nextBoolean() ? "some.vec" : null)
            .type(any(List.of(WordVectors.Type.values())));
    EmbedConfig.Characters characters =
        EmbedConfig.Characters.defaults()
            .kind(any(List.of(EmbedConfig.Characters.Kind.values())))
            .jamo(random.nextBoolean());
    int parts = 1 + random.nextInt(3);
    EmbedConfig embed =
        new EmbedConfig((parts & 1) > 0 ? words : null, (parts & 2) > 0 ? characters : null, false);
    List<EncoderLayer> encoder = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      CellKind cell = any(List.of(CellKind.values()));
      encoder.add(
          random.nextBoolean()
              ? EncoderLayer.bidirectional(cell, 1 + random.nextInt(9)).dense(random.nextBoolean())
              : EncoderLayer.recurrent(cell, 1 + random.nextInt(9)).rank(random.nextInt(3)));
    }
    Map<String, HeadConfig> heads = new LinkedHashMap<>();
    heads.put("tags", HeadConfig.softmax());
    for (HeadConfig head :
        List.of(
            HeadConfig.softmax().smoothing(random.nextInt(8) / 10f).parts(random.nextBoolean()),
            HeadConfig.crf(any(List.of(TagScheme.values()))).margin(random.nextInt(8) / 10f),
            HeadConfig.feats().weight(1 + random.nextInt(8)),
            HeadConfig.lemma().minCount(1 + random.nextInt(8)).dictionary(random.nextBoolean()),
            HeadConfig.lemma().morphemes("tags").rank(random.nextInt(3)))) {
      if (random.nextBoolean()) {
        heads.put("head" + heads.size(), head);
      }
    }
    InputConfig input =
        InputConfig.defaults()
            .format(any(List.of("conllu", "columns")))
            .columns(random.nextBoolean() ? List.of("form", "ner") : List.of())
            .heads(Map.of("head0", "upos"))
            .language(any(List.of("en", "ko")));
    return TaggerConfig.of(input, embed, encoder, heads)
        .group(random.nextInt(100))
        .context(random.nextBoolean() ? EncoderLayer.recurrent(CellKind.GRU, 4) : null);
  }

  /** As from a file, where numbers have no type. */
  private static ObjectNode parsed(JsonNode json) throws JsonProcessingException {
    return (ObjectNode) MAPPER.readTree(json.toString());
  }

  @Test
  void readsWhatTheMapperWrites() throws Exception {
    for (int i = 0; i < 300; i++) {
      TaggerConfig config = config();
      JsonNode json = MAPPER.valueToTree(config);
      assertThat(StoredConfig.read(parsed(json))).contains(config);
    }
  }

  @Test
  void missingKeysHaveTheDefaultsOfTheMapper() throws Exception {
    int read = 0;
    for (int i = 0; i < 3000; i++) {
      ObjectNode json = parsed(MAPPER.valueToTree(config()));
      without(json);
      var known = StoredConfig.read(json);
      if (known.isPresent()) {
        assertThat(MAPPER.treeToValue(json, TaggerConfig.class)).isEqualTo(known.get());
        read++;
      }
    }
    assertThat(read).isGreaterThan(1000);
  }

  /** Removes one key of the object, or of one in it. */
  private void without(ObjectNode json) {
    List<String> keys = new ArrayList<>();
    json.fieldNames().forEachRemaining(keys::add);
    String key = any(keys);
    JsonNode value = json.get(key);
    while (value.isArray() && !value.isEmpty()) {
      value = value.get(random.nextInt(value.size()));
    }
    if (value instanceof ObjectNode object && !object.isEmpty() && random.nextInt(8) > 0) {
      without(object);
    } else {
      json.remove(key);
    }
  }

  @Test
  void leavesEverythingElseToTheMapper() throws Exception {
    ObjectNode json = parsed(MAPPER.valueToTree(config()));
    assertThat(StoredConfig.read(json)).isPresent();
    for (String more :
        List.of(
            "\"group\": 1.0",
            "\"unknown\": 1",
            "\"group\": null",
            "\"heads\": {}",
            "\"embed\": []")) {
      ObjectNode changed = json.deepCopy();
      changed.setAll((ObjectNode) MAPPER.readTree("{" + more + "}"));
      assertThat(StoredConfig.read(changed)).as(more).isEmpty();
    }
    assertThat(StoredConfig.read(MAPPER.readTree("[]"))).isEmpty();
    assertThat(StoredConfig.read(MAPPER.readTree("{}"))).isEmpty();
  }

  @Test
  void treesAreThoseOfAMapper() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    for (String json :
        List.of(
            "{\"a\": [1, -2, 12345678901, 123456789012345678901234567890, 0.5, 1e3], \"b\": {}}",
            "[true, false, null, \"\\u00e9\\n\", [], [[]]] and more",
            "{\"a\": 1, \"a\": 2}",
            "17",
            "\"x\"")) {
      assertThat(ConfigJson.Tree.read(json)).isEqualTo(mapper.readTree(json));
      assertThat(ConfigJson.Tree.read(json.getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(mapper.readTree(json));
    }
    assertThat(ConfigJson.Tree.read(" ")).isNull();
    for (String broken :
        List.of(
            "{",
            "[1",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":}",
            "[1,]",
            "}",
            "nul",
            "\"",
            "[".repeat(5000))) {
      assertThatThrownBy(() -> ConfigJson.Tree.read(broken))
          .as(broken)
          .isInstanceOf(JsonProcessingException.class);
    }
  }
}
