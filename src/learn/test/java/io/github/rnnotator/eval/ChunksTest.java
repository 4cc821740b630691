package io.github.rnnotator.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Chunks against conlleval's counts, and against a search through all spans. */
class ChunksTest {
  @Property(tries = 500)
  void lenientChunksAreThoseThatConllevalCounts(
      @ForAll("anyTags") List<String> gold, @ForAll("anyTags") List<String> others) {
    int size = Math.min(gold.size(), others.size());
    List<String> first = gold.subList(0, size);
    List<String> second = others.subList(0, size);
    ChunkScorer scorer = new ChunkScorer();
    scorer.add(first, second);
    List<Mention> a = Chunks.lenient(first);
    List<Mention> b = Chunks.lenient(second);
    Set<Mention> both = new HashSet<>(a);
    both.retainAll(b);
    assertThat(scorer.score().chunks())
        .isEqualTo(new PrecisionRecall(a.size(), b.size(), both.size()));
  }

  /**
   * A span is a strict IOB2 chunk if it is B I* of one type and the next token does not continue
   * it.
   */
  @Property(tries = 500)
  void strictChunksOfIob2AreMaximalRunsAfterB(@ForAll("iob2") List<String> tags) {
    List<Mention> expected = new ArrayList<>();
    for (int begin = 0; begin < tags.size(); begin++) {
      for (int end = begin + 1; end <= tags.size(); end++) {
        String type = type(tags.get(begin));
        boolean whole = tags.get(begin).startsWith("B");
        for (int i = begin + 1; i < end; i++) {
          whole &= tags.get(i).equals("I-" + type);
        }
        whole &= end == tags.size() || !tags.get(end).equals("I-" + type);
        if (whole) {
          expected.add(new Mention(new Span(begin, end), type));
        }
      }
    }
    assertThat(Chunks.strict(TagScheme.IOB2, tags)).isEqualTo(expected);
  }

  /** A span is a strict IOBES chunk if its tags are those that the scheme gives a mention. */
  @Property(tries = 500)
  void strictChunksOfIobesAreWrittenAsTheSchemeWritesThem(@ForAll("iobes") List<String> tags) {
    assertThat(Chunks.strict(TagScheme.IOBES, tags)).isEqualTo(asWritten(TagScheme.IOBES, tags));
    List<String> bilou =
        tags.stream().map(tag -> tag.replaceFirst("^E", "L").replaceFirst("^S", "U")).toList();
    assertThat(Chunks.strict(TagScheme.BILOU, bilou))
        .isEqualTo(Chunks.strict(TagScheme.IOBES, tags));
  }

  private static List<Mention> asWritten(TagScheme scheme, List<String> tags) {
    List<Mention> chunks = new ArrayList<>();
    for (int begin = 0; begin < tags.size(); begin++) {
      for (int end = begin + 1; end <= tags.size(); end++) {
        String type = type(tags.get(begin));
        Mention mention = new Mention(new Span(0, end - begin), type);
        if (!tags.get(begin).equals("O")
            && tags.subList(begin, end).equals(scheme.tags(end - begin, List.of(mention)))) {
          chunks.add(new Mention(new Span(begin, end), type));
        }
      }
    }
    return chunks;
  }

  @Property(tries = 300)
  void legalTagsReadTheSameBothWays(
      @ForAll TagScheme scheme, @ForAll("iob2") List<String> somehow) {
    List<String> legal = scheme.tags(somehow.size(), Chunks.lenient(somehow));
    assertThat(Chunks.strict(scheme, legal))
        .isEqualTo(Chunks.lenient(legal))
        .isEqualTo(scheme.mentions(legal));
  }

  @Test
  void insideTagOpensNoStrictChunk() {
    assertThat(strict(TagScheme.IOB2, "I-PER", "O", "B-LOC", "I-PER")).containsExactly("2-3 LOC");
    assertThat(strict(TagScheme.IOBES, "E-PER", "O", "I-LOC", "E-LOC", "S-PER"))
        .containsExactly("4-5 PER");
    assertThat(strict(TagScheme.IOBES, "B-PER", "B-PER", "E-PER", "B-LOC", "O"))
        .containsExactly("1-3 PER");
    assertThat(strict(TagScheme.IOBES, "B-PER", "E-LOC")).isEmpty();
    assertThat(strict(TagScheme.IOBES, "S-PER", "E-PER")).containsExactly("0-1 PER");
  }

  @Test
  void inIob1BOpensOnlyAfterItsOwnType() {
    assertThat(strict(TagScheme.IOB1, "I-PER", "B-PER", "I-PER"))
        .containsExactly("0-1 PER", "1-3 PER");
    assertThat(strict(TagScheme.IOB1, "O", "B-PER", "O")).isEmpty();
    assertThat(strict(TagScheme.IOB1, "B-PER", "I-PER")).containsExactly("1-2 PER");
    // The chunk at B-X would have to be followed by something other than B of another type.
    assertThat(strict(TagScheme.IOB1, "I-X", "B-X", "B-Y")).containsExactly("0-1 X");
  }

  @Test
  void aTagOfNoLetterOfTheSchemeIsOutsideOfStrictChunks() {
    assertThat(strict(TagScheme.IOB2, "B-PER", "S-PER", "I-PER", "PER", ""))
        .containsExactly("0-1 PER");
  }

  @Test
  void tagsThatConllevalCannotReadMustBeOfAScheme() {
    assertThatThrownBy(() -> Chunks.lenient(List.of("S-PER", "X-PER")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'X-PER' is not a tag of IOBES");
    assertThat(Chunks.lenient(List.of("U-PER", "U-PER"))).hasSize(2);
  }

  private static List<String> strict(TagScheme scheme, String... tags) {
    return Chunks.strict(scheme, List.of(tags)).stream()
        .map(m -> m.span().begin() + "-" + m.span().end() + " " + m.type())
        .toList();
  }

  private static String type(String tag) {
    return tag.length() < 2 ? "" : tag.substring(2);
  }

  /** Chunks without a type, too. */
  @Provide
  Arbitrary<List<String>> anyTags() {
    return Arbitraries.of("O", "B", "I", "B-X", "I-X", "B-Y", "I-Y")
        .list()
        .ofMinSize(1)
        .ofMaxSize(9);
  }

  @Provide
  Arbitrary<List<String>> iob2() {
    return tags("B-", "I-");
  }

  @Provide
  Arbitrary<List<String>> iobes() {
    return tags("B-", "I-", "E-", "S-");
  }

  private static Arbitrary<List<String>> tags(String... prefixes) {
    Arbitrary<String> chunk =
        Combinators.combine(Arbitraries.of(prefixes), Arbitraries.of("X", "Y")).as(String::concat);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(1, Arbitraries.just("O")), net.jqwik.api.Tuple.of(4, chunk))
        .list()
        .ofMinSize(1)
        .ofMaxSize(9);
  }
}
