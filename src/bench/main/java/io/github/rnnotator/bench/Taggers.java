package io.github.rnnotator.bench;

import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.tagger.TaggerModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The taggers, each created on demand. */
final class Taggers {
  private static final int HIDDEN = 128;

  private Taggers() {}

  /**
   * One tagger.
   *
   * @param name the name in the table
   * @param make loads or trains the tagger
   */
  record Entry(String name, Supplier<SentenceTagger> make) {}

  /** Returns all taggers for a task, ours first. */
  static List<Entry> of(Task task) {
    List<Entry> entries = new ArrayList<>();
    for (int hidden : new int[] {HIDDEN, 2 * HIDDEN}) {
      for (CellKind cell : CellKind.values()) {
        entries.add(
            new Entry(
                "Rnnotator, " + name(cell) + " " + hidden,
                () -> OurTagger.of(OurTagger.model(task, cell, hidden))));
      }
    }
    entries.add(
        new Entry("Rnnotator, LSTM 128, no cache", () -> OurTagger.withCache(lstm(task), 0)));
    entries.add(
        new Entry(
            "libtorch, LSTM 128, layers alone",
            () -> new TorchLayers(LstmStack.of(inputDim(lstm(task)), HIDDEN, 2))));
    switch (task.kind()) {
      case POS -> {
        entries.add(new Entry("ONNX Runtime, LSTM 128", () -> new OnnxTagger(lstm(task))));
        entries.add(new Entry("CoreNLP, left3words", CoreNlp::partsOfSpeech));
        entries.add(new Entry("OpenNLP, maxent tagger", () -> OpenNlp.train(task)));
      }
      case NER -> {
        entries.add(new Entry("CoreNLP, conll.4class.distsim", CoreNlp::entities));
        entries.add(new Entry("OpenNLP, name finder", () -> OpenNlp.train(task)));
      }
    }
    return entries;
  }

  private static TaggerModel lstm(Task task) {
    return OurTagger.model(task, CellKind.LSTM, HIDDEN);
  }

  private static String name(CellKind cell) {
    return switch (cell) {
      case SIMPLE_RNN -> "SimpleRNN";
      case GRU -> "GRU";
      case LSTM -> "LSTM";
      case MIN_GRU -> "minGRU";
    };
  }

  /** The length of a token's vector. */
  private static int inputDim(TaggerModel model) {
    return model.parameters().stream()
        .filter(parameter -> parameter.name().matches("encoder\\.\\d+\\.forward\\.kernel"))
        .findFirst()
        .orElseThrow()
        .value()
        .numRows;
  }
}
