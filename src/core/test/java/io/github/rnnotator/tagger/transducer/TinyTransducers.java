package io.github.rnnotator.tagger.transducer;

import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Samples;
import io.github.rnnotator.nn.seq2seq.Attention;
import io.github.rnnotator.tagger.EncoderLayer;
import java.util.List;
import java.util.SplittableRandom;

/** Small transducers with random weights. */
public final class TinyTransducers {
  private TinyTransducers() {}

  public static TransducerConfig config(Attention attention) {
    return new TransducerConfig(
        PairFormat.defaults().units(Unit.CHARACTERS, Unit.TOKENS),
        new SymbolVectors(3, 4),
        List.of(EncoderLayer.bidirectional(CellKind.GRU, 3)),
        DecoderConfig.defaults().recurrent(CellKind.LSTM, 6).attention(attention),
        SearchConfig.defaults());
  }

  public static TransducerModel model(Attention attention, long seed) {
    TransducerModel.Symbols symbols =
        TransducerModel.Symbols.of(
            List.of(List.of("a", "b", "한", " ")), List.of(List.of("AA", "B", "HH"), List.of()));
    TransducerModel model = TransducerModel.create(config(attention), symbols, 0, seed);
    Samples.randomize(model.parameters(), 1, new SplittableRandom(seed));
    return model.withCard("# Card\n");
  }

  /** A model that copies; its targets lack some characters of its sources, and others too. */
  public static TransducerModel copying(long seed) {
    TransducerConfig plain = config(Attention.ADDITIVE);
    TransducerConfig config =
        new TransducerConfig(
            PairFormat.defaults(),
            plain.embed(),
            plain.encoder(),
            plain.decoder().copy(true),
            plain.search());
    TransducerModel.Symbols symbols =
        TransducerModel.Symbols.of(
            List.of(List.of("a", "b", "한", " ")), List.of(List.of("b", "c", " "), List.of("a")));
    TransducerModel model = TransducerModel.create(config, symbols, 0, seed);
    Samples.randomize(model.parameters(), 1, new SplittableRandom(seed));
    return model.withCard("# Card\n");
  }
}
