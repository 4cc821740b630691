package io.github.rnnotator.nn.seq2seq;

import io.github.rnnotator.nn.Bidirectional;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Gru;
import io.github.rnnotator.nn.Samples;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Small encoder-decoders with large random weights. */
final class Networks {
  static final int SOURCE_IDS = 5;
  static final int TARGET_IDS = 4;

  private Networks() {}

  static EncoderDecoder of(
      CellKind cell, @Nullable Attention attention, int layers, float dropout, long seed) {
    EncoderSpec encoder =
        new EncoderSpec(
            SOURCE_IDS, 3, List.of(new Bidirectional(new Gru(2).returnSequences(true))), 2);
    DecoderSpec decoder = new DecoderSpec(TARGET_IDS, 3, cell, 4, layers, attention);
    SplittableRandom random = new SplittableRandom(seed);
    EncoderDecoder network = EncoderDecoder.build(encoder, decoder, dropout, 0, random);
    Samples.randomize(network.parameters(), 1.2f, random);
    return network;
  }

  static int[] ids(int length, int from, int to, SplittableRandom random) {
    return random.ints(length, from, to).toArray();
  }
}
