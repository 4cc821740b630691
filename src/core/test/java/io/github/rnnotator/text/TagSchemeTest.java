package io.github.rnnotator.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Checks every scheme against all sets of mentions of two types over sentences of up to five
 * tokens.
 */
class TagSchemeTest {
  private static final int LONGEST = 5;
  private static final List<String> TYPES = List.of("PER", "WORK-OF-ART");

  @ParameterizedTest
  @EnumSource
  void tagsDecodeToTheirMentions(TagScheme scheme) {
    for (int size = 0; size <= LONGEST; size++) {
      for (List<Mention> mentions : mentionSets(size, TYPES)) {
        assertThat(scheme.mentions(scheme.tags(size, mentions)))
            .isEqualTo(scheme == TagScheme.IO ? joined(mentions) : mentions);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void legalTagsRoundTripThroughMentions(TagScheme scheme) {
    for (int size = 0; size <= LONGEST; size++) {
      for (List<Mention> mentions : mentionSets(size, TYPES)) {
        List<String> tags = scheme.tags(size, mentions);
        assertThat(scheme.tags(size, scheme.mentions(tags))).isEqualTo(tags);
      }
    }
  }

  @Test
  void conversionsCommute() {
    for (List<Mention> mentions : mentionSets(LONGEST, TYPES)) {
      for (TagScheme from : TagScheme.values()) {
        for (TagScheme to : TagScheme.values()) {
          List<Mention> kept = from == TagScheme.IO ? joined(mentions) : mentions;
          assertThat(from.convert(from.tags(LONGEST, mentions), to))
              .as("%s to %s", from, to)
              .isEqualTo(to.tags(LONGEST, kept));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void legalityAgreesWithAllTaggings(TagScheme scheme) {
    Set<String> starts = new HashSet<>();
    Set<String> ends = new HashSet<>();
    Set<List<String>> transitions = new HashSet<>();
    for (List<Mention> mentions : mentionSets(LONGEST, TYPES)) {
      List<String> tags = scheme.tags(LONGEST, mentions);
      starts.add(tags.get(0));
      ends.add(tags.get(LONGEST - 1));
      for (int i = 1; i < LONGEST; i++) {
        transitions.add(List.of(tags.get(i - 1), tags.get(i)));
      }
    }
    for (String from : everyTag(TYPES)) {
      assertThat(scheme.isLegalStart(from)).as("start %s", from).isEqualTo(starts.contains(from));
      assertThat(scheme.isLegalEnd(from)).as("end %s", from).isEqualTo(ends.contains(from));
      for (String to : everyTag(TYPES)) {
        assertThat(scheme.isLegalTransition(from, to))
            .as("%s to %s", from, to)
            .isEqualTo(transitions.contains(List.of(from, to)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sequenceIsLegalIfAndOnlyIfMentionsProduceIt(TagScheme scheme) {
    int size = 4;
    Set<List<String>> given = new HashSet<>();
    for (List<Mention> mentions : mentionSets(size, List.of("", "X"))) {
      given.add(scheme.tags(size, mentions));
    }
    List<String> tags = everyTag(List.of("", "X")).stream().filter(scheme::isTag).toList();
    for (List<String> sequence : sequences(size, tags)) {
      assertThat(scheme.isLegal(sequence)).as("%s", sequence).isEqualTo(given.contains(sequence));
    }
  }

  /** A separate implementation of the two rules of the CoNLL chunk scorer. */
  @ParameterizedTest
  @CsvSource({"IOB1", "IOB2", "IO", "IOBES"})
  void illegalSequencesAreReadLikeTheScorer(TagScheme scheme) {
    List<String> tags = everyTag(List.of("A", "C")).stream().filter(scheme::isTag).toList();
    for (List<String> sequence : sequences(4, tags)) {
      assertThat(scheme.mentions(sequence)).as("%s", sequence).isEqualTo(scored(sequence));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "IOB1, I-PER I-PER B-PER O I-LOC I-PER",
    "IOB2, B-PER I-PER B-PER O B-LOC B-PER",
    "IOBES, B-PER E-PER S-PER O S-LOC S-PER",
    "BILOU, B-PER L-PER U-PER O U-LOC U-PER",
  })
  void writesTheSameMentionsInEachScheme(TagScheme scheme, String tags) {
    List<Mention> mentions =
        List.of(
            mention(4, 5, "LOC"), mention(0, 2, "PER"), mention(5, 6, "PER"), mention(2, 3, "PER"));
    assertThat(scheme.tags(6, mentions)).containsExactly(tags.split(" "));
    assertThat(scheme.mentions(List.of(tags.split(" "))))
        .containsExactlyInAnyOrderElementsOf(mentions);
    assertThat(SchemeDetection.detect(List.of(List.of("O"), List.of(tags.split(" ")))))
        .contains(scheme);
  }

  @Test
  void ioMergesNeighboursOfTheSameType() {
    List<String> tags = TagScheme.IO.tags(3, List.of(mention(0, 1, "PER"), mention(1, 3, "PER")));
    assertThat(tags).containsExactly("I-PER", "I-PER", "I-PER");
    assertThat(TagScheme.IO.mentions(tags)).containsExactly(mention(0, 3, "PER"));
  }

  @Test
  void typeMayBeEmptyOrContainHyphens() {
    assertThat(TagScheme.IOB2.mentions(List.of("B", "I", "B", "B-a-b", "I-a-b", "I-a")))
        .containsExactly(
            mention(0, 2, ""), mention(2, 3, ""), mention(3, 5, "a-b"), mention(5, 6, "a"));
    assertThat(TagScheme.IOBES.tags(2, List.of(mention(0, 2, "")))).containsExactly("B", "E");
  }

  @Test
  void detectsNothingWhereSchemesAreMixed() {
    assertThat(SchemeDetection.detect(List.of(List.of("B-X", "I-X"), List.of("S-X")))).isEmpty();
    assertThat(SchemeDetection.detect(List.of(List.of("B-X", "E-Y")))).isEmpty();
    assertThat(SchemeDetection.detect(List.of(List.of("NOUN")))).isEmpty();
  }

  @Test
  void inconsistentBeginAndInsideTagsAreIob1() {
    List<String> slip = List.of("I-X", "O", "B-X", "I-Y");
    assertThat(SchemeDetection.detect(List.of(List.of("B-X", "I-X"), slip)))
        .contains(TagScheme.IOB1);
    assertThat(TagScheme.IOB1.mentions(slip)).isEqualTo(TagScheme.IOB2.mentions(slip)).hasSize(3);
  }

  @Test
  void tagsWithInsideOnlyAreIo() {
    assertThat(SchemeDetection.detect(List.of(List.of("I-X", "O")))).contains(TagScheme.IO);
    assertThat(SchemeDetection.detect(List.of(List.of("I-X", "O"), List.of("I-X", "B-X"))))
        .contains(TagScheme.IOB1);
  }

  @ParameterizedTest
  @CsvSource({"X-PER", "B_PER", "S-PER", "B-", "BPER", "O-PER", "b-PER", "-"})
  void invalidTagIsQuotedInTheMessage(String tag) {
    assertThat(TagScheme.IOB2.isTag(tag)).isFalse();
    String message =
        "'"
            + tag
            + "' is not a tag of IOB2; expected O, or B or I with a hyphen and a type, as in B-PER";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TagScheme.IOB2.requireTag(tag))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TagScheme.IOB2.mentions(List.of("O", tag)))
        .withMessage(message);
    assertThat(TagScheme.IOB2.isLegalTransition("O", tag)).isFalse();
    assertThat(TagScheme.IOB2.isLegalTransition(tag, "O")).isFalse();
  }

  /** The tables of BMES are those of IOBES with another letter. */
  @Test
  void bmesIsIobesWithAnotherInnerLetter() {
    List<String> bmes = List.of("B-A", "M-A", "E-A", "S-B", "O", "B-A", "E-A");
    assertThat(SchemeDetection.detect(List.of(bmes))).contains(TagScheme.BMES);
    assertThat(SchemeDetection.guess(List.of(List.of("S-B"), bmes))).isEqualTo(TagScheme.BMES);
    assertThat(SchemeDetection.guess(List.of(List.of("S-B", "E-B")))).isEqualTo(TagScheme.IOBES);
    List<String> iobes = bmes.stream().map(TagScheme::asIobes).toList();
    assertThat(TagScheme.BMES.convert(bmes, TagScheme.IOBES)).isEqualTo(iobes);
    assertThat(TagScheme.IOBES.convert(iobes, TagScheme.BMES)).isEqualTo(bmes);
    assertThat(TagScheme.BMES.isLegalTransition("M-A", "M-A")).isTrue();
    assertThat(TagScheme.BMES.isLegalTransition("M-A", "O")).isFalse();
    assertThat(TagScheme.IOBES.isTag("M-A")).isFalse();
  }

  @Test
  void aMissingTagMayBeAny() {
    String none = TagSequence.MISSING;
    List<String> tags = List.of("B-A", none, "E-A", none, "B-A", "E-A");
    assertThat(TagScheme.IOBES.isLegal(tags)).isTrue();
    assertThat(TagScheme.IOBES.isLegal(List.of("B-A", none, "O", "I-A"))).isFalse();
    assertThat(TagScheme.IOBES.isLegalTransition(none, "I-")).isFalse();
    assertThat(SchemeDetection.detect(List.of(tags))).contains(TagScheme.IOBES);
    assertThat(SchemeDetection.detect(List.of(List.of("B-A", none, "I-A", "B-B"))))
        .contains(TagScheme.IOB2);
    assertThat(SchemeDetection.guess(List.of(tags))).isEqualTo(TagScheme.IOBES);
    assertThat(TagScheme.IOBES.mentions(tags))
        .containsExactly(mention(0, 1, "A"), mention(2, 3, "A"), mention(4, 6, "A"));
    assertThat(TagScheme.IOBES.convert(tags, TagScheme.IOB2))
        .containsExactly("B-A", none, "B-A", none, "B-A", "I-A");
  }

  @Test
  void overlapsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TagScheme.IOB2.tags(5, List.of(mention(1, 3, "LOC"), mention(0, 2, "PER"))))
        .withMessage("mention 0 to 2 (PER) and mention 1 to 3 (LOC) overlap");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TagScheme.IOB2.tags(2, List.of(mention(1, 3, ""))))
        .withMessage("mention 1 to 3 ends after the last of 2 tokens");
  }

  @Test
  void schemeNamesIgnoreCase() {
    for (TagScheme scheme : TagScheme.values()) {
      assertThat(TagScheme.parse(scheme.name().toLowerCase(java.util.Locale.ROOT)))
          .isEqualTo(scheme);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TagScheme.parse("bio"))
        .withMessage("unknown tag scheme 'bio'; known are IOB1, IOB2, IOBES, BMES, BILOU, IO");
  }

  private static Mention mention(int begin, int end, String type) {
    return new Mention(new Span(begin, end), type);
  }

  /** All sets of mentions that do not overlap, each in order. */
  private static List<List<Mention>> mentionSets(int size, List<String> types) {
    List<List<Mention>> sets = new ArrayList<>();
    extend(0, size, types, new ArrayList<>(), sets);
    return sets;
  }

  private static void extend(
      int from, int size, List<String> types, List<Mention> chosen, List<List<Mention>> sets) {
    if (from == size) {
      sets.add(List.copyOf(chosen));
      return;
    }
    extend(from + 1, size, types, chosen, sets);
    for (String type : types) {
      for (int end = from + 1; end <= size; end++) {
        chosen.add(mention(from, end, type));
        extend(end, size, types, chosen, sets);
        chosen.remove(chosen.size() - 1);
      }
    }
  }

  private static List<List<String>> sequences(int size, List<String> tags) {
    List<List<String>> sequences = List.of(List.of());
    for (int i = 0; i < size; i++) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> sequence : sequences) {
        for (String tag : tags) {
          List<String> next = new ArrayList<>(sequence);
          next.add(tag);
          longer.add(next);
        }
      }
      sequences = longer;
    }
    return sequences;
  }

  private static Set<String> everyTag(List<String> types) {
    Set<String> tags = new TreeSet<>(Set.of("O"));
    for (String letter : "BIESLU".split("")) {
      for (String type : types) {
        tags.add(type.isEmpty() ? letter : letter + "-" + type);
      }
    }
    return tags;
  }

  /** Mentions as IO encodes them: neighbours of the same type merge. */
  private static List<Mention> joined(List<Mention> mentions) {
    List<Mention> joined = new ArrayList<>();
    for (Mention mention : mentions) {
      Mention last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null
          && last.type().equals(mention.type())
          && last.span().end() == mention.span().begin()) {
        joined.set(
            joined.size() - 1, mention(last.span().begin(), mention.span().end(), mention.type()));
      } else {
        joined.add(mention);
      }
    }
    return joined;
  }

  private static List<Mention> scored(List<String> tags) {
    List<Mention> mentions = new ArrayList<>();
    int begin = 0;
    List<String> padded = new ArrayList<>(tags);
    padded.add(0, "O");
    padded.addAll(Collections.nCopies(1, "O"));
    boolean inside = false;
    for (int i = 1; i < padded.size(); i++) {
      String before = padded.get(i - 1);
      String tag = padded.get(i);
      String typeBefore = before.substring(Math.min(2, before.length()));
      String type = tag.substring(Math.min(2, tag.length()));
      String pair = before.substring(0, 1) + tag.charAt(0);
      boolean typeChanges = !typeBefore.equals(type);
      Set<String> endings =
          Set.of("BB", "BO", "IB", "IO", "EE", "EI", "EO", "EB", "BS", "IS", "ES");
      boolean ends =
          endings.contains(pair) || pair.charAt(0) == 'S' || (pair.charAt(0) != 'O' && typeChanges);
      Set<String> openings =
          Set.of("BB", "IB", "OB", "OI", "EE", "EI", "OE", "EB", "SI", "SE", "SB");
      boolean opens =
          openings.contains(pair)
              || pair.charAt(1) == 'S'
              || (pair.charAt(1) != 'O' && typeChanges);
      if (inside && ends) {
        mentions.add(mention(begin, i - 1, typeBefore));
        inside = false;
      }
      if (opens) {
        inside = true;
        begin = i - 1;
      }
    }
    return mentions;
  }

  @Test
  void guessesTheSchemeWithFewestViolations() {
    assertThat(SchemeDetection.guess(List.of(List.of("O", "B-X", "I-X"))))
        .isEqualTo(TagScheme.IOB2);
    assertThat(SchemeDetection.guess(List.of(List.of("I-X", "O"), List.of("I-X", "B-X"))))
        .isEqualTo(TagScheme.IOB1);
    assertThat(SchemeDetection.guess(List.of(List.of("I-X", "O", "I-X", "O", "B-X"))))
        .isEqualTo(TagScheme.IOB1);
    assertThat(SchemeDetection.guess(List.of(List.of("B-X", "O", "B-X", "O", "I-X"))))
        .isEqualTo(TagScheme.IOB2);
    assertThat(SchemeDetection.guess(List.of(List.of("B-X", "O"), List.of("E-X"))))
        .isEqualTo(TagScheme.IOBES);
    assertThat(SchemeDetection.guess(List.of(List.of("B-X", "L-X")))).isEqualTo(TagScheme.BILOU);
    assertThat(SchemeDetection.guess(List.of())).isEqualTo(TagScheme.IOB2);
  }
}
