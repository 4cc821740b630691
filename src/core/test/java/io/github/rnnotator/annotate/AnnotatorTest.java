package io.github.rnnotator.annotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Origin;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnnotatorTest {
  private static final TextSegmenter SEGMENTER = TextSegmenter.forLanguage("fr");
  private static final Annotator LENGTHS = Annotator.of(SEGMENTER, AnnotatorTest::lengths);

  @Test
  void eachStageGetsWhatTheOneBeforeItMade() {
    String text = "Il pleut.\n\nOui !";
    Document document = LENGTHS.annotate(text);

    assertThat(document.text()).isEqualTo(text);
    assertThat(document.sentences()).hasSize(2);
    TaggedSentence first = document.sentences().get(0);
    assertThat(first.sentence().forms()).containsExactly("Il", "pleut", ".");
    assertThat(first.tags("length").tags()).containsExactly("2", "5", "1");
    assertThat(document.sentences().get(1).sentence().tokens().get(0))
        .isEqualTo(new Token("Oui", 11, 14));
  }

  @Test
  void aStreamIsTaggedInOrderAndOnlyAsFarAsAskedFor() {
    for (int together = 1; together <= 3; together++) {
      List<Integer> read = new ArrayList<>();
      Stream<Document> endless =
          Stream.iterate(1, i -> i + 1)
              .peek(read::add)
              .map(i -> Document.of("mot ".repeat(i).strip()));
      List<Long> sizes =
          LENGTHS.annotate(endless, together).limit(3).map(Document::tokenCount).toList();
      assertThat(sizes).containsExactly(1L, 2L, 3L);
      assertThat(read).hasSize(together == 2 ? 4 : 3);
    }
  }

  @Test
  void aStreamGivesWhatAListGives() {
    List<Document> documents =
        List.of("Il pleut.", "", "Oui !", "Non. Si.", "Ah").stream().map(Document::of).toList();
    for (int together : List.of(1, 2, 5, 9)) {
      assertThat(LENGTHS.annotate(documents.stream(), together).toList())
          .isEqualTo(LENGTHS.annotate(documents));
      assertThat(LENGTHS.annotate(documents.parallelStream(), together).parallel().toList())
          .isEqualTo(LENGTHS.annotate(documents));
    }
    assertThatThrownBy(() -> LENGTHS.annotate(documents.stream(), 0))
        .hasMessage("0 documents together, expected at least 1");
  }

  @Test
  void closingAStreamClosesTheGivenOne() {
    List<String> closed = new ArrayList<>();
    LENGTHS.annotate(Stream.of(Document.of("Oui")).onClose(() -> closed.add("yes"))).close();
    assertThat(closed).containsExactly("yes");
  }

  @Test
  void refusesNullByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> LENGTHS.annotate((String) null))
        .withMessage("the text is null; a document without a text has \"\"");
    assertThatNullPointerException()
        .isThrownBy(() -> LENGTHS.annotate((Document) null))
        .withMessage("the document is null");
    assertThatNullPointerException()
        .isThrownBy(() -> LENGTHS.annotate(Collections.singletonList(null)))
        .withMessage("the document is null");
  }

  @Test
  void blankTextGivesAnEmptyDocument() {
    assertThat(LENGTHS.annotate(" \n").sentences()).isEmpty();
  }

  @Test
  void refusesATaggerThatLosesOrSwapsSentences() {
    Annotator losing =
        Annotator.of(
            SEGMENTER,
            documents -> documents.stream().map(d -> List.<TaggedSentence>of()).toList());
    assertThatThrownBy(() -> losing.annotate("Il pleut."))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("other sentences than the 1 it was given");

    Annotator swapping =
        Annotator.of(
            SEGMENTER,
            documents -> {
              List<TaggedSentence> tagged = new ArrayList<>(lengths(documents).get(0));
              Collections.reverse(tagged);
              return List.of(tagged);
            });
    assertThatThrownBy(() -> swapping.annotate("Il pleut. Oui."))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sentencesNameTheirLine() {
    Document document = LENGTHS.annotate("Il pleut.\n\nOui ! Non.");
    assertThat(document.sentences().stream().map(sentence -> sentence.origin().line()))
        .containsExactly(1, 3, 3);
  }

  @Test
  void aDocumentOfTokensKeepsItsSentencesAndOrigins() {
    TaggedSentence sentence =
        TaggedSentence.untagged(Sentence.of("New York")).with(Origin.at("a.conll", 7));
    Document document =
        LENGTHS.annotate(Document.ofTokens("d", true, "a.conll", List.of(sentence)));
    assertThat(document.id()).isEqualTo("d");
    assertThat(document.sentences().get(0).sentence().forms()).containsExactly("New York");
    assertThat(document.sentences().get(0).tags("length").tags()).containsExactly("8");
    assertThat(document.sentences().get(0).origin()).isEqualTo(Origin.at("a.conll", 7));
  }

  @Test
  void documentsAnnotatedTogetherEqualThoseAnnotatedAlone() {
    List<Document> documents =
        List.of(Document.of("Il pleut."), Document.of(""), Document.of("Oui ! Non."));
    assertThat(LENGTHS.annotate(documents))
        .isEqualTo(documents.stream().map(LENGTHS::annotate).toList());
  }

  private static List<List<TaggedSentence>> lengths(List<List<Sentence>> documents) {
    return documents.stream().map(AnnotatorTest::lengthsOf).toList();
  }

  private static List<TaggedSentence> lengthsOf(List<Sentence> sentences) {
    return sentences.stream()
        .map(
            sentence ->
                new TaggedSentence(
                    sentence,
                    Map.of(
                        "length",
                        TagSequence.of(
                            sentence.forms().stream().map(f -> "" + f.length()).toList()))))
        .toList();
  }
}
