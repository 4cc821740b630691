package io.github.rnnotator.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The chunks of each policy in tags that break their scheme. */
class RepairPolicyTest {
  @Property(tries = 300)
  void legalTagsNeedNoRepair(@ForAll TagScheme scheme, @ForAll("tags") List<String> somehow) {
    List<String> legal = scheme.tags(somehow.size(), Chunks.lenient(somehow));
    for (RepairPolicy policy : RepairPolicy.values()) {
      assertThat(policy.mentions(scheme, legal)).isEqualTo(scheme.mentions(legal));
    }
  }

  /** In IOB2 the policy of the script is the same as putting B where an I opens a chunk. */
  @Property(tries = 300)
  void asConllevalReadsIsBeginningWithB(@ForAll("tags") List<String> tags) {
    List<String> repaired = new java.util.ArrayList<>();
    String before = "O";
    for (String tag : tags) {
      boolean legal = TagScheme.IOB2.isLegalTransition(before, tag);
      repaired.add(legal ? tag : "B" + tag.substring(1));
      before = repaired.get(repaired.size() - 1);
    }
    assertThat(TagScheme.IOB2.isLegal(repaired)).isTrue();
    assertThat(RepairPolicy.CONLLEVAL.mentions(TagScheme.IOB2, tags))
        .isEqualTo(TagScheme.IOB2.mentions(repaired));
  }

  @Test
  void aStrayInsideTag() {
    List<String> tags = List.of("O", "I-PER", "I-PER", "O");
    assertThat(read(RepairPolicy.CONLLEVAL, TagScheme.IOB2, tags)).containsExactly("1-3 PER");
    assertThat(read(RepairPolicy.DISCARD, TagScheme.IOB2, tags)).isEmpty();
    assertThat(read(RepairPolicy.CONTINUE, TagScheme.IOB2, tags)).containsExactly("1-3 PER");
  }

  @Test
  void aChangeOfTypeInTheMiddle() {
    List<String> tags = List.of("B-PER", "I-LOC", "I-LOC", "B-LOC");
    assertThat(read(RepairPolicy.CONLLEVAL, TagScheme.IOB2, tags))
        .containsExactly("0-1 PER", "1-3 LOC", "3-4 LOC");
    assertThat(read(RepairPolicy.DISCARD, TagScheme.IOB2, tags))
        .containsExactly("0-1 PER", "3-4 LOC");
    assertThat(read(RepairPolicy.CONTINUE, TagScheme.IOB2, tags))
        .containsExactly("0-3 PER", "3-4 LOC");
  }

  @Test
  void anEndOfAnotherType() {
    List<String> tags = List.of("B-PER", "E-LOC", "E-LOC");
    assertThat(read(RepairPolicy.CONLLEVAL, TagScheme.IOBES, tags))
        .containsExactly("0-1 PER", "1-2 LOC", "2-3 LOC");
    assertThat(read(RepairPolicy.DISCARD, TagScheme.IOBES, tags)).isEmpty();
    // After the end of PER nothing is open, so that the second E opens a chunk of its own.
    assertThat(read(RepairPolicy.CONTINUE, TagScheme.IOBES, tags))
        .containsExactly("0-2 PER", "2-3 LOC");
  }

  @Test
  void aChangeOfTypeThatIsLegalIsLeftAlone() {
    assertThat(read(RepairPolicy.CONTINUE, TagScheme.IOB1, List.of("I-PER", "I-LOC")))
        .containsExactly("0-1 PER", "1-2 LOC");
  }

  private static List<String> read(RepairPolicy policy, TagScheme scheme, List<String> tags) {
    return policy.mentions(scheme, tags).stream().map(RepairPolicyTest::text).toList();
  }

  private static String text(Mention mention) {
    return mention.span().begin() + "-" + mention.span().end() + " " + mention.type();
  }

  @Provide
  Arbitrary<List<String>> tags() {
    return Arbitraries.of("O", "B-X", "I-X", "B-Y", "I-Y").list().ofMinSize(1).ofMaxSize(8);
  }
}
