package io.github.rnnotator.segment;

import io.github.rnnotator.tagger.SegmenterModel;
import io.github.rnnotator.text.TagSequence;

/** What ends with each piece of a text, and how probable it is. For one thread. */
final class PieceLabels {
  private final boolean[] multiword;
  private final float[] token;
  private final float[] sentence;

  PieceLabels(int pieces) {
    this.multiword = new boolean[pieces];
    this.token = new float[pieces];
    this.sentence = new float[pieces];
  }

  /** Sets the labels of a piece to those at index {@code at} of a window. */
  void set(int piece, TagSequence tokens, TagSequence sentences, int at) {
    String label = tokens.tag(at);
    multiword[piece] = label.equals(SegmenterModel.MULTIWORD);
    float p = tokens.probabilities().get(at).floatValue();
    token[piece] = label.equals(SegmenterModel.INSIDE) ? 1 - p : p;
    float s = sentences.probabilities().get(at).floatValue();
    sentence[piece] = sentences.tag(at).equals(SegmenterModel.INSIDE) ? 1 - s : s;
  }

  /** Sets the probability that a token ends with a piece. */
  void token(int piece, float probability) {
    token[piece] = probability;
  }

  /** Sets the probability that a sentence ends with a piece. */
  void sentence(int piece, float probability) {
    sentence[piece] = probability;
  }

  /** The probability that a token ends with a piece. */
  float token(int piece) {
    return token[piece];
  }

  /** The probability that a sentence ends with a piece. */
  float sentence(int piece) {
    return sentence[piece];
  }

  /** Whether the token that ends with a piece stands for several words. */
  boolean multiword(int piece) {
    return multiword[piece];
  }
}
