package io.github.rnnotator.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** Chunks counted by the scorer, and by writing them all down and comparing the two sets. */
class ChunkScorerTest {

  private record Pair(String gold, String predicted) {}

  private record Chunk(int sentence, int begin, int end, String type) {}

  @Property(tries = 500)
  void countsTheChunksThatBothSetsHold(@ForAll("sentences") List<List<Pair>> sentences) {
    ChunkScorer scorer = new ChunkScorer();
    Set<Chunk> gold = new HashSet<>();
    Set<Chunk> predicted = new HashSet<>();
    long tokens = 0;
    long correctTags = 0;
    for (int i = 0; i < sentences.size(); i++) {
      List<String> goldTags = sentences.get(i).stream().map(Pair::gold).toList();
      List<String> predictedTags = sentences.get(i).stream().map(Pair::predicted).toList();
      scorer.add(goldTags, predictedTags);
      gold.addAll(chunks(i, goldTags));
      predicted.addAll(chunks(i, predictedTags));
      tokens += goldTags.size();
      correctTags += sentences.get(i).stream().filter(p -> p.gold.equals(p.predicted)).count();
    }

    ChunkScore score = scorer.score();

    assertThat(score.tokens()).isEqualTo(tokens);
    assertThat(score.correctTags()).isEqualTo(correctTags);
    assertThat(score.chunks()).isEqualTo(compare(gold, predicted, null));
    Set<String> types = new HashSet<>();
    Stream.of(gold, predicted).flatMap(Set::stream).forEach(chunk -> types.add(chunk.type));
    assertThat(score.types().keySet()).isEqualTo(types);
    score
        .types()
        .forEach((type, rates) -> assertThat(rates).isEqualTo(compare(gold, predicted, type)));
  }

  @Property(tries = 200)
  void aSecondScoreIsTheFirst(@ForAll("sentences") List<List<Pair>> sentences) {
    ChunkScorer once = new ChunkScorer();
    ChunkScorer often = new ChunkScorer();
    for (List<Pair> sentence : sentences) {
      List<String> gold = sentence.stream().map(Pair::gold).toList();
      List<String> predicted = sentence.stream().map(Pair::predicted).toList();
      once.add(gold, predicted);
      often.score();
      often.add(gold, predicted);
    }
    assertThat(often.score()).isEqualTo(once.score()).isEqualTo(often.score());
  }

  @Test
  void oneOfTwoNamesIsFoundAndOneIsCutShort() {
    ChunkScorer scorer = new ChunkScorer();
    scorer.add(
        List.of("B-PER", "I-PER", "O", "B-LOC", "I-LOC"),
        List.of("B-PER", "I-PER", "O", "B-LOC", "O"));
    ChunkScore score = scorer.score();
    assertThat(score.chunks()).isEqualTo(new PrecisionRecall(2, 2, 1));
    assertThat(score.types().get("PER")).isEqualTo(new PrecisionRecall(1, 1, 1));
    assertThat(score.types().get("LOC")).isEqualTo(new PrecisionRecall(1, 1, 0));
    assertThat(score.accuracy()).isEqualTo(80);
    assertThat(score.value()).isEqualTo(50);
    assertThat(score.measure()).isEqualTo(Measure.F1);
  }

  @Test
  void aChunkEndsWithItsSentence() {
    ChunkScorer scorer = new ChunkScorer();
    scorer.add(List.of("I-PER"), List.of("I-PER"));
    scorer.add(List.of("I-PER"), List.of("I-PER"));
    assertThat(scorer.score().chunks()).isEqualTo(new PrecisionRecall(2, 2, 2));
  }

  @Test
  void theTypeIsAllThatFollowsTheFirstHyphen() {
    ChunkScorer scorer = new ChunkScorer();
    scorer.add(List.of("B-date-time", "B-"), List.of("B-date-time", "B"));
    assertThat(scorer.score().types())
        .containsEntry("date-time", new PrecisionRecall(1, 1, 1))
        .containsEntry("", new PrecisionRecall(1, 1, 1));
  }

  @Test
  void iobOneAndIobTwoAreTheSameChunks() {
    ChunkScorer scorer = new ChunkScorer();
    scorer.add(
        List.of("I-PER", "I-PER", "B-PER", "O", "I-LOC", "I-ORG"),
        List.of("B-PER", "I-PER", "B-PER", "O", "B-LOC", "B-ORG"));
    assertThat(scorer.score().chunks()).isEqualTo(new PrecisionRecall(4, 4, 4));
    assertThat(scorer.score().correctTags()).isEqualTo(3);
  }

  @Test
  void bracketsAreChunksOfOneToken() {
    ChunkScorer scorer = new ChunkScorer();
    scorer.add(List.of("[", "[", "]", "."), List.of("[", "O", "]", "."));
    assertThat(scorer.score().chunks()).isEqualTo(new PrecisionRecall(3, 2, 2));
  }

  @Test
  void rawTagsAreChunksOfOneToken() {
    ChunkScorer scorer = ChunkScorer.raw("none");
    scorer.add(List.of("PER", "PER", "none", "O"), List.of("PER", "LOC", "O", "none"));
    ChunkScore score = scorer.score();
    assertThat(score.chunks()).isEqualTo(new PrecisionRecall(2, 2, 1));
    assertThat(score.correctTags()).isEqualTo(3);
    assertThat(score.types()).containsOnlyKeys("PER", "LOC");
  }

  @Test
  void nothingScoresNothing() {
    ChunkScore score = new ChunkScorer().score();
    assertThat(score.value()).isZero();
    assertThat(score.accuracy()).isZero();
    assertThat(score.types()).isEmpty();
  }

  @Test
  void refusesTagsOfAnotherNumber() {
    assertThatThrownBy(() -> new ChunkScorer().add(List.of("O", "O"), List.of("O")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 predicted tags for 2 gold tags");
  }

  /** Every prefix the script knows, and S, which it does not. Some chunks have no type. */
  @Provide
  Arbitrary<List<List<Pair>>> sentences() {
    Arbitrary<String> tag =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just("O")),
            Tuple.of(1, Arbitraries.of("B", "I")),
            Tuple.of(
                6,
                Combinators.combine(
                        Arbitraries.of("B-", "I-", "E-", "S-"), Arbitraries.of("PER", "a-b"))
                    .as(String::concat)));
    Arbitrary<Pair> pair =
        Combinators.combine(tag, tag, Arbitraries.of(true, true, false))
            .as((gold, predicted, same) -> new Pair(gold, same ? gold : predicted));
    return pair.list().ofMaxSize(12).list().ofMaxSize(4);
  }

  private static PrecisionRecall compare(Set<Chunk> gold, Set<Chunk> predicted, String type) {
    Set<Chunk> both = new HashSet<>(gold);
    both.retainAll(predicted);
    return new PrecisionRecall(ofType(gold, type), ofType(predicted, type), ofType(both, type));
  }

  private static long ofType(Set<Chunk> chunks, String type) {
    return chunks.stream().filter(chunk -> type == null || chunk.type.equals(type)).count();
  }

  /**
   * Maximal runs of tokens in a chunk, cut where the type changes, before B after B or I, and
   * before E or I after E.
   */
  private static List<Chunk> chunks(int sentence, List<String> tags) {
    List<Chunk> chunks = new ArrayList<>();
    int begin = 0;
    while (begin < tags.size()) {
      if (tags.get(begin).equals("O")) {
        begin++;
        continue;
      }
      int end = begin + 1;
      while (end < tags.size() && !cut(tags.get(end - 1), tags.get(end))) {
        end++;
      }
      chunks.add(new Chunk(sentence, begin, end, type(tags.get(begin))));
      begin = end;
    }
    return chunks;
  }

  private static boolean cut(String left, String right) {
    return right.equals("O")
        || !type(left).equals(type(right))
        || Set.of("BB", "IB", "EE", "EI").contains(left.substring(0, 1) + right.substring(0, 1));
  }

  private static String type(String tag) {
    return tag.length() < 2 ? "" : tag.substring(2);
  }
}
