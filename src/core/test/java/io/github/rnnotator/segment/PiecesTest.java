package io.github.rnnotator.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.text.WhiteSpace;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pieces cover a text and never cut what belongs together. */
class PiecesTest {
  @Property(tries = 1000)
  void everyCharacterIsInOnePiece(@ForAll("texts") String text) {
    Pieces pieces = Pieces.of(text);
    int at = 0;
    for (int i = 0; i < pieces.size(); i++) {
      assertThat(pieces.begin(i)).isGreaterThanOrEqualTo(at);
      assertThat(pieces.end(i)).isGreaterThan(pieces.begin(i));
      assertThat(WhiteSpace.isBlank(text.substring(at, pieces.begin(i)))).isTrue();
      assertThat(pieces.isLineBreak(i) || isWithoutSpace(text, pieces, i)).isTrue();
      assertThat(isTorn(text, pieces.end(i))).isFalse();
      at = pieces.end(i);
    }
    assertThat(WhiteSpace.isBlank(text.substring(at))).isTrue();
  }

  private static boolean isWithoutSpace(String text, Pieces pieces, int i) {
    return text.substring(pieces.begin(i), pieces.end(i)).chars().noneMatch(WhiteSpace::is);
  }

  private static boolean isTorn(String text, int at) {
    return at < text.length() && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
  }

  @Property(tries = 300)
  void thePiecesOfALineDoNotDependOnTheNext(
      @ForAll("texts") String line, @ForAll("texts") String next) {
    Pieces alone = Pieces.of(line);
    Pieces both = Pieces.of(line + " \n " + next);
    for (int i = 0; i < alone.size(); i++) {
      assertThat(both.begin(i)).isEqualTo(alone.begin(i));
      assertThat(both.end(i)).isEqualTo(alone.end(i));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Don't go. | Don ##' ##t go ##.",
        "10am, 3.5% | 10 ##am ##, 3 ##. ##5 ##%",
        "See www.example.org. | See www.example.org ##.",
        "(a.b-c@example.com) | ( ##a.b-c@example.com ##)",
        "www.example.com에서 | www.example.com ##에서",
        "A사는 3명을 | A ##사는 3 ##명을",
        "국내 중소ㆍ중견 | 국내 중소 ##ㆍ ##중견",
        "wait.... ((no)) ?? | wait ##.... ( ##( ##no ##) ##) ? ##?",
        "정말？네！！！。 | 정말 ##? ##네 ##!!! ##.",
        "是東京です | 是東 ##東京 ##京で ##です ##す",
        "na\u0301ive \uD83D\uDC69\u200D\uD83D\uDE80\uD83D\uDE80 | na\u0301ive"
            + " \uD83D\uDC69\u200D\uD83D\uDE80 ##\uD83D\uDE80",
        "\uD83C\uDDF0\uD83C\uDDF7\uD83C\uDDFA\uD83C\uDDF8 |"
            + " \uD83C\uDDF0\uD83C\uDDF7 ##\uD83C\uDDFA\uD83C\uDDF8",
      })
  void theNetworkReadsPieces(String text, String expected) {
    assertThat(String.join(" ", forms(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Introduction, \\n",
    "A line that is long enough to have been wrapped by mail, \\n\\n"
  })
  void aLineBreakTellsTheLengthOfItsLine(String line, String piece) {
    List<String> forms = forms("First.\n" + line + "\r\nNext");
    assertThat(forms.get(forms.size() - 2)).isEqualTo(piece);
    assertThat(forms.get(forms.size() - 1)).isEqualTo("Next");
  }

  private static List<String> forms(String text) {
    Pieces pieces = Pieces.of(text);
    List<String> forms = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      forms.add(pieces.form(i));
    }
    return forms;
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(30),
        Arbitraries.strings()
            .withChars(
                "aB.,!?'\"()-@:/w0 \n\r\t가ㄱ한漢\u0301\u200D\u200B\uFEFF\uD83D\uDE80\u318D#_"
                    .toCharArray())
            .ofMaxLength(40),
        Arbitraries.of("http://a.b", "www.x.y/z?q=1", "a@b.c", "한국어", "U.S.", "don't", "...", "\n")
            .list()
            .ofMaxSize(8)
            .map(parts -> String.join("", parts)));
  }
}
