package io.github.rnnotator.train.segmenter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LinesTest {
  private static final List<BiConsumer<Lines, List<List<GoldToken>>>> KINDS =
      List.of(
          (lines, passage) -> lines.list(passage, true),
          (lines, passage) -> lines.list(passage, false),
          Lines::chat,
          Lines::headers,
          Lines::headings);

  private static boolean breaksLine(GoldToken token) {
    return token.gap() == Gap.LINE || token.gap() == Gap.PARAGRAPH;
  }

  @Property(tries = 300)
  void linesEndOnlyWhereSentencesEnd(@ForAll long seed) {
    for (String language : List.of("en", "ko", "pt")) {
      SplittableRandom random = new SplittableRandom(seed);
      for (BiConsumer<Lines, List<List<GoldToken>>> kind : KINDS) {
        List<List<GoldToken>> passage = Drafts.any(random);
        kind.accept(new Lines(WordLists.of(language), random), passage);
        for (List<GoldToken> sentence : passage) {
          assertThat(sentence).isNotEmpty();
          assertThat(sentence.subList(0, sentence.size() - 1)).noneMatch(LinesTest::breaksLine);
        }
      }
    }
  }

  @Property(tries = 300)
  void messagesAndWholeItemsKeepOrBeginWithTheirWords(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<GoldToken>> passage = Drafts.any(random);
    List<String> before = Drafts.words(passage);
    new Lines(WordLists.of("ko"), random).list(passage, true);
    assertThat(Drafts.words(passage)).containsSubsequence(before);
    List<List<GoldToken>> headed = Drafts.any(random);
    List<List<GoldToken>> original = Drafts.copy(headed);
    new Lines(WordLists.of("ko"), random).headers(headed);
    assertThat(headed).hasSizeGreaterThan(original.size()).endsWith(original.toArray(List[]::new));
  }

  private static List<String> texts(
      BiConsumer<Lines, List<List<GoldToken>>> kind, String language) {
    List<String> texts = new ArrayList<>();
    for (int seed = 0; seed < 1500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<List<GoldToken>> passage = Drafts.any(random);
      kind.accept(new Lines(WordLists.of(language), random), passage);
      StringBuilder text = new StringBuilder();
      passage.forEach(
          sentence -> sentence.forEach(t -> text.append(t.form()).append(t.gap().text())));
      texts.add(text.toString());
    }
    return texts;
  }

  @Test
  void messagesHaveASpeakerAndSomeATime() {
    assertThat(texts(Lines::chat, "en"))
        .anyMatch(text -> text.matches("(?s)\\d+:\\d\\d [a-z]+: .*"))
        .anyMatch(text -> text.matches("(?s)[A-Z][a-z]+: .*"))
        .anyMatch(text -> text.matches("(?s)\\[\\d\\d:\\d\\d] \\[?[A-Z].*"));
    assertThat(texts(Lines::chat, "ko")).anyMatch(text -> text.matches("(?s)[가-힣]{2,3}: .*"));
  }

  @Test
  void headersHeadingsAndItemsHaveTheirOwnLines() {
    assertThat(texts(Lines::headers, "ko"))
        .anyMatch(text -> text.matches("(?s)제목: [^\n]+\n보낸 사람: [^\n]+\n.*"));
    assertThat(texts(Lines::headings, "ko")).anyMatch(text -> text.matches("(?s)[^\n.?]+\n.*"));
    assertThat(texts((lines, passage) -> lines.list(passage, false), "ko"))
        .anyMatch(text -> text.matches("(?s)[^\n]+:\n- [^\n]+\n.*"))
        .anyMatch(text -> text.matches("(?s)1\\. [^\n]+\n2\\. .*"));
  }
}
