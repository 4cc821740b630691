package io.github.rnnotator.opennlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.DocumentMention;
import java.io.IOException;
import java.util.List;
import opennlp.tools.tokenize.WhitespaceTokenizer;
import opennlp.tools.util.Span;
import org.junit.jupiter.api.Test;

/** Korean names end before their particles, in characters. */
class NameSuffixTest {
  private static final String TEXT = "김민수가 부산에서 이영희를 만났다";

  @Test
  void namesByCharactersAreThoseOfTheLibrary() throws IOException {
    RnnotatorNameFinder finder = new RnnotatorNameFinder(Tagger.bundled("ko"), "ner");
    Span[] tokens = WhitespaceTokenizer.INSTANCE.tokenizePos(TEXT);
    Span[] names = finder.find(TEXT, tokens);
    Document document = Annotator.bundled("ko").annotate(TEXT);
    List<DocumentMention> mentions =
        document.mentions().stream().filter(mention -> mention.head().equals("ner")).toList();
    assertThat(names)
        .extracting(Span::getStart)
        .isEqualTo(mentions.stream().map(DocumentMention::begin).toList());
    assertThat(names)
        .extracting(Span::getEnd)
        .isEqualTo(mentions.stream().map(DocumentMention::end).toList());
    assertThat(names)
        .extracting(Span::getType)
        .isEqualTo(mentions.stream().map(DocumentMention::type).toList());
    assertThat(names).extracting(name -> name.getCoveredText(TEXT).toString()).contains("부산");
  }

  @Test
  void namesByTokensAreWhole() throws IOException {
    RnnotatorNameFinder finder = new RnnotatorNameFinder(Tagger.bundled("ko"), "ner");
    String[] tokens = TEXT.split(" ");
    assertThat(finder.find(tokens)).contains(new Span(1, 2, "LOC"));
  }
}
