package io.github.rnnotator.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelledTextsTest {
  private static final List<String> NAMES = List.of("label", "text");
  private static final Map<String, String> HEADS = Map.of("label", "label");

  private static LabelledTexts layout(List<String> names, Map<String, String> heads) {
    return new LabelledTexts(
        names,
        heads,
        text ->
            text.isBlank() ? Optional.empty() : Optional.of(Sentence.of(text.strip().split(" +"))));
  }

  private static List<TaggedSentence> read(LabelledTexts layout, String file) throws IOException {
    return layout.read(
        new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), "texts.tsv");
  }

  /** Lines are read back as written. */
  @Property(tries = 200)
  void everyLineIsTextWithLabel(
      @ForAll @Size(min = 1, max = 8) List<Boolean> spam, @ForAll boolean tabs) throws IOException {
    StringBuilder file = new StringBuilder();
    for (int i = 0; i < spam.size(); i++) {
      file.append(i % 3 == 2 ? "\n" : "");
      file.append(spam.get(i) ? "spam" : "ham").append(tabs ? "\t" : " ");
      file.append("text ").append(i).append("\n");
    }
    List<TaggedSentence> texts = read(layout(NAMES, HEADS), file.toString());
    assertThat(texts).hasSameSizeAs(spam);
    for (int i = 0; i < spam.size(); i++) {
      assertThat(texts.get(i).sentence().forms()).containsExactly("text", "" + i);
      assertThat(texts.get(i).label("label").name()).isEqualTo(spam.get(i) ? "spam" : "ham");
      assertThat(texts.get(i).origin().line()).isEqualTo(i + 1 + (i + 1) / 3);
    }
  }

  @Test
  void firstLineDeterminesSeparator() throws IOException {
    List<TaggedSentence> blanks = read(layout(NAMES, HEADS), "1  fine film\n0 a\tdull one\n");
    assertThat(forms(blanks)).containsExactly("fine film", "a\tdull one");
    List<TaggedSentence> tabs = read(layout(NAMES, HEADS), "very good\tfine film\nbad\ta\tb\n");
    assertThat(tabs.get(0).label("label").name()).isEqualTo("very good");
    assertThat(forms(tabs)).containsExactly("fine film", "a\tb");
  }

  private static List<String> forms(List<TaggedSentence> texts) {
    List<String> forms = new ArrayList<>();
    texts.forEach(text -> forms.add(String.join(" ", text.sentence().forms())));
    return forms;
  }

  @Test
  void columnsMayBeReorderedAndIgnored() throws IOException {
    LabelledTexts layout =
        layout(List.of("text", "_", "topic", "mood"), Map.of("mood", "mood", "topic", "topic"));
    TaggedSentence text = read(layout, "it rains\t17\tweather\tsad\n").get(0);
    assertThat(text.sentence().forms()).containsExactly("it", "rains");
    assertThat(text.label("topic").name()).isEqualTo("weather");
    assertThat(text.label("mood").name()).isEqualTo("sad");
    assertThat(text.tags()).isEmpty();
  }

  @Test
  void underscoreIsMissingLabel() throws IOException {
    List<TaggedSentence> texts = read(layout(NAMES, HEADS), "ham\tone\n_\ttwo\n");
    assertThat(texts.get(1).has("label")).isFalse();
    assertThat(texts.get(0).has("label")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ham\\tone\\nspam two|texts.tsv:2: 1 column, expected label, text with tabs between them",
        "ham one\\nspam|texts.tsv:2: 1 column, expected label, text with blanks between them",
        "ham\\tone\\nspam\\t|texts.tsv:2: a label without a text, expected label, text with tabs"
            + " between them",
        "ham\\tone\\n \\ttwo|texts.tsv:2: nothing in the column 'label', expected a label, or _ for"
            + " none",
        "''|texts.tsv: no sentences, expected at least one"
      })
  void errorIsOneLineWithPosition(String file, String message) {
    String text = file.replace("\\t", "\t").replace("\\n", "\n");
    assertThatThrownBy(() -> read(layout(NAMES, HEADS), text))
        .isInstanceOf(CorpusException.class)
        .hasMessage(message);
  }

  @Test
  void errorsOfOtherLayouts() {
    LabelledTexts first = layout(List.of("text", "label"), HEADS);
    assertThatThrownBy(() -> read(first, "one ham\n"))
        .hasMessage("texts.tsv:1: no tab, expected text, label with tabs between them");
    assertThatThrownBy(() -> read(first, "one\tham\ntwo\tham\tspam\n"))
        .hasMessage(
            "texts.tsv:2: more than 2 columns, expected text, label with tabs between them");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layout(List.of("label"), HEADS))
        .withMessage("no column is named 'text' among label");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layout(List.of("a", "a", "text"), Map.of()))
        .withMessage("two columns are named 'a'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layout(NAMES, Map.of("label", "text")))
        .withMessage("head 'label': column 'text' is not one for labels among label, text");
  }
}
