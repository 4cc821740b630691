package io.github.rnnotator.uima;

import java.io.IOException;
import java.util.Map;
import org.apache.uima.fit.component.Resource_ImplBase;
import org.apache.uima.fit.descriptor.ConfigurationParameter;
import org.apache.uima.resource.ResourceInitializationException;
import org.apache.uima.resource.ResourceSpecifier;
import org.jspecify.annotations.Nullable;

/**
 * A model that several engines share, as an external resource of UIMA. Engines of one resource
 * manager, such as those of a pool, then read it once.
 *
 * <pre>{@code
 * createEngineDescription(
 *     RnnotatorAnnotator.class,
 *     RnnotatorAnnotator.RESOURCE_MODEL,
 *     createResourceDescription(
 *         RnnotatorModel.class, RnnotatorModel.PARAM_MODEL_LOCATION, "en-fast"));
 * }</pre>
 *
 * <p>Thread-safe once it is initialized.
 */
public final class RnnotatorModel extends Resource_ImplBase {
  /** The model: the name of a bundled one, or a file. */
  public static final String PARAM_MODEL_LOCATION = RnnotatorAnnotator.PARAM_MODEL_LOCATION;

  @ConfigurationParameter(name = PARAM_MODEL_LOCATION)
  private @Nullable String modelLocation;

  private @Nullable Models models;

  /** Creates a resource; called by UIMA. */
  public RnnotatorModel() {}

  /**
   * {@inheritDoc}
   *
   * @throws ResourceInitializationException if the model can't be read; its cause says why
   */
  @Override
  public boolean initialize(ResourceSpecifier specifier, Map<String, Object> parameters)
      throws ResourceInitializationException {
    if (!super.initialize(specifier, parameters)) {
      return false;
    }
    try {
      models = Models.of(modelLocation, null);
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new ResourceInitializationException(e);
    }
    return true;
  }

  /** Returns the model. */
  Models models() {
    if (models == null) {
      throw new IllegalStateException("the model is not initialized");
    }
    return models;
  }
}
