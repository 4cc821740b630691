package io.github.rnnotator.onnx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.embed.CharacterVectors;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.embed.WordShape;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.head.CrfHead;
import io.github.rnnotator.tagger.ConfigJson;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.TagCombinations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** What the network of an exported model does not hold, from word ids to label names. */
record OnnxMetadata(TaggerModel model) {
  private static final ObjectMapper JSON = ConfigJson.mapper(new JsonFactory());

  Map<String, String> metadata(String version) {
    EmbedConfig embed = model.config().embed();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("version", version);
    metadata.put("language", model.config().input().language());
    metadata.put("group", Integer.toString(model.config().group()));
    metadata.put("heads", json(heads()));
    if (embed.words() != null) {
      metadata.put("words.lowercase", Boolean.toString(embed.words().lowercase()));
      metadata.put("words", json(texts(model.vocabularies().words())));
      WordVectors vectors = model.vocabularies().vectors();
      if (vectors != null) {
        metadata.put(
            "vectors", json(IntStream.range(0, vectors.size()).mapToObj(vectors::word).toList()));
      }
    }
    if (embed.characters() != null) {
      List<String> characters = new ArrayList<>(texts(model.vocabularies().characters()));
      if (embed.characters().jamo()) {
        IntStream.range(0, CharacterVectors.SYLLABLES)
            .mapToObj(CharacterVectors::syllableAt)
            .forEach(characters::add);
      }
      metadata.put("characters", json(characters));
    }
    if (embed.shape()) {
      metadata.put("shapes", json(List.of(WordShape.values())));
    }
    metadata.put("card", model.card());
    return metadata;
  }

  private Map<String, Map<String, Object>> heads() {
    Map<String, Map<String, Object>> heads = new LinkedHashMap<>();
    model
        .config()
        .heads()
        .forEach(
            (name, head) -> {
              Labels labels = labels(name);
              Map<String, Object> entry = new LinkedHashMap<>();
              entry.put("kind", head.kind().name().toLowerCase(Locale.ROOT));
              HeadConfig.Pooling pooling = head.pooling();
              if (pooling != null) {
                entry.put("pooling", pooling.name().toLowerCase(Locale.ROOT));
              }
              entry.put("labels", labels.names());
              if (labels.modelScheme() != null && labels.fileScheme() != null) {
                entry.put("inside", labels.modelScheme().name());
                entry.put("outside", labels.fileScheme().name());
              }
              TagCombinations combinations = labels.combinations();
              if (combinations != null) {
                entry.put("agree", head.agree());
                entry.put("combinations", combinations.tags());
              }
              if (head.kind() == HeadConfig.Kind.CRF) {
                CrfHead.Constraints legal = labels.constraints();
                entry.put("start", scores(name, "start", 0, legal.starts()));
                entry.put("end", scores(name, "end", 0, legal.ends()));
                List<float[]> transitions = new ArrayList<>();
                for (int i = 0; i < labels.size(); i++) {
                  transitions.add(scores(name, "transitions", i, legal.transitions()[i]));
                }
                entry.put("transitions", transitions);
              }
              heads.put(name, entry);
            });
    return heads;
  }

  /** A row of a CRF's weights, with illegal transitions masked. */
  private float[] scores(String head, String weights, int row, boolean[] legal) {
    String name = "heads." + head + "." + weights;
    float[] all =
        model.parameters().stream()
            .filter(parameter -> parameter.name().equals(name))
            .findAny()
            .orElseThrow()
            .value()
            .data;
    float[] scores = new float[legal.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = legal[i] ? all[row * scores.length + i] : CrfHead.ILLEGAL;
    }
    return scores;
  }

  private Labels labels(String head) {
    return Objects.requireNonNull(model.labels().get(head), head);
  }

  /** Each text at the index of its id; an empty one stands for the unknown. */
  private static List<String> texts(Vocabulary vocabulary) {
    List<String> texts = new ArrayList<>(vocabulary.size());
    texts.add("");
    vocabulary.entries().forEach(entry -> texts.add(entry.text()));
    return texts;
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings and lists always serialize", e);
    }
  }
}
