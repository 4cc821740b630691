package io.github.rnnotator.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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
            new DocumentMention("ner", "LOC", "New  York", 3, 12, 0, new Span(1, 3), null),
            new DocumentMention("ner", "PER", "Eve", 14, 17, 1, new Span(0, 1), null));
    assertThatThrownBy(() -> document.mentions("chunk"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no tags for head 'chunk', only [ner]");
    assertThat(Document.of("").mentions("ner")).isEmpty();
  }

  /** The lemma of "Me" is a letter of IOB, that of "B" one of IOBES. */
  @Test
  void lemmasAreNotMentions() {
    for (String lemma : List.of("I", "B", "S")) {
      Map<String, TagSequence> tags =
          Map.of("lemma", TagSequence.of(lemma), "ner", TagSequence.of("O"));
      assertThat(Document.of("", List.of(new TaggedSentence(Sentence.of("Me"), tags))).mentions())
          .isEmpty();
    }
    Map<String, TagSequence> mixed = Map.of("lemma", TagSequence.of("E-X", "L-X"));
    assertThat(
            Document.of("", List.of(new TaggedSentence(Sentence.of("a", "b"), mixed))).mentions())
        .isEmpty();
  }

  @Test
  void mentionsAreThoseOfHeadsWithChunkTags() {
    Map<String, TagSequence> tags =
        Map.of(
            "upos", TagSequence.of("PROPN", "PROPN", "X"),
            "ner", TagSequence.of("B-PER", "I-PER", TagSequence.MISSING),
            "chunk", TagSequence.of("S-NP", "O", "O"));
    Document document =
        Document.of("", List.of(new TaggedSentence(Sentence.of("Eve", "Li", "."), tags)));
    assertThat(document.mentions())
        .extracting(DocumentMention::head, DocumentMention::type, DocumentMention::text)
        .containsExactlyInAnyOrder(tuple("ner", "PER", "Eve Li"), tuple("chunk", "NP", "Eve"));
    assertThat(Document.of("Eve").mentions()).isEmpty();
  }

  @Test
  void aMentionIsAsSureAsItsLeastProbableTag() {
    TagSequence tags =
        new TagSequence(List.of("O", "B-LOC", "I-LOC", "B-PER"), List.of(0.1f, 0.9f, 0.7f, 0.8f));
    Document document =
        Document.of(
            "", List.of(new TaggedSentence(Sentence.of("a", "b", "c", "d"), Map.of("ner", tags))));
    assertThat(document.mentions())
        .extracting(DocumentMention::confidence)
        .containsExactly(0.7f, 0.8f);
  }

  @Test
  void tokensHaveTheTagsOfTheirSentence() {
    Sentence first = new Sentence(List.of(new Token("Il", 0, 2), new Token("pleut", 3, 8)));
    Sentence second = new Sentence(List.of(new Token("Oui", 9, 12)));
    TagSequence sure = new TagSequence(List.of("INTJ"), List.of(0.5f));
    Document document =
        Document.of(
            "Il pleut Oui",
            List.of(
                new TaggedSentence(first, Map.of("upos", TagSequence.of("PRON", "VERB"))),
                new TaggedSentence(second, Map.of("upos", sure))));
    assertThat(document.tokens())
        .extracting(TaggedToken::form, TaggedToken::begin, token -> token.tag("upos"))
        .containsExactly(
            tuple("Il", 0, "PRON"), tuple("pleut", 3, "VERB"), tuple("Oui", 9, "INTJ"));
    assertThat(document.tokens().get(1).probability("upos")).isNull();
    assertThat(document.tokens().get(2).probability("upos")).isEqualTo(0.5f);
    assertThat(document.tokens().get(2)).hasToString("Oui INTJ");
    assertThat(document.tokenCount()).isEqualTo(3);
  }

  @Test
  void aTokenNamesTheHeadsItHas() {
    TaggedSentence sentence = tagged(Sentence.of("a"), "O");
    assertThatThrownBy(() -> sentence.token(0).tag("upos"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no tags for head 'upos', only [ner]");
    assertThatThrownBy(() -> sentence.token(1)).isInstanceOf(IndexOutOfBoundsException.class);
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
                    new Sentence(
                        List.of(new Token("de", 0, 2), new Token("a", 0, 2), new Token("!", 2, 3)),
                        List.of(new MultiwordToken("da", new Span(0, 2), 0, 2))))));
    Document located = document.withText();
    assertThat(located.text()).isEqualTo("New York\nda!\n");
    Sentence second = located.sentences().get(1).sentence();
    assertThat(second.tokens())
        .containsExactly(new Token("de", 9, 11), new Token("a", 9, 11), new Token("!", 11, 12));
    assertThat(second.multiwordTokens())
        .containsExactly(new MultiwordToken("da", new Span(0, 2), 9, 11));
    assertThat(located.withText()).isSameAs(located);
  }

  @Property
  void addedTextHasTheSurfaceOfTheSentences(@ForAll long seed) {
    List<TaggedSentence> sentences = MultiwordTokens.document(seed).sentences();
    Document located = Document.ofTokens("d", true, "f", sentences).withText();
    for (int i = 0; i < sentences.size(); i++) {
      Sentence expected = sentences.get(i).sentence();
      Sentence found = located.sentences().get(i).sentence();
      assertThat(found.forms()).isEqualTo(expected.forms());
      List<SurfaceToken> surface = found.surface();
      assertThat(surface).hasSameSizeAs(expected.surface());
      for (int t = 0; t < surface.size(); t++) {
        SurfaceToken before = expected.surface().get(t);
        assertThat(surface.get(t).form()).isEqualTo(before.form());
        assertThat(surface.get(t).words()).isEqualTo(before.words());
        if (t > 0) {
          boolean touches = expected.surface().get(t - 1).end() == before.begin();
          assertThat(surface.get(t).begin() - surface.get(t - 1).end()).isEqualTo(touches ? 0 : 1);
        }
      }
    }
  }

  @Property
  void sentencesTouchWhereNoSpaceIsBetweenThem(@ForAll long seed) {
    Document document = MultiwordTokens.document(seed);
    for (int i = 0; i + 1 < document.sentences().size(); i++) {
      int end = document.sentences().get(i).sentence().end();
      assertThat(document.touchesNextSentence(i)).isEqualTo(document.text().charAt(end) != ' ');
    }
  }

  @Test
  void formsOfMultiwordTokensMustMatchTheText() {
    List<Token> words = MultiwordToken.words("da", 2, List.of("de", "a"));
    Sentence sentence =
        new Sentence(words, List.of(new MultiwordToken("da", new Span(0, 2), 2, 4)));
    assertThat(Document.of("o da", List.of(TaggedSentence.untagged(sentence))).tokens()).hasSize(2);
    for (String text : List.of("o de", "o d", "oda ")) {
      assertThatThrownBy(() -> Document.of(text, List.of(TaggedSentence.untagged(sentence))))
          .hasMessageContaining("does not match the text at its offsets");
    }
    assertThatThrownBy(
            () -> Document.of("o da", List.of(TaggedSentence.untagged(new Sentence(words)))))
        .hasMessageContaining("does not match the text at its offsets");
  }

  @Test
  void mentionsReachFromTheirFirstWordToTheirLast() {
    List<Token> tokens = new ArrayList<>(MultiwordToken.words("da", 0, List.of("de", "a")));
    tokens.add(new Token("Rua", 3, 6));
    tokens.addAll(MultiwordToken.words("Augusta's", 7, List.of("Augusta", "'s")));
    Sentence sentence =
        new Sentence(
            tokens,
            List.of(
                new MultiwordToken("da", new Span(0, 2), 0, 2),
                new MultiwordToken("Augusta's", new Span(3, 5), 7, 16)));
    Document document =
        Document.of(
            "da Rua Augusta's", List.of(tagged(sentence, "O", "B-LOC", "I-LOC", "I-LOC", "O")));
    assertThat(document.mentions("ner"))
        .containsExactly(
            new DocumentMention("ner", "LOC", "da Rua Augusta", 0, 14, 0, new Span(1, 4), null));
  }

  private static TaggedSentence tagged(Sentence sentence, String... tags) {
    return new TaggedSentence(sentence, Map.of("ner", TagSequence.of(tags)));
  }
}
