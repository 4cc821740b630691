package io.github.rnnotator.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.eval.align.AlignedScorer;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.formats.ConlluText;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.segment.TextTokenizer;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Files with a tagged character per line. */
class CharacterTagsTest {
  private static final TextTokenizer TOKENS = TextTokenizer.of(TextSegmenter.forLanguage("ko"));
  private static final CharacterTags FORMAT = CharacterTags.of("ner", TOKENS);

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<TaggedSentence> read(String text) throws IOException {
    return FORMAT.read(stream(text), "klue.txt");
  }

  @Test
  void nameEndsBeforeItsParticle() throws IOException {
    TaggedSentence sentence =
        read("서\tB-LC\n울\tI-LC\n ␣\tI-LC\n역\tI-LC\n에\tO\n.\tO\n".replace(" ␣", "␣")).get(0);
    assertThat(sentence.sentence().forms()).containsExactly("서울", "역에", ".");
    assertThat(sentence.tags("ner").tags()).containsExactly("B-LC", "I-LC", "O");
    assertThat(sentence.tags("ner_suffix").tags()).containsExactly("", "1", "");
    assertThat(sentence.mentions("ner", TagScheme.IOB2))
        .extracting(Mention::suffix)
        .containsExactly(1);
  }

  @Test
  void tokenIsCutWhereANameBegins() throws IOException {
    TaggedSentence sentence = read("한\tB-LC\n미\tB-LC\n는\tO\n\n\n네\tO\n").get(0);
    assertThat(sentence.sentence().forms()).containsExactly("한", "미는");
    assertThat(sentence.tags("ner").tags()).containsExactly("B-LC", "B-LC");
    assertThat(sentence.tags("ner_suffix").tags()).containsExactly("0", "1");
  }

  @Test
  void errorsNameTheLine() {
    assertThatThrownBy(() -> read("서\tB-LC\n울역\tI-LC\n")).hasMessageStartingWith("klue.txt:2: ");
    assertThatThrownBy(() -> read("서\tLC\n")).hasMessageContaining("'LC' is not a tag of IOB2");
    assertThatThrownBy(() -> read("서\n"))
        .hasMessageContaining("expected one character and its tag");
    assertThatThrownBy(() -> read("␣\tO\n")).hasMessageContaining("white space");
    assertThatThrownBy(() -> new CharacterTags(Map.of("ner", "form"), TOKENS))
        .hasMessageContaining("tag and suffix");
    Map<String, String> other = new LinkedHashMap<>(Map.of("ner", "tag", "ends", "suffix"));
    assertThatThrownBy(() -> new CharacterTags(other, TOKENS)).hasMessageContaining("'ner_suffix'");
  }

  /** Every mention of any text has the same characters and type after it was read. */
  @Test
  void noMentionIsLostOrMoved() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    int[] characters = "가나는은에 .,1a\uD83D\uDE00é".codePoints().toArray();
    for (int run = 0; run < 300; run++) {
      StringBuilder file = new StringBuilder("시\tO\n");
      StringBuilder text = new StringBuilder("시");
      List<String> expected = new ArrayList<>();
      boolean inside = false;
      StringBuilder name = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        String c = Character.toString(characters[random.nextInt(characters.length)]);
        boolean space = c.equals(" ");
        String tag = "O";
        if (!space && random.nextInt(4) == 0) {
          finish(inside, name, expected);
          inside = true;
          tag = "B-X";
        } else if (inside && random.nextInt(3) > 0) {
          tag = "I-X";
        } else {
          finish(inside, name, expected);
          inside = false;
        }
        if (inside) {
          name.append(c);
        }
        text.append(c);
        file.append(space ? "␣" : c).append('\t').append(tag).append('\n');
      }
      finish(inside, name, expected);
      TaggedSentence sentence = read(file.toString()).get(0);
      assertThat(Document.of(text.toString(), List.of(sentence)).mentions("ner"))
          .extracting(mention -> mention.text())
          .as(file.toString())
          .containsExactlyElementsOf(expected);
      ConlluText read = new ConlluText(FORMAT.open(stream(file.toString()), ""));
      assertThat(read.nextParagraph().orElseThrow().replaceAll("\\s", ""))
          .isEqualTo(text.toString().replaceAll("\\s", ""));
    }
  }

  /** A name at the end of a sentence may hold a space that no token has. */
  private static void finish(boolean inside, StringBuilder name, List<String> expected) {
    String text = name.toString().strip();
    if (inside && !text.isEmpty()) {
      expected.add(text);
    }
    name.setLength(0);
  }

  /** Raw text is scored by the characters of names, whatever the tokens. */
  @Test
  void namesAreScoredByTheirCharacters() throws IOException {
    String gold = "서\tB-LC\n울\tI-LC\n은\tO\n\n부\tB-LC\n산\tI-LC\n에\tO\n";
    for (String suffix : List.of("1", "0")) {
      List<TaggedSentence> predicted = new ArrayList<>();
      for (TaggedSentence sentence : read(gold)) {
        predicted.add(
            sentence.with(
                Map.of(
                    "ner", TagSequence.of("B-LC"),
                    "ner_suffix", TagSequence.of(suffix))));
      }
      AlignedScorer scorer =
          AlignedScorer.of(
              new LinkedHashMap<>(Map.of("ner", Measure.F1)),
              FORMAT.open(stream(gold), ""),
              reader(predicted));
      assertThat(scorer.score(new Bootstrap(39, 1, 0.95)).heads())
          .extracting(metric -> metric.rates().f1())
          .containsExactly(suffix.equals("1") ? 100.0 : 0.0);
    }
  }

  private static SentenceReader reader(List<TaggedSentence> sentences) {
    List<TaggedSentence> left = new ArrayList<>(sentences);
    return new SentenceReader() {
      @Override
      public Optional<TaggedSentence> read() {
        return left.isEmpty() ? Optional.empty() : Optional.of(left.remove(0));
      }

      @Override
      public void close() {}
    };
  }
}
