package io.github.rnnotator.uima;

import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.Tagger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.uima.cas.CAS;
import org.jspecify.annotations.Nullable;

/** The models of an engine: a named one, or the bundled ones of the languages that it meets. */
final class Models {
  private final @Nullable Loaded named;
  private final Map<String, Loaded> byLanguage = new HashMap<>();

  /** A tagger and its segmenter. */
  record Loaded(Tagger tagger, TextSegmenter segmenter) {}

  private Models(@Nullable Loaded named) {
    this.named = named;
  }

  /**
   * Reads the model that is named or that the language has; if neither is given, each model is read
   * when a document of its language comes.
   *
   * @throws IOException if it can't be read
   * @throws IllegalArgumentException if the language has no model, or the model labels whole texts
   */
  static Models of(@Nullable String location, @Nullable String language) throws IOException {
    if (location != null) {
      return new Models(loaded(new Tagger(BundledModel.readNamed(Path.of(location)).model())));
    }
    return new Models(language == null ? null : loaded(bundled(language)));
  }

  /**
   * Returns the model for a document.
   *
   * @param language that of the document, {@value CAS#DEFAULT_LANGUAGE_NAME} if unknown
   * @throws IllegalArgumentException if no model was named and the language has none
   */
  Loaded forLanguage(String language) throws IOException {
    if (named != null) {
      return named;
    }
    Loaded loaded = byLanguage.get(language);
    if (loaded == null) {
      loaded =
          loaded(
              language.equals(CAS.DEFAULT_LANGUAGE_NAME)
                  ? Tagger.bundled(BundledModel.DEFAULT)
                  : bundled(language));
      byLanguage.put(language, loaded);
    }
    return loaded;
  }

  private static Tagger bundled(String language) throws IOException {
    String code = Locale.forLanguageTag(language).getLanguage();
    if (BundledModel.named(code).isEmpty()) {
      throw new IllegalArgumentException(
          "no bundled model of the language '"
              + language
              + "' on the class path, only "
              + BundledModel.names()
              + "; name a model with the parameter "
              + RnnotatorAnnotator.PARAM_MODEL_LOCATION);
    }
    return Tagger.bundled(code);
  }

  private static Loaded loaded(Tagger tagger) {
    tagger.model().requireTags();
    return new Loaded(tagger, TextSegmenter.of(tagger.model()));
  }
}
