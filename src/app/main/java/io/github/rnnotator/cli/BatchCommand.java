package io.github.rnnotator.cli;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.batch.Batch;
import io.github.rnnotator.batch.BatchSettings;
import io.github.rnnotator.batch.BatchSummary;
import io.github.rnnotator.batch.FormatCheck;
import io.github.rnnotator.data.Formats;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.formats.DocumentFormat;
import io.github.rnnotator.io.Compression;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rnnotator batch}: tags a corpus of any size. */
@Command(
    name = "batch",
    description = {
      "Tags a corpus of any size on every core.",
      "If killed, the same command resumes the run. Unreadable input is set aside in"
          + " OUT/_failed.jsonl, and the run continues."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit status: 0 everything was tagged, 1 input was set aside or the run failed, 2 wrong usage"
          + " or, with --strict, bad input.",
      "",
      "Examples:",
      "  rnnotator batch news tagged",
      "  rnnotator batch -m ner.rnn --in jsonl --out jsonl --pack zst 'dump/**/*.jsonl.gz' tagged",
      "  zcat posts.gz | rnnotator batch --in lines - tagged"
    })
final class BatchCommand implements Callable<Integer> {
  private static final String COLUMNS = "columns";
  private static final String CONLLU = "conllu";

  private final InputStream stdin;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "A model file, or the name of a bundled model (rnnotator models). Default: en.")
  private @Nullable Path model;

  @Option(
      names = "--in",
      paramLabel = "FORMAT",
      description =
          "text (one document per file), lines (one per line), jsonl, columns or conllu; optionally"
              + " compressed with gz, bz2 or zst. Default: that of the first file, detected as by tag"
              + " (text, jsonl, columns or conllu); files of another format are set aside.")
  private @Nullable String in;

  @Option(
      names = "--out",
      paramLabel = "FORMAT",
      description =
          "text, columns, conllu, jsonl, brat, webanno or html. Default: as --in for columns and"
              + " conllu, else jsonl.")
  private @Nullable String out;

  @Option(
      names = "--pack",
      paramLabel = "KIND",
      defaultValue = "none",
      description = "Compression of the output: none, gz, bz2 or zst. Default: ${DEFAULT-VALUE}.")
  private String pack;

  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      split = ",",
      description =
          "Names of the columns of --in columns: form,pos,ner. Default: the model's, or the first is"
              + " the token.")
  private @Nullable List<String> columns;

  @Mixin private final RawTextOptions rawText = new RawTextOptions();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "The number of passages to tag in parallel. Default: the number of cores.")
  private @Nullable Integer threads;

  @Option(
      names = "--checkpoint",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description =
          "The interval between checkpoints: the work lost if the run is killed. Default:"
              + " ${DEFAULT-VALUE}.")
  private double checkpoint;

  @Option(
      names = "--strict",
      description = "Stop at the first unreadable input instead of setting it aside.")
  private boolean strict;

  @Option(names = "--restart", description = "Discard an earlier run in OUT and replace its files.")
  private boolean restart;

  @Option(
      names = "--allow-change",
      description = "Resume a run although the model, an option or the input has changed.")
  private boolean allowChange;

  @Parameters(
      index = "0",
      paramLabel = "IN",
      description = "A folder, a file, a glob in quotes, or - for standard input.")
  private String input;

  @Parameters(index = "1", paramLabel = "OUT", description = "The folder to write into.")
  private Path output;

  BatchCommand(InputStream stdin) {
    this.stdin = stdin;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    int side = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (side < 1) {
      throw new InputException("--threads " + side + ": expected 1 or more");
    }
    TaggerModel loaded = Models.loadTagger(model);
    FormatDetection detection = new FormatDetection(rawText.textField(), err);
    Optional<Path> first = Batch.firstFile(input, output);
    InputSource source = new InputSource(first.map(Path::toString).orElse("-"), stdin);
    boolean detected = in == null && columns == null;
    String read = in != null ? in : columns != null ? COLUMNS : detection.common(List.of(source));
    InputConfig layout =
        detection.layout(loaded.config().input().withColumns(columns), read, source);
    boolean tokens = read.equals(COLUMNS) || read.equals(CONLLU);
    String format = out != null ? out : tokens ? read : "jsonl";
    TextSegmenter segmenter = rawText.segmenter(loaded);
    LanguageCheck language = new LanguageCheck(layout.language(), err);
    BatchSettings settings =
        new BatchSettings(
            input,
            output,
            passages(read, loaded, layout, segmenter),
            detected ? new FormatCheck(read, source.name(), rawText.textField()) : null,
            language.watching(OutputFormats.of(format, read, layout, loaded)),
            compression(),
            side,
            strict,
            restart,
            allowChange,
            checkpoint,
            settings(read, layout, format));
    BatchSummary summary;
    try (BatchProgressBar progress = new BatchProgressBar(err)) {
      Annotator annotator = Annotator.of(new Tagger(loaded), segmenter);
      InputStream rest = first.isPresent() ? stdin : source.open();
      summary = new Batch(settings, annotator, rest, progress).run();
    }
    language.warnOfFiles();
    say(summary, err);
    return summary.totals().failures() > 0
        ? CommandLine.ExitCode.SOFTWARE
        : CommandLine.ExitCode.OK;
  }

  private DocumentFormat passages(
      String in, TaggerModel loaded, InputConfig layout, TextSegmenter segmenter)
      throws InputException {
    if (!in.equals(COLUMNS) && !in.equals(CONLLU)) {
      Models.requireNoColumns(loaded);
    }
    int longest = DocumentFormat.LONGEST;
    return switch (in) {
      case "text" -> new DocumentFormat.Text(segmenter::cut, longest, rawText.lines());
      case "lines" -> new DocumentFormat.Lines(segmenter::cut, longest);
      case "jsonl" -> rawText.jsonLines(segmenter);
      case COLUMNS, CONLLU ->
          new DocumentFormat.Sentences(
              Formats.withInputs(Formats.of(in, layout, Map.of()), loaded.columns()), longest);
      default ->
          throw new InputException(
              "--in " + in + ": expected text, lines, jsonl, columns or conllu");
    };
  }

  private Compression compression() throws InputException {
    try {
      return Compression.parse(pack);
    } catch (IllegalArgumentException e) {
      throw new InputException("--pack: " + e.getMessage());
    }
  }

  /** Everything that the output depends on, except the input. */
  private Map<String, String> settings(String in, InputConfig layout, String format)
      throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model, SHA-256", Sha256.of(Models.open(model)));
    settings.put("rnnotator", Main.Version.number());
    settings.put("--in", in);
    settings.put("--out", format);
    settings.put("--pack", pack);
    settings.put("--lines", String.valueOf(rawText.lines()));
    if (in.equals(COLUMNS)) {
      settings.put("--columns", String.join(",", layout.columns()));
    }
    if (in.equals("jsonl")) {
      settings.put("--text-field", rawText.textField());
      settings.put("--id-field", rawText.idField());
    }
    return settings;
  }

  private void say(BatchSummary summary, PrintWriter err) {
    err.printf(
        Locale.ROOT,
        "%,d files, %,d documents, %,d sentences, %,d tokens%n",
        summary.totals().files(),
        summary.totals().documents(),
        summary.totals().sentences(),
        summary.totals().tokens());
    if (summary.tokens() > 0) {
      err.printf(
          Locale.ROOT,
          "%,.1f s, %,.0f tokens/s, processors %.0f %% busy%n",
          summary.seconds(),
          summary.tokensPerSecond(),
          100
              * summary.cpuSeconds()
              / summary.seconds()
              / Runtime.getRuntime().availableProcessors());
    } else {
      err.println("nothing to do");
    }
    if (summary.totals().failures() > 0) {
      err.printf(
          Locale.ROOT,
          "%,d failures, %,d files without output: see %s%n",
          summary.totals().failures(),
          summary.totals().failedFiles(),
          output.resolve("_failed.jsonl"));
    }
    err.flush();
  }
}
