package io.github.rnnotator.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.tagger.HeadConfig.Pooling;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TinyTexts;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.TaggedToken;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.AttributeFactory;
import org.junit.jupiter.api.Test;

/** The tokenizer gives the words of the library, wherever a text is cut. */
class RnnotatorTokenizerTest {
  private static final Chains RANDOM = Chains.random(4).keepingPunctuation();
  private static final Chains ENGLISH = Chains.english().keepingPunctuation();

  /** Every word of a text with its offsets. */
  private static List<String> words(String text) {
    return RANDOM.segmenter().segment(text).stream()
        .flatMap(sentence -> sentence.tokens().stream())
        .map(token -> token.form() + " " + token.begin() + " " + token.end())
        .toList();
  }

  private static List<String> tokens(Reader text) throws IOException {
    try (Analyzer analyzer = RANDOM.analyzer(words -> words)) {
      return FoundToken.of(analyzer, text).stream()
          .map(token -> token.term() + " " + token.begin() + " " + token.end())
          .toList();
    }
  }

  @Property(tries = 200)
  void theTokensAreTheWordsOfTheLibrary(@ForAll("texts") String text) throws IOException {
    assertThat(tokens(new StringReader(text))).isEqualTo(words(text));
  }

  /** A reader that gives a few characters at a time, so that blocks end anywhere. */
  private static Reader slow(String text, Random random) {
    return new FilterReader(new StringReader(text)) {
      @Override
      public int read(char[] to, int offset, int length) throws IOException {
        return super.read(to, offset, Math.min(length, 1 + random.nextInt(3000)));
      }
    };
  }

  @Test
  void aLongTextHasTheTokensOfTheWhole() throws IOException {
    Random random = new Random(7);
    String[] parts = {"da", "don't", " ", " ", "\n", "\r\n", "\n\n", ".", "Yahoo!", "a.", "\uAC00"};
    StringBuilder text = new StringBuilder();
    while (text.length() < TextSegmenter.LONGEST + 5000) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    List<String> expected = words(text.toString());
    assertThat(tokens(slow(text.toString(), random))).isEqualTo(expected);
  }

  @Test
  void aTextThatJustFitsIsOneSection() throws IOException {
    Sections sections = new Sections(RANDOM.segmenter());
    String text = "a. ".repeat(TextSegmenter.LONGEST).substring(0, TextSegmenter.LONGEST);
    for (int longer = 0; longer < 2; longer++) {
      Reader reader = slow(text + "b".repeat(longer), new Random(1));
      sections.reset();
      StringBuilder read = new StringBuilder();
      int count = 0;
      for (String part = sections.next(reader); part != null; part = sections.next(reader)) {
        assertThat(sections.begin()).isEqualTo(read.length());
        read.append(part);
        assertThat(sections.end()).isEqualTo(read.length());
        count++;
      }
      assertThat(count).isEqualTo(1 + longer);
      assertThat(read).hasToString(text + "b".repeat(longer));
    }
  }

  @Test
  void theTagsAreThoseOfTheLibrary() throws IOException {
    String text = "Ada was at home. Bea, don't go!\n\nThe end";
    List<String> expected = new ArrayList<>();
    Annotator annotator = Annotator.of(ENGLISH.tagger(), ENGLISH.segmenter());
    for (TaggedSentence sentence : annotator.annotate(text).sentences()) {
      for (int i = 0; i < sentence.size(); i++) {
        expected.add(sentence.sentence().form(i) + " " + sentence.tags("upos").tag(i));
      }
    }
    List<String> found = new ArrayList<>();
    try (Tokenizer tokenizer = ENGLISH.tokenizer()) {
      TaggedWordAttribute word = tokenizer.getAttribute(TaggedWordAttribute.class);
      tokenizer.setReader(new StringReader(text));
      tokenizer.reset();
      while (tokenizer.incrementToken()) {
        TaggedToken token = word.word();
        found.add(token.form() + " " + word.tag("upos"));
        assertThat(text.substring(token.begin(), token.end())).isEqualTo(token.form());
        assertThatThrownBy(() -> word.tag("colour"))
            .hasMessageContaining("no tags for head 'colour'");
      }
      tokenizer.end();
      assertThat(word.word()).isNull();
      assertThat(word.tag("upos")).isNull();
    }
    assertThat(found).isEqualTo(expected).contains("n't PART");
  }

  @Test
  void offsetsAreThoseBeforeCharFilters() throws IOException {
    String html = "<p>Ada <b>saw B&eacute;a.</p>";
    assertThat(covered(html, new HTMLStripCharFilter(new StringReader(html))))
        .containsExactly("Ada=Ada", "saw=saw", "B\u00e9a=B&eacute;a", ".=.");
    NormalizeCharMap.Builder map = new NormalizeCharMap.Builder();
    map.add("+", "and");
    String text = "Ada + Bea";
    assertThat(covered(text, new MappingCharFilter(map.build(), new StringReader(text))))
        .containsExactly("Ada=Ada", "and=+", "Bea=Bea");
  }

  /** Each token with the part of the text that its offsets name. */
  private static List<String> covered(String text, Reader filtered) throws IOException {
    try (Analyzer analyzer = ENGLISH.analyzer(words -> words)) {
      return FoundToken.of(analyzer, filtered).stream()
          .map(t -> t.term() + "=" + text.substring(t.begin(), t.end()))
          .toList();
    }
  }

  @Test
  void aWordThatIsTooLongLeavesItsPositionEmpty() throws IOException {
    Tokenizer tokenizer =
        new RnnotatorTokenizer(
            AttributeFactory.DEFAULT_ATTRIBUTE_FACTORY,
            ENGLISH.tagger(),
            ENGLISH.segmenter(),
            5,
            true);
    tokenizer.setReader(new StringReader("The, extraordinary house ------- is gigantic"));
    assertThat(FoundToken.of(tokenizer))
        .extracting(FoundToken::at)
        .containsExactly("The@0", "house@2", "is@3");
  }

  @Test
  void aStreamThatFailsCanBeReadAgain() throws IOException {
    Reader broken =
        new Reader() {
          private boolean begun;

          @Override
          public int read(char[] to, int offset, int length) throws IOException {
            if (begun) {
              throw new IOException("unplugged");
            }
            begun = true;
            to[offset] = 'a';
            return 1;
          }

          @Override
          public void close() {}
        };
    try (Analyzer analyzer = ENGLISH.analyzer(Chains::all)) {
      assertThatThrownBy(() -> FoundToken.of(analyzer, broken)).hasMessage("unplugged");
      assertThat(FoundToken.of(analyzer, "Ada left"))
          .extracting(FoundToken::term)
          .contains("ada", "left", "leave");
    }
  }

  // ---- Punctuation ------------------------------------------------------------------------------

  /** The other tokens have their tags and offsets, and positions without gaps. */
  @Property(tries = 200)
  void withoutPunctuationTheOtherTokensAreTheSame(@ForAll("texts") String text) throws IOException {
    List<String> discarded = new ArrayList<>();
    Chains discarding = new Chains(RANDOM.tagger(), RANDOM.segmenter(), true);
    try (Analyzer all = RANDOM.analyzer(RnnotatorTokenizerTest::typed);
        Analyzer other = discarding.analyzer(RnnotatorTokenizerTest::typed)) {
      List<FoundToken> words = FoundToken.of(other, text);
      List<FoundToken> expected = new ArrayList<>();
      for (FoundToken token : FoundToken.of(all, text)) {
        if (Punctuation.isPunctuation(token.term())) {
          discarded.add(token.term());
        } else {
          expected.add(token.at(token.position() - discarded.size()));
        }
      }
      assertThat(words).isEqualTo(expected);
    }
  }

  private static TokenStream typed(TokenStream words) {
    return new RnnotatorPartOfSpeechFilter(words, "upos", RnnotatorPartOfSpeechFilter.Target.TYPE);
  }

  @Test
  void punctuationAtTheEndLeavesNoPosition() throws IOException {
    try (Tokenizer tokenizer = Chains.english().tokenizer()) {
      PositionIncrementAttribute positions =
          tokenizer.getAttribute(PositionIncrementAttribute.class);
      OffsetAttribute offsets = tokenizer.getAttribute(OffsetAttribute.class);
      tokenizer.setReader(new StringReader("Ada left!?"));
      tokenizer.reset();
      while (tokenizer.incrementToken()) {
        assertThat(positions.getPositionIncrement()).isOne();
      }
      tokenizer.end();
      assertThat(positions.getPositionIncrement()).isZero();
      assertThat(offsets.endOffset()).isEqualTo(10);
    }
  }

  @Test
  void wrongArgumentsAreRefused() {
    Tagger texts = new Tagger(TinyTexts.untrained(TinyTexts.config(Pooling.LAST, true), 4));
    assertThatThrownBy(() -> new RnnotatorTokenizer(texts, ENGLISH.segmenter()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the model tags no tokens");
    assertThatThrownBy(
            () ->
                new RnnotatorTokenizer(
                    AttributeFactory.DEFAULT_ATTRIBUTE_FACTORY,
                    ENGLISH.tagger(),
                    ENGLISH.segmenter(),
                    0,
                    true))
        .hasMessage("maxTokenLength is 0, expected at least 1");
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(30),
        Arbitraries.of(
                "da", "don't", " ", "\n", "\n\n", ".", "Yahoo!", "a.", "\uAC00", "DA", "e\u0301")
            .list()
            .ofMaxSize(20)
            .map(parts -> String.join("", parts)));
  }
}
