package io.github.rnnotator.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.formats.DocumentFormat;
import io.github.rnnotator.formats.DocumentReader;
import io.github.rnnotator.io.Position;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Token;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The segmenters of the bundled models: English is segmented as in UD. */
class BundledSegmentersTest {
  private static final TextSegmenter ENGLISH = TextSegmenter.forLanguage("en");
  private static final TextSegmenter KOREAN = TextSegmenter.forLanguage("ko");

  @Test
  void findsEnglishSentences() {
    assertThat(
            forms(ENGLISH, "Mr. Smith lives in the U.S. with his dog. He isn't here! Is he? Yes."))
        .containsExactly(
            "Mr. Smith lives in the U.S. with his dog .", "He is n't here !", "Is he ?", "Yes .");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "I don't know, I cannot say. | I do n't know , I can not say .",
        "DON’T say it’s Ann's. | DO N’T say it ’s Ann 's .",
        "We're sure they'd say I'm late. | We 're sure they 'd say I 'm late .",
        "I gotta go, wanna come? | I got ta go , wan na come ?",
        "The nation's notes cannot matter. | The nation 's notes can not matter .",
        "Ask me@foo.com or see http://www.a.com/x-b?x=1. | Ask me@foo.com or see"
            + " http://www.a.com/x-b?x=1 .",
        "He said “this is ‘good’ stuff”. | He said “ this is ‘ good ’ stuff ” .",
        "\"Well...\" she said. | \" Well ... \" she said .",
        "It cost $5.00 (10% off)! | It cost $ 5.00 ( 10 % off ) !",
      })
  void cutsEnglishAsItsTreebankDoes(String text, String tokens) {
    assertThat(forms(ENGLISH, text)).containsExactly(tokens);
  }

  @Test
  void aLineOfItsOwnIsASentenceWhereTheTextShowsIt() {
    String text =
        """
        Introduction
        The firm was founded in 1990 and has grown quickly since then. It now has
        three hundred people in four countries.

        Shopping list:
        - two apples
        - a loaf of bread

        From: Anna Schmidt <anna@example.com>
        Subject: Meeting on Friday
        Hi Bob, can we meet at 3 p.m. on Friday? Prof. Okoye can't come earlier.
        """;
    assertThat(forms(ENGLISH, text))
        .containsExactly(
            "Introduction",
            "The firm was founded in 1990 and has grown quickly since then .",
            "It now has three hundred people in four countries .",
            "Shopping list :",
            "- two apples",
            "- a loaf of bread",
            "From : Anna Schmidt < anna@example.com >",
            "Subject : Meeting on Friday",
            "Hi Bob , can we meet at 3 p.m. on Friday ?",
            "Prof. Okoye ca n't come earlier .");
  }

  @Test
  void aQuotationIsPartOfItsKoreanSentence() {
    assertThat(forms(KOREAN, "그는 \"집에 가자!\"라고 말했다. 약 2.5 km를 걸었다."))
        .containsExactly("그는 \" 집에 가자 ! \" 라고 말했다 .", "약 2.5 km를 걸었다 .");
  }

  /** Batch segments like tag, serve and the library, even a text without any break. */
  @ParameterizedTest
  @ValueSource(
      strings = {"word ", "She reads books. ", "w", "\uC11C\uC6B8 ", "A. B?\n", "a\n\nb c\n\n"})
  void longTextHasTheSentencesOfItsPassages(String piece) throws IOException {
    String text = piece.repeat(200_000 / piece.length());
    for (TextSegmenter segmenter : List.of(ENGLISH, KOREAN)) {
      List<Token> whole =
          segmenter.segment(text).stream().flatMap(s -> s.tokens().stream()).toList();
      List<Integer> wholeSizes = segmenter.segment(text).stream().map(Sentence::size).toList();
      List<Token> parts = new ArrayList<>();
      List<Integer> sizes = new ArrayList<>();
      DocumentFormat format = new DocumentFormat.Text(segmenter::cut, DocumentFormat.LONGEST);
      try (DocumentReader reader =
          format.open(
              new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
              "t",
              Position.START)) {
        int begin = 0;
        for (Optional<Document> next = reader.read(); next.isPresent(); next = reader.read()) {
          for (Sentence sentence : segmenter.segment(next.get().text())) {
            sizes.add(sentence.size());
            for (Token token : sentence.tokens()) {
              parts.add(new Token(token.form(), begin + token.begin(), begin + token.end()));
            }
          }
          begin += next.get().text().length();
        }
      }
      assertThat(sizes).isEqualTo(wholeSizes);
      assertThat(parts).isEqualTo(whole);
    }
  }

  @Test
  void everySpellingOfEnglishIsEnglish() {
    for (String code : List.of("en", "EN", "eng", "en-GB")) {
      assertThat(forms(TextSegmenter.forLanguage(code), "I can't.")).containsExactly("I ca n't .");
    }
  }

  private static List<String> forms(TextSegmenter segmenter, String text) {
    return segmenter.segment(text).stream().map(s -> String.join(" ", s.forms())).toList();
  }
}
