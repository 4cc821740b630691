package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BundledModelTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(BundledModel.class)
  void eachIsThereAndSmallAndSaysItsLicence(BundledModel bundled) throws IOException {
    TaggerModel model = bundled.read().model();
    assertThat(model.config().input().language()).isEqualTo(bundled.id().substring(0, 2));
    assertThat(model.card()).contains("CC BY-SA 4.0", "Dev upos accuracy");
    assertThat(Files.size(file(bundled)))
        .isLessThanOrEqualTo(
            switch (bundled) {
              case EN -> 15_000_000;
              case EN_FAST -> 6_000_000;
              case KO -> 8_000_000;
            });
    assertThat(BundledModel.named(bundled.id())).contains(bundled);
  }

  @ParameterizedTest
  @EnumSource(
      value = BundledModel.class,
      names = {"EN", "EN_FAST"})
  void englishModelsGiveThreeKindsOfTagsInOnePass(BundledModel bundled) throws IOException {
    Tagger tagger = Tagger.bundled(bundled.id());
    TaggedSentence tagged =
        tagger.tag(Sentence.of("Anna", "Keller", "flew", "to", "Paris", "on", "Monday", "."));
    assertThat(tagged.tags("upos").tags())
        .containsExactly("PROPN", "PROPN", "VERB", "ADP", "PROPN", "ADP", "PROPN", "PUNCT");
    assertThat(tagged.tags("xpos").tags())
        .containsExactly("NNP", "NNP", "VBD", "IN", "NNP", "IN", "NNP", ".");
    assertThat(tagged.tags("ner").tags())
        .containsExactly("B-PER", "I-PER", "O", "O", "B-LOC", "O", "O", "O");
  }

  @Test
  void theKoreanModelTellsNounsFromVerbs() throws IOException {
    TaggedSentence tagged = Tagger.bundled("ko").tag(Sentence.of("나는", "책을", "읽었다", "."));
    assertThat(tagged.tags("upos").tags().subList(1, 4)).containsExactly("NOUN", "VERB", "PUNCT");
  }

  @Test
  void aNameIsThatOfABundledModelOrOfAFile() throws IOException {
    assertThat(BundledModel.readNamed(Path.of("ko")).model().config().input().language())
        .isEqualTo("ko");
    Path file =
        Files.copy(
            Path.of("src/models/en/main/resources/META-INF/rnnotator/models/en.rnn"),
            folder.resolve("own"));
    assertThat(BundledModel.readNamed(file).model().labels()).containsKey("upos");
    assertThatThrownBy(() -> BundledModel.readNamed(Path.of("french")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("french: no such file, and no bundled model has that name: en, ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tagger.bundled("french"))
        .withMessage("no bundled model 'french', only en, en-fast, ko");
    assertThat(List.of(BundledModel.names().split(", "))).hasSize(BundledModel.values().length);
  }

  private static Path file(BundledModel bundled) {
    return Path.of(
        "src/models/%s/main/resources/META-INF/rnnotator/models/%s.rnn"
            .formatted(bundled.id(), bundled.id()));
  }
}
