package io.github.rnnotator.uima;

import de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.uima.UimaContext;
import org.apache.uima.analysis_engine.AnalysisEngineProcessException;
import org.apache.uima.fit.component.JCasAnnotator_ImplBase;
import org.apache.uima.fit.descriptor.ConfigurationParameter;
import org.apache.uima.fit.descriptor.ExternalResource;
import org.apache.uima.fit.descriptor.ResourceMetaData;
import org.apache.uima.fit.descriptor.TypeCapability;
import org.apache.uima.jcas.JCas;
import org.apache.uima.resource.ResourceInitializationException;
import org.jspecify.annotations.Nullable;

/**
 * An analysis engine that tags a CAS with the types of DKPro Core.
 *
 * <pre>{@code
 * AnalysisEngineDescription tagger =
 *     createEngineDescription(RnnotatorAnnotator.class, RnnotatorAnnotator.PARAM_LANGUAGE, "en");
 * }</pre>
 *
 * <p>If the CAS has tokens, these are tagged; tokens between two sentences, or all tokens of a CAS
 * without sentences, are read as a sentence. Otherwise the text is segmented: each sentence or, in
 * a CAS without sentences, the whole text.
 *
 * <p>Reads its model once, or takes that of a {@link RnnotatorModel}, which many engines may share.
 * One engine is for one thread at a time, as UIMA uses it.
 */
@ResourceMetaData(
    name = "Rnnotator",
    description = "Sentences, tokens, parts of speech, morphology, lemmas and names",
    vendor = "Rnnotator")
@TypeCapability(
    outputs = {
      "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence",
      "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token",
      "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.SurfaceForm",
      "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Lemma",
      "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS",
      "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.morph.MorphologicalFeatures",
      "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
    })
public final class RnnotatorAnnotator extends JCasAnnotator_ImplBase {
  /** The model: the name of a bundled one, or a file. If it is missing, the language decides. */
  public static final String PARAM_MODEL_LOCATION = "modelLocation";

  /**
   * The language whose bundled model is used, if no model is named: {@code en}, {@code ko}. If it
   * is missing, that of the document; English if that has none.
   */
  public static final String PARAM_LANGUAGE = "language";

  /**
   * Which annotations are written besides sentences and tokens: any of {@code pos}, {@code morph},
   * {@code lemma}, {@code ner}. All by default.
   */
  public static final String PARAM_WRITE = "write";

  /** A {@link RnnotatorModel} that several engines share, in place of a model of its own. */
  public static final String RESOURCE_MODEL = "model";

  @ExternalResource(key = RESOURCE_MODEL, mandatory = false)
  private @Nullable RnnotatorModel shared;

  @ConfigurationParameter(name = PARAM_MODEL_LOCATION, mandatory = false)
  private @Nullable String modelLocation;

  @ConfigurationParameter(name = PARAM_LANGUAGE, mandatory = false)
  private @Nullable String language;

  @ConfigurationParameter(name = PARAM_WRITE, mandatory = false)
  private String @Nullable [] write;

  private @Nullable Models models;
  private Set<Layer> layers = EnumSet.allOf(Layer.class);

  /** Creates an engine; called by UIMA. */
  public RnnotatorAnnotator() {}

  /**
   * {@inheritDoc}
   *
   * @throws ResourceInitializationException if a parameter is wrong or the model can't be read; its
   *     cause says what is wrong
   */
  @Override
  public void initialize(UimaContext context) throws ResourceInitializationException {
    super.initialize(context);
    try {
      models = shared == null ? Models.of(modelLocation, language) : shared.models();
      if (write != null) {
        layers = EnumSet.noneOf(Layer.class);
        Arrays.stream(write).map(RnnotatorAnnotator::layer).forEach(layers::add);
      }
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new ResourceInitializationException(e);
    }
  }

  private static Layer layer(String name) {
    for (Layer layer : Layer.values()) {
      if (layer.name().equalsIgnoreCase(name)) {
        return layer;
      }
    }
    throw new IllegalArgumentException(
        PARAM_WRITE
            + " has '"
            + name
            + "', expected any of "
            + Arrays.stream(Layer.values()).map(l -> l.name().toLowerCase(Locale.ROOT)).toList());
  }

  /**
   * {@inheritDoc}
   *
   * @throws AnalysisEngineProcessException if the language of the document has no bundled model;
   *     its cause says so
   */
  @Override
  public void process(JCas cas) throws AnalysisEngineProcessException {
    if (models == null) {
      throw new IllegalStateException("the engine is not initialized");
    }
    Models.Loaded model;
    try {
      model = models.forLanguage(cas.getDocumentLanguage());
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new AnalysisEngineProcessException(e);
    }
    List<CasSentence<Token>> sentences = CasReader.read(cas);
    if (sentences.isEmpty()) {
      sentences = new CasSegmenter(cas, model.segmenter()).segment();
    }
    Tagger tagger = model.tagger();
    List<TaggedSentence> tagged =
        tagger.tagDocument(sentences.stream().map(CasSentence::words).toList());
    CasWriter writer = new CasWriter(cas, tagger.model().schemes(), layers);
    for (int i = 0; i < tagged.size(); i++) {
      writer.write(tagged.get(i), sentences.get(i).tokens());
    }
  }
}
