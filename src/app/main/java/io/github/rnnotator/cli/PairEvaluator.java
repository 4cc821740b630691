package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.PairCorpus;
import io.github.rnnotator.eval.pairs.PairMeasure;
import io.github.rnnotator.eval.pairs.PairScore;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.io.CorpusInput;
import io.github.rnnotator.io.TextLines;
import io.github.rnnotator.tagger.transducer.PairFormat;
import io.github.rnnotator.tagger.transducer.Transducer;
import io.github.rnnotator.tagger.transducer.TransducerFile;
import io.github.rnnotator.tagger.transducer.TransducerModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code rnnotator eval} of a transducer: compares its outputs with the targets of pairs. */
record PairEvaluator(InputStream stdin, PrintWriter out) {
  void run(Path model, String gold) throws IOException {
    TransducerModel transducer = TransducerFile.read(model);
    PairFormat format = transducer.config().input();
    PairCorpus corpus = read(gold, format);
    List<String> outputs =
        new Transducer(transducer)
            .transduce(corpus.sources(), 1).stream().map(best -> best.get(0).text()).toList();
    PairScore score = corpus.score(outputs, format, PairMeasure.EXACT);
    out.printf(
        Locale.ROOT,
        "output exact match: %.2f%n"
            + "pairs: %,d; word error rate: %.2f; symbol error rate: %.2f (%,d edits of %,d symbols);"
            + " chrF: %.2f%n",
        score.exactMatch(),
        score.pairs(),
        score.wordErrorRate(),
        score.symbolErrorRate(),
        score.edits(),
        score.symbols(),
        score.chrF());
    out.flush();
  }

  private PairCorpus read(String gold, PairFormat format) throws IOException {
    if (!gold.equals("-")) {
      return PairCorpus.read(Path.of(gold), format);
    }
    try (TextLines lines =
        new TextLines(CorpusInput.unpack(stdin, CorpusFormat.STDIN), CorpusFormat.STDIN)) {
      return PairCorpus.read(lines, CorpusFormat.STDIN, format);
    }
  }

  /** Rejects options that a transducer has no use for. */
  static void check(boolean others) throws InputException {
    if (others) {
      throw new InputException(
          "the model writes an output for each source; eval takes -m and a file of pairs with it,"
              + " and no other option");
    }
  }
}
