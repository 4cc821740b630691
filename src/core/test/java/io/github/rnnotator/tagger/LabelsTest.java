package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.nn.head.CrfHead;
import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.text.KnownLemmas;
import io.github.rnnotator.text.LemmaDictionary;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Converts tags to ids and back, also if the network learns another scheme than that of the files.
 */
class LabelsTest {
  private static final List<List<String>> IOB2 =
      List.of(
          List.of("B-PER", "I-PER", "O", "B-LOC", "B-LOC"),
          List.of("O", "B-PER", "I-PER", "I-PER", "O"));
  private static final List<List<String>> IOB1 =
      List.of(
          List.of("I-PER", "I-PER", "O", "I-LOC", "B-LOC"),
          List.of("O", "I-PER", "I-PER", "I-PER", "O"));

  @Test
  void namesAreSortedAndNumberedFromZero() {
    Labels labels = Labels.of(List.of(List.of("VERB", "NOUN"), List.of("NOUN", "ADJ")), null);
    assertThat(labels.names()).containsExactly("ADJ", "NOUN", "VERB");
    assertThat(labels.ids(TagSequence.of("VERB", "ADJ", "X", "NOUN")))
        .containsExactly(2, 0, Head.NO_LABEL, 1);
    TagSequence tags = labels.tags(new int[] {1, 1, 2}, new float[] {0.5f, 1, 0.25f});
    assertThat(tags)
        .isEqualTo(new TagSequence(List.of("NOUN", "NOUN", "VERB"), List.of(0.5f, 1f, 0.25f)));
  }

  @Test
  void aMissingTagHasNoLabelAndLeavesItsNeighboursOpen() {
    String none = TagSequence.MISSING;
    Labels tags = Labels.of(List.of(List.of("X", none, "_")), null);
    assertThat(tags.names()).containsExactly("X", "_");
    assertThat(tags.ids(TagSequence.of("X", none, "_"))).containsExactly(0, Head.NO_LABEL, 1);

    Labels chunks = Labels.of(IOB2, TagScheme.IOBES);
    TagSequence partial = TagSequence.of("B-PER", "I-PER", none, "B-LOC", none, "O", "B-LOC");
    assertThat(chunks.names()).containsExactly("B-PER", "E-PER", "I-PER", "O", "S-LOC");
    int no = Head.NO_LABEL;
    // B-PER certainly begins; whether I-PER ends, or B-LOC is alone, is unknown.
    assertThat(chunks.ids(partial)).containsExactly(0, no, no, no, no, 3, 4);
    Labels same = Labels.of(List.of(List.of("B-A", none, "E-A", "S-A")), TagScheme.IOBES);
    assertThat(same.ids(TagSequence.of("B-A", none, "E-A"))).containsExactly(0, no, 1);
  }

  @Test
  void labelsAreThoseOfTheSchemeInside() {
    for (List<List<String>> files : List.of(IOB2, IOB1)) {
      Labels labels = Labels.of(files, TagScheme.IOBES);
      assertThat(labels.names()).containsExactly("B-PER", "E-PER", "I-PER", "O", "S-LOC");
      assertThat(labels.modelScheme()).isEqualTo(TagScheme.IOBES);
      assertThat(labels.fileScheme()).isEqualTo(files == IOB2 ? TagScheme.IOB2 : TagScheme.IOB1);
      int[] ids = labels.ids(TagSequence.of(files.get(0)));
      assertThat(ids).containsExactly(0, 1, 3, 4, 4);
      assertThat(labels.tags(ids, new float[5]).tags()).isEqualTo(files.get(0));
    }
  }

  @ParameterizedTest
  @EnumSource(TagScheme.class)
  void whatTheNetworkGivesIsWrittenInTheSchemeOfTheFiles(TagScheme outside) {
    Labels labels = new Labels(List.of("O", "B-X", "I-X", "E-X", "S-X"), TagScheme.IOBES, outside);
    // An end without a beginning, a beginning at the end: a network may predict both.
    List<String> tags = labels.tags(new int[] {3, 0, 4, 1, 2, 0, 1}, new float[7]).tags();
    assertThat(tags).allMatch(outside::isTag);
    assertThat(outside.isLegal(tags)).isTrue();
  }

  @Property(tries = 100)
  void tagsComeBackFromEveryPairOfSchemes(@ForAll long seed) {
    Random random = new Random(seed);
    List<Mention> mentions = new ArrayList<>();
    int at = random.nextInt(3);
    while (at < 12) {
      int end = Math.min(14, at + 1 + random.nextInt(4));
      mentions.add(new Mention(new Span(at, end), random.nextBoolean() ? "A" : "B"));
      at = end + random.nextInt(3);
    }
    for (TagScheme outside : TagScheme.values()) {
      for (TagScheme inside : TagScheme.values()) {
        List<String> tags = outside.tags(14, mentions);
        // IO joins adjacent mentions of one type, and can't separate them again.
        List<String> expected =
            inside == TagScheme.IO ? inside.convert(outside.convert(tags, inside), outside) : tags;
        Labels labels =
            new Labels(outside.convert(tags, inside).stream().distinct().toList(), inside, outside);
        assertThat(labels.tags(labels.ids(TagSequence.of(tags)), new float[14]).tags())
            .as("%s in %s", outside, inside)
            .isEqualTo(expected);
      }
    }
  }

  @Property(tries = 400)
  void aCrfGivesALegalSequenceWhereThereIsOne(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TagScheme scheme = TagScheme.values()[random.nextInt(TagScheme.values().length)];
    List<String> names = new ArrayList<>();
    for (String tag : List.of("O", "B-X", "I-X", "E-X", "S-X", "L-X", "U-X", "B-Y", "I-Y", "E-Y")) {
      if (scheme.isTag(tag) && random.nextInt(4) > 0) {
        names.add(tag);
      }
    }
    if (names.isEmpty()) {
      names.add("O");
    }
    Labels labels = new Labels(names, scheme, scheme);
    CrfHead head = CrfHead.build("head", 4, labels.constraints(), random);
    for (Parameter parameter : head.parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        parameter.value().data[i] = 20 * random.nextFloat() - 10;
      }
    }
    float[][][] tensor = new float[6][][];
    for (int i = 0; i < tensor.length; i++) {
      tensor[i] = new float[1 + random.nextInt(7)][4];
      for (float[] vector : tensor[i]) {
        for (int k = 0; k < 4; k++) {
          vector[k] = 2 * random.nextFloat() - 1;
        }
      }
    }
    SequenceBatch x = SequenceBatch.of(tensor);
    Head.Decoded decoded = head.decode(x, PassContext.inference(Ops.best(), new Workspace()));
    for (int i = 0; i < tensor.length; i++) {
      List<String> tags = new ArrayList<>();
      for (int t = 0; t < tensor[i].length; t++) {
        tags.add(names.get(decoded.labels()[x.packing().row(i, t)]));
      }
      assertThat(scheme.isLegal(tags))
          .as("%s of %s: %s", scheme, names, tags)
          .isEqualTo(canBeLegal(scheme, names, tags.size()));
    }
  }

  private static boolean canBeLegal(TagScheme scheme, List<String> names, int length) {
    Set<String> last = Set.of("O");
    for (int t = 0; t < length; t++) {
      Set<String> next = new HashSet<>();
      for (String from : last) {
        names.stream().filter(to -> scheme.isLegalTransition(from, to)).forEach(next::add);
      }
      last = next;
    }
    return last.stream().anyMatch(scheme::isLegalEnd);
  }

  @Test
  void withoutASchemeEverySequenceIsLegal() {
    CrfHead.Constraints constraints = new Labels(List.of("NOUN", "VERB")).constraints();
    assertThat(constraints.transitions())
        .isDeepEqualTo(new boolean[][] {{true, true}, {true, true}});
    assertThat(constraints.starts()).containsExactly(true, true);
    assertThat(constraints.ends()).containsExactly(true, true);
  }

  @Test
  void tagsOfNoSchemeAreRefused() {
    assertThatThrownBy(() -> Labels.of(List.of(List.of("NOUN")), TagScheme.IOBES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the tags are in no known scheme");
    assertThatThrownBy(() -> new Labels(List.of("O", "O"))).hasMessage("label 'O' occurs twice");
    assertThatThrownBy(() -> new Labels(List.of("O"), TagScheme.IO, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKnownLemmaIsLikelierUnlessItsScriptIsTheLemma() {
    Labels labels =
        Labels.ofScripts(List.of("k;;", "l0;;-", "=be", "l0;;--"))
            .with(new LemmaDictionary("", Map.of("walked\t", "walk", "is\t", "be")));
    LemmaDecoder.Candidates walks = new LemmaDecoder.Candidates(labels, "walks", "");
    for (int again = 0; again < 2; again++) {
      assertThat(walks.prior(1)).isEqualTo(5);
      assertThat(walks.prior(0)).isEqualTo(1);
      assertThat(walks.prior(2)).as("be fits every word").isEqualTo(1);
      assertThat(walks.lemma(1)).isEqualTo("walk");
    }
    LemmaDecoder.Candidates tooShort = new LemmaDecoder.Candidates(labels, "x", "");
    assertThat(tooShort.prior(3)).isZero();
    assertThat(tooShort.lemma(3)).isEqualTo("x");
  }

  @Test
  void aLemmaThatIsAWordWithTheSameTagIsLikeliest() {
    Labels labels =
        Labels.ofScripts(List.of("k;;", "l0;;-", "l0;;--", "l0;;---"))
            .with(
                new LemmaDictionary("upos", Map.of("chat\tVERB", "chat", "watch\tNOUN", "watch")));
    LemmaDecoder.Candidates chatted = new LemmaDecoder.Candidates(labels, "chatted", "VERB");
    assertThat(List.of(chatted.prior(0), chatted.prior(1), chatted.prior(2), chatted.prior(3)))
        .containsExactly(1f, 1f, 1f, 20f);
    assertThat(new LemmaDecoder.Candidates(labels, "watchs", "VERB").prior(1))
        .as("a noun, but not a verb")
        .isEqualTo(5);
    LemmaDecoder.Candidates upper = new LemmaDecoder.Candidates(labels, "Watchs", "NOUN");
    assertThat(upper.lemma(1)).isEqualTo("watch");
    assertThat(upper.prior(1)).isEqualTo(20);
    assertThat(new LemmaDecoder.Candidates(labels, "chatxxxxx", "VERB").prior(3)).isEqualTo(1);
  }

  /** "Watch" and "watch" are one word: the network decides on the case. */
  @Test
  void caseMakesNoDifferenceToWhatIsKnown() {
    KnownLemmas known = KnownLemmas.of(new LemmaDictionary("upos", Map.of("ox\tNOUN", "ox")));
    assertThat(known.contains("Ox", "NOUN")).isTrue();
    assertThat(known.contains("Ox")).isTrue();
    assertThat(known.contains("Ox", "VERB")).isFalse();
    assertThat(known.contains("oxe", "NOUN")).isFalse();
  }

  /** Less than half of a word is known by chance. */
  @Test
  void aShortRestOfAWordIsNotPreferred() {
    Labels labels =
        Labels.ofScripts(List.of("k;;", "l0;;---"))
            .with(new LemmaDictionary("upos", Map.of("is\tAUX", "is")));
    assertThat(new LemmaDecoder.Candidates(labels, "islad", "AUX").lemma(1)).isEqualTo("is");
    assertThat(new LemmaDecoder.Candidates(labels, "islad", "AUX").prior(1)).isEqualTo(1);
  }
}
