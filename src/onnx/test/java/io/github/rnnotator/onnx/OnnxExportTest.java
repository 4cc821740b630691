package io.github.rnnotator.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.EmbedConfig.Characters;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.tagger.TinyTexts;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.LemmaScript;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exported networks in ONNX Runtime against ours. */
class OnnxExportTest {
  private static final float TOLERANCE = 1e-5f;
  private static final int BATCH = 16;
  private static final Path BUNDLED =
      Path.of("src/models/en/main/resources/META-INF/rnnotator/models/en.rnn");

  private static final List<TaggedSentence> CORPUS = TinyTaggers.english(30);

  private static final List<CellKind> EXPORTABLE =
      Stream.of(CellKind.values())
          .filter(cell -> cell.layer(1).onnxOperator().isPresent())
          .toList();

  @Test
  void cellWithoutOperatorIsRefused() {
    TaggerModel model =
        TinyTaggers.untrained(
            TinyTaggers.config(CellKind.MIN_GRU, Characters.Kind.CNN, "upos"), CORPUS, 0.5f, 5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxExport.of(model, "1"))
        .withMessage(
            "ONNX has no operator for a layer of MinGru, so this model cannot be exported");
  }

  @ParameterizedTest(name = "{0} bidirectional {1}, characters {2}, shape {3}")
  @MethodSource("networks")
  void scoresAndTagsEqualOurs(
      CellKind cell, boolean both, Characters.Kind characters, boolean shape) throws OrtException {
    long seed = 100L * cell.ordinal() + (characters == null ? 50 : 10 * characters.ordinal());
    SplittableRandom random = new SplittableRandom(seed + (both ? 2 : 0) + (shape ? 1 : 0));
    List<EncoderLayer> layers = new ArrayList<>();
    layers.add(layer(cell, both, random));
    while (layers.size() < 3 && random.nextBoolean()) {
      CellKind other = EXPORTABLE.get(random.nextInt(EXPORTABLE.size()));
      layers.add(layer(other, random.nextBoolean(), random));
    }
    boolean words = characters == null && !shape || random.nextBoolean();
    TaggerModel model =
        model(
            new EmbedConfig(
                words
                    ? EmbedConfig.Words.defaults()
                        .dim(7)
                        .minCount(2)
                        .lowercase(random.nextBoolean())
                    : null,
                characters == null
                    ? null
                    : new Characters(
                        characters, 5, 6, 1 + 2 * random.nextInt(3), random.nextBoolean()),
                shape),
            layers,
            softmax(random.nextBoolean() ? List.of("upos", "xpos") : List.of("upos")),
            random.nextLong());
    assertSame(model, sentences(random));
  }

  static Stream<Arguments> networks() {
    List<Characters.Kind> kinds = new ArrayList<>(List.of(Characters.Kind.values()));
    kinds.add(null);
    List<Arguments> all = new ArrayList<>();
    for (CellKind cell : EXPORTABLE) {
      for (boolean both : new boolean[] {false, true}) {
        for (Characters.Kind kind : kinds) {
          for (boolean shape : new boolean[] {false, true}) {
            all.add(Arguments.of(cell, both, kind, shape));
          }
        }
      }
    }
    return all.stream();
  }

  @Test
  void chunkTagsUseTheSchemeOfTheFiles() throws OrtException {
    List<TaggedSentence> corpus = TinyTaggers.entities(30);
    TaggerModel model =
        TinyTaggers.untrained(
            TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, TinyTaggers.ner(TagScheme.IOBES)),
            corpus,
            1,
            3);
    List<Sentence> sentences = corpus.stream().map(TaggedSentence::sentence).toList();
    assertSame(model, sentences);
    try (OnnxSession session = session(model)) {
      JsonNode head = json(session.metadata().get("heads")).path("ner");
      assertThat(head.path("inside").textValue()).isEqualTo("IOBES");
      assertThat(head.path("outside").textValue()).isEqualTo("IOB2");
      assertThat(texts(head.path("labels"))).isEqualTo(model.labels().get("ner").names());
    }
  }

  @ParameterizedTest(name = "many combinations of features {0}")
  @ValueSource(booleans = {false, true})
  void featuresAndScriptsOfLemmasHaveTheSameProbabilities(boolean many) throws OrtException {
    List<TaggedSentence> corpus = TinyTaggers.analysed(30);
    TaggerConfig config = TinyTaggers.analysis(false);
    if (many) {
      corpus = corpus.stream().map(OnnxExportTest::withManyFeatures).toList();
      config = config.encoder(List.of(EncoderLayer.bidirectional(CellKind.GRU, 40)));
    }
    TaggerModel model = TinyTaggers.untrained(config, corpus, 1, 3);
    assertThat(
            model.parameters().stream().anyMatch(p -> p.name().equals("heads.feats.rank.kernel")))
        .isEqualTo(many);
    List<Sentence> sentences = corpus.stream().map(TaggedSentence::sentence).toList();
    List<TaggedSentence> ours = new Tagger(model).tag(sentences);
    try (OnnxSession session = session(model)) {
      Map<String, float[][][]> theirs = session.run(PaddedBatch.of(sentences, model));
      JsonNode heads = json(session.metadata().get("heads"));
      for (String head : List.of("feats", "lemma")) {
        Labels labels = model.labels().get(head);
        assertThat(texts(heads.path(head).path("labels"))).isEqualTo(labels.names());
        assertThat(heads.path(head).path("kind").textValue()).isEqualTo(head);
        for (int i = 0; i < sentences.size(); i++) {
          Sentence sentence = sentences.get(i);
          float[][] rows = theirs.get(head + ".probabilities")[i];
          TagSequence tags = ours.get(i).tags(head);
          for (int t = 0; t < sentence.size(); t++) {
            boolean[] fits = new boolean[labels.size()];
            int best = -1;
            for (int label = 0; label < fits.length; label++) {
              fits[label] =
                  head.equals("feats")
                      || LemmaScript.parse(labels.names().get(label))
                          .apply(sentence.form(t))
                          .isPresent();
              best = fits[label] && (best < 0 || rows[t][label] > rows[t][best]) ? label : best;
            }
            // Ours are of the scripts that apply; those below 1/200 are left out.
            float sum = 0;
            for (int label = 0; label < fits.length; label++) {
              sum += fits[label] && rows[t][label] >= 0.005f * rows[t][best] ? rows[t][label] : 0;
            }
            float expected = head.equals("feats") ? rows[t][best] : rows[t][best] / sum;
            assertThat(tags.probabilities().get(t)).isCloseTo(expected, within(1e-4f));
          }
        }
      }
    }
  }

  @Test
  void tagsThatShareTheirPartsAreTheSame() throws OrtException {
    List<TaggedSentence> corpus = TinyTaggers.korean(30);
    Map<String, HeadConfig> heads =
        Map.of(
            "upos", HeadConfig.softmax().parts(true).rank(4),
            "xpos", HeadConfig.softmax().parts(true));
    TaggerModel model =
        TinyTaggers.untrained(
            TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, heads), corpus, 1, 3);
    assertThat(model.parameters().stream().map(Parameter::name))
        .contains("heads.xpos.values.kernel");
    List<Sentence> sentences = corpus.stream().map(TaggedSentence::sentence).toList();
    try (OnnxSession session = session(model)) {
      assertSameTags(model, session, json(session.metadata().get("heads")), sentences);
    }
  }

  /** Gives each word one of several hundred combinations. */
  private static TaggedSentence withManyFeatures(TaggedSentence sentence) {
    Map<String, TagSequence> tags = new LinkedHashMap<>(sentence.tags());
    List<String> features =
        sentence.sentence().forms().stream()
            .map(form -> "A=" + Math.floorMod(form.hashCode(), 23) + "|B=" + form.length())
            .toList();
    tags.put("feats", TagSequence.of(features));
    return sentence.with(tags);
  }

  @Test
  void bestCrfSequenceIsFoundFromTheFileAlone() throws OrtException {
    List<TaggedSentence> corpus = TinyTaggers.entities(30);
    HeadConfig crf = HeadConfig.crf(TagScheme.IOBES);
    TaggerModel model =
        TinyTaggers.untrained(
            TinyTaggers.config(CellKind.LSTM, Characters.Kind.CNN, Map.of("ner", crf)),
            corpus,
            1,
            4);
    List<Sentence> sentences = corpus.stream().map(TaggedSentence::sentence).toList();
    List<TaggedSentence> ours = new Tagger(model).tag(sentences);
    Labels labels = model.labels().get("ner");
    try (OnnxSession session = session(model)) {
      JsonNode head = json(session.metadata().get("heads")).path("ner");
      assertThat(head.path("kind").textValue()).isEqualTo("crf");
      float[][][] emissions = session.run(PaddedBatch.of(sentences, model)).get("ner.emissions");
      for (int i = 0; i < sentences.size(); i++) {
        int[] best = best(emissions[i], sentences.get(i).size(), head);
        List<String> tags = labels.tags(best, new float[best.length]).tags();
        assertThat(ours.get(i).tags("ner").tags()).as("sentence %d", i).isEqualTo(tags);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(HeadConfig.Pooling.class)
  void labelOfTextDoesNotDependOnPadding(HeadConfig.Pooling pooling) throws OrtException {
    for (boolean both : List.of(true, false)) {
      TaggerModel model = TinyTexts.untrained(TinyTexts.config(pooling, both), 5);
      List<Sentence> texts = TinyTexts.SAMPLE.stream().map(TaggedSentence::sentence).toList();
      Tagger tagger = new Tagger(model);
      try (OnnxSession session = session(model)) {
        JsonNode head = json(session.metadata().get("heads")).path("label");
        assertThat(head.path("kind").textValue()).isEqualTo("document");
        assertThat(head.path("pooling").textValue()).isEqualToIgnoringCase(pooling.name());
        assertThat(texts(head.path("labels"))).isEqualTo(List.of("ham", "spam"));
        float[][][] theirs = session.run(PaddedBatch.of(texts, model)).get("label.probabilities");
        for (int i = 0; i < texts.size(); i++) {
          for (Label label : tagger.labels(texts.get(i), "label")) {
            int id = model.labels().get("label").names().indexOf(label.name());
            assertThat(theirs[i][0][id])
                .as("text %d, %s", i, label)
                .isCloseTo(label.probability(), within(1e-5f));
          }
        }
      }
    }
  }

  /** The Viterbi algorithm as in a textbook. */
  private static int[] best(float[][] emissions, int length, JsonNode head) {
    int labels = head.path("labels").size();
    double[][] score = new double[length][labels];
    int[][] from = new int[length][labels];
    for (int t = 0; t < length; t++) {
      for (int j = 0; j < labels; j++) {
        score[t][j] = t == 0 ? head.path("start").path(j).doubleValue() : -Double.MAX_VALUE;
        for (int i = 0; t > 0 && i < labels; i++) {
          double path = score[t - 1][i] + head.path("transitions").path(i).path(j).doubleValue();
          if (path > score[t][j]) {
            score[t][j] = path;
            from[t][j] = i;
          }
        }
        score[t][j] += emissions[t][j];
      }
    }
    int last = 0;
    for (int j = 0; j < labels; j++) {
      score[length - 1][j] += head.path("end").path(j).doubleValue();
      last = score[length - 1][j] > score[length - 1][last] ? j : last;
    }
    int[] best = new int[length];
    for (int t = length - 1; t >= 0; t--) {
      best[t] = last;
      last = from[t][last];
    }
    return best;
  }

  @ParameterizedTest(name = "tune {0}, trained {1}, {2}")
  @CsvSource({"true, 0, F16", "false, 0, I8", "false, 3, F16"})
  void fileContainsPretrainedVectors(boolean tune, int trained, WordVectors.Type type)
      throws OrtException {
    TaggerConfig plain = TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, "upos");
    TaggerModel model =
        TinyTaggers.untrained(
            TinyTaggers.withVectors(plain, tune, trained, type), CORPUS.subList(0, 20), 1, 8);
    // The last sentences are not in the training data, but some of their words have vectors.
    List<Sentence> sentences = new ArrayList<>(CORPUS.stream().map(s -> s.sentence()).toList());
    sentences.add(Sentence.of("Unseen", "unseen", "ZEBRA", "X17", "fish"));
    assertSame(model, sentences);
    try (OnnxSession session = session(model)) {
      List<String> inputs =
          new ArrayList<>(List.of("characters", "word_lengths", "shapes", "lengths"));
      if (tune || trained > 0) {
        inputs.add("words");
      }
      if (!tune) {
        inputs.add("vectors");
      }
      assertThat(session.inputNames()).containsExactlyInAnyOrderElementsOf(inputs);
      assertThat(texts(json(session.metadata().get("vectors"))))
          .hasSize(model.vocabularies().vectors().size())
          .contains("zebra");
    }
  }

  @Test
  void fileContainsShortcutsAndGlobalContext() throws OrtException {
    TaggerConfig deep = TinyTaggers.deep("upos");
    TaggerConfig context =
        TaggerConfig.of(deep.input(), deep.embed(), List.of(), deep.heads())
            .context(deep.context());
    for (TaggerConfig config : List.of(deep, context)) {
      TaggerModel model = TinyTaggers.untrained(config, CORPUS, 0.6f, 9);
      assertSame(model, sentences(new SplittableRandom(9)));
    }
  }

  @Test
  void networkWithoutRecurrentLayersHasNoLengthsInput() throws OrtException {
    TaggerModel model =
        model(
            EmbedConfig.of(EmbedConfig.Words.defaults().dim(7)).shape(true),
            List.of(),
            softmax(List.of("upos")),
            4);
    assertSame(model, sentences(new SplittableRandom(4)));
    try (OnnxSession session = session(model)) {
      assertThat(session.inputNames()).containsExactlyInAnyOrder("words", "shapes");
    }
  }

  @Test
  void zeroLengthReachesNoOperator() {
    TaggerModel model =
        TinyTaggers.untrained(
            TinyTaggers.config(CellKind.GRU, Characters.Kind.LSTM, "upos"), CORPUS, 1, 7);
    List<OnnxModel.Node> nodes = OnnxExport.of(model, "1.2.3").graph().nodes();
    List<String> clamped =
        nodes.stream()
            .filter(node -> node.operator().equals("Max"))
            .flatMap(node -> node.outputs().stream())
            .toList();
    List<String> lengths =
        nodes.stream()
            .filter(node -> node.operator().matches("RNN|GRU|LSTM"))
            .map(node -> node.inputs().get(4))
            .toList();
    assertThat(lengths).hasSize(2).isSubsetOf(clamped);
  }

  @Test
  void paddingValuesDoNotMatter() throws OrtException {
    for (Characters.Kind kind : Characters.Kind.values()) {
      TaggerModel model =
          TinyTaggers.untrained(TinyTaggers.config(CellKind.LSTM, kind, "upos"), CORPUS, 0.5f, 5);
      SplittableRandom random = new SplittableRandom(5);
      List<Sentence> sentences = sentences(random);
      PaddedBatch zeros = PaddedBatch.of(sentences, model);
      PaddedBatch noise = withNoise(zeros, model, random);
      assertThat(noise.characters()).isNotEqualTo(zeros.characters());
      try (OnnxSession session = session(model)) {
        float[][][] expected = session.run(zeros).get("upos.probabilities");
        float[][][] found = session.run(noise).get("upos.probabilities");
        for (int i = 0; i < sentences.size(); i++) {
          float[][][] alone =
              session
                  .run(PaddedBatch.of(List.of(sentences.get(i)), model))
                  .get("upos.probabilities");
          for (int t = 0; t < sentences.get(i).size(); t++) {
            assertThat(found[i][t]).containsExactly(expected[i][t], within(1e-6f));
            assertThat(alone[0][t]).containsExactly(expected[i][t], within(1e-6f));
          }
        }
      }
    }
  }

  /** A copy with other words, characters, lengths and shapes in the padding. */
  private static PaddedBatch withNoise(
      PaddedBatch batch, TaggerModel model, SplittableRandom random) {
    long[] words = batch.words().clone();
    long[] characters = batch.characters().clone();
    int[] wordLengths = batch.wordLengths().clone();
    long[] shapes = batch.shapes().clone();
    for (int at = 0; at < words.length; at++) {
      int from = at * batch.length() + wordLengths[at];
      for (int c = from; c < (at + 1) * batch.length(); c++) {
        characters[c] = random.nextInt(model.vocabularies().characters().size());
      }
      if (at % batch.timesteps() >= batch.lengths()[at / batch.timesteps()]) {
        words[at] = random.nextInt(model.vocabularies().words().size());
        wordLengths[at] = random.nextInt(batch.length() + 1);
        shapes[at] = 1;
      }
    }
    return new PaddedBatch(
        batch.batch(),
        batch.timesteps(),
        batch.length(),
        words,
        batch.vectors(),
        characters,
        wordLengths,
        shapes,
        batch.lengths());
  }

  @Test
  void metadataDescribesTheModel() throws OrtException {
    TaggerModel model =
        TinyTaggers.untrained(
                TinyTaggers.config(CellKind.GRU, Characters.Kind.GRU, "upos", "xpos"),
                TinyTaggers.korean(30),
                0.5f,
                6)
            .withCard("# Karte\n");
    try (OnnxSession session = session(model)) {
      assertThat(session.inputNames())
          .containsExactlyInAnyOrder("words", "characters", "word_lengths", "shapes", "lengths");
      Map<String, String> metadata = session.metadata();
      assertThat(metadata)
          .containsEntry("version", "1.2.3")
          .containsEntry("language", "en")
          .containsEntry("words.lowercase", "true")
          .containsEntry("card", "# Karte\n");
      assertNumbered(metadata.get("words"), model.vocabularies().words());
      assertNumbered(metadata.get("characters"), model.vocabularies().characters());
      assertThat(texts(json(metadata.get("shapes")))).startsWith("LOWER", "CAPITALIZED");
      JsonNode heads = json(metadata.get("heads"));
      model
          .labels()
          .forEach(
              (name, labels) -> {
                assertThat(heads.path(name).path("kind").textValue()).isEqualTo("softmax");
                assertThat(texts(heads.path(name).path("labels"))).isEqualTo(labels.names());
              });
      assertThat(heads.size()).isEqualTo(2);
    }
  }

  private static void assertNumbered(String json, Vocabulary vocabulary) {
    List<String> texts = texts(json(json));
    assertThat(texts).hasSize(vocabulary.size()).hasSizeGreaterThan(20);
    for (int id = 1; id < texts.size(); id++) {
      assertThat(vocabulary.id(texts.get(id))).isEqualTo(id);
    }
    assertThat(texts.get(Vocabulary.UNKNOWN)).isEmpty();
  }

  @Test
  void bundledModelGivesTheSameTags() throws IOException, OrtException {
    TaggerModel model = TaggerModel.load(BUNDLED);
    List<Sentence> sentences =
        TinyTaggers.english(1000).stream().map(TaggedSentence::sentence).toList();
    assertThat(sentences).hasSizeGreaterThan(200);
    try (OnnxSession session = session(model)) {
      JsonNode heads = json(session.metadata().get("heads"));
      for (int from = 0; from < sentences.size(); from += BATCH) {
        int to = Math.min(from + BATCH, sentences.size());
        assertSameTags(model, session, heads, sentences.subList(from, to));
      }
    }
  }

  private static void assertSameTags(
      TaggerModel model, OnnxSession session, JsonNode heads, List<Sentence> sentences)
      throws OrtException {
    // Sentence by sentence, since the file ignores neighbours.
    List<TaggedSentence> ours = new Tagger(model).tag(sentences);
    Map<String, float[][][]> theirs = session.run(PaddedBatch.of(sentences, model));
    Map<String, float[][][]> agreed = agreed(theirs, heads);
    model
        .labels()
        .forEach(
            (head, labels) -> {
              if (labels.areScripts()) {
                // Lemmas also need the dictionary, which is not in the file; see the test of
                // scripts above.
                return;
              }
              float[][][] probabilities =
                  agreed.getOrDefault(head, theirs.get(head + ".probabilities"));
              for (int i = 0; i < sentences.size(); i++) {
                int size = sentences.get(i).size();
                TagSequence tags =
                    probabilities == null
                        ? labels.tags(
                            best(theirs.get(head + ".emissions")[i], size, heads.path(head)),
                            new float[size])
                        : tags(probabilities[i], size, labels);
                assertThat(ours.get(i).tags(head).tags())
                    .as("%s of sentence %d", head, i)
                    .isEqualTo(tags.tags());
              }
            });
  }

  /**
   * Finds the labels of heads that agree from the file alone: 1 for the labels of the most probable
   * combination.
   */
  private static Map<String, float[][][]> agreed(
      Map<String, float[][][]> probabilities, JsonNode heads) {
    Map<String, float[][][]> agreed = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> head : heads.properties()) {
      List<String> names = new ArrayList<>(texts(head.getValue().path("agree")));
      if (names.isEmpty()) {
        continue;
      }
      names.add(head.getKey());
      List<int[]> combinations = new ArrayList<>();
      for (JsonNode combination : head.getValue().path("combinations")) {
        int[] ids = new int[names.size()];
        for (int k = 0; k < ids.length; k++) {
          List<String> labels = texts(heads.path(names.get(k)).path("labels"));
          ids[k] = labels.indexOf(combination.path(k).textValue());
        }
        combinations.add(ids);
      }
      names.forEach(name -> agreed.put(name, probabilities.get(name + ".probabilities")));
      for (int i = 0; i < agreed.get(head.getKey()).length; i++) {
        for (int t = 0; t < agreed.get(head.getKey())[i].length; t++) {
          int[] best = best(names.stream().map(agreed::get).toList(), combinations, i, t);
          for (int k = 0; k < best.length; k++) {
            agreed.get(names.get(k))[i][t][best[k]] = 1;
          }
        }
      }
    }
    return agreed;
  }

  private static int[] best(
      List<float[][][]> probabilities, List<int[]> combinations, int i, int t) {
    int[] best = combinations.get(0);
    double most = -1;
    for (int[] combination : combinations) {
      double product = 1;
      for (int k = 0; k < combination.length; k++) {
        product *= probabilities.get(k)[i][t][combination[k]];
      }
      if (product > most) {
        most = product;
        best = combination;
      }
    }
    return best;
  }

  private static void assertSame(TaggerModel model, List<Sentence> sentences) throws OrtException {
    try (OnnxSession session = session(model)) {
      assertSame(model, session, sentences);
    }
  }

  @Test
  void documentedProgramRuns() throws IOException, OrtException {
    TaggerModel model = TaggerModel.load(BUNDLED);
    byte[] file = OnnxExport.of(model, "1.2.3").toBytes();
    PaddedBatch batch = PaddedBatch.of(List.of(Sentence.of("She", "reads", "books")), model);
    long[] tokens = {batch.batch(), batch.timesteps()};
    long[] spelling = {batch.batch(), batch.timesteps(), batch.length()};
    long[] sentences = {batch.batch()};
    OrtEnvironment ort = OrtEnvironment.getEnvironment();
    try (OrtSession session = ort.createSession(file);
        OnnxTensor words = OnnxTensor.createTensor(ort, LongBuffer.wrap(batch.words()), tokens);
        OnnxTensor characters =
            OnnxTensor.createTensor(ort, LongBuffer.wrap(batch.characters()), spelling);
        OnnxTensor wordLengths =
            OnnxTensor.createTensor(ort, IntBuffer.wrap(batch.wordLengths()), tokens);
        OnnxTensor shapes = OnnxTensor.createTensor(ort, LongBuffer.wrap(batch.shapes()), tokens);
        OnnxTensor lengths =
            OnnxTensor.createTensor(ort, IntBuffer.wrap(batch.lengths()), sentences);
        OrtSession.Result result =
            session.run(
                Map.of(
                    "words", words,
                    "characters", characters,
                    "word_lengths", wordLengths,
                    "shapes", shapes,
                    "lengths", lengths))) {
      float[][][] probabilities =
          (float[][][]) result.get("upos.probabilities").orElseThrow().getValue();
      assertThat(tags(probabilities[0], 3, model.labels().get("upos")).tags())
          .containsExactly("PRON", "VERB", "NOUN");
    }
  }

  /** ONNX Runtime's distributions equal ours, and its tags the tagger's. */
  private static void assertSame(TaggerModel model, OnnxSession session, List<Sentence> sentences)
      throws OrtException {
    Map<String, float[][][]> ours = new Distributions(model).of(sentences);
    List<TaggedSentence> tagged = new Tagger(model).tag(sentences);
    Map<String, float[][][]> theirs = session.run(PaddedBatch.of(sentences, model));
    assertThat(theirs).hasSize(ours.size());
    ours.forEach(
        (head, distributions) -> {
          float[][][] found = theirs.get(head + ".probabilities");
          for (int i = 0; i < sentences.size(); i++) {
            float[][] expected = distributions[i];
            for (int t = 0; t < expected.length; t++) {
              assertThat(distance(found[i][t], expected[t]))
                  .as("%s, sentence %d, token %d", head, i, t)
                  .isLessThanOrEqualTo(TOLERANCE);
            }
            TagSequence gold = tagged.get(i).tags(head);
            TagSequence tags = tags(found[i], expected.length, model.labels().get(head));
            assertThat(tags.tags()).isEqualTo(gold.tags());
            for (int t = 0; t < expected.length; t++) {
              assertThat(tags.probabilities().get(t))
                  .isCloseTo(gold.probabilities().get(t), within(TOLERANCE));
            }
          }
        });
  }

  /** The largest difference; NaN, which fails every tolerance, if any is NaN. */
  private static float distance(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    float greatest = 0;
    for (int i = 0; i < found.length; i++) {
      greatest = Math.max(greatest, Math.abs(found[i] - expected[i]));
    }
    return greatest;
  }

  private static TagSequence tags(float[][] distributions, int size, Labels labels) {
    int[] best = new int[size];
    float[] probabilities = new float[size];
    for (int t = 0; t < size; t++) {
      for (int label = 0; label < labels.size(); label++) {
        if (distributions[t][label] > probabilities[t]) {
          best[t] = label;
          probabilities[t] = distributions[t][label];
        }
      }
    }
    return labels.tags(best, probabilities);
  }

  private static OnnxSession session(TaggerModel model) throws OrtException {
    return new OnnxSession(OnnxExport.of(model, "1.2.3").toBytes());
  }

  private static TaggerModel model(
      EmbedConfig embed, List<EncoderLayer> encoder, Map<String, HeadConfig> heads, long seed) {
    InputConfig input = InputConfig.defaults();
    return TinyTaggers.untrained(TaggerConfig.of(input, embed, encoder, heads), CORPUS, 0.6f, seed);
  }

  private static EncoderLayer layer(CellKind cell, boolean both, SplittableRandom random) {
    int hidden = 3 + random.nextInt(6);
    EncoderLayer layer =
        both ? EncoderLayer.bidirectional(cell, hidden) : EncoderLayer.recurrent(cell, hidden);
    return layer.rank(random.nextBoolean() ? 2 + random.nextInt(4) : 0);
  }

  private static Map<String, HeadConfig> softmax(List<String> names) {
    Map<String, HeadConfig> heads = new LinkedHashMap<>();
    names.forEach(name -> heads.put(name, HeadConfig.softmax()));
    return heads;
  }

  /** Known and unknown words of 1 to 60 characters in sentences of 1 to 12 tokens. */
  private static List<Sentence> sentences(SplittableRandom random) {
    List<Sentence> sentences = new ArrayList<>();
    sentences.add(Sentence.of("x"));
    sentences.add(Sentence.of("학교는", "값\u1100"));
    sentences.add(Sentence.of("\uD83D\uDE00", "1984", "U.S.", "a".repeat(39) + "Zebra".repeat(4)));
    for (int i = 0; i < 6; i++) {
      List<String> forms = new ArrayList<>();
      int size = 1 + random.nextInt(12);
      while (forms.size() < size) {
        Sentence known = CORPUS.get(random.nextInt(CORPUS.size())).sentence();
        String form = known.form(random.nextInt(known.size()));
        forms.add(random.nextInt(4) == 0 ? form + "\u00e9" + random.nextInt(99) : form);
      }
      sentences.add(Sentence.of(forms));
    }
    Collections.shuffle(sentences, new java.util.Random(random.nextLong()));
    return sentences;
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.textValue()));
    return texts;
  }
}
