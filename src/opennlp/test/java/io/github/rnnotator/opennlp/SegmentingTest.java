package io.github.rnnotator.opennlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.segment.LineBreaks;
import io.github.rnnotator.segment.SegmentedSentence;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.segment.TinySegmenters;
import io.github.rnnotator.tagger.SegmenterModel;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TextCharacters;
import io.github.rnnotator.train.JointTagger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import opennlp.tools.sentdetect.SentenceDetectorEvaluator;
import opennlp.tools.sentdetect.SentenceSample;
import opennlp.tools.tokenize.TokenSample;
import opennlp.tools.tokenize.TokenizerEvaluator;
import opennlp.tools.util.Span;
import org.junit.jupiter.api.Test;

/** OpenNLP's sentence detector and tokenizer return the library's sentences and tokens. */
class SegmentingTest {
  private static final SegmenterModel MODEL = TinySegmenters.random(1, "Yahoo!");
  private static final TextSegmenter SEGMENTER = TextSegmenter.of(MODEL);

  private final RnnotatorSentenceDetector detector = new RnnotatorSentenceDetector(SEGMENTER);
  private final RnnotatorTokenizer tokenizer = new RnnotatorTokenizer(SEGMENTER);

  // ---- Sentences --------------------------------------------------------------------------------

  @Property(tries = 300)
  void sentencesAndProbabilitiesAreTheLibrarys(@ForAll("texts") String text) {
    List<SegmentedSentence> expected = SEGMENTER.segmentWithProbabilities(text);
    Span[] spans = detector.sentPosDetect(new StringBuilder(text));
    assertThat(spans).hasSize(expected.size());
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < spans.length; i++) {
      Sentence sentence = expected.get(i).sentence();
      assertThat(spans[i]).isEqualTo(new Span(sentence.begin(), sentence.end()));
      assertThat(spans[i].getProb()).isEqualTo(expected.get(i).end());
      sentences.add(text.substring(sentence.begin(), sentence.end()));
    }
    assertThat(detector.sentDetect(text)).containsExactlyElementsOf(sentences);
  }

  @Test
  void theSegmenterSaysWhatALineBreakMeans() {
    TextSegmenter rules = TextSegmenter.byRules("en");
    String text = "We see the\nhouse.\n\nYes.";
    assertThat(new RnnotatorSentenceDetector(rules).sentDetect(text))
        .containsExactly("We see the\nhouse.", "Yes.");
    assertThat(new RnnotatorSentenceDetector(rules.with(LineBreaks.END_SENTENCE)).sentDetect(text))
        .containsExactly("We see the", "house.", "Yes.");
  }

  @Test
  void refusesNullByName() {
    for (Callable<?> create :
        List.<Callable<?>>of(
            () -> new RnnotatorTokenizer((TextSegmenter) null),
            () -> new RnnotatorSentenceDetector((TextSegmenter) null))) {
      assertThatNullPointerException()
          .isThrownBy(create::call)
          .withMessage("the segmenter is null");
    }
    for (Callable<?> create :
        List.<Callable<?>>of(
            () -> new RnnotatorTokenizer((Tagger) null),
            () -> new RnnotatorSentenceDetector((Tagger) null))) {
      assertThatNullPointerException().isThrownBy(create::call).withMessage("the tagger is null");
    }
  }

  // ---- Tokens -----------------------------------------------------------------------------------

  /** However the words of multiword tokens are called, the tokens are the text. */
  @Property(tries = 300)
  void tokensAreTheCharactersOfTheText(@ForAll("texts") String text) {
    Span[] spans = tokenizer.tokenizePos(text);
    int end = 0;
    for (Span span : spans) {
      assertThat(span.getStart()).isGreaterThanOrEqualTo(end);
      end = span.getEnd();
      assertThat(span.getProb()).isBetween(0.5, 1.0);
      if (end < text.length() && text.charAt(end) == ' ') {
        assertThat(span.getProb()).isEqualTo(1);
      }
    }
    String[] tokens = tokenizer.tokenize(text);
    assertThat(tokens).containsExactly(Span.spansToStrings(spans, text));
    assertThat(TextCharacters.of(String.join("", tokens))).isEqualTo(TextCharacters.of(text));
  }

  /** For any text, a word is a token, unless it is not what is written. */
  @Property(tries = 300)
  void tokensAreWordsOrWholeMultiwordTokens(@ForAll("texts") String text) {
    List<Span> expected = new ArrayList<>();
    for (SegmentedSentence sentence : SEGMENTER.segmentWithProbabilities(text)) {
      sentence.sentence().tokens().stream()
          .map(word -> new Span(word.begin(), word.end()))
          .filter(span -> !expected.contains(span))
          .forEach(expected::add);
    }
    assertThat(tokenizer.tokenizePos(text)).containsExactlyElementsOf(expected);
  }

  @Test
  void theWordsOfAMultiwordTokenAreTokensIfTheyAreItsParts() {
    Set<String> seen = new HashSet<>();
    for (int seed = 1; seed <= 30; seed++) {
      TextSegmenter random = TextSegmenter.of(TinySegmenters.random(seed, "don't"));
      for (String text : List.of("don't", "da")) {
        Sentence sentence = random.segment(text).get(0);
        String tokens = String.join(" ", new RnnotatorTokenizer(random).tokenize(text));
        seen.add(String.join(" ", sentence.forms()) + " -> " + tokens);
      }
    }
    assertThat(seen)
        .containsExactlyInAnyOrder("don't -> don't", "do n't -> do n't", "da -> da", "de a -> da");
  }

  /** A tokenizer gets one sentence; where the network sees two, the tokens of both are returned. */
  @Test
  void aSentenceIsNotSplit() {
    String text = "da a. B da\nB, a. da a. B\n\nda";
    assertThat(SEGMENTER.segment(text)).hasSizeGreaterThan(1);
    assertThat(tokenizer.tokenizePos(text)[tokenizer.tokenizePos(text).length - 1].getEnd())
        .isEqualTo(text.length());
  }

  @Test
  void blankTextHasNeitherSentencesNorTokens() {
    for (String text : List.of("", " ", "\n\n\t", "\u200B")) {
      assertThat(detector.sentDetect(text)).isEmpty();
      assertThat(tokenizer.tokenize(text)).isEmpty();
    }
  }

  // ---- Models -----------------------------------------------------------------------------------

  @Test
  void aTaggerBringsItsSegmenter() {
    Tagger tagger = new Tagger(JointTagger.get().model().withSegmenter(MODEL));
    String text = "da a. B don't\n\nB, a. Yahoo!s";
    assertThat(new RnnotatorSentenceDetector(tagger).sentPosDetect(text))
        .containsExactly(detector.sentPosDetect(text));
    String[] tokens = new RnnotatorTokenizer(tagger).tokenize(text);
    assertThat(tokens).containsExactly(tokenizer.tokenize(text)).contains("Yahoo!");
    assertThat(new RnnotatorPosTagger(tagger, "upos").tag(tokens)).hasSameSizeAs(tokens);
  }

  // ---- Evaluators -------------------------------------------------------------------------------

  private static double f1(Set<Span> gold, Set<Span> found) {
    long both = found.stream().filter(gold::contains).count();
    return 2.0 * both / (gold.size() + found.size());
  }

  @Test
  void theEvaluatorsReportTheF1OfOurSpans() throws IOException {
    String text = Files.readString(Path.of("corpora/sample/en.txt")).replace(" and ", "\nand ");
    TextSegmenter rules = TextSegmenter.byRules("en");
    RnnotatorSentenceDetector lines =
        new RnnotatorSentenceDetector(rules.with(LineBreaks.END_SENTENCE));
    Span[] gold = new RnnotatorSentenceDetector(rules).sentPosDetect(text);
    SentenceDetectorEvaluator sentences = new SentenceDetectorEvaluator(lines);
    sentences.evaluateSample(new SentenceSample(text, gold));
    double expected = f1(spans(gold), spans(lines.sentPosDetect(text)));
    assertThat(expected).isBetween(0.01, 0.99);
    assertThat(sentences.getFMeasure().getFMeasure()).isCloseTo(expected, within(1e-9));

    gold = new RnnotatorTokenizer(rules).tokenizePos(text);
    TokenizerEvaluator tokens = new TokenizerEvaluator(tokenizer);
    tokens.evaluateSample(new TokenSample(text, gold));
    expected = f1(spans(gold), spans(tokenizer.tokenizePos(text)));
    assertThat(expected).isBetween(0.01, 0.99);
    assertThat(tokens.getFMeasure().getFMeasure()).isCloseTo(expected, within(1e-9));
  }

  private static Set<Span> spans(Span[] spans) {
    Set<Span> set = new HashSet<>();
    Arrays.stream(spans).map(span -> new Span(span.getStart(), span.getEnd())).forEach(set::add);
    return set;
  }

  // ---- Threads ----------------------------------------------------------------------------------

  @Test
  void manyThreadsGetWhatOneGets() throws Exception {
    List<String> texts =
        Stream.iterate("da a. B don't", text -> text + "\n" + text.length() + " B, a. da")
            .limit(30)
            .toList();
    List<List<Span>> expected = texts.stream().map(this::spans).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<List<List<Span>>>> work = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        work.add(() -> texts.stream().map(this::spans).toList());
      }
      for (Future<List<List<Span>>> result : threads.invokeAll(work)) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Span> spans(String text) {
    return Stream.concat(
            Arrays.stream(detector.sentPosDetect(text)), Arrays.stream(tokenizer.tokenizePos(text)))
        .toList();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(30),
        Arbitraries.of(
                "da", "don't", " ", "\n", "\n\n", ".", "Yahoo!", "a.", "\uAC00", "DA", "e\u0301")
            .list()
            .ofMaxSize(20)
            .map(parts -> String.join("", parts)));
  }
}
