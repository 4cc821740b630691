package io.github.rnnotator.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
  void spaceAfterTheLastTokenIsThatOfItsRow() throws IOException {
    String multiword = word(1, "a", "_") + "2-3\tdu\t_\t_\t_\t_\t_\t_\t_\t%s\n";
    String words = word(2, "de", "%s") + word(3, "le", "%s") + "\n" + word(1, "b", "_") + "\n";
    String touching = "SpaceAfter=No";
    assertThat(paragraphs((multiword + words).formatted(touching, "_", "_")))
        .containsExactly("a dub ");
    assertThat(paragraphs((multiword + words).formatted("_", touching, touching)))
        .containsExactly("a du b ");
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
