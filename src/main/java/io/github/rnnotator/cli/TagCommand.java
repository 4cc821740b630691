package io.github.rnnotator.cli;

import io.github.rnnotator.corpus.AtomicOutput;
import io.github.rnnotator.corpus.CorpusException;
import io.github.rnnotator.corpus.CorpusFormat;
import io.github.rnnotator.corpus.CorpusSentence;
import io.github.rnnotator.corpus.DocumentReader;
import io.github.rnnotator.corpus.JsonlWriter;
import io.github.rnnotator.corpus.SentenceWriter;
import io.github.rnnotator.corpus.TextWriter;
import io.github.rnnotator.pipeline.LineBreaks;
import io.github.rnnotator.pipeline.TextPipeline;
import io.github.rnnotator.pipeline.TextSegmenter;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.TaggedSentence;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
      description = "A model file. Default: the bundled model, for English parts of speech.")
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
      description = "text, columns, conllu or jsonl. Default: as --in.")
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
    Tagger tagger = new Tagger(Models.load(model));
    if (output == null) {
      OutputStream buffered = new BufferedOutputStream(stdout, 1 << 16);
      tagAll(tagger, buffered);
      buffered.flush();
    } else {
      try (AtomicOutput file = AtomicOutput.to(output)) {
        OutputStream buffered = new BufferedOutputStream(file.stream(), 1 << 16);
        tagAll(tagger, buffered);
        buffered.flush();
        file.commit();
      }
    }
    return 0;
  }

  private void tagAll(Tagger tagger, OutputStream stream) throws IOException {
    try (SentenceWriter writer = writer(tagger.model(), stream)) {
      for (String file : files) {
        if (in.equals("text")) {
          tagText(tagger, file, writer);
        } else {
          tagCorpus(tagger, file, writer);
        }
      }
    }
  }

  private InputConfig input(TaggerModel model) {
    return model.config().input().withColumns(columns);
  }

  private SentenceWriter writer(TaggerModel model, OutputStream stream) throws InputException {
    InputConfig input = input(model);
    String format = out == null ? in : out;
    return switch (format) {
      case "text" -> new TextWriter(stream, model.schemes());
      case "jsonl" -> new JsonlWriter(stream, model.schemes());
      case "conllu" -> Formats.of("conllu", input, conlluColumns(model)).writer(stream);
      case "columns" ->
          (in.equals("columns")
                  ? Formats.of("columns", input, columnHeads(model))
                  : new CorpusFormat.Columns(formAndHeads(model), identity(model)))
              .writer(stream);
      default ->
          throw new InputException("--out " + format + ": expected text, columns, conllu or jsonl");
    };
  }

  /** Heads go where the training files had them, if those were CoNLL-U; else by their names. */
  private static Map<String, String> conlluColumns(TaggerModel model) {
    InputConfig input = model.config().input();
    if (input.format().equals("conllu")) {
      return input.heads();
    }
    Map<String, String> columns = new LinkedHashMap<>();
    for (String head : model.labels().keySet()) {
      boolean column = head.equals("upos") || head.equals("xpos");
      columns.put(head, column ? head : "misc:" + head.toUpperCase(Locale.ROOT));
    }
    return columns;
  }

  /** The heads that have a column in the model's layout; the others are appended by the writer. */
  private Map<String, String> columnHeads(TaggerModel model) {
    InputConfig input = input(model);
    Map<String, String> heads = new LinkedHashMap<>(input.heads());
    heads.values().removeIf(column -> !input.columns().contains(column));
    return heads;
  }

  private static List<String> formAndHeads(TaggerModel model) {
    List<String> columns = new ArrayList<>(List.of("form"));
    columns.addAll(model.labels().keySet());
    return columns;
  }

  private static Map<String, String> identity(TaggerModel model) {
    Map<String, String> heads = new LinkedHashMap<>();
    model.labels().keySet().forEach(head -> heads.put(head, head));
    return heads;
  }

  private void tagText(Tagger tagger, String file, SentenceWriter writer) throws IOException {
    TextSegmenter segmenter =
        TextSegmenter.forLanguage(tagger.model().config().input().language())
            .with(lines ? LineBreaks.END_SENTENCE : LineBreaks.WRAP);
    TextPipeline pipeline = new TextPipeline(segmenter, tagger::tagDocument);
    byte[] bytes = file.equals("-") ? stdin.readAllBytes() : Files.readAllBytes(Path.of(file));
    String name = file.equals("-") ? CorpusFormat.STDIN : file;
    for (TaggedSentence sentence : pipeline.annotate(decode(bytes, name)).sentences()) {
      writer.write(CorpusSentence.of(sentence));
    }
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

  private void tagCorpus(Tagger tagger, String file, SentenceWriter writer) throws IOException {
    CorpusFormat format = Formats.of(in, input(tagger.model()), Map.of());
    try (DocumentReader reader =
        new DocumentReader(
            file.equals("-")
                ? format.open(stdin, CorpusFormat.STDIN)
                : format.open(Path.of(file)))) {
      for (List<List<CorpusSentence>> block = reader.read(BLOCK);
          !block.isEmpty();
          block = reader.read(BLOCK)) {
        for (CorpusSentence sentence : TaggedCorpus.tag(tagger, block)) {
          writer.write(sentence);
        }
      }
    }
  }
}
