package io.github.rnnotator.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.SegmenterModel;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTaggers;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The segmenter of a language is that of a bundled model or, if none has any, rules. */
class LanguageSegmenterTest {
  private static final String TEXT = "da don't. B, a. Yahoo!\nDa a. \uAC00\uAC00";

  @TempDir Path folder;

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  private URLClassLoader loader;

  @BeforeEach
  void addFolder() throws IOException {
    loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
    Thread.currentThread().setContextClassLoader(loader);
  }

  @AfterEach
  void removeFolder() throws IOException {
    Thread.currentThread().setContextClassLoader(before);
    loader.close();
  }

  private void bundle(String name, byte[] file) throws IOException {
    Path models = Files.createDirectories(folder.resolve("META-INF/rnnotator/models"));
    Files.write(models.resolve(name + ".rnn"), file);
    Path list = folder.resolve("META-INF/rnnotator/models.list");
    String names = Files.exists(list) ? Files.readString(list) : "";
    Files.writeString(list, names + name + "\n");
  }

  private static byte[] model(String language, @Nullable SegmenterModel segmenter)
      throws IOException {
    TaggerConfig tiny = TinyTaggers.config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, "upos");
    TaggerConfig config =
        TaggerConfig.of(
            tiny.input().language(language), tiny.embed(), tiny.encoder(), tiny.heads());
    TaggerModel model = TinyTaggers.untrained(config, TinyTaggers.english(5), 1, 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(out, model.withSegmenter(segmenter), Safetensors.Type.F32);
    return out.toByteArray();
  }

  @Test
  void itIsThatOfTheFirstModelOfTheLanguageWhichHasOne() throws IOException {
    SegmenterModel french = TinySegmenters.random(2, "Yahoo!");
    SegmenterModel breton = TinySegmenters.random(4);
    bundle("a", model("fr", null));
    bundle("b", model("br", breton));
    bundle("c", model("fr", french));
    bundle("d", model("fr", TinySegmenters.random(3)));
    assertThat(TextSegmenter.of(french).segment(TEXT))
        .isNotEqualTo(TextSegmenter.of(breton).segment(TEXT));
    for (String language : List.of("fr", "fra", "FR", "fr-CA")) {
      assertThat(TextSegmenter.forLanguage(language).segment(TEXT))
          .isEqualTo(TextSegmenter.of(french).segment(TEXT));
    }
    assertThat(TextSegmenter.forLanguage("br").segment(TEXT))
        .isEqualTo(TextSegmenter.of(breton).segment(TEXT));
    assertThat(TextSegmenter.forLanguage("sv").segment(TEXT))
        .isEqualTo(TextSegmenter.byRules("sv").segment(TEXT));
    Thread.currentThread().setContextClassLoader(before);
    assertThat(TextSegmenter.forLanguage("fr").segment(TEXT))
        .isEqualTo(TextSegmenter.byRules("fr").segment(TEXT));
  }

  /** Without the weights of the tagger, and the same as with them. */
  @Test
  void aSegmenterIsReadAlone() throws IOException {
    SegmenterModel segmenter = TinySegmenters.random(1, "Yahoo!");
    byte[] whole = model("fr", segmenter);
    bundle("a", Arrays.copyOf(whole, whole.length * 4 / 5));
    SegmenterModel read = BundledModel.segmenter("fr").orElseThrow();
    assertThat(TinyTaggers.bits(read.network())).isEqualTo(TinyTaggers.bits(segmenter.network()));
    assertThat(read.multiword()).isEqualTo(segmenter.multiword());
    assertThat(read.keep()).isEqualTo(segmenter.keep());
    assertThatThrownBy(() -> BundledModel.named("a").orElseThrow().read())
        .hasMessageContaining("broken zip");
  }

  @Test
  void aBrokenFileIsReported() throws IOException {
    byte[] whole = model("fr", TinySegmenters.random(1));
    bundle("a", Arrays.copyOf(whole, whole.length / 3));
    assertThatThrownBy(() -> TextSegmenter.forLanguage("fr"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("a: broken zip");
  }

  /** Rules would give other tokens than English models expect. */
  @Test
  void withoutAModelThereIsNoEnglish() throws Exception {
    List<URL> own = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.contains("rnnotator-model")) {
        own.add(Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader bare =
        new URLClassLoader(own.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> segmenter = bare.loadClass(TextSegmenter.class.getName());
      for (String language : List.of("en", "eng", "en-GB")) {
        assertThatThrownBy(
                () -> segmenter.getMethod("forLanguage", String.class).invoke(null, language))
            .isInstanceOf(InvocationTargetException.class)
            .cause()
            .isInstanceOf(IllegalStateException.class)
            .hasMessageStartingWith(
                "English text needs a bundled model; add"
                    + " io.github.rnnotator:rnnotator-model-en-fast to the class path");
      }
      assertThat(segmenter.getMethod("forLanguage", String.class).invoke(null, "ko")).isNotNull();
    }
  }
}
