package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundledModelTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"en, 18000000", "en-fast, 7000000", "ko, 12000000"})
  void eachIsThereAndSmallAndSaysItsLicence(String name, long size) throws IOException {
    BundledModel bundled = BundledModel.named(name).orElseThrow();
    TaggerModel model = bundled.read().model();
    assertThat(model.config().input().language()).isEqualTo(name.substring(0, 2));
    assertThat(model.card()).contains("CC BY-SA 4.0", "Dev upos accuracy");
    try (InputStream file = bundled.open()) {
      assertThat(file.readAllBytes().length).isLessThanOrEqualTo((int) size);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "en-fast"})
  void englishModelsAnalyseWordsInOnePass(String name) throws IOException {
    Tagger tagger = Tagger.bundled(name);
    TaggedSentence tagged =
        tagger.tag(Sentence.of("Anna", "Keller", "flew", "to", "Paris", "on", "Monday", "."));
    assertThat(tagged.tags("upos").tags())
        .containsExactly("PROPN", "PROPN", "VERB", "ADP", "PROPN", "ADP", "PROPN", "PUNCT");
    assertThat(tagged.tags("xpos").tags())
        .containsExactly("NNP", "NNP", "VBD", "IN", "NNP", "IN", "NNP", ".");
    assertThat(tagged.tags("ner").tags())
        .containsExactly("B-PER", "I-PER", "O", "O", "B-LOC", "O", "O", "O");
    assertThat(tagged.tags("lemma").tags())
        .containsExactly("Anna", "Keller", "fly", "to", "Paris", "on", "Monday", ".");
    assertThat(tagged.tags("feats").tags().subList(2, 5))
        .containsExactly(
            "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin", "_", "Number=Sing");
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
    assertThat(BundledModel.all()).extracting(BundledModel::name).contains("en", "en-fast", "ko");
    for (String outside : List.of("../models/en", "EN", "", "en.rnn")) {
      assertThat(BundledModel.named(outside)).isEmpty();
    }
  }

  @Test
  void jarOfTheApplicationAddsItsModel() throws IOException {
    Path models = Files.createDirectories(folder.resolve("META-INF/rnnotator/models"));
    try (InputStream file = BundledModel.named("en-fast").orElseThrow().open()) {
      Files.copy(file, models.resolve("own.rnn"));
    }
    Files.writeString(folder.resolve("META-INF/rnnotator/models.list"), "own\nmissing\n");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
      thread.setContextClassLoader(loader);
      assertThat(BundledModel.names()).isEqualTo("en, en-fast, ko, own");
      assertThat(Tagger.bundled("own").model().labels()).containsKey("ner");
    } finally {
      thread.setContextClassLoader(before);
    }
    assertThat(BundledModel.named("own")).isEmpty();
  }

  @Test
  void missingArtifactIsNamed() {
    assertThatThrownBy(() -> BundledModel.requireArtifact("en-fast"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("add io.github.rnnotator:rnnotator-model-en-fast");
    assertThatCode(() -> BundledModel.requireArtifact("french")).doesNotThrowAnyException();
  }
}
