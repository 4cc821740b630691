package io.github.rnnotator.corenlp;

import static org.assertj.core.api.Assertions.assertThat;

import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model sees a token as written in the text, however CoreNLP escapes it. */
class FormsTest {
  private static CoreLabel token(String word, int begin, int end) {
    CoreLabel token = CoreLabel.wordFromString(word);
    token.setBeginPosition(begin);
    token.setEndPosition(end);
    return token;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ptb3Escaping=true", "ptb3Escaping=false", "americanize=true", "quotes=latex"})
  void escapesAreLookedUpByTheOriginalText(String options) {
    String text = "Anna (from \"Oslo\") paid $5 — [Bob] said ‘hi’ and 1/2 * {colour} … `x' & <i>.";
    Properties properties = new Properties();
    properties.setProperty("annotators", "tokenize");
    properties.setProperty("tokenize.options", options);
    Annotation document = new Annotation(text);
    new StanfordCoreNLP(properties).annotate(document);
    List<CoreLabel> tokens = document.get(CoreAnnotations.TokensAnnotation.class);
    assertThat(Forms.of(tokens))
        .containsExactlyElementsOf(
            tokens.stream()
                .map(token -> text.substring(token.beginPosition(), token.endPosition()))
                .toList())
        .contains("(", "\"", "[", "—", "…");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "-LRB-,(",
        "-RRB-,)",
        "-LSB-,[",
        "-RSB-,]",
        "-LCB-,{",
        "-RCB-,}",
        "``,\"",
        "'',\"",
        "`,|'|",
        "1\\/2,1/2",
        "\\*,*",
        "Oslo,Oslo",
        "--,--"
      })
  void withoutAnOriginalTextEscapesAreUndone(String word, String form) {
    CoreLabel bare = CoreLabel.wordFromString(word);
    bare.remove(CoreAnnotations.OriginalTextAnnotation.class);
    CoreLabel empty = CoreLabel.wordFromString(word);
    empty.setOriginalText("");
    assertThat(Forms.of(List.of(bare, empty))).containsExactly(form, form);
  }

  @Test
  void aBracketThatWasEscapedBeforeIsUndone() {
    assertThat(Forms.of(List.of(CoreLabel.wordFromString("-LRB-")))).containsExactly("(");
  }

  @Test
  void wordsOfOneTokenKeepTheirOwnForms() {
    CoreLabel first = token("de", 0, 2);
    CoreLabel second = token("le", 0, 2);
    CoreLabel third = token("-LRB-", 3, 4);
    for (CoreLabel each : List.of(first, second)) {
      each.setOriginalText("du");
    }
    third.setOriginalText("(");
    assertThat(Forms.of(List.of(first, second, third))).containsExactly("de", "le", "(");
  }

  @Test
  void aTokenWithoutAFormHasOneAllTheSame() {
    assertThat(Forms.of(List.of(new CoreLabel(), CoreLabel.wordFromString(" "))))
        .hasSize(2)
        .noneMatch(String::isBlank);
  }

  @Test
  void aTokenWithoutAFormIsItsOwnLemma() {
    CoreLabel first = token(" ", 0, 2);
    CoreLabel second = token("le", 0, 2);
    first.setOriginalText("du");
    second.setOriginalText("du");
    List<CoreLabel> tokens =
        List.of(first, second, new CoreLabel(), CoreLabel.wordFromString("\ufffd"));
    tokens.get(2).setLemma("old");
    Sentence sentence = Sentence.of(Forms.of(tokens));
    new TokenAnnotations(Map.of("lemma", "lemma"), null, Map.of())
        .set(
            tokens,
            new TaggedSentence(sentence, Map.of("lemma", TagSequence.of("a", "b", "c", "d"))));
    assertThat(tokens).extracting(CoreLabel::lemma).containsExactly(" ", "b", null, "d");
  }
}
