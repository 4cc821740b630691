package io.github.rnnotator.cli;

import io.github.rnnotator.eval.EvaluationReport;
import io.github.rnnotator.eval.EvaluationReport.LearningCurve;
import io.github.rnnotator.eval.pairs.PairReport;
import io.github.rnnotator.io.AtomicOutput;
import io.github.rnnotator.report.CurveFile;
import io.github.rnnotator.report.HtmlReport;
import io.github.rnnotator.report.JsonReport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for report files. */
final class ReportOptions {
  @Option(names = "--json", paramLabel = "FILE", description = "Writes all results as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes a report as a single HTML file.")
  private @Nullable Path html;

  @Option(
      names = "--curve",
      paramLabel = "FILE.csv",
      description =
          "A learning curve to draw in the report: epoch,loss,f1 and numbers. Default:"
              + " NAME.curves.csv next to NAME.rnn.")
  private @Nullable Path curve;

  /**
   * The learning curve given, or the one next to the model if there is a report; else null.
   *
   * @param model the model being scored, or null
   */
  @Nullable LearningCurve learningCurve(@Nullable Path model) throws IOException {
    if (curve != null) {
      return CurveFile.read(curve);
    }
    if (model == null || (json == null && html == null)) {
      return null;
    }
    Optional<Path> found = CurveFile.nextTo(model);
    return found.isEmpty() ? null : CurveFile.read(found.get());
  }

  /**
   * Checks that no report would overwrite an input file.
   *
   * @param files the input files
   * @throws InputException if one would
   */
  void check(FileRoles files) throws IOException {
    files.reads(curve).writes(json).writes(html);
  }

  /** Writes the requested files. */
  void write(EvaluationReport report) throws IOException {
    write(out -> JsonReport.write(report, out), out -> HtmlReport.write(report, out));
  }

  /** Writes the requested files about pairs. */
  void write(PairReport report) throws IOException {
    write(out -> JsonReport.write(report, out), out -> HtmlReport.write(report, out));
  }

  private void write(Content asJson, Content asHtml) throws IOException {
    if (json != null) {
      write(json, asJson);
    }
    if (html != null) {
      write(html, asHtml);
    }
  }

  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  private static void write(Path file, Content content) throws IOException {
    try (AtomicOutput output = AtomicOutput.to(file)) {
      OutputStream buffered = new BufferedOutputStream(output.stream(), 1 << 16);
      content.write(buffered);
      buffered.flush();
      output.commit();
    }
  }
}
