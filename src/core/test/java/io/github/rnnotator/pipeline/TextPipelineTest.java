package io.github.rnnotator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextPipelineTest {
  private static final TextSegmenter SEGMENTER = TextSegmenter.forLanguage("fr");

  @Test
  void eachStageGetsWhatTheOneBeforeItMade() {
    String text = "Il pleut.\n\nOui !";
    Document document = new TextPipeline(SEGMENTER, TextPipelineTest::lengths).annotate(text);

    assertThat(document.text()).isEqualTo(text);
    assertThat(document.sentences()).hasSize(2);
    TaggedSentence first = document.sentences().get(0);
    assertThat(first.sentence().forms()).containsExactly("Il", "pleut", ".");
    assertThat(first.tags("length").tags()).containsExactly("2", "5", "1");
    assertThat(document.sentences().get(1).sentence().tokens().get(0))
        .isEqualTo(new Token("Oui", 11, 14));
  }

  @Test
  void blankTextGivesAnEmptyDocument() {
    assertThat(new TextPipeline(SEGMENTER, TextPipelineTest::lengths).annotate(" \n").sentences())
        .isEmpty();
  }

  @Test
  void refusesATaggerThatLosesOrSwapsSentences() {
    TextPipeline losing = new TextPipeline(SEGMENTER, sentences -> List.of());
    assertThatThrownBy(() -> losing.annotate("Il pleut."))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("other sentences than the 1 it was given");

    TextPipeline swapping =
        new TextPipeline(
            SEGMENTER,
            sentences -> {
              List<TaggedSentence> tagged = new ArrayList<>(lengths(sentences));
              Collections.reverse(tagged);
              return tagged;
            });
    assertThatThrownBy(() -> swapping.annotate("Il pleut. Oui."))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aDocumentRefusesTokensThatStandElsewhere() {
    TaggedSentence shifted =
        TaggedSentence.untagged(new Sentence(List.of(new Token("pleut", 2, 7))));
    assertThatThrownBy(() -> new Document("Il pleut", List.of(shifted)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not match the text at its offsets");

    TaggedSentence beyond = TaggedSentence.untagged(new Sentence(List.of(new Token("pl", 7, 9))));
    assertThatThrownBy(() -> new Document("Il pleut", List.of(beyond)))
        .hasMessageContaining("does not match the text at its offsets");

    TaggedSentence first = TaggedSentence.untagged(new Sentence(List.of(new Token("Il", 0, 2))));
    assertThatThrownBy(() -> new Document("Il pleut", List.of(first, first)))
        .hasMessageContaining("begins before the end of the token before it");
  }

  private static List<TaggedSentence> lengths(List<Sentence> sentences) {
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
