package io.github.rnnotator.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where mentions end that end inside a token. */
class MentionTest {
  private static final Sentence SENTENCE = Sentence.of("서울", "경찰은", "왔다");
  private static final Mention POLICE = new Mention(new Span(0, 2), "OG");

  @Test
  void nameEndsBeforeItsSuffix() {
    assertThat(POLICE.end(SENTENCE)).isEqualTo(6);
    assertThat(POLICE.suffix(1).end(SENTENCE)).isEqualTo(5);
    assertThat(POLICE.suffix(1).tail(SENTENCE)).isEqualTo("은");
    assertThat(POLICE.suffix(2).begin(SENTENCE)).isZero();
    assertThat(POLICE.suffix(2).tail(SENTENCE)).isEqualTo("찰은");
  }

  @Test
  void aNameKeepsACharacterOfItsLastToken() {
    for (int suffix : new int[] {0, 3, 4, 99}) {
      assertThat(POLICE.suffix(suffix).tail(SENTENCE)).isEmpty();
      assertThat(POLICE.suffix(suffix).end(SENTENCE)).isEqualTo(6);
    }
    assertThatThrownBy(() -> POLICE.suffix(-1)).hasMessageContaining("-1");
  }

  /** However a text spells its characters, the name is the same. */
  @Test
  void suffixCountsCharactersOfTheLookupForm() {
    for (String form : List.of("경찰은", "각은", "é은", "\uD83D\uDE00은", "값도")) {
      for (Normalizer.Form spelling : Normalizer.Form.values()) {
        String written = Normalizer.normalize(form, spelling);
        Sentence sentence = Sentence.of("x", written);
        Mention mention = new Mention(new Span(1, 2), "OG", 1);
        assertThat(mention.tail(sentence))
            .isEqualTo(Normalizer.normalize(form.substring(form.length() - 1), spelling));
        assertThat(mention.end(sentence) + mention.tail(sentence).length())
            .isEqualTo(sentence.end());
      }
    }
  }

  @Test
  void wordsThatAreNotWrittenHaveNoTail() {
    Sentence sentence =
        new Sentence(
            List.of(new Token("de", 0, 2), new Token("a", 0, 2)),
            List.of(new MultiwordToken("da", new Span(0, 2), 0, 2)));
    assertThat(new Mention(new Span(0, 2), "X", 1).tail(sentence)).isEmpty();
  }

  @Test
  void sentenceHasTheSuffixesOfItsMentions() {
    TaggedSentence tagged =
        new TaggedSentence(
            SENTENCE,
            Map.of(
                "ner", TagSequence.of("B-OG", "I-OG", "O"),
                "ner_suffix", TagSequence.of("7", "1", "")));
    assertThat(tagged.mentions("ner", TagScheme.IOB2)).containsExactly(POLICE.suffix(1));
    assertThat(Document.of("서울 경찰은 왔다", List.of(tagged)).mentions("ner"))
        .singleElement()
        .satisfies(
            mention -> {
              assertThat(mention.text()).isEqualTo("서울 경찰");
              assertThat(mention.end()).isEqualTo(5);
            });
    assertThat(new Document("", "", List.of(tagged), Section.WHOLE).mentions("ner"))
        .singleElement()
        .satisfies(mention -> assertThat(mention.text()).isEqualTo("서울 경찰"));
  }

  @Test
  void otherTagsAreNoSuffix() {
    for (String tag : List.of("", "O", "-1", "1a", "100")) {
      TaggedSentence tagged =
          new TaggedSentence(
              Sentence.of("경찰은"),
              Map.of("ner", TagSequence.of("B-OG"), "ner_suffix", TagSequence.of(tag)));
      assertThat(tagged.mentions("ner", TagScheme.IOB2))
          .extracting(Mention::suffix)
          .containsExactly(0);
    }
  }
}
