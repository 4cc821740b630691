package io.github.rnnotator.opennlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.segment.Cuts;
import io.github.rnnotator.text.WhiteSpace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;
import opennlp.tools.util.Span;

/** Words cut one by one and cached are cut as OpenNLP cuts the whole text. */
class OpenNlpTokenizerTest {
  private static final TokenizerModel MODEL = model();

  /** Shared by all tries, so that most words are eventually cached. */
  private static final OpenNlpTokenizer TOKENIZER = new OpenNlpTokenizer(MODEL);

  @Property(tries = 400)
  void textIsCutAsByOpenNlpItself(@ForAll("texts") String text) {
    Cuts cuts = new Cuts(text, 0, text.length());
    for (Span span : new TokenizerME(MODEL).tokenizePos(WhiteSpace.toSpaces(text))) {
      cuts.cut(span.getStart());
      cuts.cut(span.getEnd());
    }
    assertThat(TOKENIZER.tokenize(text, 0, text.length()))
        .isEqualTo(OpenNlpTokenizer.corrected(cuts));
  }

  @Example
  void theModelSeesBlanksAsSpacesAndNoEndlessWord() {
    String word = "a".repeat(1001);
    assertThat(OpenNlpInput.of("b\n\u200Bc\u00A0" + word + " d)"))
        .isEqualTo("b  c " + "x".repeat(1001) + " d)");
    String longest = "a".repeat(1000);
    assertThat(OpenNlpInput.of(longest)).isEqualTo(longest);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> words =
        Arbitraries.of(
            "don't",
            "Mr.",
            "U.S.",
            "(see",
            "below)",
            "end.",
            "$4.50,",
            "well-known",
            "e.g.,",
            "rock'n'roll",
            "http://a.b/c?d=e",
            "a@b.org",
            "10:30",
            "\"quoted\"",
            "“curly”",
            "...",
            "😀!",
            "café;",
            "x/y");
    Arbitrary<String> made =
        Arbitraries.strings().withChars("abZ1.,'\"-!?()/$%é’😀").ofMinLength(1).ofMaxLength(8);
    return Arbitraries.oneOf(words, made)
        .list()
        .ofMaxSize(20)
        .flatMap(
            list ->
                Arbitraries.of(" ", "  ", "\n", "\u00A0", "\u200B")
                    .map(blank -> String.join(blank, list)));
  }

  private static TokenizerModel model() {
    String name = "/opennlp-en-ud-ewt-tokens-1.3-2.5.4.bin";
    try (InputStream in = OpenNlpTokenizerTest.class.getResourceAsStream(name)) {
      return new TokenizerModel(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
