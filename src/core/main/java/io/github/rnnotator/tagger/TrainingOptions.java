package io.github.rnnotator.tagger;

import io.github.rnnotator.nn.head.CrossView;
import io.github.rnnotator.nn.head.LanguageModel;

/**
 * The options of a network that have an effect in training only.
 *
 * @param dropout on token vectors and between layers, the same elements at every timestep
 * @param recurrentDropout on the states that the recurrent product reads
 * @param characterDropout on the output of the character encoder
 * @param wordDropout on whole word vectors, so that some words rely on spelling and context
 * @param languageModel the weight of a loss by which the first layer of the encoder learns to
 *     predict the words around each token, see {@link LanguageModel}; 0 for none
 * @param crossView the weight of a loss by which the first layer learns from text without labels,
 *     see {@link CrossView}; 0 for none
 */
public record TrainingOptions(
    float dropout,
    float recurrentDropout,
    float characterDropout,
    float wordDropout,
    float languageModel,
    float crossView) {
  /** No dropout and no other losses. */
  public static final TrainingOptions NONE = new TrainingOptions(0, 0, 0, 0, 0, 0);

  /** Returns a copy with another weight of the language model. */
  public TrainingOptions languageModel(float weight) {
    return new TrainingOptions(
        dropout, recurrentDropout, characterDropout, wordDropout, weight, crossView);
  }

  /** Returns a copy with another weight of cross-view training. */
  public TrainingOptions crossView(float weight) {
    return new TrainingOptions(
        dropout, recurrentDropout, characterDropout, wordDropout, languageModel, weight);
  }
}
