package io.github.rnnotator.corenlp;

import static io.github.rnnotator.corenlp.Pipelines.plain;
import static io.github.rnnotator.corenlp.Pipelines.properties;
import static io.github.rnnotator.corenlp.Pipelines.sentences;
import static io.github.rnnotator.corenlp.Pipelines.tokenized;
import static io.github.rnnotator.corenlp.Pipelines.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.AnnotationPipeline;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import edu.stanford.nlp.trees.ud.CoNLLUFeatures;
import edu.stanford.nlp.util.CoreMap;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.tagger.TinyTexts;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.JointTagger;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CoreNLP's pipelines give the library's results in CoreNLP's own annotations. */
class RnnotatorAnnotatorTest {
  @TempDir static Path folder;

  private static Path model;
  private static String english;

  @BeforeAll
  static void writeModel() throws IOException {
    model = JointTagger.write(folder);
    english = Files.readString(Path.of("corpora/sample/en.txt"));
  }

  private static StanfordCoreNLP pipeline(String annotators, String... more) {
    Properties properties = properties(annotators, more);
    properties.putIfAbsent("rnn.model", model.toString());
    return new StanfordCoreNLP(properties);
  }

  // ---- Tags -------------------------------------------------------------------------------------

  @Test
  void everyTokenHasTheTagsThatTheLibraryGives() {
    Annotation document = new Annotation(english);
    pipeline("tokenize,rnn").annotate(document);
    List<TaggedSentence> expected = JointTagger.get().tag(plain(document));
    assertThat(expected).hasSizeGreaterThan(40);
    int mentions = 0;
    for (int s = 0; s < expected.size(); s++) {
      List<CoreLabel> tokens = tokens(sentences(document).get(s));
      TaggedSentence tagged = expected.get(s);
      List<Mention> found = TagScheme.IOB2.mentions(tagged.tags("ner").tags());
      mentions += found.size();
      for (int i = 0; i < tokens.size(); i++) {
        CoreLabel token = tokens.get(i);
        int at = i;
        String type =
            found.stream()
                .filter(m -> m.span().begin() <= at && at < m.span().end())
                .map(Mention::type)
                .findFirst()
                .orElse("O");
        assertThat(token.tag()).isEqualTo(tagged.tags("xpos").tag(i));
        assertThat(token.get(CoreAnnotations.CoarseTagAnnotation.class))
            .isEqualTo(tagged.tags("upos").tag(i));
        assertThat(token.ner()).isEqualTo(type);
        assertThat(token.get(CoreAnnotations.CoarseNamedEntityTagAnnotation.class)).isEqualTo(type);
        assertThat(token.get(CoreAnnotations.FineGrainedNamedEntityTagAnnotation.class))
            .isEqualTo(type);
        assertThat(token.get(CoreAnnotations.NamedEntityTagProbsAnnotation.class))
            .isEqualTo(Map.of(type, (double) tagged.tags("ner").probabilities().get(i)));
      }
    }
    assertThat(mentions).isGreaterThan(5);
  }

  @Test
  void lemmasAndFeaturesAreWhereCoreNlpHasThem() throws IOException {
    TaggerModel analysis =
        TinyTaggers.untrained(TinyTaggers.analysis(true), TinyTaggers.analysed(30), 2, 4);
    Path file = folder.resolve("analysis.rnn");
    try (OutputStream out = Files.newOutputStream(file)) {
      ModelFile.write(out, analysis, Safetensors.Type.F32);
    }
    Annotation document = new Annotation(english);
    pipeline("tokenize,rnn", "rnn.model", file.toString()).annotate(document);
    List<TaggedSentence> expected = new Tagger(analysis).tagDocument(plain(document));
    Set<String> features = new HashSet<>();
    for (int s = 0; s < expected.size(); s++) {
      List<CoreLabel> tokens = tokens(sentences(document).get(s));
      for (int i = 0; i < tokens.size(); i++) {
        CoNLLUFeatures found = tokens.get(i).get(CoreAnnotations.CoNLLUFeats.class);
        String feats = expected.get(s).tags("feats").tag(i);
        assertThat(tokens.get(i).lemma()).isEqualTo(expected.get(s).tags("lemma").tag(i));
        assertThat(found == null ? "_" : found.toString()).isEqualTo(feats);
        features.add(feats);
      }
    }
    assertThat(features).hasSizeGreaterThan(2);
    assertThat(
            new RnnotatorAnnotator("rnn", properties("", "rnn.model", file.toString()))
                .requirementsSatisfied())
        .contains(CoreAnnotations.LemmaAnnotation.class, CoreAnnotations.CoNLLUFeats.class);
  }

  @Test
  void withoutAModelItIsTheBundledOne() throws IOException {
    Annotation document = new Annotation("She reads books. He doesn't.");
    new StanfordCoreNLP(properties("tokenize,rnn")).annotate(document);
    Tagger bundled = Tagger.bundled(BundledModel.DEFAULT);
    List<String> expected = new ArrayList<>();
    bundled.tag(plain(document)).forEach(s -> expected.addAll(s.tags("upos").tags()));
    assertThat(document.get(CoreAnnotations.TokensAnnotation.class))
        .extracting(token -> token.get(CoreAnnotations.CoarseTagAnnotation.class))
        .isEqualTo(expected)
        .startsWith("PRON", "VERB", "NOUN");
  }

  @Test
  void headsMayHaveOtherNamesAndMayBeLeftOut() {
    StanfordCoreNLP pipeline =
        pipeline(
            "tokenize,rnn", "rnn.heads.xpos", "upos", "rnn.heads.upos", "", "rnn.heads.ner", "");
    Annotation document = new Annotation(english);
    pipeline.annotate(document);
    List<TaggedSentence> expected = JointTagger.get().tag(plain(document));
    CoreLabel first = tokens(sentences(document).get(0)).get(0);
    assertThat(first.tag()).isEqualTo(expected.get(0).tags("upos").tag(0));
    assertThat(first.get(CoreAnnotations.CoarseTagAnnotation.class)).isNull();
    assertThat(first.ner()).isNull();
  }

  @Test
  void typesMayBeCalledAsCoreNlpCallsThem() {
    Annotation ours = new Annotation(english);
    pipeline("tokenize,rnn").annotate(ours);
    Annotation theirs = new Annotation(english);
    pipeline("tokenize,rnn", "rnn.types", "PER=PERSON, LOC=LOCATION,ORG=ORGANIZATION")
        .annotate(theirs);
    assertThat(types(theirs))
        .isEqualTo(
            types(ours).stream()
                .map(
                    t ->
                        t.replace("PER", "PERSON")
                            .replace("LOC", "LOCATION")
                            .replace("ORG", "ORGANIZATION"))
                .toList());
    assertThat(types(theirs)).contains("LOCATION").doesNotContain("LOC");
  }

  private static List<String> types(Annotation document) {
    return document.get(CoreAnnotations.TokensAnnotation.class).stream()
        .map(CoreLabel::ner)
        .toList();
  }

  // ---- Mentions ---------------------------------------------------------------------------------

  /** Returns token spans with types, without the pronouns that CoreNLP adds. */
  private static List<String> mentions(CoreMap sentence) {
    int from = sentence.get(CoreAnnotations.TokenBeginAnnotation.class);
    return sentence.get(CoreAnnotations.MentionsAnnotation.class).stream()
        .filter(m -> !"PERSON".equals(m.get(CoreAnnotations.EntityTypeAnnotation.class)))
        .map(
            m ->
                (m.get(CoreAnnotations.TokenBeginAnnotation.class) - from)
                    + "-"
                    + (m.get(CoreAnnotations.TokenEndAnnotation.class) - from)
                    + " "
                    + m.get(CoreAnnotations.EntityTypeAnnotation.class))
        .toList();
  }

  private static List<String> mentions(List<String> tags) {
    return TagScheme.IOB2.mentions(tags).stream()
        .map(m -> m.span().begin() + "-" + m.span().end() + " " + m.type())
        .toList();
  }

  @Test
  void coreNlpJoinsTokensToTheMentionsThatTheLibraryGives() {
    for (String annotators : List.of("tokenize,rnn", "tokenize,rnn,entitymentions")) {
      Annotation document = new Annotation(english);
      pipeline(annotators).annotate(document);
      List<TaggedSentence> expected = JointTagger.get().tag(plain(document));
      for (int s = 0; s < expected.size(); s++) {
        assertThat(mentions(sentences(document).get(s)))
            .isEqualTo(mentions(expected.get(s).tags("ner").tags()));
      }
    }
  }

  /** For any tags, adjacent mentions of one type are separate, and each has a confidence. */
  @Test
  void anyTagsGiveTheirMentions() {
    SplittableRandom random = new SplittableRandom(1);
    List<String> tags = List.of("O", "B-PER", "I-PER", "B-LOC", "I-LOC");
    TokenAnnotations annotations =
        new TokenAnnotations(Map.of("ner", "ner"), TagScheme.IOB2, Map.of());
    for (int round = 0; round < 2000; round++) {
      int size = 1 + random.nextInt(8);
      List<String> drawn = new ArrayList<>();
      List<Float> probabilities = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        drawn.add(tags.get(random.nextInt(tags.size())));
        probabilities.add(random.nextInt(1, 100) / 100f);
      }
      Sentence sentence = Sentence.of(Collections.nCopies(size, "Bob"));
      Annotation document = tokenized(List.of(sentence));
      CoreMap map = sentences(document).get(0);
      annotations.set(
          tokens(map),
          new TaggedSentence(sentence, Map.of("ner", new TagSequence(drawn, probabilities))));
      new edu.stanford.nlp.pipeline.EntityMentionsAnnotator().annotate(document);
      assertThat(mentions(map)).as(drawn.toString()).isEqualTo(mentions(drawn));
      for (CoreMap mention : document.get(CoreAnnotations.MentionsAnnotation.class)) {
        int begin = mention.get(CoreAnnotations.TokenBeginAnnotation.class);
        int end = mention.get(CoreAnnotations.TokenEndAnnotation.class);
        double least = Collections.min(probabilities.subList(begin, end));
        assertThat(mention.get(CoreAnnotations.NamedEntityTagProbsAnnotation.class).values())
            .singleElement()
            .satisfies(p -> assertThat(p).isCloseTo(least, within(1e-6)));
      }
    }
  }

  @Test
  void mentionsMayBeLeftToOthers() {
    Annotation document = new Annotation(english);
    pipeline("tokenize,rnn", "rnn.buildEntityMentions", "false").annotate(document);
    assertThat(document.get(CoreAnnotations.MentionsAnnotation.class)).isNull();
    assertThat(types(document)).contains("LOC");
  }

  @Test
  void tagsInMiscKeepWhatElseStandsThere() {
    Sentence sentence = Sentence.of("Bob", "runs", "Acme");
    Annotation document = tokenized(List.of(sentence));
    List<CoreLabel> tokens = tokens(sentences(document).get(0));
    tokens.get(0).set(CoreAnnotations.CoNLLUMisc.class, "Typo=No|NER=B-X|A=1");
    tokens.get(1).set(CoreAnnotations.CoNLLUMisc.class, "NER=B-X");
    new TokenAnnotations(Map.of("ner", "n"), TagScheme.IOB2, Map.of("PER", "PERSON"))
        .set(
            tokens,
            new TaggedSentence(
                sentence,
                Map.of("n", new TagSequence(List.of("B-PER", "O", "B-ORG"), List.of(1f, 1f, 1f)))));
    assertThat(tokens)
        .extracting(token -> token.get(CoreAnnotations.CoNLLUMisc.class))
        .containsExactly("A=1|NER=B-PER|Typo=No", null, "NER=B-ORG");
    assertThat(tokens).extracting(CoreLabel::ner).containsExactly("PERSON", "O", "ORG");
  }

  @Test
  void tagsThatAreNoChunksStandAsTheyAre() {
    Sentence sentence = Sentence.of("Bob", "runs");
    Annotation document = tokenized(List.of(sentence));
    List<CoreLabel> tokens = tokens(sentences(document).get(0));
    new TokenAnnotations(Map.of("ner", "ner"), null, Map.of("person", "PERSON"))
        .set(
            tokens,
            new TaggedSentence(
                sentence,
                Map.of("ner", new TagSequence(List.of("person", "O"), List.of(0.5f, 1f)))));
    assertThat(tokens).extracting(CoreLabel::ner).containsExactly("PERSON", "O");
  }

  // ---- With other annotators --------------------------------------------------------------------

  @Test
  void itPromisesWhatItsHeadsGiveAndNoMore() throws IOException {
    RnnotatorAnnotator joint =
        new RnnotatorAnnotator("rnn", properties("", "rnn.model", model.toString()));
    Annotation document = new Annotation(english);
    pipeline("tokenize").annotate(document);
    CoreLabel token = document.get(CoreAnnotations.TokensAnnotation.class).get(0);
    var before = Set.copyOf(token.keySet());
    joint.annotate(document);
    var promised = new HashSet<>(joint.requirementsSatisfied());
    // These set annotations on mentions and documents.
    promised.removeAll(
        Set.of(
            CoreAnnotations.MentionsAnnotation.class,
            CoreAnnotations.EntityTypeAnnotation.class,
            CoreAnnotations.EntityMentionIndexAnnotation.class,
            CoreAnnotations.CanonicalEntityMentionIndexAnnotation.class));
    var set = new HashSet<>(token.keySet());
    set.removeAll(before);
    assertThat(set).isEqualTo(promised);
    CoreMap mention = document.get(CoreAnnotations.MentionsAnnotation.class).get(0);
    assertThat(mention.keySet())
        .contains(
            CoreAnnotations.EntityTypeAnnotation.class,
            CoreAnnotations.EntityMentionIndexAnnotation.class,
            CoreAnnotations.CanonicalEntityMentionIndexAnnotation.class);
    assertThat(
            new RnnotatorAnnotator("rnn", properties("", "rnn.model", universal()))
                .requirementsSatisfied())
        .isEqualTo(Set.of(CoreAnnotations.CoarseTagAnnotation.class));
  }

  /** A model that gives only universal parts of speech. */
  private String universal() throws IOException {
    TaggerModel universal =
        TinyTaggers.untrained(
            TinyTaggers.config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, "upos"),
            TinyTaggers.english(20),
            1,
            1);
    return JointTagger.write(universal, folder.resolve("universal.rnn")).toString();
  }

  @Test
  void bundledModelsAreKnownByTheirNames() {
    Annotation document = new Annotation("Anna Keller flew to Paris.");
    new StanfordCoreNLP(properties("tokenize,rnn", "rnn.model", "en-fast")).annotate(document);
    assertThat(document.get(CoreAnnotations.MentionsAnnotation.class))
        .extracting(mention -> mention.get(CoreAnnotations.TextAnnotation.class))
        .containsExactly("Anna Keller", "Paris");
  }

  @Test
  void annotatorsThatNeedNoModelRunAfterIt() throws IOException {
    Path rules = folder.resolve("rules.tab");
    Files.writeString(rules, "bridge\tTHING\nRedmere\tTOWN\tO,LOC,ORG,PER\n");
    StanfordCoreNLP pipeline =
        pipeline(
            "tokenize,rnn,lemma,regexner,entitymentions", "regexner.mapping", rules.toString());
    Annotation document =
        new Annotation("The council of Redmere voted to close the old iron bridges and a bridge.");
    pipeline.annotate(document);
    List<CoreLabel> tokens = tokens(sentences(document).get(0));
    assertThat(tokens.get(3).ner()).isEqualTo("TOWN");
    assertThat(tokens).extracting(CoreLabel::lemma).contains("the", "old", "iron", "bridge");
    assertThat(document.get(CoreAnnotations.MentionsAnnotation.class))
        .extracting(m -> m.get(CoreAnnotations.EntityTypeAnnotation.class))
        .contains("TOWN", "THING");
  }

  @Test
  void whatTheModelDoesNotGiveIsRefusedByCoreNlp() throws IOException {
    String universal = universal();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new StanfordCoreNLP(properties("tokenize,rnn,lemma", "rnn.model", universal)))
        .withMessageContaining("\"lemma\" requires annotation \"PartOfSpeechAnnotation\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pipeline("rnn"))
        .withMessageContaining("\"rnn\" requires annotation");
  }

  // ---- Texts ------------------------------------------------------------------------------------

  @Test
  void offsetsAreThoseOfTheText() {
    String text =
        "The café 👩‍👩‍👧 in Redmere was fun 😀! Zoe\u0308 and 𝒜da — naïve — came.\n\n"
            + "नमस्ते, שלום and 東京 were there too 🇰🇷. ";
    Annotation document = new Annotation(text);
    pipeline("tokenize,rnn").annotate(document);
    List<CoreLabel> tokens = document.get(CoreAnnotations.TokensAnnotation.class);
    assertThat(tokens).hasSizeGreaterThan(20);
    for (CoreLabel token : tokens) {
      assertThat(text.substring(token.beginPosition(), token.endPosition()))
          .isEqualTo(token.originalText());
      assertThat(token.tag()).isNotNull();
    }
    for (CoreMap mention : document.get(CoreAnnotations.MentionsAnnotation.class)) {
      assertThat(mention.get(CoreAnnotations.TextAnnotation.class))
          .isEqualTo(
              text.substring(
                  mention.get(CoreAnnotations.CharacterOffsetBeginAnnotation.class),
                  mention.get(CoreAnnotations.CharacterOffsetEndAnnotation.class)));
    }
  }

  @Test
  void emptyAndBlankTextsHaveNoTokens() {
    StanfordCoreNLP pipeline = pipeline("tokenize,rnn,lemma,entitymentions");
    for (String text : List.of("", " \n\t\n ")) {
      Annotation document = new Annotation(text);
      pipeline.annotate(document);
      assertThat(document.get(CoreAnnotations.TokensAnnotation.class)).isEmpty();
      assertThat(document.get(CoreAnnotations.MentionsAnnotation.class)).isEmpty();
    }
  }

  @Test
  void sentencesWithoutTokensAreLeftAsTheyAre() {
    Annotation document = tokenized(List.of(Sentence.of("Bob", "runs")));
    CoreMap empty = new Annotation("");
    empty.set(CoreAnnotations.TokensAnnotation.class, new ArrayList<>());
    sentences(document).add(0, empty);
    new RnnotatorAnnotator("rnn", properties("", "rnn.model", model.toString())).annotate(document);
    assertThat(tokens(sentences(document).get(1))).extracting(CoreLabel::tag).doesNotContainNull();
  }

  @Test
  void aLongDocumentIsTaggedAsItsSentencesAre() {
    String text = (english + "\n\n").repeat(100_000 / english.length() + 1).substring(0, 100_000);
    Annotation document = new Annotation(text);
    pipeline("tokenize,rnn").annotate(document);
    List<TaggedSentence> expected = JointTagger.get().tag(plain(document));
    assertThat(expected).hasSizeGreaterThan(1000);
    for (int s = 0; s < expected.size(); s++) {
      List<CoreLabel> tokens = tokens(sentences(document).get(s));
      assertThat(tokens.stream().map(CoreLabel::tag).toList())
          .isEqualTo(expected.get(s).tags("xpos").tags());
      for (CoreLabel token : tokens) {
        assertThat(text.startsWith(token.originalText(), token.beginPosition())).isTrue();
      }
    }
  }

  /** 100,000 characters without a full stop. */
  @Test
  void aSentenceMayBeAsLongAsADocument() {
    Annotation document = new Annotation("the old bridge of Redmere ".repeat(4000).strip());
    pipeline("tokenize,rnn").annotate(document);
    assertThat(sentences(document)).hasSize(1);
    assertThat(tokens(sentences(document).get(0)))
        .hasSize(20_000)
        .extracting(CoreLabel::tag)
        .doesNotContainNull();
  }

  // ---- Threads ----------------------------------------------------------------------------------

  @Test
  void onePipelineServesSixteenThreads() throws Exception {
    RnnotatorAnnotator annotator =
        new RnnotatorAnnotator("rnn", properties("", "rnn.model", model.toString()));
    AnnotationPipeline pipeline = new AnnotationPipeline();
    pipeline.addAnnotator(annotator);
    List<Sentence> all = JointTagger.SAMPLE.stream().map(TaggedSentence::sentence).toList();
    List<List<Sentence>> documents = new ArrayList<>();
    for (int from = 0; from + 6 <= all.size(); from += 6) {
      documents.add(all.subList(from, from + 6));
    }
    List<List<String>> expected = documents.stream().map(RnnotatorAnnotatorTest::expected).toList();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<List<String>>> work = new ArrayList<>();
      for (int round = 0; round < 8; round++) {
        for (List<Sentence> sentences : documents) {
          work.add(
              () -> {
                Annotation document = tokenized(sentences);
                pipeline.annotate(document);
                return tags(document);
              });
        }
      }
      List<Future<List<String>>> results = threads.invokeAll(work);
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get()).isEqualTo(expected.get(i % documents.size()));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<String> tags(Annotation document) {
    return document.get(CoreAnnotations.TokensAnnotation.class).stream()
        .map(t -> t.tag() + " " + t.ner())
        .toList();
  }

  private static List<String> expected(List<Sentence> sentences) {
    List<String> expected = new ArrayList<>();
    for (TaggedSentence tagged : JointTagger.get().tag(sentences)) {
      for (int i = 0; i < tagged.size(); i++) {
        String ner = tagged.tags("ner").tag(i);
        expected.add(tagged.tags("xpos").tag(i) + " " + (ner.equals("O") ? ner : ner.substring(2)));
      }
    }
    return expected;
  }

  // ---- Mistakes ---------------------------------------------------------------------------------

  @Test
  void mistakesAreOneClearLine() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.rnn"), "no model");
    Path chunks = folder.resolve("chunks.rnn");
    TaggerModel other =
        TinyTaggers.untrained(
            TinyTaggers.config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, "a"),
            List.of(new TaggedSentence(Sentence.of("x"), Map.of("a", TagSequence.of("y")))),
            1,
            1);
    JointTagger.write(other, chunks);
    refused("unknown property rnn.modle; expected 'rnn.' and one of [model, ", "rnn.modle", "x");
    refused(
        "rnn.heads.ner is chunk, but the model has the heads [xpos, upos, ner]",
        "rnn.heads.ner",
        "chunk");
    refused(
        "rnn.buildEntityMentions is 'no', expected true or false", "rnn.buildEntityMentions", "no");
    refused("rnn.types holds 'PER', expected pairs like PER=PERSON", "rnn.types", "PER");
    refused(
        "the model has the heads [a] and none of [xpos, upos, feats, lemma, ner]; name the heads to use,"
            + " as in rnn.heads.ner = a",
        "rnn.model",
        chunks.toString());
    assertThatThrownBy(() -> pipeline("tokenize,rnn", "rnn.model", broken.toString()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(broken + ": not a model file");
    assertThatThrownBy(() -> pipeline("tokenize,rnn", "rnn.model", folder.resolve("x") + ""))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("no such file");
    Path texts =
        JointTagger.write(
            TinyTexts.untrained(TinyTexts.config(HeadConfig.Pooling.MAX, true), 1),
            folder.resolve("texts.rnn"));
    assertThatThrownBy(() -> pipeline("tokenize,rnn", "rnn.model", texts.toString()))
        .hasMessageContaining("the model tags no tokens, but gives a whole text one label");
  }

  @Test
  void aProgramMayLimitItselfToFolders() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("inner"));
    Path copy = Files.copy(model, inner.resolve("copy.rnn"));
    pipeline("tokenize,rnn", "rnn.modelDir", folder.toString(), "rnn.model", copy.toString());
    refused("rnn.model is in no folder that rnn.modelDir allows", "rnn.modelDir", inner.toString());
  }

  private static void refused(String message, String key, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pipeline("tokenize,rnn", key, value))
        .withMessageContaining(message);
  }

  @Test
  void aModelThatComesLaterIsReadLater() throws IOException {
    Path late = folder.resolve("late.rnn");
    assertThatThrownBy(() -> pipeline("tokenize,rnn", "rnn.model", late.toString()))
        .hasMessageContaining("no such file");
    Files.copy(model, late);
    Annotation document = new Annotation("It works.");
    pipeline("tokenize,rnn", "rnn.model", late.toString()).annotate(document);
    assertThat(tags(document)).hasSize(3);
  }

  @Test
  void refusesNullByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> new RnnotatorAnnotator(null, new Properties()))
        .withMessage("the annotator's name is null");
    assertThatNullPointerException()
        .isThrownBy(() -> new RnnotatorTokenizerAnnotator("rnntok", null))
        .withMessage("the pipeline's properties are null");
  }

  @Test
  void aDocumentWithoutSentencesIsRefused() {
    RnnotatorAnnotator annotator = new RnnotatorAnnotator("rnn", new Properties());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> annotator.annotate(new Annotation("Text.")))
        .withMessage("the document has no sentences; rnn must come after tokenize");
  }
}
