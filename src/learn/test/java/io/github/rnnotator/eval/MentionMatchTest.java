package io.github.rnnotator.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Pairs of mentions against the best of all possible pairings. */
class MentionMatchTest {
  @Property(tries = 500)
  void everyMentionIsInExactlyOnePair(
      @ForAll("mentions") List<Mention> gold, @ForAll("mentions") List<Mention> predicted) {
    List<MentionMatch> matches = MentionMatch.of(gold, predicted);
    assertThat(matches.stream().map(MentionMatch::gold).filter(Objects::nonNull))
        .containsExactlyInAnyOrderElementsOf(gold);
    assertThat(matches.stream().map(MentionMatch::predicted).filter(Objects::nonNull))
        .containsExactlyInAnyOrderElementsOf(predicted);
    for (MentionMatch match : matches) {
      assertThat(match.kind()).isEqualTo(kind(match.gold(), match.predicted()));
    }
  }

  @Property(tries = 500)
  void noOtherPairingIsBetter(
      @ForAll("mentions") List<Mention> gold, @ForAll("mentions") List<Mention> predicted) {
    List<MentionMatch> matches = MentionMatch.of(gold, predicted);
    assertThat(count(matches, MatchKind.CORRECT)).isEqualTo(most(gold, predicted, Mention::equals));
    assertThat(count(matches, MatchKind.CORRECT, MatchKind.WRONG_TYPE))
        .isEqualTo(most(gold, predicted, (a, b) -> a.span().equals(b.span())));
    assertThat(count(matches, MatchKind.CORRECT, MatchKind.WRONG_BOUNDARY))
        .isEqualTo(most(gold, predicted, (a, b) -> overlap(a, b) && a.type().equals(b.type())));
  }

  @Property(tries = 200)
  void theSameOnBothSidesIsAllCorrect(@ForAll("mentions") List<Mention> mentions) {
    assertThat(MentionMatch.of(mentions, mentions))
        .hasSize(mentions.size())
        .allMatch(match -> match.kind() == MatchKind.CORRECT);
  }

  @Test
  void eachKindOnce() {
    List<MentionMatch> matches =
        MentionMatch.of(
            List.of(m(0, 1, "A"), m(2, 3, "A"), m(4, 6, "A"), m(7, 9, "A"), m(10, 11, "A")),
            List.of(m(0, 1, "A"), m(2, 3, "B"), m(5, 6, "A"), m(8, 9, "B"), m(12, 13, "A")));
    assertThat(matches.stream().map(MentionMatch::kind)).containsExactly(MatchKind.values());
  }

  @Test
  void aLongMentionIsFoundOnce() {
    List<MentionMatch> matches =
        MentionMatch.of(List.of(m(0, 4, "A")), List.of(m(0, 1, "B"), m(1, 2, "A"), m(2, 3, "A")));
    assertThat(matches.stream().map(MentionMatch::kind))
        .containsExactlyInAnyOrder(
            MatchKind.WRONG_BOUNDARY, MatchKind.INVENTED, MatchKind.INVENTED);
  }

  private static Mention m(int begin, int end, String type) {
    return new Mention(new Span(begin, end), type);
  }

  private static long count(List<MentionMatch> matches, MatchKind... kinds) {
    return matches.stream().filter(match -> List.of(kinds).contains(match.kind())).count();
  }

  /** The most pairs that fit, over all ways of pairing. */
  private static long most(
      List<Mention> gold, List<Mention> predicted, BiPredicate<Mention, Mention> fits) {
    if (gold.isEmpty()) {
      return 0;
    }
    List<Mention> rest = gold.subList(1, gold.size());
    long best = most(rest, predicted, fits);
    for (Mention other : predicted) {
      if (fits.test(gold.get(0), other)) {
        List<Mention> left = new ArrayList<>(predicted);
        left.remove(other);
        best = Math.max(best, 1 + most(rest, left, fits));
      }
    }
    return best;
  }

  private static MatchKind kind(Mention gold, Mention predicted) {
    if (gold == null) {
      return MatchKind.INVENTED;
    }
    if (predicted == null) {
      return MatchKind.MISSED;
    }
    assertThat(overlap(gold, predicted)).isTrue();
    boolean type = gold.type().equals(predicted.type());
    if (gold.span().equals(predicted.span())) {
      return type ? MatchKind.CORRECT : MatchKind.WRONG_TYPE;
    }
    return type ? MatchKind.WRONG_BOUNDARY : MatchKind.WRONG_TYPE_AND_BOUNDARY;
  }

  private static boolean overlap(Mention a, Mention b) {
    for (int i = a.span().begin(); i < a.span().end(); i++) {
      if (b.span().begin() <= i && i < b.span().end()) {
        return true;
      }
    }
    return false;
  }

  /** Gaps and lengths in turn, so that none overlaps another. */
  @Provide
  Arbitrary<List<Mention>> mentions() {
    Arbitrary<int[]> step =
        Combinators.combine(
                Arbitraries.integers().between(0, 2), Arbitraries.integers().between(1, 3))
            .as((gap, length) -> new int[] {gap, length});
    return Combinators.combine(step.list().ofMaxSize(5), Arbitraries.of("A", "B").list().ofSize(5))
        .as(
            (steps, types) -> {
              List<Mention> mentions = new ArrayList<>();
              int at = 0;
              for (int i = 0; i < steps.size(); i++) {
                int begin = at + steps.get(i)[0];
                at = begin + steps.get(i)[1];
                mentions.add(m(begin, at, types.get(i)));
              }
              return mentions;
            });
  }
}
