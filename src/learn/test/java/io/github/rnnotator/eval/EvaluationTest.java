package io.github.rnnotator.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Accuracy by the scorer, and by plain filters over all tokens. */
class EvaluationTest {
  private static final Map<String, Measure> UPOS = Map.of("upos", Measure.ACCURACY);

  private record Word(String form, String gold, String predicted) {
    boolean isCorrect() {
      return gold.equals(predicted);
    }
  }

  @Property(tries = 200)
  void countsWhatAFilterOverAllTokensCounts(@ForAll("sentences") List<List<Word>> sentences) {
    Set<String> known = Set.of("a", "b");
    Evaluation evaluation = new Evaluation(UPOS, known::contains);
    for (List<Word> sentence : sentences) {
      evaluation.add(gold(sentence), predicted(sentence));
    }
    AccuracyScore score = (AccuracyScore) evaluation.scores().get("upos");

    List<Word> words = sentences.stream().flatMap(List::stream).toList();
    List<Word> unknown = words.stream().filter(word -> !known.contains(word.form)).toList();
    assertThat(score.tokens()).isEqualTo(words.size());
    assertThat(score.correct()).isEqualTo(words.stream().filter(Word::isCorrect).count());
    assertThat(score.unknownTokens()).isEqualTo(unknown.size());
    assertThat(score.unknownCorrect()).isEqualTo(unknown.stream().filter(Word::isCorrect).count());
    assertThat(score.sentences()).isEqualTo(sentences.size());
    assertThat(score.correctSentences())
        .isEqualTo(sentences.stream().filter(s -> s.stream().allMatch(Word::isCorrect)).count());
    for (String tag : List.of("N", "V", "X")) {
      PrecisionRecall counts =
          new PrecisionRecall(
              words.stream().filter(word -> word.gold.equals(tag)).count(),
              words.stream().filter(word -> word.predicted.equals(tag)).count(),
              words.stream().filter(word -> word.gold.equals(tag) && word.isCorrect()).count());
      assertThat(score.tags().getOrDefault(tag, new PrecisionRecall(0, 0, 0))).isEqualTo(counts);
    }
    for (Confusion confusion : score.confusions()) {
      assertThat(confusion.gold()).isNotEqualTo(confusion.predicted());
      assertThat(confusion.count())
          .isPositive()
          .isEqualTo(
              words.stream()
                  .filter(word -> word.gold.equals(confusion.gold()))
                  .filter(word -> word.predicted.equals(confusion.predicted()))
                  .count());
    }
    assertThat(score.confusions()).doesNotHaveDuplicates();
    assertThat(score.confusions().stream().mapToLong(Confusion::count).sum())
        .isEqualTo(score.tokens() - score.correct());
    assertThat(score.confusions())
        .isSortedAccordingTo((left, right) -> Long.compare(right.count(), left.count()));
  }

  @Test
  void threeOfFourTagsAreRight() {
    Sentence sentence = Sentence.of("the", "dog", "barks", "loud");
    Evaluation evaluation = new Evaluation(UPOS, Set.of("the", "dog")::contains);
    evaluation.add(
        tagged(sentence, "upos", "DET", "NOUN", "VERB", "ADV"),
        tagged(sentence, "upos", "DET", "NOUN", "VERB", "VERB"));
    AccuracyScore score = (AccuracyScore) evaluation.scores().get("upos");

    assertThat(score.value()).isEqualTo(score.accuracy()).isEqualTo(75);
    assertThat(score.sentenceAccuracy()).isZero();
    assertThat(score.unknownAccuracy()).isEqualTo(50);
    assertThat(score.confusions()).containsExactly(new Confusion("ADV", "VERB", 1));
    PrecisionRecall verb = score.tags().get("VERB");
    assertThat(verb.precision()).isEqualTo(50);
    assertThat(verb.recall()).isEqualTo(100);
    assertThat(verb.f1()).isEqualTo(2 * 50.0 * 100 / 150);
  }

  @Test
  void eachHeadIsJudgedByItsMeasureInTheOrderGiven() {
    Map<String, Measure> heads = new LinkedHashMap<>();
    heads.put("xpos", Measure.ACCURACY);
    heads.put("ner", Measure.F1);
    Sentence sentence = Sentence.of("Ann", "left");
    TaggedSentence gold =
        new TaggedSentence(
            sentence,
            Map.of("ner", TagSequence.of("B-PER", "O"), "xpos", TagSequence.of("NNP", "VBD")));
    TaggedSentence predicted =
        new TaggedSentence(
            sentence,
            Map.of("ner", TagSequence.of("I-PER", "O"), "xpos", TagSequence.of("NN", "VBD")));

    Map<String, HeadScore> scores =
        Evaluation.of(heads, form -> true, List.of(gold, gold), List.of(predicted, gold));

    assertThat(scores.keySet()).containsExactly("xpos", "ner");
    assertThat(scores.get("xpos").value()).isEqualTo(75);
    assertThat(scores.get("ner").value()).isEqualTo(100);
    assertThat(scores.get("ner").accuracy()).isEqualTo(75);
    assertThat(scores.get("ner").tokens()).isEqualTo(4);
  }

  @Test
  void aScoreDoesNotChangeWhenMoreIsAdded() {
    Evaluation evaluation = new Evaluation(UPOS);
    TaggedSentence one = tagged(Sentence.of("a"), "upos", "N");
    evaluation.add(one, one);
    Map<String, HeadScore> scores = evaluation.scores();
    evaluation.add(one, one);
    assertThat(scores.get("upos").tokens()).isEqualTo(1);
    assertThat(evaluation.scores().get("upos").tokens()).isEqualTo(2);
  }

  @Test
  void refusesOtherTokensAndCountsNothingOfThem() {
    Evaluation evaluation = new Evaluation(UPOS);
    TaggedSentence one = tagged(Sentence.of("a", "b"), "upos", "N", "N");
    evaluation.add(one, one);
    assertThatThrownBy(() -> evaluation.add(one, tagged(Sentence.of("a", "c"), "upos", "N", "N")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sentence 2: token 2 is 'b' in gold, but 'c' in predicted");
    assertThatThrownBy(() -> evaluation.add(one, tagged(Sentence.of("a"), "upos", "N")))
        .hasMessageContaining("sentence 2: 2 tokens in gold, but 1 in predicted");
    assertThatThrownBy(() -> evaluation.add(one, tagged(one.sentence(), "xpos", "N", "N")))
        .hasMessageContaining("sentence 2: no tags for head 'upos' in predicted, only [xpos]");
    assertThat(evaluation.scores().get("upos").tokens()).isEqualTo(2);
  }

  @Test
  void refusesAnotherNumberOfSentences() {
    TaggedSentence one = tagged(Sentence.of("a"), "upos", "N");
    assertThatThrownBy(() -> Evaluation.of(UPOS, form -> true, List.of(one, one), List.of(one)))
        .hasMessage("only 1 predicted sentences, but more gold ones");
    assertThatThrownBy(() -> Evaluation.of(UPOS, form -> true, List.of(one), List.of(one, one)))
        .hasMessage("only 1 gold sentences, but more predicted ones");
  }

  @Provide
  Arbitrary<List<List<Word>>> sentences() {
    Arbitrary<String> tag = Arbitraries.of("N", "V", "X");
    Arbitrary<Word> word =
        Combinators.combine(Arbitraries.of("a", "b", "c", "d"), tag, tag).as(Word::new);
    return word.list().ofMinSize(1).ofMaxSize(5).list().ofMaxSize(6);
  }

  private static TaggedSentence gold(List<Word> words) {
    return tagged(words, words.stream().map(Word::gold).toList());
  }

  private static TaggedSentence predicted(List<Word> words) {
    return tagged(words, words.stream().map(Word::predicted).toList());
  }

  private static TaggedSentence tagged(List<Word> words, List<String> tags) {
    List<String> forms = new ArrayList<>();
    words.forEach(word -> forms.add(word.form));
    return new TaggedSentence(Sentence.of(forms), Map.of("upos", TagSequence.of(tags)));
  }

  private static TaggedSentence tagged(Sentence sentence, String head, String... tags) {
    return new TaggedSentence(sentence, Map.of(head, TagSequence.of(tags)));
  }
}
