package io.github.rnnotator.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.lucene.RnnotatorPartOfSpeechFilter.Target;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.KeywordRepeatFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.junit.jupiter.api.Test;

/** What each filter makes of the tags, with a bundled model. */
class FiltersTest {
  private static final String TEXT = "Barack Obama visited Berlin.";

  private static List<FoundToken> tokens(Chains.Filters filters, String text) throws IOException {
    try (Analyzer analyzer = Chains.english().analyzer(filters)) {
      return FoundToken.of(analyzer, text);
    }
  }

  private static List<String> at(Chains.Filters filters, String text) throws IOException {
    return tokens(filters, text).stream().map(FoundToken::at).toList();
  }

  // ---- Parts of speech --------------------------------------------------------------------------

  @Test
  void aPartOfSpeechIsTheTypeOrThePayload() throws IOException {
    assertThat(tokens(words -> new RnnotatorPartOfSpeechFilter(words, "upos", Target.TYPE), TEXT))
        .extracting(token -> token.term() + " " + token.type() + token.payload())
        .containsExactly("Barack PROPN", "Obama PROPN", "visited VERB", "Berlin PROPN");
    assertThat(
            tokens(words -> new RnnotatorPartOfSpeechFilter(words, "xpos", Target.PAYLOAD), TEXT))
        .extracting(token -> token.type() + " " + token.payload())
        .containsExactly("word NNP", "word NNP", "word VBD", "word NNP");
  }

  // ---- Lemmas -----------------------------------------------------------------------------------

  @Test
  void aLemmaReplacesTheTerm() throws IOException {
    assertThat(at(words -> new RnnotatorLemmaFilter(words, "lemma"), "The mice went home."))
        .containsExactly("the@0", "mouse@1", "go@2", "home@3");
  }

  @Test
  void keywordRepeatKeepsTheWordAtTheSamePosition() throws IOException {
    assertThat(
            at(
                words ->
                    new RemoveDuplicatesTokenFilter(
                        new RnnotatorLemmaFilter(new KeywordRepeatFilter(words), "lemma")),
                "mice went home"))
        .containsExactly("mice@0", "mouse@0", "went@1", "go@1", "home@2");
  }

  // ---- Names ------------------------------------------------------------------------------------

  @Test
  void aNameIsATokenAtThePositionOfItsFirstWord() throws IOException {
    List<FoundToken> tokens = tokens(RnnotatorNamesFilter::new, TEXT);
    assertThat(tokens)
        .extracting(FoundToken::at)
        .containsExactly(
            "Barack@0",
            "person:barack obama@0+2",
            "Obama@1",
            "visited@2",
            "Berlin@3",
            "location:berlin@3");
    assertThat(tokens.get(1).type()).isEqualTo("person");
    assertThat(TEXT.substring(tokens.get(1).begin(), tokens.get(1).end()))
        .isEqualTo("Barack Obama");
  }

  @Test
  void typesChooseAndRename() throws IOException {
    NameTerms terms = NameTerms.defaults().types(Map.of("LOC", "place")).lowerCase(false);
    assertThat(at(words -> new RnnotatorNamesFilter(words, terms), TEXT))
        .contains("place:Berlin@3")
        .noneMatch(term -> term.startsWith("person"));
  }

  @Test
  void aNameHasOneBlankWhereTheTextHasWhiteSpace() throws IOException {
    assertThat(at(RnnotatorNamesFilter::new, "She met Barack\n  Obama in New\tYork."))
        .contains("person:barack obama@2+2", "location:new york@5+2");
  }

  /** The name has the same term and offsets as with punctuation, and fewer positions. */
  @Test
  void punctuationInANameHasNoPosition() throws IOException {
    String text = "We met Procter & Gamble, Inc. in Berlin.";
    List<FoundToken> kept;
    try (Analyzer analyzer =
        Chains.english().keepingPunctuation().analyzer(RnnotatorNamesFilter::new)) {
      kept = FoundToken.of(analyzer, text);
    }
    FoundToken before = company(kept);
    FoundToken after = company(tokens(RnnotatorNamesFilter::new, text));
    assertThat(before.term()).startsWith("organization:procter & gamble");
    assertThat(after.term()).isEqualTo(before.term());
    assertThat(after.begin()).isEqualTo(before.begin());
    assertThat(after.end()).isEqualTo(before.end());
    long punctuation =
        kept.stream()
            .filter(t -> before.begin() <= t.begin() && t.end() <= before.end())
            .filter(t -> Punctuation.isPunctuation(t.term()))
            .count();
    assertThat(punctuation).isPositive();
    assertThat(after.length()).isEqualTo(before.length() - punctuation);
  }

  private static FoundToken company(List<FoundToken> tokens) {
    return tokens.stream().filter(t -> t.type().equals("organization")).findFirst().orElseThrow();
  }

  /** A Korean particle belongs to the last word of a name, but not to the name. */
  @Test
  void aNameEndsBeforeItsParticle() {
    TaggedSentence sentence =
        new TaggedSentence(
            Sentence.of("서울", "경찰은", "왔다"),
            Map.of(
                "ner", TagSequence.of("B-ORG", "I-ORG", "O"),
                "ner_suffix", TagSequence.of("_", "1", "_")));
    assertThat(sentence.mentions("ner", TagScheme.IOB2))
        .extracting(mention -> NameTerms.defaults().name(sentence.sentence(), mention))
        .containsExactly("서울 경찰");
  }

  /** A highlighter marks the name alone. */
  @Test
  void theOffsetsOfANameEndBeforeItsParticle() throws IOException {
    Chains korean =
        Chains.of(
            Tagger.load(Path.of("src/models/ko/main/resources/META-INF/rnnotator/models/ko.rnn")));
    String text = "김민수는 서울에 산다.";
    try (Analyzer analyzer = korean.analyzer(RnnotatorNamesFilter::new);
        TokenStream stream = analyzer.tokenStream("text", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
      List<String> names = new ArrayList<>();
      stream.reset();
      while (stream.incrementToken()) {
        if (term.toString().indexOf(':') > 0) {
          names.add(term + " " + text.substring(offset.startOffset(), offset.endOffset()));
        }
      }
      stream.end();
      assertThat(names).contains("location:서울 서울");
    }
  }

  @Test
  void filtersAfterNamesLeaveThemAlone() throws IOException {
    Chains.Filters filters =
        words ->
            new RnnotatorPartOfSpeechFilter(
                new RnnotatorLemmaFilter(
                    new PorterStemFilter(new RnnotatorNamesFilter(words)), "lemma"),
                "upos",
                Target.TYPE);
    assertThat(tokens(filters, "Jane Adams lives in Los Angeles."))
        .extracting(token -> token.term() + " " + token.type())
        .contains("person:jane adams person", "location:los angeles location", "live VERB");
  }

  @Test
  void eachNameIsAddedOnceWhereWordsAreRepeated() throws IOException {
    assertThat(
            at(
                words ->
                    new RnnotatorNamesFilter(
                        new LowerCaseFilter(
                            new RnnotatorLemmaFilter(new KeywordRepeatFilter(words), "lemma"))),
                TEXT))
        .containsOnlyOnce("person:barack obama@0+2", "location:berlin@3");
  }

  @Test
  void aNameWhoseFirstWordWasRemovedBeginsWithTheNext() throws IOException {
    CharArraySet stop = new CharArraySet(List.of("barack"), true);
    assertThat(at(words -> new RnnotatorNamesFilter(new StopFilter(words, stop)), TEXT))
        .contains("Obama@1", "person:barack obama@1", "visited@2");
  }

  // ---- Wrong chains -----------------------------------------------------------------------------

  @Test
  void aChainWithoutOurTokenizerIsRefused() {
    try (TokenStream other = new WhitespaceTokenizer()) {
      for (Chains.Filters filters :
          List.<Chains.Filters>of(
              words -> new RnnotatorPartOfSpeechFilter(words, "upos", Target.TYPE),
              words -> new RnnotatorLemmaFilter(words, "lemma"),
              RnnotatorNamesFilter::new)) {
        assertThatThrownBy(() -> filters.after(other))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("begin the chain with RnnotatorTokenizer");
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void refusesNullByName() throws IOException {
    try (TokenStream words = Chains.english().tokenizer()) {
      refused("the stream is null", () -> new RnnotatorLemmaFilter(null, "lemma"));
      refused("the head is null", () -> new RnnotatorLemmaFilter(words, null));
      refused("the head is null", () -> new RnnotatorPartOfSpeechFilter(words, null, Target.TYPE));
      refused("the target is null", () -> new RnnotatorPartOfSpeechFilter(words, "upos", null));
      refused("the terms are null", () -> new RnnotatorNamesFilter(words, null));
      refused("the head is null", () -> NameTerms.defaults().head(null));
      refused("the types are null", () -> NameTerms.defaults().types(null));
    }
    Chains english = Chains.english();
    refused("the tagger is null", () -> new RnnotatorTokenizer(null, english.segmenter()));
    refused("the segmenter is null", () -> new RnnotatorTokenizer(english.tagger(), null));
  }

  private static void refused(String message, Callable<?> create) {
    assertThatNullPointerException().isThrownBy(create::call).withMessage(message);
  }

  @Test
  void aHeadThatTheModelLacksIsNamed() {
    assertThatThrownBy(() -> at(words -> new RnnotatorLemmaFilter(words, "root"), TEXT))
        .hasMessageContaining("no tags for head 'root', only [");
    NameTerms chunks = NameTerms.defaults().head("chunk");
    assertThatThrownBy(() -> at(words -> new RnnotatorNamesFilter(words, chunks), TEXT))
        .hasMessageContaining("no tags for head 'chunk', only [");
    NameTerms upos = NameTerms.defaults().head("upos");
    assertThatThrownBy(() -> at(words -> new RnnotatorNamesFilter(words, upos), TEXT))
        .hasMessage("the tags of head 'upos' are not chunk tags; heads with chunk tags are [ner]");
  }
}
