package io.github.rnnotator.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Token;
import io.github.rnnotator.text.WhiteSpace;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextTokenizerTest {
  private static final TextTokenizer ENGLISH = TextTokenizer.of(TextSegmenter.byRules("en"));

  @Property(tries = 300)
  void offsetsMatchForms(@ForAll String text) {
    TextTokenizer.onBlanks()
        .apply(text)
        .ifPresent(
            sentence -> {
              int last = 0;
              for (Token token : sentence.tokens()) {
                assertThat(text.substring(token.begin(), token.end())).isEqualTo(token.form());
                assertThat(text.substring(last, token.begin()).chars().mapToObj(c -> (char) c))
                    .allMatch(WhiteSpace::is);
                last = token.end();
              }
            });
  }

  @Test
  void aTextIsOneSequenceHoweverManySentencesItHas() {
    String text = "It's late. We can't stay!\n\nSee you.";
    Sentence whole = ENGLISH.apply(text).orElseThrow();
    assertThat(whole.forms())
        .containsExactly("It's", "late", ".", "We", "can't", "stay", "!", "See", "you", ".");
    assertThat(whole.tokens().get(7).begin()).isEqualTo(text.indexOf("See"));
  }

  @Test
  void tokenizedTextIsCutAtBlanksAlone() {
    assertThat(TextTokenizer.onBlanks().apply(" can't\tstop .\n").orElseThrow().forms())
        .containsExactly("can't", "stop", ".");
  }

  @Test
  void aBlankTextHasNoTokens() {
    for (TextTokenizer tokenizer : List.of(ENGLISH, TextTokenizer.onBlanks())) {
      assertThat(tokenizer.apply("")).isEmpty();
      assertThat(tokenizer.apply(" \t\u00a0 ")).isEmpty();
    }
  }

  /** The network holds a whole text in memory; no character is split. */
  @Test
  void ofALongTextTheBeginningIsRead() {
    String text = "x".repeat(TextTokenizer.LONGEST - 1) + "\uD83D\uDE00 more";
    Sentence read = TextTokenizer.onBlanks().apply(text).orElseThrow();
    assertThat(read.forms()).containsExactly("x".repeat(TextTokenizer.LONGEST - 1));
    String words = "ab ".repeat(TextTokenizer.LONGEST);
    assertThat(TextTokenizer.onBlanks().apply(words).orElseThrow().size())
        .isEqualTo((TextTokenizer.LONGEST + 2) / 3);
  }
}
