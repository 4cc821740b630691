package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.embed.EmbedConfig.Characters;
import io.github.rnnotator.embed.TokenEncoder;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.Activation;
import io.github.rnnotator.nn.Bidirectional;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Gru;
import io.github.rnnotator.nn.Lstm;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.Sequential;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.HeadConfig.Kind;
import io.github.rnnotator.tagger.HeadConfig.Pooling;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many-to-one: one label for a whole text. */
class DocumentHeadTest {
  private static final List<Sentence> TEXTS =
      TinyTexts.SAMPLE.stream().map(TaggedSentence::sentence).toList();

  // ---- Computation ------------------------------------------------------------------------------

  /** The configured network equals the textbook's, with {@code returnSequences(false)}. */
  @Test
  void lastStatesAreThoseOfATextbooksNetwork() {
    TaggerModel model = TinyTexts.untrained(TinyTexts.config(Pooling.LAST, true), 1);
    SplittableRandom random = new SplittableRandom(0);
    TokenEncoder embed =
        new TokenEncoder(model.config().embed(), model.vocabularies(), 0, 0, random);
    Sequential network =
        Sequential.of(
            embed.outputDim(),
            0,
            new Bidirectional(new Lstm(5).returnSequences(true)),
            new Bidirectional(new Gru(7)),
            new Dense(2, Activation.SOFTMAX));
    List<Parameter> textbook = new ArrayList<>(embed.parameters());
    textbook.addAll(network.parameters());
    List<Parameter> ours = model.parameters();
    assertThat(textbook).hasSameSizeAs(ours);
    for (int i = 0; i < ours.size(); i++) {
      System.arraycopy(
          ours.get(i).value().data, 0, textbook.get(i).value().data, 0, ours.get(i).size());
    }
    PassContext pass = PassContext.inference(Ops.best(), new Workspace());
    float[][][] expected = network.forward(embed.forward(TEXTS, pass).y(), pass).y().toTensor();
    Tagger tagger = new Tagger(model);
    for (int i = 0; i < TEXTS.size(); i++) {
      assertThat(expected[i]).hasDimensions(1, 2);
      List<Label> labels = tagger.labels(TEXTS.get(i), "label");
      assertThat(labels).hasSize(2);
      for (Label label : labels) {
        int id = model.labels().get("label").names().indexOf(label.name());
        assertThat(label.probability()).as("text %d", i).isEqualTo(expected[i][0][id]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void aLabelDependsOnTheFirstAndOnTheLastToken(Pooling pooling) {
    Tagger tagger = tagger(pooling);
    List<String> forms = List.of("can", "you", "bring", "the", "keys", "tonight");
    for (int t = 0; t < forms.size(); t++) {
      List<String> changed = new ArrayList<>(forms);
      changed.set(t, "WINNER!");
      assertThat(probability(tagger, Sentence.of(changed)))
          .as("token %d", t)
          .isNotEqualTo(probability(tagger, Sentence.of(forms)));
    }
  }

  private static float probability(Tagger tagger, Sentence text) {
    Float probability = tagger.tag(text).label("label").probability();
    return probability == null ? Float.NaN : probability;
  }

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void allLabelsComeBestFirstAndSumToOne(Pooling pooling) {
    Tagger tagger = tagger(pooling);
    for (Sentence text : TEXTS) {
      List<Label> labels = tagger.labels(text, "label");
      assertThat(labels.get(0)).isEqualTo(tagger.tag(text).label("label"));
      assertThat(labels.get(0).probability()).isGreaterThanOrEqualTo(labels.get(1).probability());
      assertThat(labels.get(0).probability() + labels.get(1).probability())
          .isCloseTo(1, within(1e-5f));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tagger.labels(TEXTS.get(0), "spam"))
        .withMessage("no head 'spam', only [label]");
  }

  @Test
  void aLabelledTextHasNoTags() {
    TaggedSentence labelled = tagger(Pooling.LAST).tag(TEXTS.get(0));
    assertThat(labelled.tags()).isEmpty();
    assertThat(labelled.labels()).containsOnlyKeys("label");
    assertThat(labelled.has("label")).isTrue();
    assertThat(labelled.has("upos")).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> labelled.label("upos"))
        .withMessage("no label of head 'upos', only [label]");
  }

  // ---- Independence of batch and threads --------------------------------------------------------

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void labelsDoNotDependOnOpsCacheOrCompany(Pooling pooling) {
    TaggerModel model = TinyTexts.untrained(TinyTexts.config(pooling, true), 2);
    List<TaggedSentence> expected = new ArrayList<>();
    for (Sentence text : TEXTS) {
      expected.add(new Tagger(model, Ops.best(), 0).tag(text));
    }
    assertThat(expected.stream().map(t -> t.label("label").name()))
        .contains("ham")
        .contains("spam");
    for (Ops ops : List.of(Ops.best(), Ops.scalar())) {
      for (int forms : new int[] {0, 5, Tagger.CACHED_FORMS}) {
        Tagger tagger = new Tagger(model, ops, forms);
        for (int size : new int[] {1, 7, TEXTS.size(), TEXTS.size()}) {
          List<TaggedSentence> actual = new ArrayList<>();
          for (int from = 0; from < TEXTS.size(); from += size) {
            actual.addAll(tagger.tag(TEXTS.subList(from, Math.min(TEXTS.size(), from + size))));
          }
          assertThat(actual).as("%s, %d forms, %d", ops.name(), forms, size).isEqualTo(expected);
        }
        assertThat(tagger.tagDocuments(List.of(TEXTS))).containsExactly(expected);
      }
    }
  }

  @Test
  void sharedByThreadsItSaysTheSameAsAlone() throws Exception {
    Tagger tagger = tagger(Pooling.MEAN);
    List<TaggedSentence> expected = tagger.tag(TEXTS);
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try {
      List<Callable<List<TaggedSentence>>> work = Collections.nCopies(24, () -> tagger.tag(TEXTS));
      for (Future<List<TaggedSentence>> result : executor.invokeAll(work)) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  // ---- The model file ---------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void aModelComesBackFromItsFile(Pooling pooling) throws IOException {
    TaggerConfig plain = TinyTexts.config(pooling, pooling != Pooling.MAX);
    for (TaggerConfig config :
        List.of(plain, TinyTaggers.withVectors(plain, false, 3, WordVectors.Type.F16))) {
      TaggerModel model = TinyTexts.untrained(config, 3);
      TaggerModel read = read(bytes(model));
      assertThat(read.config()).isEqualTo(config);
      assertThat(TinyTaggers.bits(read)).isEqualTo(TinyTaggers.bits(model));
      assertThat(new Tagger(read).tag(TEXTS)).isEqualTo(new Tagger(model).tag(TEXTS));
    }
  }

  @Test
  void aBrokenFileIsRefusedWithItsReason() throws IOException {
    TaggerModel model = TinyTexts.untrained(TinyTexts.config(Pooling.LAST, true), 3);
    assertThatThrownBy(() -> read(replaced(model, "LAST", "LOST")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("Pooling");
    assertThatThrownBy(() -> read(replaced(model, "\"DOCUMENT\"", "\"SOFTMAX\" ")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("only kind: document can have");
    assertThatThrownBy(() -> read(replaced(model, "labelled", "conllu  ")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("expected labelled");
    assertThatThrownBy(() -> read(replaced(model, "\"dense\" : false", "\"dense\" : true ")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("residual or dense");
  }

  private static byte[] bytes(TaggerModel model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(out, model, Safetensors.Type.F32);
    return out.toByteArray();
  }

  private static TaggerModel read(byte[] bytes) throws IOException {
    return ModelFile.read(new ByteArrayInputStream(bytes), "tiny.rnn").model();
  }

  /** Writes the file with another text in its first entry. */
  private static byte[] replaced(TaggerModel model, String old, String other) throws IOException {
    Map<String, byte[]> parts = ModelFileTest.unzip(bytes(model));
    String json = new String(parts.get("model.json"), StandardCharsets.UTF_8);
    assertThat(json).contains(old);
    parts.put("model.json", json.replace(old, other).getBytes(StandardCharsets.UTF_8));
    return ModelFileTest.zip(parts);
  }

  // ---- Configurations ---------------------------------------------------------------------------

  @Test
  void aHeadSaysOnlyWhatItsKindLeavesRoomFor() {
    assertThat(
            new HeadConfig(
                    Kind.DOCUMENT, null, 1, 0, 0, null, null, null, null, false, 0, List.of())
                .pooling())
        .isEqualTo(Pooling.LAST);
    assertThat(HeadConfig.crf().pooling()).isNull();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new HeadConfig(
                    Kind.DOCUMENT,
                    TagScheme.IOBES,
                    1,
                    0,
                    0,
                    null,
                    null,
                    null,
                    null,
                    false,
                    0,
                    List.of()))
        .withMessageContaining("has scheme: IOBES");
  }

  @Test
  void aNetworkThatLabelsTextsDoesNothingElse() {
    TaggerConfig texts = TinyTexts.config(Pooling.LAST, true);
    HeadConfig document = texts.heads().get("label");
    HeadConfig softmax = HeadConfig.softmax();
    assertThat(texts.labelsTexts()).isTrue();
    refused(
        () ->
            TaggerConfig.of(
                texts.input(),
                texts.embed(),
                texts.encoder(),
                Map.of("label", document, "upos", softmax)),
        "train two models");
    refused(() -> texts.group(50), "group is 50, but a head of kind: document");
    refused(
        () -> TaggerConfig.of(texts.input(), texts.embed(), texts.encoder(), Map.of("a", softmax)),
        "no head is of kind: document");
    refused(
        () ->
            TaggerConfig.of(InputConfig.defaults(), texts.embed(), texts.encoder(), texts.heads()),
        "input.format is conllu, which has no labels of whole texts; expected labelled");
    refused(
        () -> TaggerConfig.of(texts.input(), texts.embed(), List.of(), texts.heads()),
        "has no layer; use pooling: max or mean");
    EncoderLayer dense = EncoderLayer.bidirectional(CellKind.GRU, 4).dense(true);
    refused(
        () -> TaggerConfig.of(texts.input(), texts.embed(), List.of(dense), texts.heads()),
        "is residual or dense; use pooling: max or mean");
    Map<String, HeadConfig> max = Map.of("label", HeadConfig.document(Pooling.MAX));
    for (List<EncoderLayer> layers : List.of(List.of(dense), List.<EncoderLayer>of())) {
      TaggerModel model =
          TinyTexts.untrained(TaggerConfig.of(texts.input(), texts.embed(), layers, max), 1);
      assertThat(new Tagger(model).tag(TEXTS)).hasSameSizeAs(TEXTS);
    }
  }

  private static void refused(Runnable making, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(making::run)
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void aTaggerGivesNoLabelsAndAClassifierNoTags() {
    TaggerModel tagger =
        TinyTaggers.untrained(
            TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, "upos"),
            TinyTaggers.english(5),
            1,
            1);
    tagger.requireTags();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tagger(tagger).labels(Sentence.of("a"), "upos"))
        .withMessage(
            "the model gives no labels to whole texts, but tags to tokens (head upos); use"
                + " rnnotator tag");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tagger(Pooling.MAX).model().requireTags())
        .withMessage(
            "the model tags no tokens, but gives a whole text one label (head label); use"
                + " rnnotator classify");
  }

  private static Tagger tagger(Pooling pooling) {
    return new Tagger(TinyTexts.untrained(TinyTexts.config(pooling, true), 2));
  }
}
