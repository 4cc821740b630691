package io.github.rnnotator.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TextCharacters;
import io.github.rnnotator.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By rules, no text is lost, moved or split within a character. */
class TextSegmenterTest {
  /** White space, separators, control characters, the zero-width space and the byte order mark. */
  private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}\\p{Cc}\u200B\uFEFF]");

  private static final TextSegmenter ENGLISH = TextSegmenter.byRules("en");
  private static final TextSegmenter KOREAN = TextSegmenter.byRules("ko");

  @Property(tries = 600)
  void offsetsMatchFormsAndNoTextIsLost(
      @ForAll("texts") String text,
      @ForAll("segmenters") TextSegmenter segmenter,
      @ForAll LineBreaks lineBreaks) {
    List<Sentence> sentences = segmenter.with(lineBreaks).segment(text);

    StringBuilder joined = new StringBuilder();
    int last = 0;
    for (Sentence sentence : sentences) {
      for (Token token : sentence.tokens()) {
        assertThat(text.substring(token.begin(), token.end())).isEqualTo(token.form());
        assertThat(token.begin()).isGreaterThanOrEqualTo(last);
        assertThat(token.form()).doesNotContainPattern(BLANK);
        assertThat(
                Character.isLowSurrogate(token.form().charAt(0))
                    && token.begin() > 0
                    && Character.isHighSurrogate(text.charAt(token.begin() - 1)))
            .as("torn surrogate pair before '%s'", token.form())
            .isFalse();
        last = token.end();
        joined.append(token.form());
      }
    }
    assertThat(TextCharacters.of(joined.toString())).isEqualTo(TextCharacters.of(text));
  }

  @Property(tries = 300)
  void aBreakEndsTheSentence(
      @ForAll("texts") String left,
      @ForAll("texts") String right,
      @ForAll("segmenters") TextSegmenter segmenter) {
    for (String end : List.of("\n\n", "\r\n\r\n", "\n \t\n", "\r\r")) {
      assertNoneAcross(segmenter.segment(left + end + right), left.length(), end);
    }
    for (String end : List.of("\n", "\r\n", "\u2028")) {
      assertNoneAcross(
          segmenter.with(LineBreaks.END_SENTENCE).segment(left + end + right), left.length(), end);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r", " \n "})
  void aLineBreakInsideASentenceIsOnlyASpace(String lineBreak) {
    String text = "We can see the" + lineBreak + "house from here.";
    assertThat(forms(ENGLISH, text)).containsExactly("We can see the house from here .");
    assertThat(forms(ENGLISH.with(LineBreaks.END_SENTENCE), text))
        .containsExactly("We can see the", "house from here .");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", "\r\n\r\n", "\t\u00A0\u200B\uFEFF\u3000\u0000"})
  void blankTextHasNoSentence(String text) {
    for (LineBreaks lineBreaks : LineBreaks.values()) {
      assertThat(ENGLISH.with(lineBreaks).segment(text)).isEmpty();
      assertThat(KOREAN.with(lineBreaks).segment(text)).isEmpty();
    }
  }

  @Test
  void offsetsCountUtf16UnitsInTheWholeDocument() {
    List<Sentence> sentences = ENGLISH.segment("😀 Yes.\n\nNo way.");
    assertThat(sentences)
        .containsExactly(
            new Sentence(
                List.of(new Token("😀", 0, 2), new Token("Yes", 3, 6), new Token(".", 6, 7))),
            new Sentence(
                List.of(new Token("No", 9, 11), new Token("way", 12, 15), new Token(".", 15, 16))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "경기협의회(e-gima.com)가 8개 병원을 찾는다. | 경기협의회 ( e-gima.com ) 가 8개 병원을 찾는다 .",
        "그는 '가격'이 30%는 싸다고 했다... | 그는 ' 가격 ' 이 30 % 는 싸다고 했다 ...",
        "기온은 -1.2도에서 3~4도다! | 기온은 -1.2도에서 3~4도다 !",
        "자세한 내용은 (http://a.kr/b_c), 참고. | 자세한 내용은 ( http://a.kr/b_c ) , 참고 .",
        "넓이는 84㎡. 맛나요~ | 넓이는 84 ㎡ . 맛나요 ~",
        "L'eau, c'est «bon»: #oui @ann. | L'eau , c'est « bon » : #oui @ann .",
      })
  void cutsOtherLanguagesAtSpacesAndPunctuation(String text, String tokens) {
    assertThat(String.join(" ", forms(KOREAN, text))).isEqualTo(tokens);
  }

  @Test
  void findsKoreanSentences() {
    assertThat(forms(KOREAN, "비가 온다. 우산이 없다! 어쩌지?"))
        .containsExactly("비가 온다 .", "우산이 없다 !", "어쩌지 ?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"e\u0301", "👍🏽", "👩\u200D💻", "क्षि", "\u1112\u1161\u11AB"})
  void aCharacterOfSeveralUnitsIsNotCut(String character) {
    String text = "(" + character + ") " + character.repeat(2);
    for (TextSegmenter segmenter : List.of(ENGLISH, KOREAN)) {
      for (Sentence sentence : segmenter.segment(text)) {
        assertThat(sentence.forms()).allMatch(form -> form.replace(character, "").matches("[()]?"));
      }
    }
  }

  @Test
  void anEndlessWordIsKept() {
    for (String word : List.of("a", "a.", ".", "a@", "www.", "http://", "'", "-a", "can")) {
      String text = word.repeat(200_000 / word.length()) + " is long.";
      assertThat(withoutBlanks(String.join("", forms(ENGLISH, text))))
          .isEqualTo(withoutBlanks(text));
      assertThat(withoutBlanks(String.join("", forms(KOREAN, text))))
          .isEqualTo(withoutBlanks(text));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"b.", "b-c.", "b..", ".", "-", "@", "a@b.c.", "www.", "http://"})
  void anEndlessAddressTakesNoStack(String piece) throws InterruptedException {
    String text = "Write to a@" + piece.repeat(300_000 / piece.length()) + "com now.";
    List<Integer> sizes = new ArrayList<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              for (TextSegmenter segmenter : List.of(ENGLISH, KOREAN)) {
                sizes.add(segmenter.segment(text).size());
              }
            },
            "small stack",
            256 << 10);
    thread.start();
    thread.join();
    assertThat(sizes).hasSize(2).doesNotContain(0);
  }

  @Test
  void aMailAddressOfAnyLengthIsOneToken() {
    String address = "anna@" + "b.".repeat(4000) + "org";
    for (TextSegmenter segmenter : List.of(ENGLISH, KOREAN)) {
      assertThat(segmenter.segment("Write to " + address + " now"))
          .flatExtracting(Sentence::forms)
          .containsExactly("Write", "to", address, "now");
    }
  }

  @Test
  void manyThreadsGetWhatOneGets() throws InterruptedException, ExecutionException {
    List<String> texts =
        IntStream.range(0, 40)
            .mapToObj(i -> ("It's " + i + " o'clock. Don't go! ").repeat(i + 1))
            .toList();
    List<List<Sentence>> expected = texts.stream().map(ENGLISH::segment).toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<List<Sentence>>>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        results.add(threads.submit(() -> texts.stream().map(ENGLISH::segment).toList()));
      }
      for (Future<List<List<Sentence>>> result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusesWhatIsNoLanguage() {
    assertThatThrownBy(() -> TextSegmenter.forLanguage("?"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'?' is not a language; expected an ISO 639 code like en or ko");
  }

  @Provide
  Arbitrary<TextSegmenter> segmenters() {
    return Arbitraries.of(
        ENGLISH, KOREAN, TextSegmenter.byRules("fr"), TextSegmenter.byRules("th"));
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "the",
            "Mr.",
            "don't",
            "U.S.",
            "cannot",
            "한국어는",
            "\u1112\u1161\u11AB",
            "日本。",
            "e\u0301",
            "\u0301",
            "😀",
            "👩\u200D💻",
            "👍🏽",
            "\uD83D",
            "\uDE00",
            "http://a.b/c?d=1",
            "me@a.org",
            "www.a.b...",
            "“q”",
            "‘",
            "’s",
            "'",
            "\"",
            "(",
            ")",
            "...",
            "!?",
            ".",
            ".)",
            "-",
            "--",
            "$5",
            "-1.5%",
            "#t",
            "@u",
            "א״ב",
            "\u200D",
            "\u200C",
            "\uFE0F");
    Arbitrary<String> blanks =
        Arbitraries.of(
            " ",
            "  ",
            "\t",
            "\n",
            "\r\n",
            "\n\n",
            "\r\n \r\n",
            "\u00A0",
            "\u3000",
            "\u200B",
            "\uFEFF",
            "\u0085",
            "\u2028",
            "\u0000",
            "\u000B");
    Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(3);
    return Arbitraries.frequencyOf(Tuple.of(6, pieces), Tuple.of(4, blanks), Tuple.of(1, any))
        .list()
        .ofMaxSize(25)
        .map(parts -> String.join("", parts));
  }

  private static void assertNoneAcross(List<Sentence> sentences, int at, String end) {
    for (Sentence sentence : sentences) {
      int begin = sentence.tokens().get(0).begin();
      int last = sentence.tokens().get(sentence.size() - 1).end();
      assertThat(begin >= at + end.length() || last <= at).isTrue();
    }
  }

  private static List<String> forms(TextSegmenter segmenter, String text) {
    return segmenter.segment(text).stream().map(s -> String.join(" ", s.forms())).toList();
  }

  private static String withoutBlanks(String text) {
    return BLANK.matcher(text).replaceAll("");
  }
}
