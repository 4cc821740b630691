package io.github.rnnotator.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.text.Origin;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reads raw text from CoNLL-U. */
class ConlluTextTest {
  @Test
  void paragraphsBeginAtTheirComments() throws IOException {
    assertThat(
            paragraphs(
                "# newdoc id = a\n# text = One.\n"
                    + word(1, "One", "SpaceAfter=No")
                    + word(2, ".", "_")
                    + "\n# text = Two\n"
                    + word(1, "Two", "SpaceAfter=No")
                    + "\n# newpar\n# text = Three\n"
                    + word(1, "Three", "_")
                    + "\n"))
        .containsExactly("One. Two", "Three ");
  }

  @Test
  void textWithoutCommentsIsOneParagraphOfForms() throws IOException {
    assertThat(
            paragraphs(
                "1-2\tdu\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                    + word(1, "de", "_")
                    + word(2, "le", "_")
                    + word(3, "!", "_")
                    + "3.1\tnothing\t_\t_\t_\t_\t_\t_\t_\t_\n\n"
                    + word(1, "Oui", "_")
                    + "\n"))
        .containsExactly("du! Oui ");
    assertThat(paragraphs("")).isEmpty();
  }

  @Test
  void commentsWithoutTheTokensAreIgnored() throws IOException {
    String words = word(1, "Birds", "_") + word(2, "sing", "SpaceAfter=No") + word(3, ".", "_");
    assertThat(paragraphs("# text =\n" + words + "\n")).containsExactly("Birds sing. ");
    assertThat(paragraphs("# text =\n# text = Birds  sing.\n" + words + "\n"))
        .containsExactly("Birds  sing. ");
    assertThat(paragraphs("# text = Something else\n" + words + "\n"))
        .containsExactly("Birds sing. ");
    assertThat(paragraphs("# text = Bir\u00ADds sing.\n" + words + "\n"))
        .containsExactly("Bir\u00ADds sing. ");
  }

  @Test
  void offsetsReferToTheTextWithTheTokens() throws IOException {
    String words = word(1, "Birds", "_") + word(2, "sing", "SpaceAfter=No") + word(3, ".", "_");
    TaggedSentence sentence =
        open("# text =\n# text = Birds  \u200Esing.\n" + words + "\n").read().orElseThrow();
    assertThat(sentence.sentence().tokens())
        .containsExactly(
            new Token("Birds", 0, 5), new Token("sing", 8, 12), new Token(".", 12, 13));
  }

  @Test
  void unitsAreMultiwordTokensAndOtherWords() throws IOException {
    String text =
        word(1, "a", "_")
            + "2-3\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n"
            + word(2, "de", "_")
            + word(3, "le", "_")
            + word(4, "b", "SpaceAfter=No")
            + "\n";
    TaggedSentence sentence = open(text).read().orElseThrow();
    assertThat(ConlluText.units(sentence))
        .containsExactly(
            new ConlluText.Unit("a", 0, 1, true),
            new ConlluText.Unit("du", 1, 3, true),
            new ConlluText.Unit("b", 3, 4, false));
    assertThat(ConlluText.units(sentence).stream().map(ConlluText.Unit::isMultiword))
        .containsExactly(false, true, false);
    assertThat(ConlluText.units(sentence.with(Origin.NONE)))
        .extracting(ConlluText.Unit::form)
        .containsExactly("a", "de", "le", "b");
  }

  private static List<String> paragraphs(String text) throws IOException {
    List<String> found = new ArrayList<>();
    try (ConlluText raw = new ConlluText(open(text))) {
      for (Optional<String> next = raw.nextParagraph();
          next.isPresent();
          next = raw.nextParagraph()) {
        found.add(next.get());
      }
    }
    return found;
  }

  private static SentenceReader open(String text) {
    return new CorpusFormat.Conllu(Map.of())
        .open(new ByteArrayInputStream(text.getBytes(UTF_8)), "test");
  }

  private static String word(int id, String form, String misc) {
    return id + "\t" + form + "\t_\t_\t_\t_\t_\t_\t_\t" + misc + "\n";
  }
}
