package io.github.rnnotator.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TextCharacters;
import io.github.rnnotator.text.Token;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Offsets of the visible text map to the original, and its encoding does not move a boundary. */
class NormalizedTextTest {
  private static final TextSegmenter ENGLISH = TextSegmenter.byRules("en");
  private static final TextSegmenter KOREAN = TextSegmenter.byRules("ko");

  @Property
  void offsetsAscendAndCoverTheText(@ForAll("texts") String text) {
    NormalizedText visible = NormalizedText.of(text);
    int last = 0;
    for (int i = 0; i <= visible.text().length(); i++) {
      assertThat(visible.begin(i)).isBetween(last, text.length());
      last = visible.begin(i);
    }
    assertThat(last).isEqualTo(text.length());
    assertThat(TextCharacters.of(visible.text())).isEqualTo(TextCharacters.of(text));
  }

  @Property
  void visibleTextIsComposed(@ForAll("texts") String text) {
    assertThat(Normalizer.isNormalized(NormalizedText.of(text).text(), Form.NFC)).isTrue();
  }

  @Property(tries = 300)
  void composedAndDecomposedTextsHaveTheSameWords(@ForAll("texts") String text) {
    for (TextSegmenter segmenter : List.of(ENGLISH, KOREAN)) {
      assertThat(words(segmenter, Normalizer.normalize(text, Form.NFD)))
          .isEqualTo(words(segmenter, Normalizer.normalize(text, Form.NFC)));
    }
  }

  @Test
  void marksOfDirectionDoNotStickToPunctuation() {
    String text = "\u200EAnna\u200F\u200E met \u2060Bob.\u200F";
    List<Token> tokens = ENGLISH.segment(text).get(0).tokens();
    assertThat(tokens)
        .containsExactly(
            new Token("Anna\u200F\u200E", 1, 7),
            new Token("met", 8, 11),
            new Token("Bob", 13, 16),
            new Token(".\u200F", 16, 18));
  }

  @Test
  void invisibleCharactersAloneAreNoToken() {
    for (TextSegmenter segmenter : List.of(ENGLISH, KOREAN)) {
      assertThat(segmenter.segment("\u2060\n\n\u200E \u00AD \u200D \uFE0F")).isEmpty();
    }
    assertThat(TextTokenizer.onBlanks().apply("\u2060 \u00AD")).isEmpty();
  }

  private static List<List<String>> words(TextSegmenter segmenter, String text) {
    return segmenter.segment(text).stream()
        .map(Sentence::forms)
        .map(forms -> forms.stream().map(LookupForm::of).toList())
        .toList();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "Zo\u00EB",
            "Ren\u00E9e",
            "it's",
            "\uC11C\uC6B8\uC5D0\uC11C",
            ".",
            "?",
            " ",
            " ",
            "\n\n",
            "(",
            "\u201C",
            "\u200E",
            "\u00AD",
            "\u2060",
            "\u00C5ngstr\u00F6m",
            "\uD83D\uDC69\u200D\uD83D\uDC67",
            "\u0301",
            "e\u0323\u0302",
            "U.S.")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
