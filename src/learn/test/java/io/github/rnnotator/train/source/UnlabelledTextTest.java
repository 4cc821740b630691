package io.github.rnnotator.train.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnlabelledTextTest {
  /** A language without a model, so that rules cut the text. */
  private static final String LANGUAGE = "de";

  @TempDir private Path folder;

  private Path text(int documents) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < documents; i++) {
      text.append("Das ist Satz Nummer %d. Er ist kurz.\nUnd noch ein Absatz.\n\n".formatted(i));
    }
    return Files.writeString(folder.resolve("text.txt"), text);
  }

  private static Dataset read(Path file, int words, float share, double labelled)
      throws IOException {
    CrossViewConfig config = new CrossViewConfig(List.of(file.toString()), words, share, 1);
    return UnlabelledText.of(config, LANGUAGE).read(labelled);
  }

  @Test
  void documentsAreThoseOfTheText() throws IOException {
    Dataset data = read(text(3), 0, 2, 30);
    assertThat(data.documents()).hasSize(3);
    Group first = data.documents().get(0);
    assertThat(first.source().isUnlabelled()).isTrue();
    assertThat(first.sentences()).hasSize(3).allMatch(s -> s.tags().isEmpty());
    assertThat(first.sentences().get(0).sentence().forms())
        .containsExactly("Das", "ist", "Satz", "Nummer", "0", ".");
    // An epoch shows twice as many sentences as the 30 with labels; there are 9.
    assertThat(first.source().weight()).isCloseTo(60.0 / 9, within(1e-6));
    assertThat(data.labelled().documents()).isEmpty();
  }

  @Test
  void aPartIsSpreadOverTheText() throws IOException {
    Dataset data = read(text(100), 240, 1, 10);
    assertThat(data.documents()).hasSizeBetween(19, 21);
    TaggedSentence last = data.documents().get(data.documents().size() - 1).sentences().get(0);
    assertThat(Integer.parseInt(last.sentence().form(4))).isGreaterThan(90);
  }

  @Test
  void longSentencesAreCut() throws IOException {
    Path file = Files.writeString(folder.resolve("long.txt"), "wort ".repeat(300));
    Dataset data = read(file, 0, 1, 10);
    assertThat(data.sentences()).extracting(TaggedSentence::size).containsExactly(128, 128, 44);
  }

  @Test
  void aFileWithoutTextIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("empty.txt"), "\n\n");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> read(file, 0, 1, 1))
        .withMessageContaining("no text, expected a paragraph per line");
  }

  @Test
  void settingsHaveRanges() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CrossViewConfig(List.of(), -1, 1, 1))
        .withMessage("train.cross_view.words is -1, expected 0 or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CrossViewConfig(List.of(), 0, 0, 1))
        .withMessageContaining("train.cross_view.share is 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CrossViewConfig(List.of(), 0, 1, 101))
        .withMessageContaining(
            "train.cross_view.weight is 101.0, expected more than 0 and at most 100");
  }
}
