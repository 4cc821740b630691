package io.github.rnnotator.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.eval.EvaluationReport.ChunkResults;
import io.github.rnnotator.eval.EvaluationReport.ConfusionMatrix;
import io.github.rnnotator.eval.EvaluationReport.Errors;
import io.github.rnnotator.eval.EvaluationReport.HeadReport;
import io.github.rnnotator.eval.EvaluationReport.NamedRates;
import io.github.rnnotator.eval.EvaluationReport.Score;
import io.github.rnnotator.eval.EvaluationReport.TypePair;
import io.github.rnnotator.eval.EvaluationReport.WorstSentence;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.eval.significance.Interval;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The figures of a report, recounted by plain filters, and their consistency. */
class DetailedEvaluationTest {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(99, 1, 0.95);
  private static final Map<String, Measure> NER = Map.of("ner", Measure.F1);
  private static final Map<String, TagScheme> IOB2 = Map.of("ner", TagScheme.IOB2);
  private static final Map<String, Measure> UPOS = Map.of("upos", Measure.ACCURACY);

  private record Word(String form, String gold, String predicted, float probability) {}

  @Property(tries = 200)
  void figuresOfChunksAreThoseOfPlainFilters(
      @ForAll("chunks") @Size(min = 1, max = 8) List<List<Word>> sentences) {
    TrainingData training = new TrainingData(Set.of("ner"));
    training.add(
        tagged("ner", List.of(new Word("a", "B-X", "O", 1), new Word("b", "O", "O", 1)), true));
    DetailedEvaluation evaluation =
        new DetailedEvaluation(NER, IOB2, IOB2, training::knows, training);
    List<Mention> gold = new ArrayList<>();
    List<Mention> predicted = new ArrayList<>();
    long unseen = 0;
    long correctSentences = 0;
    long[] lengths = new long[7];
    for (List<Word> sentence : sentences) {
      evaluation.add(tagged("ner", sentence, true), tagged("ner", sentence, false), 0);
      List<Mention> golds = mentions(sentence, Word::gold);
      List<Mention> predicteds = mentions(sentence, Word::predicted);
      gold.addAll(golds);
      predicted.addAll(predicteds);
      correctSentences += golds.equals(predicteds) ? 1 : 0;
      for (Mention mention : golds) {
        lengths[Math.min(6, mention.span().size())]++;
        boolean isA =
            mention.span().size() == 1 && sentence.get(mention.span().begin()).form.equals("a");
        unseen += isA ? 0 : 1;
      }
    }
    HeadReport head = head(evaluation);
    ChunkResults chunks = head.chunks();

    assertThat(evaluation.sentences()).isEqualTo(sentences.size());
    assertThat(chunks.conlleval().gold()).isEqualTo(gold.size());
    assertThat(chunks.conlleval().predicted()).isEqualTo(predicted.size());
    assertThat(head.headline().get(0).value())
        .isEqualTo(evaluation.scores().get("ner").value())
        .isEqualTo(chunks.conlleval().f1());
    assertThat(head.tags().sentences().correct()).isEqualTo(correctSentences);
    long unknown = words(sentences, w -> !List.of("a", "b").contains(w.form));
    if (unknown == 0) {
      assertThat(head.tags().unknownWords()).isNull();
    } else {
      assertThat(head.tags().unknownWords().total()).isEqualTo(unknown);
    }
    for (int i = 0; i < 6; i++) {
      assertThat(chunks.byLength().get(i).rates().gold()).isEqualTo(lengths[i + 1]);
    }
    assertThat(chunks.byNovelty().get(Novelty.UNSEEN.ordinal()).rates().gold()).isEqualTo(unseen);
    for (List<NamedRates> groups :
        List.of(chunks.byType(), chunks.byLength(), chunks.byNovelty())) {
      assertThat(groups.stream().map(NamedRates::rates).reduce(DetailedEvaluationTest::plus))
          .satisfies(sum -> sum.ifPresent(s -> assertSameCounts(s, chunks.conlleval())));
    }

    long[] errors = chunks.errors().stream().mapToLong(Errors::count).toArray();
    long wrongType = errors[0];
    long wrongBoundary = errors[1];
    long both = errors[2];
    long missed = errors[3];
    long invented = errors[4];
    long correct = chunks.conlleval().correct();
    assertThat(correct + wrongType + wrongBoundary + both + missed).isEqualTo(gold.size());
    assertThat(correct + wrongType + wrongBoundary + both + invented).isEqualTo(predicted.size());
    assertThat(chunks.boundary().correct()).isEqualTo(correct + wrongType);
    assertThat(chunks.type().correct()).isEqualTo(correct + wrongBoundary);
    for (Errors kind : chunks.errors()) {
      assertThat(kind.types().stream().mapToLong(TypePair::count).sum()).isEqualTo(kind.count());
      assertThat(kind.examples()).hasSize((int) Math.min(15, kind.count()));
    }
    assertThat(head.worstSentences().stream().mapToLong(WorstSentence::errors).sum())
        .isEqualTo(wrongType + wrongBoundary + both + missed + invented);

    long illegal = 0;
    for (List<Word> sentence : sentences) {
      String before = "O";
      for (Word word : sentence) {
        illegal += TagScheme.IOB2.isLegalTransition(before, word.predicted) ? 0 : 1;
        before = word.predicted;
      }
    }
    assertThat(chunks.illegal().predicted().stream().mapToLong(EvaluationReport.Move::count).sum())
        .isEqualTo(illegal);
    assertThat(chunks.illegal().repairs().get(0).rates()).isEqualTo(chunks.conlleval());
    assertThat(chunks.illegal().repairs().get(0).change()).isZero();
    if (illegal == 0) {
      assertThat(chunks.illegal().repairs()).allMatch(r -> r.rates().equals(chunks.conlleval()));
    }
    assertMatrix(head.tags().confusion(), words(sentences, w -> true));
    head.headline().forEach(DetailedEvaluationTest::assertOrdered);
  }

  @Property(tries = 100)
  void figuresOfTagsAreThoseOfTheScore(
      @ForAll("tags") @Size(min = 1, max = 8) List<List<Word>> sentences) {
    DetailedEvaluation evaluation =
        new DetailedEvaluation(UPOS, Map.of(), Map.of(), form -> !form.equals("a"), null);
    for (List<Word> sentence : sentences) {
      evaluation.add(tagged("upos", sentence, true), tagged("upos", sentence, false), 3);
    }
    AccuracyScore score = (AccuracyScore) evaluation.scores().get("upos");
    HeadReport head = head(evaluation);
    assertThat(head.chunks()).isNull();
    assertThat(head.headline().get(0).value()).isEqualTo(score.accuracy());
    assertThat(head.headline().get(1).value()).isEqualTo(score.sentenceAccuracy());
    if (score.unknownTokens() > 0) {
      assertThat(head.headline().get(2).value()).isEqualTo(score.unknownAccuracy());
    }
    head.headline().forEach(DetailedEvaluationTest::assertOrdered);
    assertThat(head.tags().byTag())
        .allSatisfy(
            row ->
                assertThat(row.rates())
                    .isEqualTo(EvaluationReport.Rates.of(score.tags().get(row.name()))));
    assertMatrix(head.tags().confusion(), score.tokens());
    long errors = score.tokens() - score.correct();
    assertThat(head.worstSentences().stream().mapToLong(WorstSentence::errors).sum())
        .isEqualTo(errors);
    assertThat(head.worstSentences()).allMatch(s -> s.gold().size() == s.errors() && s.line() == 3);
  }

  @Test
  void aSystemLikeGoldHasNoErrorsAndAnIntervalOfOnePoint() {
    List<Word> sentence = List.of(new Word("Oslo", "B-LOC", "B-LOC", 0.9f));
    DetailedEvaluation evaluation = new DetailedEvaluation(NER, IOB2, IOB2, null, null);
    for (int i = 0; i < 3; i++) {
      evaluation.add(tagged("ner", sentence, true), tagged("ner", sentence, false), 0);
    }
    HeadReport head = head(evaluation);
    assertThat(head.headline())
        .allMatch(score -> score.value() == 100)
        .allMatch(score -> score.interval().equals(new Interval(100, 100, 0.95)));
    assertThat(head.chunks().errors()).allMatch(kind -> kind.count() == 0);
    assertThat(head.chunks().byNovelty()).isEmpty();
    assertThat(head.tags().unknownWords()).isNull();
    assertThat(head.worstSentences()).isEmpty();
  }

  @Test
  void eachSideIsComparedInIob2AndReadStrictlyInItsOwnScheme() {
    DetailedEvaluation evaluation =
        new DetailedEvaluation(NER, IOB2, Map.of("ner", TagScheme.IOBES), null, null);
    Sentence words = Sentence.of("a", "b", "c");
    evaluation.add(
        new TaggedSentence(words, Map.of("ner", TagSequence.of("B-X", "B-X", "I-X"))),
        new TaggedSentence(words, Map.of("ner", TagSequence.of("B-X", "B-X", "E-X"))),
        0);
    HeadReport head = head(evaluation);
    assertThat(head.tags().tokens().correct()).isEqualTo(3);
    assertThat(head.chunks().conlleval().correct()).isEqualTo(2);
    assertThat(head.chunks().strict().predicted()).isEqualTo(1);
    assertThat(head.chunks().illegal().predicted())
        .containsExactly(new EvaluationReport.Move("B-X", "B-X", 1));
    assertThat(head.chunks().illegal().gold()).isEmpty();
  }

  @Test
  void theTwentyWorstSentencesAreKeptAndLongOnesCut() {
    DetailedEvaluation evaluation = new DetailedEvaluation(UPOS, Map.of(), Map.of(), null, null);
    for (int i = 1; i <= 150; i++) {
      List<Word> sentence = Collections.nCopies(i, new Word("w", "N", "V", 1));
      evaluation.add(tagged("upos", sentence, true), tagged("upos", sentence, false), i);
    }
    List<WorstSentence> worst = head(evaluation).worstSentences();
    assertThat(worst.stream().map(WorstSentence::errors))
        .hasSize(20)
        .startsWith(150L, 149L)
        .endsWith(131L);
    assertThat(worst).allMatch(s -> s.cut() && s.tokens().size() == 120 && s.gold().size() == 120);
  }

  @Test
  void noveltyDependsOnWordsAndType() {
    TrainingData training = new TrainingData(Set.of("ner"));
    TaggedSentence sentence =
        new TaggedSentence(
            Sentence.of("New", "York", "and", "York"),
            Map.of("ner", TagSequence.of("B-LOC", "I-LOC", "O", "B-PER")));
    training.add(sentence);
    List<Novelty> found = new ArrayList<>();
    for (Mention mention :
        List.of(mention(0, 2, "LOC"), mention(3, 4, "LOC"), mention(0, 1, "LOC"))) {
      found.add(training.novelty("ner", sentence, mention));
    }
    assertThat(found).containsExactly(Novelty.SEEN, Novelty.OTHER_TYPE, Novelty.UNSEEN);
    assertThat(training.knows("York")).isTrue();
    assertThat(training.knows("york")).isFalse();
  }

  @Test
  void rareLabelsShareARowOfTheMatrix() {
    DetailedEvaluation evaluation = new DetailedEvaluation(UPOS, Map.of(), Map.of(), null, null);
    List<Word> sentence = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      sentence.addAll(Collections.nCopies(40 - i, new Word("w", "T" + i, "T" + i, 1)));
    }
    sentence.add(new Word("w", "T25", "T0", 1));
    evaluation.add(tagged("upos", sentence, true), tagged("upos", sentence, false), 0);
    ConfusionMatrix matrix = head(evaluation).tags().confusion();
    assertThat(matrix.labels()).hasSize(20).startsWith("T0", "T1");
    assertThat(matrix.others()).isEqualTo(10);
    assertThat(matrix.counts().get(20).get(0)).isEqualTo(1);
    assertMatrix(matrix, sentence.size());
  }

  @Test
  void chunksNeedASchemeAndSentencesTheirHeads() {
    assertThatThrownBy(() -> new DetailedEvaluation(NER, Map.of(), Map.of(), null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no scheme for the chunks of head 'ner'");
    TaggedSentence bare = TaggedSentence.untagged(Sentence.of("a"));
    assertThatThrownBy(() -> new DetailedEvaluation(NER, IOB2, IOB2, null, null).add(bare, bare, 0))
        .hasMessageContaining("no tags for head 'ner' in gold");
  }

  /** Without probabilities, which ConfidenceTest covers. */
  private static HeadReport head(DetailedEvaluation evaluation) {
    Map<String, Measure> measures = new LinkedHashMap<>();
    evaluation.scores().forEach((name, score) -> measures.put(name, score.measure()));
    return evaluation.heads(BOOTSTRAP, new Confidence(measures), null).get(0);
  }

  private static void assertOrdered(Score score) {
    assertThat(score.interval().low()).isBetween(0.0, score.interval().high());
    assertThat(score.interval().high()).isLessThanOrEqualTo(100);
  }

  private static void assertMatrix(ConfusionMatrix matrix, long tokens) {
    assertThat(matrix.counts().stream().flatMap(List::stream).mapToLong(Long::longValue).sum())
        .isEqualTo(tokens);
  }

  private static void assertSameCounts(EvaluationReport.Rates sum, EvaluationReport.Rates all) {
    assertThat(List.of(sum.gold(), sum.predicted(), sum.correct()))
        .isEqualTo(List.of(all.gold(), all.predicted(), all.correct()));
  }

  private static EvaluationReport.Rates plus(EvaluationReport.Rates a, EvaluationReport.Rates b) {
    return EvaluationReport.Rates.of(
        new PrecisionRecall(
            a.gold() + b.gold(), a.predicted() + b.predicted(), a.correct() + b.correct()));
  }

  private static long words(List<List<Word>> sentences, Predicate<Word> which) {
    return sentences.stream().flatMap(List::stream).filter(which).count();
  }

  private static Mention mention(int begin, int end, String type) {
    return new Mention(new io.github.rnnotator.text.Span(begin, end), type);
  }

  private static List<Mention> mentions(
      List<Word> sentence, java.util.function.Function<Word, String> tag) {
    return TagScheme.IOB2.mentions(sentence.stream().map(tag).toList());
  }

  private static TaggedSentence tagged(String head, List<Word> words, boolean gold) {
    return new TaggedSentence(
        Sentence.of(words.stream().map(Word::form).toList()),
        Map.of(
            head,
            gold
                ? TagSequence.of(words.stream().map(Word::gold).toList())
                : new TagSequence(
                    words.stream().map(Word::predicted).toList(),
                    words.stream().map(Word::probability).toList())));
  }

  @Provide
  Arbitrary<List<List<Word>>> chunks() {
    return sentences(Arbitraries.of("O", "O", "B-X", "I-X", "B-Y", "I-Y"));
  }

  @Provide
  Arbitrary<List<List<Word>>> tags() {
    return sentences(Arbitraries.of("N", "V", "A"));
  }

  private static Arbitrary<List<List<Word>>> sentences(Arbitrary<String> tag) {
    return Combinators.combine(
            Arbitraries.of("a", "b", "c"),
            tag,
            tag,
            Arbitraries.of(true, true, false),
            Arbitraries.floats().between(0, 1))
        .as((form, gold, other, same, p) -> new Word(form, gold, same ? gold : other, p))
        .list()
        .ofMinSize(1)
        .ofMaxSize(9)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }
}
