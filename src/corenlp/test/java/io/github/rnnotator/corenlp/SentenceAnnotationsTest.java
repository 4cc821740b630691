package io.github.rnnotator.corenlp;

import static io.github.rnnotator.corenlp.Pipelines.sentences;
import static io.github.rnnotator.corenlp.Pipelines.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.MWTAnnotator;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import edu.stanford.nlp.pipeline.TokenizerAnnotator;
import edu.stanford.nlp.process.CoreLabelTokenFactory;
import edu.stanford.nlp.process.PTBTokenizer;
import edu.stanford.nlp.util.CoreMap;
import io.github.rnnotator.segment.LineBreaks;
import io.github.rnnotator.segment.Segment;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.Token;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * For the sentences and tokens that CoreNLP finds, our annotations are those of CoreNLP, key by
 * key.
 */
class SentenceAnnotationsTest {
  private static final Set<Class<?>> MULTIWORD =
      Set.of(
          CoreAnnotations.MWTTokenTextAnnotation.class,
          CoreAnnotations.IsMultiWordTokenAnnotation.class,
          CoreAnnotations.IsFirstWordOfMWTAnnotation.class);

  private static final Set<Class<?>> AROUND =
      Set.of(CoreAnnotations.BeforeAnnotation.class, CoreAnnotations.AfterAnnotation.class);

  @TempDir static Path folder;

  private static Annotation theirs(String text, String... properties) {
    Properties all = new Properties();
    all.setProperty("annotators", "tokenize");
    for (int i = 0; i < properties.length; i += 2) {
      all.setProperty(properties[i], properties[i + 1]);
    }
    Annotation document = new Annotation(text);
    document.set(CoreAnnotations.DocIDAnnotation.class, "d1");
    new StanfordCoreNLP(all).annotate(document);
    return document;
  }

  private static Annotation ours(String text, List<SentenceLine> sentences) {
    Annotation document = new Annotation(text);
    document.set(CoreAnnotations.DocIDAnnotation.class, "d1");
    SentenceAnnotations.set(document, sentences);
    return document;
  }

  /** Returns the sentences and tokens that CoreNLP found, as ours. */
  private static List<SentenceLine> found(Annotation document) {
    List<SentenceLine> found = new ArrayList<>();
    for (CoreMap sentence : sentences(document)) {
      List<Token> words = new ArrayList<>();
      for (CoreLabel token : tokens(sentence)) {
        assertThat(token.word()).isEqualTo(token.originalText());
        words.add(new Token(token.word(), token.beginPosition(), token.endPosition()));
      }
      found.add(new SentenceLine(List.of(new Sentence(words)), null));
    }
    return found;
  }

  private static Map<Class<?>, Object> values(CoreMap map, Set<Class<?>> ignored) {
    Map<Class<?>, Object> values = new HashMap<>();
    for (Class<?> key : map.keySet()) {
      if (key != CoreAnnotations.TokensAnnotation.class
          && key != CoreAnnotations.SentencesAnnotation.class
          && !ignored.contains(key)) {
        values.put(key, value(map, key));
      }
    }
    return values;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Object value(CoreMap map, Class<?> key) {
    return map.get((Class) key);
  }

  private static void same(Annotation ours, Annotation theirs, Set<Class<?>> ignored) {
    assertThat(values(ours, ignored)).isEqualTo(values(theirs, ignored));
    assertThat(sentences(ours)).hasSameSizeAs(sentences(theirs));
    List<CoreLabel> all = new ArrayList<>();
    for (int s = 0; s < sentences(theirs).size(); s++) {
      CoreMap sentence = sentences(ours).get(s);
      CoreMap expected = sentences(theirs).get(s);
      assertThat(sentence).hasSameClassAs(expected);
      assertThat(values(sentence, ignored)).isEqualTo(values(expected, ignored));
      assertThat(tokens(sentence)).hasSameSizeAs(tokens(expected));
      for (int i = 0; i < tokens(expected).size(); i++) {
        CoreLabel token = tokens(sentence).get(i);
        assertThat(values(token, ignored)).isEqualTo(values(tokens(expected).get(i), ignored));
        all.add(token);
      }
    }
    // The very same objects: later annotators change them in one list and read them in the other.
    List<CoreLabel> document = ours.get(CoreAnnotations.TokensAnnotation.class);
    assertThat(document).usingElementComparator((a, b) -> a == b ? 0 : 1).isEqualTo(all);
  }

  // ---- tokenize and ssplit ----------------------------------------------------------------------

  @Test
  void ofTheSampleTheyAreTheSame() throws IOException {
    String text = Files.readString(Path.of("corpora/sample/en.txt"));
    Annotation theirs = theirs(text);
    assertThat(sentences(theirs)).hasSizeGreaterThan(40);
    same(ours(text, found(theirs)), theirs, MULTIWORD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n ",
        "Yes.",
        "  I don't (know) it.\n\nJohn's “dogs”  cannot... gonna -- go!\n ",
        "One. Two.Three? Four\tfive.\r\n\r\nSix",
        "\uD83D\uDE00 Yes. na\u00EFve \u2014 $3.5 a@b.org"
      })
  void ofAnyTextTheyAreTheSame(String text) {
    Annotation theirs = theirs(text);
    same(ours(text, found(theirs)), theirs, MULTIWORD);
  }

  /** A segmenter with CoreNLP's tokens, in which a paragraph or line is one sentence. */
  private static TextSegmenter coreNlp() {
    return new TextSegmenter(
        text -> List.of(new Segment(0, text.length())),
        (text, begin, end) -> {
          List<Token> tokens = new ArrayList<>();
          new PTBTokenizer<>(
                  new StringReader(text.substring(begin, end)), new CoreLabelTokenFactory(), "")
              .tokenize()
              .forEach(
                  token ->
                      tokens.add(
                          new Token(
                              token.word(),
                              begin + token.beginPosition(),
                              begin + token.endPosition())));
          return tokens;
        },
        LineBreaks.WRAP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "A title\nThe text (of it) ends.\n\n\nIt's all\n",
        "\n\nOne\r\nTwo. Three?"
      })
  void linesAndWholeTextsAreThoseOfCoreNlp(String text) {
    Annotation lines = theirs(text, "ssplit.eolonly", "true");
    // CoreNLP keeps only one line break before and after a sentence.
    Set<Class<?>> ignored = new HashSet<>(MULTIWORD);
    ignored.addAll(AROUND);
    same(ours(text, SentenceRule.ONE_PER_LINE.segment(coreNlp(), text)), lines, ignored);
    if (!text.isBlank()) {
      // CoreNLP refuses a blank text here.
      Annotation whole = theirs(text, "ssplit.isOneSentence", "true");
      same(ours(text, SentenceRule.ONE.segment(coreNlp(), text)), whole, MULTIWORD);
    }
  }

  // ---- mwt --------------------------------------------------------------------------------------

  /** Words that are not parts of their token. */
  @Test
  void multiwordTokensAreThoseOfCoreNlp() throws IOException {
    String text = "Da casa vejo longe a rua  da praia.\nE DA\tserra?";
    Path mapping = folder.resolve("mapping.tsv");
    Files.writeString(mapping, "da\tde,a\n");
    Properties properties = new Properties();
    properties.setProperty("mwt.mappingFile", mapping.toString());
    properties.setProperty("mwt.preserveCasing", "true");
    Annotation theirs = theirs(text);
    List<SentenceLine> plain = found(theirs);
    new MWTAnnotator("", properties).annotate(theirs);
    List<SentenceLine> expanded =
        plain.stream()
            .map(line -> new SentenceLine(List.of(expand(line.sentences().get(0))), null))
            .toList();
    Annotation ours = ours(text, expanded);
    // CoreNLP's mwt forgets from which document a word is.
    same(ours, theirs, Set.of(CoreAnnotations.DocIDAnnotation.class));
    assertThat(tokens(sentences(ours).get(0)).get(0).get(MWT_TEXT)).isEqualTo("Da");
    assertThat(sentences(ours)).hasSize(2);
  }

  private static final Class<CoreAnnotations.MWTTokenTextAnnotation> MWT_TEXT =
      CoreAnnotations.MWTTokenTextAnnotation.class;

  private static Sentence expand(Sentence sentence) {
    List<Token> words = new ArrayList<>();
    List<MultiwordToken> multiword = new ArrayList<>();
    for (Token token : sentence.tokens()) {
      List<String> forms =
          switch (token.form()) {
            case "da" -> List.of("de", "a");
            case "Da" -> List.of("De", "a");
            case "DA" -> List.of("DE", "A");
            default -> List.of();
          };
      if (forms.isEmpty()) {
        words.add(token);
      } else {
        multiword.add(
            new MultiwordToken(
                token.form(),
                new Span(words.size(), words.size() + forms.size()),
                token.begin(),
                token.end()));
        words.addAll(MultiwordToken.words(token.form(), token.begin(), forms));
      }
    }
    return new Sentence(words, multiword);
  }

  @Test
  void aPartOfAMultiwordTokenHasItsOwnOffsets() {
    String text = "I don't.";
    List<Token> words = new ArrayList<>(List.of(new Token("I", 0, 1)));
    words.addAll(MultiwordToken.words("don't", 2, List.of("do", "n't")));
    words.add(new Token(".", 7, 8));
    Sentence sentence =
        new Sentence(words, List.of(new MultiwordToken("don't", new Span(1, 3), 2, 7)));
    Annotation ours = ours(text, List.of(new SentenceLine(List.of(sentence), null)));
    // CoreNLP's tokens are the same, but it does not say that they are one multiword token.
    same(ours, theirs(text), MULTIWORD);
    List<CoreLabel> tokens = tokens(sentences(ours).get(0));
    assertThat(tokens).extracting(CoreLabel::isMWT).containsExactly(false, true, true, false);
    assertThat(tokens).extracting(CoreLabel::isMWTFirst).containsExactly(false, true, false, false);
    assertThat(tokens)
        .extracting(token -> token.get(MWT_TEXT))
        .containsExactly(null, "don't", "don't", null);
  }

  // ---- Requirements -----------------------------------------------------------------------------

  @Test
  void theyPromiseWhatCoreNlpPromises() throws IOException {
    assertThat(SentenceAnnotations.keys())
        .containsAll(new TokenizerAnnotator().requirementsSatisfied());
    Path mapping = Files.writeString(folder.resolve("empty.tsv"), "");
    Properties properties = new Properties();
    properties.setProperty("mwt.mappingFile", mapping.toString());
    assertThat(SentenceAnnotations.keys())
        .containsAll(new MWTAnnotator("", properties).requirementsSatisfied());
  }

  /** And they keep it, except for one that CoreNLP does not keep either. */
  @ParameterizedTest
  @CsvSource({"I see."})
  void theySetWhatTheyPromise(String text) {
    Annotation document = ours(text, found(theirs(text)));
    Set<Class<?>> set = new HashSet<>(document.keySet());
    set.addAll(sentences(document).get(0).keySet());
    set.addAll(tokens(sentences(document).get(0)).get(0).keySet());
    Set<Class<?>> promised = new HashSet<>(SentenceAnnotations.keys());
    promised.remove(CoreAnnotations.PositionAnnotation.class);
    promised.remove(MWT_TEXT);
    assertThat(set).containsAll(promised);
  }
}
