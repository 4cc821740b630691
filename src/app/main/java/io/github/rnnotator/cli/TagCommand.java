package io.github.rnnotator.cli;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.cli.console.Color;
import io.github.rnnotator.cli.console.Terminal;
import io.github.rnnotator.data.Formats;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.formats.DocumentFormat;
import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.render.TableFormat;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.segment.TextTokenizer;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rnnotator tag}: tags text or corpus files. */
@Command(
    name = "tag",
    description = "Tags files, or standard input.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  rnnotator tag letter.txt",
      "  rnnotator tag -m ewt.rnn -o tagged.conllu dev.conllu",
      "  echo 'She reads books.' | rnnotator tag --out jsonl",
      "  tail -f messages.log | rnnotator tag --lines"
    })
final class TagCommand implements Callable<Integer> {
  private static final String TEXT = "text";
  private static final String COLUMNS = "columns";
  private static final String TOKENS = "tokens";
  private static final List<String> FORMATS = List.of(TEXT, TOKENS, COLUMNS, "conllu", "jsonl");

  private final InputStream stdin;
  private final OutputStream stdout;

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
          "text, tokens (separated by spaces, one sentence per line), columns, conllu or jsonl,"
              + " optionally compressed with gz, bz2 or zst. Default: by"
              + " content (CoNLL-U, JSONL) or extension: .conllu, .jsonl, .conll, .iob2, also compressed;"
              + " columns with --columns; else text.")
  private @Nullable String in;

  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      split = ",",
      description =
          "Names of the columns of --in columns: form,pos,ner. Default: the model's, or the first is the"
              + " token.")
  private @Nullable List<String> columns;

  @Option(
      names = "--out",
      paramLabel = "FORMAT",
      description =
          "text, table (aligned columns for viewing), columns, conllu, jsonl, brat (with -o NAME.ann;"
              + " the text goes to NAME.txt, which may exist only with the same content), webanno or"
              + " html. Default: as --in; for text on a terminal, table.")
  private @Nullable String out;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write. Default: standard output.")
  private @Nullable Path output;

  @Mixin private final RawTextOptions rawText = new RawTextOptions();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "How many threads tag; the output does not depend on it. Default: the number of cores.")
  private @Nullable Integer threads;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description =
          "Whether --out table has colours: auto (on a terminal, and NO_COLOR is not set), always or"
              + " never. Default: ${DEFAULT-VALUE}.")
  private Color color;

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Files; - for standard input.")
  private List<String> files = new ArrayList<>(List.of("-"));

  TagCommand(InputStream stdin, OutputStream stdout) {
    this.stdin = stdin;
    this.stdout = stdout;
  }

  @Override
  public Integer call() throws IOException {
    if (in != null && !FORMATS.contains(in)) {
      throw new InputException("--in " + in + ": expected text, tokens, columns, conllu or jsonl");
    }
    for (String file : files) {
      if (!file.equals("-") && Files.isDirectory(Path.of(file))) {
        throw new InputException(
            file + ": a folder, expected a file; rnnotator batch tags all files of a folder");
      }
    }
    new FileRoles().reads(model).readsAll(files).writes(output);
    Tagger tagger = new Tagger(Models.loadTagger(model));
    String expected = in != null ? in : rawText.lines() ? TEXT : "";
    if (List.of(TEXT, TOKENS).contains(expected) && files.get(0).equals("-")) {
      InputConfig any = tagger.model().config().input();
      OutputFormat.Writer nowhere =
          outputFormat(tagger.model(), expected, any)
              .writer(Collections.nCopies(2, OutputStream.nullOutputStream()), Counts.ZERO);
      documentTagger(tagger, expected, any).warmUp(stdin, tagger.model(), nowhere);
    }
    List<InputSource> sources = files.stream().map(file -> new InputSource(file, stdin)).toList();
    FormatDetection detection =
        new FormatDetection(rawText.textField(), spec.commandLine().getErr());
    String format = in != null ? in : columns != null ? COLUMNS : detection.common(sources);
    InputConfig named = tagger.model().config().input().withColumns(columns);
    InputConfig input = detection.layout(named, format, sources.get(0));
    OutputFormat written = outputFormat(tagger.model(), format, input);
    DocumentTagger documents = documentTagger(tagger, format, input);
    if (output == null) {
      if (written.extensions().size() > 1) {
        throw new InputException("--out " + out + " writes several files; name one with -o FILE");
      }
      // A table is already escaped, and has colours.
      OutputStream shown = written instanceof TableFormat ? stdout : Terminal.shown(stdout);
      OutputStream buffered = new BufferedOutputStream(shown, 1 << 16);
      documents.tag(
          sources, languageCheck(input).watching(written.writer(List.of(buffered), Counts.ZERO)));
      buffered.flush();
    } else {
      tagInto(output, documents, sources, written, languageCheck(input));
    }
    return 0;
  }

  private LanguageCheck languageCheck(InputConfig input) {
    return new LanguageCheck(input.language(), spec.commandLine().getErr());
  }

  private OutputFormat outputFormat(TaggerModel model, String format, InputConfig input)
      throws InputException {
    OptionalInt width = output == null ? Terminal.columns() : OptionalInt.empty();
    boolean looking = output == null && (width.isPresent() || color == Color.ALWAYS);
    String name = format.equals(TOKENS) ? TEXT : format;
    name = out != null ? out : looking && name.equals(TEXT) ? "table" : name;
    if (name.equals("table")) {
      boolean coloured = color.isOn(width.isPresent(), System.getenv());
      return new TableFormat(model.kinds(), model.schemes(), width.orElse(0), coloured);
    }
    return OutputFormats.of(name, format, input, model);
  }

  private DocumentTagger documentTagger(Tagger tagger, String format, InputConfig input)
      throws InputException {
    boolean several = files.size() > 1;
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (count < 1) {
      throw new InputException("--threads " + count + ": expected 1 or more");
    }
    if (!List.of(COLUMNS, "conllu").contains(format)) {
      Models.requireNoColumns(tagger.model());
    }
    if (format.equals(TOKENS)) {
      return DocumentTagger.ofPassages(
          Annotator.of(tagger, TextTokenizer.onBlanks()),
          new DocumentFormat.Text(TagCommand::afterBlank, DocumentFormat.LONGEST, true),
          several,
          count);
    }
    if (!format.equals(TEXT) && !format.equals("jsonl")) {
      return DocumentTagger.ofSentences(
          Annotator.ofTokens(tagger),
          Formats.withInputs(Formats.of(format, input, Map.of()), tagger.model().columns()),
          several,
          count);
    }
    TextSegmenter segmenter = rawText.segmenter(tagger.model());
    DocumentFormat passages =
        format.equals(TEXT)
            ? new DocumentFormat.Text(segmenter::cut, DocumentFormat.LONGEST, rawText.lines())
            : rawText.jsonLines(segmenter);
    return DocumentTagger.ofPassages(Annotator.of(tagger, segmenter), passages, several, count);
  }

  /** Where to split a line of tokens that is too long. */
  private static int afterBlank(String line) {
    int blank = line.lastIndexOf(' ') + 1;
    return blank > 0 ? blank : line.length();
  }

  /** Writes a file; a second one that brat needs is written or, if it exists, must be the same. */
  private void tagInto(
      Path file,
      DocumentTagger documents,
      List<InputSource> sources,
      OutputFormat format,
      LanguageCheck check)
      throws IOException {
    try (WrittenFiles written = WrittenFiles.open(file, format.extensions())) {
      OutputFormat.Writer writer = format.writer(written.streams(), Counts.ZERO);
      documents.tag(sources, check.watching(writer));
      written.commit();
    }
  }
}
