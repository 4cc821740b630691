package io.github.rnnotator.train;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The layers with which the training of a tagger begins, the key {@code pretrained} of a recipe.
 *
 * @param from a file that {@code rnnotator pretrain} wrote
 * @param rate the factor of the learning rate of their weights, 0 to 1; with 0 they stay as they
 *     are
 */
public record PretrainedLayers(String from, float rate) {
  /** Checks the range. */
  public PretrainedLayers {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("pretrained.rate is " + rate + ", expected 0 to 1");
    }
  }

  @JsonCreator
  static PretrainedLayers of(
      @JsonProperty("from") @Nullable String from, @JsonProperty("rate") @Nullable Float rate) {
    if (from == null) {
      throw new IllegalArgumentException(
          "pretrained.from is missing, expected a file that rnnotator pretrain wrote");
    }
    return new PretrainedLayers(from, rate == null ? 1 : rate);
  }
}
