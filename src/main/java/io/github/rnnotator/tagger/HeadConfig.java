package io.github.rnnotator.tagger;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.rnnotator.text.TagScheme;
import org.jspecify.annotations.Nullable;

/**
 * One head: a kind of tag that the network gives.
 *
 * @param kind how tags are decided
 * @param scheme the scheme that chunk tags are learned in, whatever the files have; null for tags
 *     that are no chunks, such as parts of speech
 * @param weight the weight of this head's loss, more than 0
 * @param smoothing label smoothing, in {@code [0, 1)}; 0 for a CRF
 * @param margin by how much the right tags must win for each error of other ones, see {@link
 *     io.github.rnnotator.nn.CrfHead}; 0 or more, 0 for softmax
 */
public record HeadConfig(
    Kind kind, @Nullable TagScheme scheme, float weight, float smoothing, float margin) {
  /** Checks the ranges. */
  public HeadConfig {
    if (!(weight > 0 && Float.isFinite(weight))) {
      throw new IllegalArgumentException("a head has weight: " + weight + ", expected more than 0");
    }
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "a head has smoothing: " + smoothing + ", expected 0 or more and less than 1");
    }
    if (kind == Kind.CRF && smoothing > 0) {
      throw new IllegalArgumentException(
          "a head of kind: crf has smoothing: " + smoothing + ", which only softmax can have");
    }
    if (!(margin >= 0 && Float.isFinite(margin))) {
      throw new IllegalArgumentException("a head has margin: " + margin + ", expected 0 or more");
    }
    if (kind != Kind.CRF && margin > 0) {
      throw new IllegalArgumentException(
          "a head of kind: softmax has margin: " + margin + ", which only a crf can have");
    }
  }

  /** How tags are decided. */
  public enum Kind {
    /** Each token by itself. */
    SOFTMAX,
    /** All tokens of a sentence together; with a scheme, only legal sequences. */
    CRF
  }

  /** The same as the other one, without a margin. */
  public static HeadConfig of(
      @Nullable Kind kind,
      @Nullable TagScheme scheme,
      @Nullable Float weight,
      @Nullable Float smoothing) {
    return of(kind, scheme, weight, smoothing, null);
  }

  /**
   * Fills in the defaults where something is null: softmax, no scheme, weight 1, no smoothing, no
   * margin.
   */
  @JsonCreator
  public static HeadConfig of(
      @Nullable Kind kind,
      @Nullable TagScheme scheme,
      @Nullable Float weight,
      @Nullable Float smoothing,
      @Nullable Float margin) {
    return new HeadConfig(
        requireNonNullElse(kind, Kind.SOFTMAX),
        scheme,
        requireNonNullElse(weight, 1f),
        requireNonNullElse(smoothing, 0f),
        requireNonNullElse(margin, 0f));
  }
}
