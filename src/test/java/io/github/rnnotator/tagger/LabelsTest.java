package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.nn.Head;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tags to numbers and back, also where the network learns another scheme than the files have. */
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
  void labelsAreThoseOfTheSchemeInside() {
    for (List<List<String>> files : List.of(IOB2, IOB1)) {
      Labels labels = Labels.of(files, TagScheme.IOBES);
      assertThat(labels.names()).containsExactly("B-PER", "E-PER", "I-PER", "O", "S-LOC");
      assertThat(labels.inside()).isEqualTo(TagScheme.IOBES);
      assertThat(labels.outside()).isEqualTo(files == IOB2 ? TagScheme.IOB2 : TagScheme.IOB1);
      int[] ids = labels.ids(TagSequence.of(files.get(0)));
      assertThat(ids).containsExactly(0, 1, 3, 4, 4);
      assertThat(labels.tags(ids, new float[5]).tags()).isEqualTo(files.get(0));
    }
  }

  @ParameterizedTest
  @EnumSource(TagScheme.class)
  void whatTheNetworkGivesIsWrittenInTheSchemeOfTheFiles(TagScheme outside) {
    Labels labels = new Labels(List.of("O", "B-X", "I-X", "E-X", "S-X"), TagScheme.IOBES, outside);
    // An end without a beginning, a beginning at the end: a network may say so.
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
        // IO joins neighbours of one type, and can not part them again.
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

  @Test
  void tagsOfNoSchemeAreRefused() {
    assertThatThrownBy(() -> Labels.of(List.of(List.of("NOUN")), TagScheme.IOBES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the tags are in no known scheme");
    assertThatThrownBy(() -> new Labels(List.of("O", "O"), null, null))
        .hasMessage("label 'O' stands twice");
    assertThatThrownBy(() -> new Labels(List.of("O"), TagScheme.IO, null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
