package io.github.rnnotator.tagger.transducer;

import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.seq2seq.Attention;
import io.github.rnnotator.nn.seq2seq.EncoderSpec;
import io.github.rnnotator.tagger.EncoderLayer;
import java.util.List;
import java.util.Locale;

/**
 * The architecture of a transducer.
 *
 * @param input the format of the training files
 * @param embed the lengths of the vectors of symbols
 * @param encoder the recurrent layers that read the source
 * @param decoder the layers that write the target
 * @param search how outputs are found
 */
public record TransducerConfig(
    PairFormat input,
    SymbolVectors embed,
    List<EncoderLayer> encoder,
    DecoderConfig decoder,
    SearchConfig search) {
  /**
   * Copies the list; checks that there is a layer, that dot attention can be computed, and that
   * what is copied from the source can be a symbol of the target.
   */
  public TransducerConfig {
    encoder = List.copyOf(encoder);
    if (encoder.isEmpty()) {
      throw new IllegalArgumentException("encoder has no layers, expected at least one");
    }
    if (decoder.copy() && input.source() != input.target()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "decoder.copy is true with input {source: %s, target: %s}, expected the same symbols",
              input.source().name().toLowerCase(Locale.ROOT),
              input.target().name().toLowerCase(Locale.ROOT)));
    }
    EncoderLayer top = encoder.get(encoder.size() - 1);
    if (top.dense()) {
      throw new IllegalArgumentException(
          "the last layer of the encoder is dense, but the decoder begins with its states alone");
    }
    long dim = top.outputDim(0);
    if (decoder.attention() == Attention.DOT && dim != decoder.hidden()) {
      throw new IllegalArgumentException(
          "attention: dot needs states of one length, the encoder's have "
              + dim
              + " and decoder.hidden is "
              + decoder.hidden()
              + "; use general or additive");
    }
  }

  EncoderSpec encoderSpec(int ids) {
    List<LayerSpec> layers = encoder.stream().map(layer -> layer.spec(0)).toList();
    EncoderLayer top = encoder.get(encoder.size() - 1);
    return new EncoderSpec(ids, embed.source(), layers, top.hidden());
  }

  /**
   * Returns the number of weights.
   *
   * @throws ArithmeticException if it overflows a {@code long}
   */
  public long weights(int sourceIds, int targetIds) {
    long sum = Math.multiplyExact((long) sourceIds, embed.source());
    long dim = embed.source();
    for (EncoderLayer layer : encoder) {
      sum = Math.addExact(sum, layer.weights(dim));
      dim = layer.outputDim(dim);
    }
    return Math.addExact(sum, decoder.spec(targetIds, embed.target()).weights(dim));
  }
}
