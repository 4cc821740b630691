package io.github.rnnotator.corenlp;

import static io.github.rnnotator.corenlp.Pipelines.sentences;
import static io.github.rnnotator.corenlp.Pipelines.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.ling.IndexedWord;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.CoNLLUOutputter;
import edu.stanford.nlp.pipeline.ProtobufAnnotationSerializer;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import edu.stanford.nlp.semgraph.SemanticGraph;
import edu.stanford.nlp.semgraph.SemanticGraphCoreAnnotations;
import edu.stanford.nlp.trees.UniversalEnglishGrammaticalRelations;
import edu.stanford.nlp.util.CoreMap;
import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.segment.LineBreaks;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.segment.TinySegmenters;
import io.github.rnnotator.tagger.SegmenterModel;
import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import io.github.rnnotator.train.JointTagger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CoreNLP's pipelines have the library's sentences and tokens, and other annotators may follow. */
class RnnotatorTokenizerAnnotatorTest {
  private static final String TEXT = "da don't B, a. Yahoo!\nDa a.\n\nB a, don't \uAC00\uAC00. ";

  /** Random, but it finds multiword tokens of both kinds. */
  private static final SegmenterModel SEGMENTER =
      LongStream.range(1, 1000)
          .mapToObj(seed -> TinySegmenters.random(seed, "Yahoo!"))
          .filter(segmenter -> multiword(segmenter).containsAll(List.of("da", "don't")))
          .findFirst()
          .orElseThrow();

  private static List<String> multiword(SegmenterModel segmenter) {
    return TextSegmenter.of(segmenter).segment(TEXT).stream()
        .flatMap(sentence -> sentence.multiwordTokens().stream())
        .map(MultiwordToken::form)
        .toList();
  }

  @TempDir static Path folder;

  private static Path model;
  private static String english;

  @BeforeAll
  static void writeModel() throws IOException {
    model =
        JointTagger.write(
            JointTagger.get().model().withSegmenter(SEGMENTER), folder.resolve("joint.rnn"));
    english = Files.readString(Path.of("corpora/sample/en.txt"));
  }

  private static Properties properties(String annotators, String... more) {
    Properties properties = Pipelines.properties(annotators, more);
    properties.setProperty("customAnnotatorClass.tok", RnnotatorTokenizerAnnotator.class.getName());
    properties.putIfAbsent("tok.model", model.toString());
    properties.putIfAbsent("rnn.model", model.toString());
    return properties;
  }

  private static Annotation annotate(String text, String annotators, String... more) {
    Annotation document = new Annotation(text);
    new StanfordCoreNLP(properties(annotators, more)).annotate(document);
    return document;
  }

  private static List<Token> words(CoreMap sentence) {
    return tokens(sentence).stream()
        .map(token -> new Token(token.word(), token.beginPosition(), token.endPosition()))
        .toList();
  }

  // ---- Sentences and tokens ---------------------------------------------------------------------

  @Test
  void sentencesAndTokensAreTheLibrarys() {
    for (String text : List.of(TEXT, english, "", " \n ")) {
      Annotation document = annotate(text, "tok");
      List<Sentence> expected = TextSegmenter.of(SEGMENTER).segment(text);
      assertThat(sentences(document).stream().map(s -> words(s)).toList())
          .isEqualTo(expected.stream().map(Sentence::tokens).toList());
      assertThat(document.get(CoreAnnotations.TokensAnnotation.class))
          .hasSize(expected.stream().mapToInt(Sentence::size).sum());
    }
  }

  /** Words of a multiword token that are not its parts share its offsets. */
  @Test
  void theTextCanBeRebuiltFromTheTokens() {
    for (String text : List.of(TEXT, english, " da a.")) {
      StringBuilder rebuilt = new StringBuilder();
      CoreLabel last = null;
      for (CoreLabel token : annotate(text, "tok").get(CoreAnnotations.TokensAnnotation.class)) {
        if (last == null || token.beginPosition() > last.beginPosition()) {
          rebuilt.append(token.before());
          rebuilt.append(text, token.beginPosition(), token.endPosition());
          last = token;
        }
      }
      assertThat(rebuilt + last.after()).isEqualTo(text);
    }
  }

  @Test
  void whatASentenceIsMayBeSet() {
    TextSegmenter segmenter = TextSegmenter.of(SEGMENTER);
    assertThat(sizes("text")).isEqualTo(sizes(segmenter));
    assertThat(sizes("lines"))
        .isEqualTo(sizes(segmenter.with(LineBreaks.END_SENTENCE)))
        .isNotEqualTo(sizes("text"));
    List<Integer> perLine = sizes("one_per_line");
    assertThat(perLine).hasSize((int) TEXT.lines().filter(line -> !line.isBlank()).count());
    assertThat(sizes("one")).hasSize(1);
    List<CoreMap> lines = sentences(annotate(TEXT, "tok", "tok.sentences", " ONE_PER_LINE "));
    assertThat(lines)
        .extracting(line -> line.get(CoreAnnotations.LineNumberAnnotation.class))
        .containsExactly(1, 2, 4);
  }

  private static List<Integer> sizes(String sentences) {
    return sentences(annotate(TEXT, "tok", "tok.sentences", sentences)).stream()
        .map(sentence -> tokens(sentence).size())
        .toList();
  }

  private static List<Integer> sizes(TextSegmenter segmenter) {
    return segmenter.segment(TEXT).stream().map(Sentence::size).toList();
  }

  // ---- Annotators that follow -------------------------------------------------------------------

  @Test
  void withOurTaggerThePipelineIsTheLibrarys() throws IOException {
    List<TaggedSentence> expected = new ArrayList<>();
    for (String text : List.of(TEXT, english)) {
      Annotation document = annotate(text, "tok,rnn,lemma");
      expected = Annotator.load(model).annotate(text).sentences();
      assertThat(sentences(document)).hasSameSizeAs(expected);
      for (int s = 0; s < expected.size(); s++) {
        List<CoreLabel> tokens = tokens(sentences(document).get(s));
        assertThat(tokens)
            .extracting(CoreLabel::tag)
            .isEqualTo(expected.get(s).tags("xpos").tags());
        assertThat(tokens)
            .extracting(token -> token.get(CoreAnnotations.CoarseTagAnnotation.class))
            .isEqualTo(expected.get(s).tags("upos").tags());
        assertThat(tokens).extracting(CoreLabel::lemma).doesNotContainNull();
      }
    }
    assertThat(expected).hasSizeGreaterThan(10);
  }

  /** With dependencies, as CoreNLP's {@code depparse} gives them; without any it has no ranges. */
  @Test
  void conlluHasTheMultiwordTokens() throws IOException {
    Annotation document = annotate(TEXT, "tok,rnn");
    for (CoreMap sentence : sentences(document)) {
      SemanticGraph graph = new SemanticGraph();
      IndexedWord root = new IndexedWord(tokens(sentence).get(0));
      graph.addRoot(root);
      for (CoreLabel token : tokens(sentence).subList(1, tokens(sentence).size())) {
        graph.addEdge(
            root, new IndexedWord(token), UniversalEnglishGrammaticalRelations.MODIFIER, 0, false);
      }
      sentence.set(SemanticGraphCoreAnnotations.BasicDependenciesAnnotation.class, graph);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CoNLLUOutputter.conllUPrint(document, out, new StanfordCoreNLP(properties("tok,rnn")));
    List<String> ranges =
        out.toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.matches("\\d+-\\d+\t.*"))
            .map(line -> line.split("\t")[1])
            .toList();
    assertThat(ranges).isEqualTo(multiword(SEGMENTER));
  }

  /** CoreNLP's server sends documents so; it fails on annotations that it does not know. */
  @Test
  void documentsCanBeSerialized() {
    Annotation document = annotate(TEXT, "tok");
    ProtobufAnnotationSerializer serializer = new ProtobufAnnotationSerializer(true);
    Annotation read = serializer.fromProto(serializer.toProto(document));
    assertThat(sentences(read).stream().map(s -> words(s)).toList())
        .isEqualTo(sentences(document).stream().map(s -> words(s)).toList());
  }

  /** CoreNLP keeps its own annotator of a name that it knows. */
  @Test
  void theNameTokenizeIsCoreNlps() {
    Annotation document =
        annotate(
            "Yahoo! is great.",
            "tokenize",
            "customAnnotatorClass.tokenize",
            RnnotatorTokenizerAnnotator.class.getName(),
            "tokenize.model",
            model.toString());
    assertThat(words(sentences(document).get(0)).get(0).form()).isEqualTo("Yahoo!");
  }

  // ---- Threads ----------------------------------------------------------------------------------

  @Test
  void manyThreadsGetWhatOneGets() throws Exception {
    StanfordCoreNLP pipeline = new StanfordCoreNLP(properties("tok"));
    List<List<Token>> expected =
        sentences(annotate(english, "tok")).stream().map(s -> words(s)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Annotation>> work = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Annotation document = new Annotation(english);
        work.add(
            () -> {
              pipeline.annotate(document);
              return document;
            });
      }
      for (Future<Annotation> result : threads.invokeAll(work)) {
        assertThat(sentences(result.get()).stream().map(s -> words(s)).toList())
            .isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  // ---- Mistakes ---------------------------------------------------------------------------------

  @Test
  void wrongSettingsAreReportedWhenThePipelineIsBuilt() throws IOException {
    refused(
        "unknown property tok.language; expected 'tok.' and one of [model, modelDir, sentences]",
        "tok.language",
        "en");
    refused(
        "tok.sentences is 'eolonly', expected one of [text, lines, one_per_line, one]",
        "tok.sentences",
        "eolonly");
    Path inner = Files.createDirectories(folder.resolve("inner"));
    refused("tok.model is in no folder that tok.modelDir allows", "tok.modelDir", inner + "");
    assertThatThrownBy(
            () -> new StanfordCoreNLP(properties("tok", "tok.model", folder.resolve("x") + "")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("no such file");
  }

  private static void refused(String message, String key, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StanfordCoreNLP(properties("tok", key, value)))
        .withMessageContaining(message);
  }

  @Test
  void aDocumentWithoutTextIsRefused() {
    RnnotatorTokenizerAnnotator annotator =
        new RnnotatorTokenizerAnnotator("tok", properties("tok"));
    Annotation document = new Annotation("");
    document.remove(CoreAnnotations.TextAnnotation.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> annotator.annotate(document))
        .withMessage("the document has no text; tok finds its sentences and tokens");
  }
}
