package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.PairCorpus;
import io.github.rnnotator.eval.EvaluationReport.LearningCurve;
import io.github.rnnotator.eval.pairs.PairMeasure;
import io.github.rnnotator.eval.pairs.PairReport;
import io.github.rnnotator.eval.pairs.PairReporter;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.io.CorpusInput;
import io.github.rnnotator.io.TextLines;
import io.github.rnnotator.report.PairText;
import io.github.rnnotator.tagger.transducer.PairFormat;
import io.github.rnnotator.tagger.transducer.Transducer;
import io.github.rnnotator.tagger.transducer.TransducerFile;
import io.github.rnnotator.tagger.transducer.TransducerModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** {@code rnnotator eval} of a transducer: compares its outputs with the targets of pairs. */
record PairEvaluator(
    InputStream stdin, PrintWriter out, ReportOptions reports, Bootstrap bootstrap) {
  void run(Path model, String gold) throws IOException {
    reports.check(new FileRoles().reads(gold).reads(model));
    LearningCurve curve = reports.learningCurve(model);
    TransducerModel transducer = TransducerFile.read(model);
    PairFormat format = transducer.config().input();
    PairCorpus corpus = read(gold, format);
    List<String> outputs =
        new Transducer(transducer)
            .transduce(corpus.sources(), 1).stream().map(best -> best.get(0).text()).toList();
    PairReporter compared = corpus.report(outputs, format);
    PairReport report = compared.report(corpus.source(), model.toString(), bootstrap, curve);
    out.print(PairText.of(compared.score(PairMeasure.EXACT), report));
    out.flush();
    reports.write(report);
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
              + " --json, --html, --curve, --samples and --seed");
    }
  }
}
