package io.github.rnnotator.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.tagger.SegmenterModel;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.TextCharacters;
import io.github.rnnotator.text.Token;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever the network says, a text is cut into its characters, and parts equal the whole. */
class NetworkSegmenterTest {
  private static final SegmenterModel MODEL = TinySegmenters.random(1, "Yahoo!", "a.");
  private static final TextSegmenter SEGMENTER = TextSegmenter.of(MODEL);

  @Property(tries = 400)
  void offsetsMatchFormsAndNoTextIsLost(
      @ForAll("texts") String text, @ForAll LineBreaks lineBreaks) {
    StringBuilder written = new StringBuilder();
    for (Sentence sentence : SEGMENTER.with(lineBreaks).segment(text)) {
      for (Token token : asWritten(sentence)) {
        assertThat(text.substring(token.begin(), token.end())).isEqualTo(token.form());
        assertThat(LookupForm.isInvisible(token.form())).isFalse();
        written.append(token.form());
      }
    }
    assertThat(TextCharacters.of(written.toString())).isEqualTo(TextCharacters.of(text));
  }

  /** The tokens as they are written: multiword tokens instead of their words. */
  private static List<Token> asWritten(Sentence sentence) {
    List<Token> tokens = new ArrayList<>();
    Set<Integer> parts = new HashSet<>();
    for (MultiwordToken token : sentence.multiwordTokens()) {
      for (int i = token.words().begin(); i < token.words().end(); i++) {
        parts.add(i);
      }
      tokens.add(new Token(token.form(), token.begin(), token.end()));
    }
    for (int i = 0; i < sentence.size(); i++) {
      if (!parts.contains(i)) {
        tokens.add(sentence.tokens().get(i));
      }
    }
    tokens.sort((a, b) -> Integer.compare(a.begin(), b.begin()));
    return tokens;
  }

  @Property(tries = 200)
  void aParagraphHasTheSameSentencesByItself(
      @ForAll("texts") String first, @ForAll("texts") String second) {
    String left = first.replaceAll("[\\r\\n]+$", "");
    String right = second.replaceAll("^[\\r\\n]+", "");
    List<Sentence> parts = new ArrayList<>(SEGMENTER.segment(left));
    parts.addAll(moved(SEGMENTER.segment(right), left.length() + 2));
    assertThat(SEGMENTER.segment(left + "\n\n" + right)).isEqualTo(parts);
  }

  @Test
  void aLongTextHasTheSentencesOfItsSections() {
    String text = words(40_000, new Random(3));
    assertThat(text.length()).isGreaterThan(2 * TextSegmenter.LONGEST);
    List<Sentence> parts = new ArrayList<>();
    int begin = 0;
    while (text.length() - begin > TextSegmenter.LONGEST) {
      int end = begin + SEGMENTER.cut(text.substring(begin, begin + TextSegmenter.LONGEST));
      parts.addAll(moved(SEGMENTER.segment(text.substring(begin, end)), begin));
      begin = end;
    }
    parts.addAll(moved(SEGMENTER.segment(text.substring(begin)), begin));
    assertThat(SEGMENTER.segment(text)).isEqualTo(parts);
  }

  @Test
  void aBoundaryIsThatOfTheWindowWhichSeesBothSides() {
    String text = words(700, new Random(5));
    Pieces pieces = Pieces.of(text);
    Tagger tagger = new Tagger(MODEL.network());
    PieceLabels expected = new PieceLabels(pieces.size());
    for (int i = 0; i < pieces.size(); i++) {
      int core = i / 160 * 160;
      if (core > 0 && core + 32 >= pieces.size()) {
        core -= 160;
      }
      int from = Math.max(0, core - 32);
      List<Token> window = new ArrayList<>();
      for (int k = from; k < Math.min(pieces.size(), core + 192); k++) {
        window.add(new Token(pieces.form(k), 0, 0));
      }
      TaggedSentence tagged = tagger.tag(new Sentence(window));
      TagSequence tokens = tagged.tags(SegmenterModel.TOKEN);
      expected.set(i, tokens, tagged.tags(SegmenterModel.SENTENCE), i - from);
    }
    List<SegmentedSentence> sentences =
        new SentenceBuilder(text, pieces, expected, MODEL.multiword()).sentences();
    assertThat(
            new NetworkSegmenter(new SegmenterModel(MODEL.network(), MODEL.multiword(), List.of()))
                .segment(List.of(text), () -> {}))
        .containsExactly(sentences);
    assertThat(sentences.size()).isGreaterThan(5);
  }

  @Test
  void composedAndCombiningCharactersAreCutAlike() {
    String composed = "가각 da 한국어. Café a. Yahoo! 가B";
    String combining = Normalizer.normalize(composed, Normalizer.Form.NFD);
    List<List<String>> forms = new ArrayList<>();
    for (String text : List.of(composed, combining)) {
      List<String> words = new ArrayList<>();
      SEGMENTER.segment(text).forEach(s -> words.addAll(s.forms()));
      forms.add(words.stream().map(LookupForm::of).toList());
    }
    assertThat(forms.get(1)).isEqualTo(forms.get(0));
  }

  @Test
  void keptTokensStayWhole() {
    for (long seed = 1; seed < 6; seed++) {
      TextSegmenter segmenter =
          TextSegmenter.of(TinySegmenters.random(seed, "Yahoo!", "C++", "a.b"));
      List<String> forms = new ArrayList<>();
      segmenter
          .segment("I like Yahoo! and C++, not a.b or Yahoo!s.")
          .forEach(s -> forms.addAll(s.forms()));
      assertThat(forms).contains("Yahoo!", "C++", "a.b");
    }
  }

  @Test
  void probabilitiesAreThoseOfBoundaries() {
    for (SegmentedSentence sentence :
        SEGMENTER.segmentWithProbabilities(words(300, new Random(2)))) {
      assertThat(sentence.end()).isBetween(0.5f, 1f);
      assertThat(sentence.tokenEnds()).hasSize(sentence.sentence().size());
      assertThat(sentence.tokenEnds()).allMatch(p -> p >= 0.5f && p <= 1);
    }
  }

  private static String words(int count, Random random) {
    String[] words = {"a", "B", "da", "don't", "a.", "가가", "C,", "Yahoo!", "x-y", "3.5%"};
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(words[random.nextInt(words.length)]);
      text.append(random.nextInt(20) == 0 ? "\n" : random.nextInt(9) == 0 ? "" : " ");
    }
    return text.toString();
  }

  private static List<Sentence> moved(List<Sentence> sentences, int by) {
    List<Sentence> moved = new ArrayList<>();
    for (Sentence sentence : sentences) {
      List<Token> tokens = new ArrayList<>();
      sentence.tokens().forEach(t -> tokens.add(new Token(t.form(), t.begin() + by, t.end() + by)));
      List<MultiwordToken> multiword = new ArrayList<>();
      sentence
          .multiwordTokens()
          .forEach(
              t ->
                  multiword.add(
                      new MultiwordToken(t.form(), t.words(), t.begin() + by, t.end() + by)));
      moved.add(new Sentence(tokens, multiword));
    }
    return moved;
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(30),
        Arbitraries.strings()
            .withChars(
                "aB.,!?'\" \n\r\t가한漢\u0301\u200D\u200B\uFEFF\u00AD\uD83D\uDE80".toCharArray())
            .ofMaxLength(60),
        Arbitraries.of("da", "don't", " ", "\n", "\n\n", ".", "Yahoo!", "a.", "가", "DA", "...")
            .list()
            .ofMaxSize(20)
            .map(parts -> String.join("", parts)));
  }
}
