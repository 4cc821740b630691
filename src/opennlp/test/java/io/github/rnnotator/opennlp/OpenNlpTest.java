package io.github.rnnotator.opennlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.eval.Evaluation;
import io.github.rnnotator.eval.HeadScore;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.HeadConfig.Pooling;
import io.github.rnnotator.tagger.RankedTags;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.tagger.TinyTexts;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.JointTagger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import opennlp.tools.doccat.DocumentCategorizer;
import opennlp.tools.doccat.DocumentCategorizerEvaluator;
import opennlp.tools.doccat.DocumentSample;
import opennlp.tools.lemmatizer.LemmaSample;
import opennlp.tools.lemmatizer.LemmatizerEvaluator;
import opennlp.tools.namefind.NameSample;
import opennlp.tools.namefind.TokenNameFinderEvaluator;
import opennlp.tools.postag.POSEvaluator;
import opennlp.tools.postag.POSSample;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.Sequence;
import opennlp.tools.util.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenNLP's interfaces return the library's results, and its evaluators agree with ours. */
class OpenNlpTest {
  private final Tagger tagger = JointTagger.get();

  private static String[] forms(TaggedSentence sentence) {
    return sentence.sentence().forms().toArray(String[]::new);
  }

  private static Span[] names(TaggedSentence sentence) {
    return TagScheme.IOB2.mentions(sentence.tags("ner").tags()).stream()
        .map(m -> new Span(m.span().begin(), m.span().end(), m.type()))
        .toArray(Span[]::new);
  }

  private HeadScore ours(String head, Measure measure) {
    List<TaggedSentence> predicted =
        tagger.tag(JointTagger.SAMPLE.stream().map(TaggedSentence::sentence).toList());
    return Evaluation.of(Map.of(head, measure), word -> true, JointTagger.SAMPLE, predicted)
        .get(head);
  }

  // ---- Evaluators -------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"upos", "xpos"})
  void theEvaluatorOfTaggersReportsOurAccuracy(String head) throws IOException {
    POSEvaluator evaluator = new POSEvaluator(new RnnotatorPosTagger(tagger, head));
    List<POSSample> samples = new ArrayList<>();
    for (TaggedSentence sentence : JointTagger.SAMPLE) {
      samples.add(
          new POSSample(forms(sentence), sentence.tags(head).tags().toArray(String[]::new)));
    }
    evaluator.evaluate(ObjectStreamUtils.createObjectStream(samples));
    double accuracy = ours(head, Measure.ACCURACY).value();
    assertThat(accuracy).isBetween(50.0, 99.9);
    assertThat(100 * evaluator.getWordAccuracy()).isCloseTo(accuracy, within(1e-9));
    assertThat(evaluator.getWordCount()).isEqualTo(2439);
  }

  @Test
  void theEvaluatorOfLemmatizersReportsOurAccuracy() throws IOException {
    List<TaggedSentence> corpus = TinyTaggers.analysed(40);
    Tagger analysis = new Tagger(TinyTaggers.untrained(TinyTaggers.analysis(true), corpus, 2, 4));
    RnnotatorLemmatizer lemmatizer = new RnnotatorLemmatizer(analysis, "lemma");
    LemmatizerEvaluator evaluator = new LemmatizerEvaluator(lemmatizer);
    List<LemmaSample> samples = new ArrayList<>();
    for (TaggedSentence sentence : corpus) {
      samples.add(
          new LemmaSample(
              forms(sentence),
              sentence.tags("upos").tags().toArray(String[]::new),
              sentence.tags("lemma").tags().toArray(String[]::new)));
    }
    evaluator.evaluate(ObjectStreamUtils.createObjectStream(samples));
    List<TaggedSentence> predicted =
        analysis.tag(corpus.stream().map(TaggedSentence::sentence).toList());
    double accuracy =
        Evaluation.of(Map.of("lemma", Measure.LEMMA), word -> true, corpus, predicted)
            .get("lemma")
            .value();
    assertThat(accuracy).isBetween(5.0, 99.9);
    assertThat(100 * evaluator.getWordAccuracy()).isCloseTo(accuracy, within(1e-9));
  }

  @Test
  void theFirstLemmaOfEachTokenIsTheBest() {
    Tagger analysis =
        new Tagger(
            TinyTaggers.untrained(TinyTaggers.analysis(false), TinyTaggers.analysed(40), 1, 4));
    RnnotatorLemmatizer lemmatizer = new RnnotatorLemmatizer(analysis, "lemma");
    String[] tokens = {"She", "reads", "old", "books"};
    String[] lemmas = lemmatizer.lemmatize(tokens, new String[4]);
    assertThat(lemmatizer.probs()).hasSize(4);
    List<List<String>> several = lemmatizer.lemmatize(List.of(tokens), List.of());
    assertThat(several.stream().map(word -> word.get(0))).containsExactly(lemmas);
    assertThat(several.stream().mapToInt(List::size).sum()).isGreaterThan(4);
    assertThat(lemmatizer.lemmatize(List.of(), List.of())).isEmpty();
    assertThat(lemmatizer.lemmatize(new String[0], new String[0])).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RnnotatorLemmatizer(analysis, "lemmas"))
        .withMessageContaining("no head 'lemmas'");
  }

  @Test
  void theEvaluatorOfNameFindersReportsOurF1() throws IOException {
    TokenNameFinderEvaluator evaluator =
        new TokenNameFinderEvaluator(new RnnotatorNameFinder(tagger, "ner"));
    List<NameSample> samples = new ArrayList<>();
    for (TaggedSentence sentence : JointTagger.SAMPLE) {
      samples.add(new NameSample(forms(sentence), names(sentence), samples.size() % 10 == 0));
    }
    evaluator.evaluate(ObjectStreamUtils.createObjectStream(samples));
    double f1 = ours("ner", Measure.F1).value();
    assertThat(f1).isBetween(30.0, 99.9);
    assertThat(100 * evaluator.getFMeasure().getFMeasure()).isCloseTo(f1, within(1e-9));
  }

  // ---- Tags and names ---------------------------------------------------------------------------

  @Test
  void tagsAndProbabilitiesAreTheLibrarys() {
    RnnotatorPosTagger pos = new RnnotatorPosTagger(tagger, "xpos");
    assertThat(pos.probs()).isEmpty();
    for (TaggedSentence sentence : JointTagger.SAMPLE) {
      TagSequence expected = tagger.tag(sentence.sentence()).tags("xpos");
      assertThat(pos.tag(forms(sentence))).containsExactlyElementsOf(expected.tags());
      assertThat(pos.tag(forms(sentence), new Object[] {"context"}))
          .containsExactlyElementsOf(expected.tags());
      assertThat(pos.probs()).containsExactly(doubles(expected.probabilities()));
    }
  }

  private static double[] doubles(List<Float> floats) {
    return floats.stream().mapToDouble(Float::doubleValue).toArray();
  }

  @Test
  void namesAndProbabilitiesAreTheLibrarys() {
    RnnotatorNameFinder finder = new RnnotatorNameFinder(tagger, "ner");
    int found = 0;
    for (TaggedSentence sentence : JointTagger.SAMPLE) {
      TaggedSentence expected = tagger.tag(sentence.sentence());
      Span[] names = finder.find(forms(sentence));
      assertThat(names).containsExactly(names(expected));
      double[] probabilities = doubles(expected.tags("ner").probabilities());
      assertThat(finder.probs()).containsExactly(probabilities);
      assertThat(finder.probs(names)).hasSize(names.length);
      for (Span name : names) {
        double mean =
            Arrays.stream(probabilities, name.getStart(), name.getEnd()).average().orElseThrow();
        assertThat(name.getProb()).isCloseTo(mean, within(1e-9));
        found++;
      }
    }
    assertThat(found).isGreaterThan(50);
    finder.clearAdaptiveData();
    assertThat(finder.probs()).isEmpty();
  }

  @Test
  void topSequencesBeginWithTheTagsAndFallInProbability() {
    RnnotatorPosTagger pos = new RnnotatorPosTagger(tagger, "upos", 5);
    for (TaggedSentence sentence : JointTagger.SAMPLE.subList(0, 40)) {
      Sequence[] sequences = pos.topKSequences(forms(sentence));
      List<RankedTags> expected = tagger.best(sentence.sentence(), "upos", 5);
      assertThat(sequences).hasSize(5);
      assertThat(sequences[0].getOutcomes()).containsExactly(pos.tag(forms(sentence)));
      assertThat(sequences[0].getProbs()).containsExactly(pos.probs(), within(1e-6));
      for (int i = 0; i < 5; i++) {
        assertThat(sequences[i].getOutcomes()).isEqualTo(expected.get(i).tags().tags());
        // A softmax head: the sequence's probability is the product of its tags'.
        assertThat(sequences[i].getScore())
            .isCloseTo(expected.get(i).logProbability(), within(1e-6));
        assertThat(i == 0 || sequences[i - 1].getScore() >= sequences[i].getScore() - 1e-9)
            .isTrue();
      }
      assertThat(Arrays.stream(sequences).map(Sequence::getOutcomes)).doesNotHaveDuplicates();
    }
    assertThat(new RnnotatorPosTagger(tagger, "upos").topKSequences(new String[] {"a"}, null))
        .hasSize(3);
  }

  /** The head of a CRF ranks whole sequences. */
  @Test
  void theBestTagsOfACrfAreThoseThatTheTaggerGives() {
    for (TaggedSentence sentence : JointTagger.SAMPLE.subList(0, 40)) {
      List<RankedTags> best = tagger.best(sentence.sentence(), "ner", 4);
      TagSequence tags = tagger.tag(sentence.sentence()).tags("ner");
      assertThat(best.get(0).tags().tags()).isEqualTo(tags.tags());
      assertThat(doubles(best.get(0).tags().probabilities()))
          .containsExactly(doubles(tags.probabilities()), within(1e-5));
      for (RankedTags ranked : best) {
        assertThat(TagScheme.IOB2.isLegal(ranked.tags().tags())).isTrue();
        assertThat(ranked.logProbability())
            .isLessThanOrEqualTo(best.get(0).logProbability())
            .isLessThanOrEqualTo(1e-4);
      }
    }
  }

  @Test
  void sentencesWithoutTokensHaveNoTags() {
    RnnotatorPosTagger pos = new RnnotatorPosTagger(tagger, "upos");
    assertThat(pos.tag(new String[0])).isEmpty();
    assertThat(pos.topKSequences(new String[0])).hasSize(1);
    assertThat(pos.probs()).isEmpty();
    assertThat(new RnnotatorNameFinder(tagger, "ner").find(new String[0])).isEmpty();
  }

  // ---- Whole texts ------------------------------------------------------------------------------

  @Test
  void anEmptyTokenGetsATag() {
    for (String[] tokens :
        new String[][] {
          "Anna  left .".split(" "), {""}, {" ", "\t"}, {null, "Anna", null}, {"", "", "Oslo", ""}
        }) {
      RnnotatorPosTagger pos = new RnnotatorPosTagger(tagger, "upos");
      assertThat(pos.tag(tokens)).hasSameSizeAs(tokens).doesNotContainNull();
      assertThat(pos.probs()).hasSameSizeAs(tokens);
      for (Sequence sequence : pos.topKSequences(tokens)) {
        assertThat(sequence.getOutcomes()).hasSameSizeAs(tokens);
      }
      RnnotatorNameFinder finder = new RnnotatorNameFinder(tagger, "ner");
      assertThat(finder.find(tokens)).doesNotContainNull();
      assertThat(finder.probs()).hasSameSizeAs(tokens);
    }
  }

  @Test
  void anEmptyTokenIsItsOwnLemma() {
    Tagger analysis =
        new Tagger(
            TinyTaggers.untrained(TinyTaggers.analysis(false), TinyTaggers.analysed(40), 1, 4));
    RnnotatorLemmatizer lemmatizer = new RnnotatorLemmatizer(analysis, "lemma");
    String[] lemmas = lemmatizer.lemmatize(new String[] {"", "Anna", "\t", null}, new String[4]);
    assertThat(lemmas[0]).isEmpty();
    assertThat(lemmas[1]).isNotBlank();
    assertThat(lemmas[2]).isEqualTo("\t");
    assertThat(lemmas[3]).isEmpty();
    assertThat(lemmatizer.probs()).hasSize(4);
    List<List<String>> several =
        lemmatizer.lemmatize(Arrays.asList("", "Anna", "\t", null), List.of());
    assertThat(several.get(0)).containsExactly("");
    assertThat(several.get(1)).contains(lemmas[1]);
    assertThat(several.get(2)).containsExactly("\t");
    assertThat(several.get(3)).containsExactly("");
  }

  @Test
  void emptyTokensDoNotChangeACategory() {
    RnnotatorDocumentCategorizer categorizer =
        new RnnotatorDocumentCategorizer(
            new Tagger(TinyTexts.untrained(TinyTexts.config(HeadConfig.Pooling.LAST, true), 3)),
            "label");
    String[] tokens = {"You", "have", "won"};
    assertThat(categorizer.categorize(new String[] {"", "You", " ", "have", null, "won"}))
        .isEqualTo(categorizer.categorize(tokens));
    assertThat(categorizer.categorize(new String[] {""}))
        .isEqualTo(categorizer.categorize(new String[0]));
  }

  @Test
  void categoriesAreTheLabelsOfTheTagger() {
    Tagger texts = new Tagger(TinyTexts.untrained(TinyTexts.config(Pooling.MAX, true), 4));
    DocumentCategorizer categorizer = new RnnotatorDocumentCategorizer(texts, "label");
    assertThat(categorizer.getNumberOfCategories()).isEqualTo(2);
    assertThat(categorizer.getCategory(0)).isEqualTo("ham");
    assertThat(categorizer.getIndex("spam")).isEqualTo(1);
    assertThat(categorizer.getIndex("egg")).isEqualTo(-1);
    Set<String> seen = new HashSet<>();
    for (TaggedSentence text : TinyTexts.SAMPLE) {
      Label expected = texts.tag(text.sentence()).label("label");
      double[] outcome = categorizer.categorize(forms(text));
      String best = categorizer.getBestCategory(outcome);
      seen.add(best);
      assertThat(best).isEqualTo(expected.name());
      assertThat(outcome[categorizer.getIndex(best)])
          .isCloseTo(expected.probability(), within(1e-6));
      assertThat(Arrays.stream(outcome).sum()).isCloseTo(1, within(1e-5));
      assertThat(categorizer.categorize(forms(text), Map.of("more", 1))).isEqualTo(outcome);
      assertThat(categorizer.scoreMap(forms(text)))
          .containsExactlyInAnyOrderEntriesOf(Map.of("ham", outcome[0], "spam", outcome[1]));
      SortedMap<Double, Set<String>> sorted = categorizer.sortedScoreMap(forms(text));
      assertThat(sorted.get(sorted.lastKey())).contains(best);
    }
    assertThat(seen).containsExactlyInAnyOrder("ham", "spam");
    assertThat(categorizer.getAllResults(new double[] {0.25, 0.75}))
        .isEqualTo("ham[0.2500] spam[0.7500]");
    assertThat(categorizer.categorize(new String[0])).containsExactly(0.5, 0.5);
  }

  @Test
  void theEvaluatorOfCategorizersReportsOurAccuracy() {
    Tagger texts = new Tagger(TinyTexts.untrained(TinyTexts.config(Pooling.MAX, true), 4));
    DocumentCategorizerEvaluator evaluator =
        new DocumentCategorizerEvaluator(new RnnotatorDocumentCategorizer(texts, "label"));
    int correct = 0;
    for (TaggedSentence text : TinyTexts.SAMPLE) {
      evaluator.evaluateSample(new DocumentSample(text.label("label").name(), forms(text)));
      String found = texts.tag(text.sentence()).label("label").name();
      correct += found.equals(text.label("label").name()) ? 1 : 0;
    }
    assertThat(correct).isBetween(1, TinyTexts.SAMPLE.size() - 1);
    assertThat(evaluator.getAccuracy() * TinyTexts.SAMPLE.size()).isCloseTo(correct, within(1e-6));
  }

  @Test
  void aTaggerIsNoCategorizerAndACategorizerNoTagger() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RnnotatorDocumentCategorizer(tagger, "ner"))
        .withMessageContaining("no labels to whole texts");
    Tagger texts = new Tagger(TinyTexts.untrained(TinyTexts.config(Pooling.MAX, true), 4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RnnotatorDocumentCategorizer(texts, "spam"))
        .withMessage("the model has no head 'spam', only [label]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RnnotatorPosTagger(texts, "label"))
        .withMessageContaining("tags no tokens");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> texts.best(Sentence.of("a"), "label", 1))
        .withMessageContaining("tags no tokens");
  }

  // ---- Threads ----------------------------------------------------------------------------------

  @Test
  void eachThreadHasTheProbabilitiesOfItsOwnSentence() throws Exception {
    RnnotatorPosTagger pos = new RnnotatorPosTagger(tagger, "upos");
    RnnotatorNameFinder finder = new RnnotatorNameFinder(tagger, "ner");
    List<TaggedSentence> expected =
        tagger.tag(JointTagger.SAMPLE.stream().map(TaggedSentence::sentence).toList());
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        TaggedSentence sentence = expected.get(i % expected.size());
        work.add(
            () -> {
              assertThat(pos.tag(forms(sentence)))
                  .containsExactlyElementsOf(sentence.tags("upos").tags());
              assertThat(finder.find(forms(sentence))).containsExactly(names(sentence));
              assertThat(pos.probs())
                  .containsExactly(doubles(sentence.tags("upos").probabilities()));
              assertThat(finder.probs())
                  .containsExactly(doubles(sentence.tags("ner").probabilities()));
              return null;
            });
      }
      for (Future<Void> result : threads.invokeAll(work)) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  // ---- Mistakes ---------------------------------------------------------------------------------

  @Test
  void mistakesAreOneClearLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RnnotatorPosTagger(tagger, "pos"))
        .withMessage("the model has no head 'pos', only [xpos, upos, ner]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RnnotatorNameFinder(tagger, "upos"))
        .withMessage("the tags of head 'upos' are not chunk tags; heads with chunk tags are [ner]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RnnotatorPosTagger(tagger, "upos", 0))
        .withMessage("0 sequences, expected at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tagger.best(Sentence.of("a"), "pos", 1))
        .withMessage("no head 'pos', only [xpos, upos, ner]");
  }

  @Test
  void refusesNullByName() {
    for (BiFunction<Tagger, String, ?> create :
        List.<BiFunction<Tagger, String, ?>>of(
            RnnotatorPosTagger::new,
            RnnotatorNameFinder::new,
            RnnotatorLemmatizer::new,
            RnnotatorDocumentCategorizer::new)) {
      assertThatNullPointerException()
          .isThrownBy(() -> create.apply(null, "ner"))
          .withMessage("the tagger is null");
      assertThatNullPointerException()
          .isThrownBy(() -> create.apply(tagger, null))
          .withMessage("the head is null");
    }
  }
}
