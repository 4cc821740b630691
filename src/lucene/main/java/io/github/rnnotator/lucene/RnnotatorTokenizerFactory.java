package io.github.rnnotator.lucene;

import io.github.rnnotator.segment.LineBreaks;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.Tagger;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.TokenizerFactory;
import org.apache.lucene.util.AttributeFactory;
import org.apache.lucene.util.ResourceLoader;
import org.apache.lucene.util.ResourceLoaderAware;
import org.jspecify.annotations.Nullable;

/**
 * Creates {@link RnnotatorTokenizer}s, which share one model.
 *
 * <pre>{@code
 * CustomAnalyzer.builder().withTokenizer("rnnotator", "model", "en-fast")
 * }</pre>
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code model}: the name of a bundled model, or else a model file as a resource; default
 *       {@code en}
 *   <li>{@code lineBreaks}: {@code wrap}, where a blank line ends a sentence (the default), or
 *       {@code end_sentence}, where every line break does
 *   <li>{@code maxTokenLength}: longer words, in UTF-16 units, are left out; default {@value
 *       RnnotatorTokenizer#MAX_TOKEN_LENGTH}
 *   <li>{@code discardPunctuation}: whether words of punctuation alone are left out; default {@code
 *       true}
 * </ul>
 *
 * <p>Reads the model once, in {@link #inform}. May be shared by any number of threads after that.
 */
public final class RnnotatorTokenizerFactory extends TokenizerFactory
    implements ResourceLoaderAware {
  /** The name by which Lucene finds the factory. */
  public static final String NAME = "rnnotator";

  private final String model;
  private final LineBreaks lineBreaks;
  private final int maxTokenLength;
  private final boolean discardPunctuation;
  private volatile @Nullable Loaded loaded;

  private record Loaded(Tagger tagger, TextSegmenter segmenter) {}

  /**
   * Creates a factory; called by Lucene.
   *
   * @throws IllegalArgumentException if a parameter is unknown or wrong
   */
  public RnnotatorTokenizerFactory(Map<String, String> args) {
    super(args);
    model = get(args, "model", BundledModel.DEFAULT);
    lineBreaks = lineBreaks(get(args, "lineBreaks", "wrap"));
    maxTokenLength =
        RnnotatorTokenizer.requireLength(
            getInt(args, "maxTokenLength", RnnotatorTokenizer.MAX_TOKEN_LENGTH));
    discardPunctuation = getBoolean(args, "discardPunctuation", true);
    Parameters.requireNoOther(args);
  }

  /** For Lucene's list of services, which creates no instance. */
  public RnnotatorTokenizerFactory() {
    throw defaultCtorException();
  }

  private static LineBreaks lineBreaks(String value) {
    return Parameters.choice(LineBreaks.class, "lineBreaks", value);
  }

  /**
   * Reads the model.
   *
   * @throws io.github.rnnotator.tagger.ModelFormatException if it is broken or not a model
   * @throws IllegalArgumentException if neither a bundled model nor a file has that name, or the
   *     model labels whole texts
   */
  @Override
  public void inform(ResourceLoader loader) throws IOException {
    Tagger tagger = read(loader);
    tagger.model().requireTags();
    loaded = new Loaded(tagger, TextSegmenter.of(tagger.model()).with(lineBreaks));
  }

  private Tagger read(ResourceLoader loader) throws IOException {
    if (BundledModel.named(model).isPresent()) {
      return Tagger.bundled(model);
    }
    try (InputStream in = new BufferedInputStream(open(loader))) {
      return new Tagger(ModelFile.read(in, model).model());
    }
  }

  /** Opens the file of the model. A name without a dot may be meant as that of a bundled model. */
  private InputStream open(ResourceLoader loader) throws IOException {
    try {
      return loader.openResource(model);
    } catch (IOException e) {
      if (model.contains(".")) {
        throw e;
      }
      try {
        Tagger.bundled(model);
      } catch (IllegalArgumentException unknown) {
        throw new IllegalArgumentException(
            unknown.getMessage() + ", and no model file of that name: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  /**
   * Creates a tokenizer.
   *
   * @throws IllegalStateException before {@link #inform}
   */
  @Override
  public Tokenizer create(AttributeFactory factory) {
    Loaded ready = loaded;
    if (ready == null) {
      throw new IllegalStateException(
          "the model '" + model + "' is not read yet; call inform(ResourceLoader) first");
    }
    return new RnnotatorTokenizer(
        factory, ready.tagger(), ready.segmenter(), maxTokenLength, discardPunctuation);
  }
}
