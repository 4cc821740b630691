package io.github.rnnotator.nn.seq2seq;

import io.github.rnnotator.nn.Bidirectional;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Gru;
import io.github.rnnotator.nn.Samples;
import java.util.ArrayList;
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
    return of(new DecoderSpec(TARGET_IDS, 3, cell, 4, layers, attention), dropout, 0, seed);
  }

  static EncoderDecoder of(DecoderSpec decoder, float dropout, float smoothing, long seed) {
    EncoderSpec encoder =
        new EncoderSpec(
            SOURCE_IDS, 3, List.of(new Bidirectional(new Gru(2).returnSequences(true))), 2);
    SplittableRandom random = new SplittableRandom(seed);
    EncoderDecoder network = EncoderDecoder.build(encoder, decoder, dropout, smoothing, random);
    Samples.randomize(network.parameters(), 1.2f, random);
    return network;
  }

  /**
   * Sources of which nothing is copied, or whose symbols are written by copying: each is one of the
   * vocabulary or one of its own, and the last one ends the output.
   */
  static List<IdSource> sources(int n, boolean copy, SplittableRandom random) {
    List<IdSource> sources = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int[] ids = ids(1 + random.nextInt(5), 0, SOURCE_IDS, random);
      int[] copies = new int[copy ? ids.length : 0];
      int unknown = 0;
      for (int j = 0; j < copies.length - 1; j++) {
        boolean known = unknown == 2 || random.nextBoolean();
        copies[j] = known ? 1 + random.nextInt(TARGET_IDS - 1) : TARGET_IDS + unknown++;
      }
      sources.add(new IdSource(ids, copies));
    }
    return sources;
  }

  static int[] ids(int length, int from, int to, SplittableRandom random) {
    return random.ints(length, from, to).toArray();
  }
}
