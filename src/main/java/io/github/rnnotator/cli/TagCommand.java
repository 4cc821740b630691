package io.github.rnnotator.cli;

import io.github.rnnotator.corpus.AtomicOutput;
import io.github.rnnotator.corpus.CorpusException;
import io.github.rnnotator.corpus.CorpusFormat;
import io.github.rnnotator.corpus.CorpusSentence;
import io.github.rnnotator.corpus.Counts;
import io.github.rnnotator.corpus.DocumentReader;
import io.github.rnnotator.corpus.OutputFormat;
import io.github.rnnotator.corpus.Passage;
import io.github.rnnotator.pipeline.LineBreaks;
import io.github.rnnotator.pipeline.TextPipeline;
import io.github.rnnotator.pipeline.TextSegmenter;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rnnotator tag}: from text or a corpus file to a tagged one. */
@Command(
    name = "tag",
    description = "Tags files, or standard input.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  rnnotator tag letter.txt",
      "  rnnotator tag -m ewt.rnn --in conllu --out conllu -o tagged.conllu dev.conllu",
      "  echo 'She reads books.' | rnnotator tag --out jsonl"
    })
final class TagCommand implements Callable<Integer> {
  /** Sentences that are read and tagged at a time. */
  private static final int BLOCK = 1024;

  private final InputStream stdin;
  private final OutputStream stdout;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "A model file, or the name of a bundled model (rnnotator models). Default: en.")
  private @Nullable Path model;

  @Option(
      names = "--in",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, columns or conllu. Default: ${DEFAULT-VALUE}.")
  private String in;

  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      split = ",",
      description = "Names of the columns of --in columns: form,pos,ner. Default: the model's.")
  private @Nullable List<String> columns;

  @Option(
      names = "--out",
      paramLabel = "FORMAT",
      description =
          "text, table (aligned columns to look at), columns, conllu, jsonl, brat (with -o NAME.ann; the"
              + " text goes to NAME.txt), webanno or html. Default: as --in; for text on a terminal table.")
  private @Nullable String out;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write. Default: standard output.")
  private @Nullable Path output;

  @Option(
      names = "--lines",
      description =
          "Text has a sentence, a title or a message a line: a line break ends a sentence.")
  private boolean lines;

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
    if (!List.of("text", "columns", "conllu").contains(in)) {
      throw new InputException("--in " + in + ": expected text, columns or conllu");
    }
    Tagger tagger = new Tagger(Models.loadTagger(model));
    OutputFormat format = format(tagger.model());
    if (output == null) {
      if (format.extensions().size() > 1) {
        throw new InputException("--out " + out + " is more than one file; name one with -o FILE");
      }
      OutputStream buffered = new BufferedOutputStream(stdout, 1 << 16);
      tagAll(tagger, format, List.of(buffered));
      buffered.flush();
    } else {
      tagInto(tagger, format, output);
    }
    return 0;
  }

  private OutputFormat format(TaggerModel model) throws InputException {
    OptionalInt columns = output == null ? Terminal.columns() : OptionalInt.empty();
    boolean looking = output == null && (columns.isPresent() || color == Color.ALWAYS);
    String name = out != null ? out : looking && in.equals("text") ? "table" : in;
    if (name.equals("table")) {
      boolean coloured = color.isOn(columns.isPresent(), System.getenv());
      return new TableFormat(model.kinds(), model.schemes(), columns.orElse(0), coloured);
    }
    return OutputFormats.of(name, in, input(model), model);
  }

  private void tagInto(Tagger tagger, OutputFormat format, Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    List<AtomicOutput> files = new ArrayList<>(List.of(AtomicOutput.to(file)));
    try {
      for (String extension : format.extensions().subList(1, format.extensions().size())) {
        String sibling = (dot > 0 ? name.substring(0, dot) : name) + "." + extension;
        if (sibling.equals(name)) {
          throw new InputException("-o " + file + ": expected a name that ends in .ann");
        }
        files.add(AtomicOutput.to(file.resolveSibling(sibling)));
      }
      List<OutputStream> streams = new ArrayList<>();
      for (AtomicOutput each : files) {
        streams.add(new BufferedOutputStream(each.stream(), 1 << 16));
      }
      tagAll(tagger, format, streams);
      for (OutputStream stream : streams) {
        stream.flush();
      }
      for (AtomicOutput each : files) {
        each.commit();
      }
    } finally {
      for (AtomicOutput each : files) {
        each.close();
      }
    }
  }

  private void tagAll(Tagger tagger, OutputFormat format, List<OutputStream> streams)
      throws IOException {
    OutputFormat.Writer writer = format.writer(streams, Counts.ZERO);
    writer.begin();
    for (String file : files) {
      if (in.equals("text")) {
        tagText(tagger, file, writer);
      } else {
        tagCorpus(tagger, file, writer);
      }
    }
    writer.end();
    writer.flush();
  }

  private static void write(OutputFormat.Writer writer, Passage passage) throws IOException {
    List<CorpusException> refused = writer.write(passage);
    if (!refused.isEmpty()) {
      throw refused.get(0);
    }
  }

  private InputConfig input(TaggerModel model) {
    return model.config().input().withColumns(columns);
  }

  private void tagText(Tagger tagger, String file, OutputFormat.Writer writer) throws IOException {
    TextSegmenter segmenter =
        TextSegmenter.forLanguage(tagger.model().config().input().language())
            .with(lines ? LineBreaks.END_SENTENCE : LineBreaks.WRAP);
    TextPipeline pipeline = new TextPipeline(segmenter, tagger::tagDocument);
    byte[] bytes = file.equals("-") ? stdin.readAllBytes() : Files.readAllBytes(Path.of(file));
    String name = file.equals("-") ? CorpusFormat.STDIN : file;
    String text = decode(bytes, name);
    // Several files are several documents of one output.
    String document = files.size() > 1 ? name : "";
    List<CorpusSentence> sentences =
        pipeline.annotate(text).sentences().stream().map(CorpusSentence::of).toList();
    write(writer, new Passage(document, true, files.size() > 1, name, 1, 0, 0, text, sentences));
  }

  private static String decode(byte[] bytes, String name) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < buffer.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new CorpusException(name, line, 0, "not UTF-8; convert the file first");
    }
  }

  private void tagCorpus(Tagger tagger, String file, OutputFormat.Writer writer)
      throws IOException {
    CorpusFormat format = Formats.of(in, input(tagger.model()), Map.of());
    try (DocumentReader reader =
        new DocumentReader(
            file.equals("-")
                ? format.open(stdin, CorpusFormat.STDIN)
                : format.open(Path.of(file)))) {
      for (List<List<CorpusSentence>> block = reader.read(BLOCK);
          !block.isEmpty();
          block = reader.read(BLOCK)) {
        write(writer, Passage.of("", TaggedCorpus.tag(tagger, block)));
      }
    }
  }
}
