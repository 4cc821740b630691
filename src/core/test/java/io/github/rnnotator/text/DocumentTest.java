package io.github.rnnotator.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentTest {
  @Test
  void refusesTokensThatDoNotMatchTheText() {
    TaggedSentence shifted =
        TaggedSentence.untagged(new Sentence(List.of(new Token("pleut", 2, 7))));
    assertThatThrownBy(() -> Document.of("Il pleut", List.of(shifted)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not match the text at its offsets");

    TaggedSentence beyond = TaggedSentence.untagged(new Sentence(List.of(new Token("pl", 7, 9))));
    assertThatThrownBy(() -> Document.of("Il pleut", List.of(beyond)))
        .hasMessageContaining("does not match the text at its offsets");

    TaggedSentence first = TaggedSentence.untagged(new Sentence(List.of(new Token("Il", 0, 2))));
    assertThatThrownBy(() -> Document.of("Il pleut", List.of(first, first)))
        .hasMessageContaining("begins before the end of the token before it");
  }

  @Test
  void mentionsHaveTheirTextAndOffsets() {
    Sentence first =
        new Sentence(
            List.of(new Token("In", 0, 2), new Token("New", 3, 6), new Token("York", 8, 12)));
    Sentence second = new Sentence(List.of(new Token("Eve", 14, 17)));
    Document document =
        Document.of(
            "In New  York. Eve",
            List.of(tagged(first, "O", "B-LOC", "I-LOC"), tagged(second, "B-PER")));
    assertThat(document.mentions("ner"))
        .containsExactly(
            new DocumentMention("LOC", "New  York", 3, 12, 0, new Span(1, 3)),
            new DocumentMention("PER", "Eve", 14, 17, 1, new Span(0, 1)));
    assertThat(document.mentions("chunk")).isEmpty();
  }

  @Test
  void mentionsAreReadInTheSchemeOfTheirTags() {
    Document document =
        Document.of("", List.of(tagged(Sentence.of("a", "b", "c"), "B-X", "E-X", "S-X")));
    assertThat(document.mentions("ner"))
        .extracting(DocumentMention::text)
        .containsExactly("a b", "c");
  }

  @Test
  void refusesMentionsOfTagsThatAreNotChunkTags() {
    Document document = Document.of("", List.of(tagged(Sentence.of("a"), "NOUN")));
    assertThatThrownBy(() -> document.mentions("ner"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'NOUN' is not a tag");
  }

  @Test
  void addsATextToSentencesOfTokens() {
    Document document =
        Document.ofTokens(
            "d",
            true,
            "f",
            List.of(
                TaggedSentence.untagged(Sentence.of("New", "York")),
                TaggedSentence.untagged(
                    new Sentence(List.of(new Token("do", 0, 5), new Token("n't", 0, 5))))));
    Document located = document.withText();
    assertThat(located.text()).isEqualTo("New York\ndo n't\n");
    assertThat(located.sentences().get(1).sentence().tokens())
        .containsExactly(new Token("do", 9, 11), new Token("n't", 12, 15));
    assertThat(located.withText()).isSameAs(located);
  }

  private static TaggedSentence tagged(Sentence sentence, String... tags) {
    return new TaggedSentence(sentence, Map.of("ner", TagSequence.of(tags)));
  }
}
