package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.EmbedConfig.Characters;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Written models can be read, and for any other file the reader reports the problem in one line:
 * none makes it throw another exception, allocate more, or accept wrong data.
 */
@Tag("once")
class ModelFileTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<TaggedSentence> ENGLISH = TinyTaggers.english(12);
  private static final String CARD = "# Probe\n\nFür 12 Sätze: 한국어, 😀.\n";

  // ---- Round trip -------------------------------------------------------------------------------

  static Stream<TaggerModel> models() {
    return Stream.of(
        model(),
        TinyTaggers.untrained(
            TinyTaggers.config(CellKind.GRU, Characters.Kind.LSTM, "xpos"),
            TinyTaggers.korean(8),
            1,
            2),
        TinyTaggers.untrained(
            TinyTaggers.config(
                CellKind.LSTM, Characters.Kind.GRU, TinyTaggers.ner(TagScheme.IOBES)),
            TinyTaggers.entities(20),
            1,
            3),
        TinyTaggers.untrained(
            TinyTaggers.config(
                CellKind.SIMPLE_RNN, Characters.Kind.CNN, TinyTaggers.crf(TagScheme.IOBES)),
            TinyTaggers.entities(20),
            1,
            4),
        TinyTaggers.untrained(TinyTaggers.deep("upos"), ENGLISH, 1, 6),
        TinyTaggers.untrained(TinyTaggers.analysis(true), TinyTaggers.analysed(12), 1, 8),
        withVectors(true, 0, WordVectors.Type.F16),
        withVectors(false, 0, WordVectors.Type.I8),
        withVectors(false, 3, WordVectors.Type.F16));
  }

  private static TaggerModel withVectors(boolean tune, int trained, WordVectors.Type type) {
    TaggerConfig plain = TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, "upos");
    return TinyTaggers.untrained(
        TinyTaggers.withVectors(plain, tune, trained, type), ENGLISH, 1, 5);
  }

  @ParameterizedTest
  @MethodSource("models")
  void whatIsWrittenIsRead(TaggerModel model) throws IOException {
    TaggerModel written = model.withCard(CARD);
    byte[] bytes = write(written, Safetensors.Type.F32);
    TaggerModel read = read(bytes);
    assertThat(TinyTaggers.bits(read)).isEqualTo(TinyTaggers.bits(model));
    assertThat(read.config()).isEqualTo(model.config());
    assertThat(read.card()).isEqualTo(CARD);
    assertThat(read.vocabularies().words().entries())
        .isEqualTo(model.vocabularies().words().entries());
    assertThat(read.vocabularies().characters().entries())
        .isEqualTo(model.vocabularies().characters().entries());
    assertThat(read.labels().keySet()).isEqualTo(model.labels().keySet());
    read.labels()
        .forEach(
            (head, labels) -> {
              Labels expected = model.labels().get(head);
              assertThat(labels.names()).isEqualTo(expected.names());
              assertThat(labels.modelScheme()).isEqualTo(expected.modelScheme());
              assertThat(labels.fileScheme()).isEqualTo(expected.fileScheme());
            });
    WordVectors vectors = model.vocabularies().vectors();
    WordVectors found = read.vocabularies().vectors();
    assertThat(found == null ? null : found.sha256())
        .isEqualTo(vectors == null ? null : vectors.sha256());
    List<Sentence> sentences =
        new ArrayList<>(ENGLISH.stream().map(TaggedSentence::sentence).toList());
    sentences.add(Sentence.of("Unseen", "ZEBRA", "X17", "fish"));
    assertThat(new Tagger(read).tag(sentences)).isEqualTo(new Tagger(model).tag(sentences));
    assertThat(write(read, Safetensors.Type.F32)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @EnumSource(Safetensors.Type.class)
  void theSameModelGivesTheSameBytes(Safetensors.Type type) throws IOException {
    assertThat(write(model(), type)).isEqualTo(write(model(), type));
  }

  @Test
  void halvesKeepElevenBitsOfEachWeight() throws IOException {
    TaggerModel model = model();
    byte[] bytes = write(model, Safetensors.Type.F16);
    List<Parameter> read = read(bytes).parameters();
    for (int p = 0; p < read.size(); p++) {
      Parameter expected = model.parameters().get(p);
      for (int i = 0; i < expected.size(); i++) {
        float weight = expected.value().data[i];
        assertThat(read.get(p).value().data[i])
            .as("%s[%d]", expected, i)
            .isCloseTo(weight, within(Math.abs(weight) * 0x1p-11f + 0x1p-25f));
      }
    }
    assertThat(bytes.length).isLessThan(write(model, Safetensors.Type.F32).length * 3 / 4);
  }

  @Test
  void wordsThatNoLineCanHoldDoNotSpoilTheFile() throws IOException {
    List<TaggedSentence> odd = new ArrayList<>();
    for (String form : List.of("a\nb", "\n", "\t", "a\tb", "\uD800", "x\uDC00", "\r", "é", "😀")) {
      Sentence twice = Sentence.of(form, form);
      odd.add(new TaggedSentence(twice, Map.of("upos", TagSequence.of("X", "Y"))));
    }
    TaggerModel model =
        TinyTaggers.untrained(
            TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, "upos"), odd, 1, 1);
    TaggerModel read = read(write(model, Safetensors.Type.F32));
    assertThat(read.vocabularies().words().entries())
        .isEqualTo(model.vocabularies().words().entries());
    assertThat(read.vocabularies().words().entries().stream().map(e -> e.text()))
        .contains("a\tb", "\t", "\r", "é", "😀");
  }

  @Test
  void aWeightThatCouldNotBeReadIsNotWritten() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 70000}) {
      TaggerModel model = model();
      model.parameters().get(0).value().data[3] = bad;
      assertThatThrownBy(() -> write(model, Safetensors.Type.F16))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("embed.words")
          .hasMessageContaining(Float.toString(bad));
    }
  }

  @Test
  void theWordsOfTheVectorsAreTaggedByTheirVectors() throws IOException {
    for (boolean tune : new boolean[] {true, false}) {
      TaggerConfig config =
          TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, "upos")
              .embed(EmbedConfig.of(words("tiny.vec", tune)));
      TaggerModel model = TinyTaggers.untrained(config, ENGLISH, 1, 5);
      Tagger tagger = new Tagger(read(write(model, Safetensors.Type.F16)));
      // Neither the word nor its characters are known otherwise.
      assertThat(tagger.tag(Sentence.of("zebra")).tags("upos"))
          .isNotEqualTo(tagger.tag(Sentence.of("fish")).tags("upos"));
      assertThat(tagger.tag(Sentence.of("Zebra")).tags("upos"))
          .isEqualTo(tagger.tag(Sentence.of("zebra")).tags("upos"));
      assertThat(tagger.tag(Sentence.of("X48")).tags("upos"))
          .isEqualTo(tagger.tag(Sentence.of("x00")).tags("upos"))
          .isNotEqualTo(tagger.tag(Sentence.of("fish")).tags("upos"));
    }
  }

  private static EmbedConfig.Words words(String vectors, boolean tune) {
    return EmbedConfig.Words.defaults().dim(8).vectors(vectors).tune(tune);
  }

  @Test
  void vectorsThatDoNotFitTheConfigurationAreRefused() throws Exception {
    byte[] with = write(withVectors(true, 0, WordVectors.Type.F16), Safetensors.Type.F32);
    Map<String, byte[]> parts = unzip(with);
    assertThat(parts.keySet())
        .containsExactly(
            "model.json",
            "words.txt",
            "chars.txt",
            "vectors.vec",
            "weights.safetensors",
            "MODEL_CARD.md");
    refused(
        edited(parts, json -> words(json).putNull("vectors")), "embed.words.vectors is not set");
    refused(edited(parts, json -> embed(json).putNull("words")), "embed.words.vectors is not set");
    refused(
        edited(parts, json -> words(json).put("dim", 9)), "m.rnn!vectors.vec: vectors of length 8");
    refused(edited(parts, json -> words(json).put("tune", false)), "the configuration needs");
    refused(edited(parts, json -> words(json).put("trained", 5)), "embed.words.trained");
    refused(edited(parts, json -> words(json).put("type", "f64")), "invalid configuration");
    refused(edited(parts, size("vectors.vec", 2_000_000_000)), "-Xmx");
    refused(edited(parts, json -> entry(json, "vectors.vec").put("sha256", "00")), "SHA-256");
    refused(
        edited(parts, json -> ((ObjectNode) json.get("entries")).remove("vectors.vec")),
        "found vectors.vec");
    Map<String, byte[]> none = new LinkedHashMap<>(parts);
    none.remove("vectors.vec");
    refused(
        edited(none, json -> ((ObjectNode) json.get("entries")).remove("vectors.vec")),
        "the file lacks vectors.vec");
    long seed = 33;
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      Map<String, byte[]> broken = new LinkedHashMap<>(parts);
      byte[] vectors = parts.get("vectors.vec").clone();
      int at = random.nextInt(i < 100 ? 40 : vectors.length);
      vectors[at] ^= (byte) (1 << random.nextInt(8));
      broken.put("vectors.vec", vectors);
      byte[] model = zip(withHashes(broken));
      String what = "seed " + seed + ", byte " + at;
      try {
        assertThat(new Tagger(read(model)).tag(Sentence.of("zebra")).size()).isEqualTo(1);
      } catch (ModelFormatException e) {
        assertThat(e.getMessage()).as(what).startsWith("m.rnn!vectors.vec: ").hasLineCount(1);
      } catch (RuntimeException | OutOfMemoryError e) {
        fail(what + ": " + e, e);
      }
    }
  }

  private static byte[] edited(Map<String, byte[]> parts, Consumer<ObjectNode> edit)
      throws Exception {
    ObjectNode json = (ObjectNode) JSON.readTree(parts.get("model.json"));
    edit.accept(json);
    Map<String, byte[]> all = new LinkedHashMap<>(parts);
    all.put("model.json", JSON.writeValueAsBytes(json));
    return zip(all);
  }

  private static ObjectNode embed(ObjectNode json) {
    return (ObjectNode) json.at("/config/embed");
  }

  private static ObjectNode words(ObjectNode json) {
    return (ObjectNode) json.at("/config/embed/words");
  }

  /** Up to format 1, every layer of the encoder counted the dropout before it. */
  @Test
  void readsFilesThatCountDropoutAsLayers() throws Exception {
    TaggerModel model = TinyTaggers.untrained(TinyTaggers.deep("upos"), ENGLISH, 1, 6);
    Map<String, FMatrixRMaj> tensors = new LinkedHashMap<>();
    for (Parameter parameter : model.parameters()) {
      String name = parameter.name();
      for (int layer = 2; layer >= 0; layer--) {
        name = name.replace("encoder." + layer + ".", "encoder." + (2 * layer + 1) + ".");
      }
      tensors.put(name, parameter.value());
    }
    assertThat(tensors).containsKeys("encoder.1.kernel", "encoder.5.backward.bias");
    Map<String, byte[]> parts = unzip(write(model, Safetensors.Type.F32));
    ByteArrayOutputStream weights = new ByteArrayOutputStream();
    Safetensors.write(weights, tensors, Map.of(), Safetensors.Type.F32);
    parts.put("weights.safetensors", weights.toByteArray());
    byte[] renamed = zip(withHashes(parts));
    refused(renamed, "tensor encoder.0.kernel is missing");
    TaggerModel read = read(edited(unzip(renamed), json -> json.put("format", 1)));
    assertThat(TinyTaggers.bits(read)).isEqualTo(TinyTaggers.bits(model));
  }

  @Test
  void inspectionTellsSizesAndHashes() throws Exception {
    byte[] bytes = write(model(), Safetensors.Type.F32);
    Map<String, byte[]> parts = unzip(bytes);
    List<ModelFile.EntryInfo> entries =
        ModelFile.read(new ByteArrayInputStream(bytes), "m.rnn").entries();
    assertThat(entries.stream().map(ModelFile.EntryInfo::name))
        .containsExactly("words.txt", "chars.txt", "weights.safetensors", "MODEL_CARD.md");
    for (ModelFile.EntryInfo entry : entries) {
      byte[] part = parts.get(entry.name());
      assertThat(entry.bytes()).isEqualTo(part.length);
      assertThat(entry.sha256()).isEqualTo(sha256(part));
    }
  }

  // ---- Damage -----------------------------------------------------------------------------------

  @Test
  void truncatedFileIsRefusedOrWhole() throws IOException {
    byte[] whole = write(model(), Safetensors.Type.F32);
    long seed = 31;
    Random random = new Random(seed);
    for (int i = 0; i < 250; i++) {
      int length = i < 60 ? i : random.nextInt(whole.length);
      refusedOrTheSame(Arrays.copyOf(whole, length), whole, "seed " + seed + ", cut at " + length);
    }
  }

  @Test
  void flippedBitIsRefusedOrHarmless() throws IOException {
    byte[] whole = write(model(), Safetensors.Type.F32);
    List<Integer> headers = new ArrayList<>();
    for (int i = 0; i + 4 <= whole.length; i++) {
      if (whole[i] == 'P' && whole[i + 1] == 'K' && whole[i + 2] == 3 && whole[i + 3] == 4) {
        headers.add(i);
      }
    }
    assertThat(headers).hasSize(5);
    long seed = 32;
    Random random = new Random(seed);
    for (int i = 0; i < 600; i++) {
      int at = i < 300 ? headers.get(i % 5) + random.nextInt(60) : random.nextInt(whole.length);
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      refusedOrTheSame(
          flipped,
          whole,
          "seed " + seed + ", byte " + at + " is " + flipped[at] + ", was " + whole[at]);
    }
  }

  private static void refusedOrTheSame(byte[] bytes, byte[] whole, String what) {
    try {
      assertThat(write(read(bytes), Safetensors.Type.F32)).as(what).isEqualTo(whole);
    } catch (ModelFormatException e) {
      assertThat(e.getMessage()).as(what).startsWith("m.rnn").hasLineCount(1);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      fail(what + ": " + e, e);
    }
  }

  // ---- Malice -----------------------------------------------------------------------------------

  /** Whatever model.json contains, the file is refused, or it is a model that tags. */
  @Test
  void anyValueAnywhereInModelJsonIsRefusedOrTags() throws Exception {
    anyValueIsRefusedOrTags(model());
    anyValueIsRefusedOrTags(withVectors(false, 3, WordVectors.Type.I8));
  }

  private static void anyValueIsRefusedOrTags(TaggerModel whole) throws Exception {
    Map<String, byte[]> parts = unzip(write(whole, Safetensors.Type.F32));
    JsonNode root = JSON.readTree(parts.get("model.json"));
    List<String> values =
        List.of("", "null", "-1", "0", "1.5", "2000000000", "1e300", "\"x\"", "[]", "{}", "true");
    List<String> paths = new ArrayList<>();
    collect(root, "", paths);
    int refused = 0;
    for (String path : paths) {
      for (String value : values) {
        JsonNode edited = root.deepCopy();
        replace(edited, path, value);
        parts.put("model.json", JSON.writeValueAsBytes(edited));
        String what = path + " = " + value;
        try {
          TaggerModel model = read(zip(parts));
          assertThat(new Tagger(model).tag(Sentence.of("A", "word")).tags()).as(what).isNotEmpty();
          assertThat(model.config().toString()).as(what).isNotEmpty();
        } catch (ModelFormatException e) {
          refused++;
          assertThat(e.getMessage()).as(what).startsWith("m.rnn").hasLineCount(1);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
          fail(what + ": " + e, e);
        }
      }
    }
    assertThat(refused).isGreaterThan(paths.size() * values.size() / 2);
  }

  private static void collect(JsonNode node, String path, List<String> paths) {
    if (!path.isEmpty()) {
      paths.add(path);
    }
    if (node.isObject()) {
      node.fieldNames().forEachRemaining(n -> collect(node.get(n), path + "/" + n, paths));
    } else if (node.isArray() && !node.isEmpty()) {
      // One element of each list is enough.
      collect(node.get(0), path + "/0", paths);
    }
  }

  /** Replaces the node at a path, or removes it if the value is empty. */
  private static void replace(JsonNode root, String path, String value) throws IOException {
    int slash = path.lastIndexOf('/');
    JsonNode parent = root.at(path.substring(0, slash));
    String key = path.substring(slash + 1);
    if (parent instanceof ArrayNode array) {
      array.remove(0);
      if (!value.isEmpty()) {
        array.insert(0, JSON.readTree(value));
      }
    } else if (value.isEmpty()) {
      ((ObjectNode) parent).remove(key);
    } else {
      ((ObjectNode) parent).set(key, JSON.readTree(value));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void configurationThatLiesIsRefused(String what, Consumer<ObjectNode> lie, String message)
      throws Exception {
    Map<String, byte[]> parts = unzip(write(model(), Safetensors.Type.F32));
    ObjectNode json = (ObjectNode) JSON.readTree(parts.get("model.json"));
    lie.accept(json);
    parts.put("model.json", JSON.writeValueAsBytes(json));
    refused(zip(parts), message);
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        lie("hidden: 2000000000", layer(2_000_000_000), "expected 1 to 16384"),
        lie("hidden: 16384", layer(16_384), "weights, the configuration needs"),
        lie("more weights than an int", layer(16_384, 3), "weights, the configuration needs"),
        lie("residual", json -> first(json).put("residual", true), "encoder.0 is residual, but"),
        lie("dense", json -> first(json).put("dense", true), "the configuration needs"),
        lie(
            "residual and dense",
            json -> first(json).put("dense", true).put("residual", true),
            "both residual and dense"),
        lie("a context", json -> config(json).set("context", first(json)), "configuration needs"),
        lie(
            "a dense context",
            json -> config(json).set("context", first(json).deepCopy().put("dense", true)),
            "context is residual or dense"),
        lie("no encoder", json -> config(json).remove("encoder"), "encoder is missing"),
        lie("no input", json -> config(json).remove("input"), "input is missing"),
        lie("no embed", json -> config(json).putNull("embed"), "embed is missing"),
        lie("null head", json -> heads(json).putNull("upos"), "heads.upos is missing"),
        lie("null layer", json -> config(json).putArray("encoder").addNull(), "encoder is missing"),
        lie("unknown key", json -> config(json).put("extra", 1), "extra"),
        lie("a class", json -> config(json).put("@class", "java.lang.Runtime"), "@class"),
        lie("even width", json -> characters(json).put("width", 4), "expected an odd number"),
        lie("smoothing", json -> head(json).put("smoothing", 2), "smoothing: 2.0"),
        lie("another kind", json -> head(json).put("kind", "crf"), "the configuration needs"),
        lie(
            "a smooth crf",
            json -> head(json).put("kind", "crf").put("smoothing", 0.1),
            "kind: crf has smoothing: 0.1"),
        lie("weight", json -> head(json).put("weight", "NaN"), "weight: NaN"),
        lie("format 4", json -> json.put("format", 4), "format 4, this program reads 1 to 3"),
        lie("no labels", json -> json.remove("labels"), "head upos has no labels"),
        lie("label twice", json -> names(json).add(names(json).get(0)), "occurs twice"),
        lie("label 7", json -> names(json).set(0, JSON.valueToTree(7)), "not a string"),
        lie("one label more", json -> names(json).add("NEW"), "the configuration needs"),
        lie("no chunk tags", json -> labels(json).put("inside", "IOBES"), "not a tag of IOBES"),
        lie("no scheme", json -> labels(json).put("inside", "X"), "unknown tag scheme 'X'"),
        lie("size -1", size("words.txt", -1), "no valid size for words.txt"),
        lie("size 10^15", size("words.txt", 1_000_000_000_000_000L), "no valid size"),
        lie("size 2 GB", size("weights.safetensors", 2_000_000_000), "-Xmx"),
        lie("size 50 MB", size("weights.safetensors", 50_000_000), "bytes, expected 50000000"),
        lie("size 1", size("chars.txt", 1), "more than 1"),
        lie("wrong hash", json -> entry(json, "words.txt").put("sha256", "00"), "SHA-256"));
  }

  private static Arguments lie(String what, Consumer<ObjectNode> lie, String message) {
    return Arguments.of(what, lie, message);
  }

  private static Consumer<ObjectNode> layer(int... hidden) {
    return json -> {
      ArrayNode encoder = config(json).putArray("encoder");
      for (int size : hidden) {
        encoder.addObject().put("bidirectional", "lstm").put("hidden", size);
      }
    };
  }

  private static Consumer<ObjectNode> size(String entry, long bytes) {
    return json -> entry(json, entry).put("bytes", bytes);
  }

  private static ObjectNode entry(ObjectNode json, String entry) {
    return (ObjectNode) json.at("/entries").get(entry);
  }

  private static ObjectNode config(ObjectNode json) {
    return (ObjectNode) json.get("config");
  }

  private static ObjectNode first(ObjectNode json) {
    return (ObjectNode) json.at("/config/encoder/0");
  }

  private static ObjectNode heads(ObjectNode json) {
    return (ObjectNode) json.at("/config/heads");
  }

  private static ObjectNode head(ObjectNode json) {
    return (ObjectNode) json.at("/config/heads/upos");
  }

  private static ObjectNode characters(ObjectNode json) {
    return (ObjectNode) json.at("/config/embed/characters");
  }

  private static ObjectNode labels(ObjectNode json) {
    return (ObjectNode) json.at("/labels/upos");
  }

  private static ArrayNode names(ObjectNode json) {
    return (ArrayNode) json.at("/labels/upos/names");
  }

  @Test
  void entryThatUnpacksToMoreThanItSaysIsRefused() throws Exception {
    Map<String, byte[]> parts = unzip(write(model(), Safetensors.Type.F32));
    parts.put("words.txt", new byte[30_000_000]);
    byte[] bomb = zip(parts);
    assertThat(bomb.length).isLessThan(100_000);
    refused(bomb, "m.rnn!words.txt: more than ");
  }

  @Test
  void hugeModelJsonIsRefused() throws Exception {
    Map<String, byte[]> parts = unzip(write(model(), Safetensors.Type.F32));
    byte[] spaces = new byte[20_000_000];
    Arrays.fill(spaces, (byte) ' ');
    parts.put("model.json", spaces);
    refused(zip(parts), "larger than");
    byte[] nested = new byte[1_000_000];
    Arrays.fill(nested, (byte) '[');
    parts.put("model.json", nested);
    refused(zip(parts), "broken JSON");
  }

  @Test
  void entriesInAnotherOrderAreRefused() throws Exception {
    Map<String, byte[]> parts = unzip(write(model(), Safetensors.Type.F32));
    List<String> names = new ArrayList<>(parts.keySet());
    for (int i = 0; i + 1 < names.size(); i++) {
      List<String> swapped = new ArrayList<>(names);
      Collections.swap(swapped, i, i + 1);
      Map<String, byte[]> reordered = new LinkedHashMap<>();
      swapped.forEach(name -> reordered.put(name, parts.get(name)));
      refused(zip(reordered), i == 0 ? "does not begin with model.json" : "expected entry");
    }
    for (String name : names) {
      Map<String, byte[]> fewer = new LinkedHashMap<>(parts);
      fewer.remove(name);
      refused(zip(fewer), "expected entry".substring(0, name.equals("model.json") ? 0 : 14));
    }
  }

  @Test
  void nameOfAnEntryCanNotBreakTheMessage() throws Exception {
    Map<String, byte[]> parts = unzip(write(model(), Safetensors.Type.F32));
    Map<String, byte[]> renamed = new LinkedHashMap<>();
    parts.forEach(
        (name, part) -> renamed.put(name.equals("words.txt") ? "a\nb\u2028c" : name, part));
    refused(zip(renamed), "found a\\nb\\u2028c");
  }

  @Test
  void weightsThatAreNoNumbersAreRefused() throws Exception {
    for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      Map<String, byte[]> parts = unzip(write(model(), Safetensors.Type.F32));
      byte[] weights = parts.get("weights.safetensors");
      int bits = Float.floatToRawIntBits(bad);
      for (int i = 0; i < 4; i++) {
        weights[weights.length - 4 + i] = (byte) (bits >>> 8 * i);
      }
      refused(zip(withHashes(parts)), "holds " + bad);
    }
  }

  @ParameterizedTest
  @EnumSource(WordsLie.class)
  void wordListThatIsNoneIsRefused(WordsLie lie) throws Exception {
    Map<String, byte[]> parts = unzip(write(model(), Safetensors.Type.F32));
    String words = new String(parts.get("words.txt"), StandardCharsets.UTF_8);
    parts.put("words.txt", lie.lines(words).getBytes(StandardCharsets.UTF_8));
    refused(zip(withHashes(parts)), lie.message);
  }

  /** Ways to corrupt words.txt. */
  enum WordsLie {
    TWICE("is in the vocabulary twice"),
    NO_COUNT("line 1 is not a word, a tab and a count"),
    NO_TAB("line 1 is not a word, a tab and a count"),
    NO_WORD("line 1 is not a word, a tab and a count"),
    COUNT_ZERO("line 1 is not a word, a tab and a count"),
    HUGE_COUNT("line 1 is not a word, a tab and a count"),
    ONE_MORE("the configuration needs");

    private final String message;

    WordsLie(String message) {
      this.message = message;
    }

    String lines(String words) {
      String first = words.substring(0, words.indexOf('\n') + 1);
      return switch (this) {
        case TWICE -> words + first;
        case NO_COUNT -> "word\tx\n" + words;
        case NO_TAB -> "5\n" + words;
        case NO_WORD -> "\t5\n" + words;
        case COUNT_ZERO -> "word\t0\n" + words;
        case HUGE_COUNT -> "word\t99999999999\n" + words;
        case ONE_MORE -> words + "a new word\t3\n";
      };
    }
  }

  @Test
  void whatIsNoModelFileIsRefused(@TempDir Path folder) throws IOException {
    refused(new byte[0], "not a model file");
    refused("# A text\n".getBytes(StandardCharsets.UTF_8), "not a model file");
    assertThatThrownBy(() -> ModelFile.read(folder.resolve("none.rnn")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(folder.resolve("none.rnn") + ": no such file");
    assertThatThrownBy(() -> ModelFile.read(folder)).isInstanceOf(ModelFormatException.class);
    Path file = folder.resolve("m.rnn");
    Files.write(file, write(model(), Safetensors.Type.F16));
    assertThat(Tagger.load(file).model().config()).isEqualTo(model().config());
  }

  private static void refused(byte[] bytes, String message) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("m.rnn")
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }

  // ---- Fixtures ---------------------------------------------------------------------------------

  private static TaggerModel model() {
    return TinyTaggers.untrained(
        TinyTaggers.config(CellKind.SIMPLE_RNN, Characters.Kind.CNN, "upos", "xpos"),
        ENGLISH,
        1,
        1);
  }

  private static byte[] write(TaggerModel model, Safetensors.Type type) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(out, model, type);
    return out.toByteArray();
  }

  private static TaggerModel read(byte[] bytes) throws IOException {
    return ModelFile.read(new ByteArrayInputStream(bytes), "m.rnn").model();
  }

  static Map<String, byte[]> unzip(byte[] bytes) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        parts.put(entry.getName(), zip.readAllBytes());
      }
    }
    return parts;
  }

  static byte[] zip(Map<String, byte[]> parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
      }
    }
    return out.toByteArray();
  }

  /** Writes a model.json with the actual sizes and hashes of the other parts. */
  private static Map<String, byte[]> withHashes(Map<String, byte[]> parts) throws Exception {
    ObjectNode json = (ObjectNode) JSON.readTree(parts.get("model.json"));
    for (String name : parts.keySet()) {
      if (!name.equals("model.json")) {
        entry(json, name)
            .put("bytes", parts.get(name).length)
            .put("sha256", sha256(parts.get(name)));
      }
    }
    Map<String, byte[]> all = new LinkedHashMap<>(parts);
    all.put("model.json", JSON.writeValueAsBytes(json));
    return all;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
