package io.github.rnnotator.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.annotate.OrderedTasks;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.io.AtomicOutput;
import io.github.rnnotator.io.TextLines;
import io.github.rnnotator.segment.TextTokenizer;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.Section;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rnnotator classify}: labels each line of text. */
@Command(
    name = "classify",
    description = {
      "Assigns a label to each text: one text per line or per file.",
      "An output line has label, probability and text, separated by tabs. A blank line has no"
          + " label and is unchanged."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  rnnotator classify -m sms.rnn messages.txt",
      "  rnnotator classify -m sms.rnn --out jsonl -o labelled.jsonl messages.txt",
      "  echo 'Call now to claim your prize' | rnnotator classify -m sms.rnn"
    })
final class ClassifyCommand implements Callable<Integer> {
  /**
   * The number of texts read and labelled together, and their approximate maximum length in
   * characters.
   */
  private static final int BLOCK = 1024;

  private static final long BLOCK_CHARACTERS = 1 << 20;

  private static final JsonFactory JSON = new JsonFactory();

  private final InputStream stdin;
  private final OutputStream stdout;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "MODEL",
      description = "A model file, trained with a head of kind: document.")
  private Path model;

  @Option(
      names = "--in",
      paramLabel = "UNIT",
      defaultValue = "lines",
      description = "lines (one text per line) or text (one per file). Default: ${DEFAULT-VALUE}.")
  private String in;

  @Option(
      names = "--out",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or jsonl. Default: ${DEFAULT-VALUE}.")
  private String out;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write. Default: standard output.")
  private @Nullable Path output;

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Files; - for standard input.")
  private List<String> files = new ArrayList<>(List.of("-"));

  private boolean warned;

  /** The labels of the model, and the lines that begin with one and a tab, of those with text. */
  private Set<String> labels = Set.of();

  private long texts;
  private long labelled;

  ClassifyCommand(InputStream stdin, OutputStream stdout) {
    this.stdin = stdin;
    this.stdout = stdout;
  }

  @Override
  public Integer call() throws IOException {
    if (!List.of("lines", "text").contains(in)) {
      throw new InputException("--in " + in + ": expected lines or text");
    }
    if (!List.of("text", "jsonl").contains(out)) {
      throw new InputException(
          "--out " + out + ": expected text or jsonl, since a label applies to a whole text");
    }
    new FileRoles().reads(model).readsAll(files).writes(output);
    TaggerModel loaded = Models.loadClassifier(model);
    labels =
        loaded.labels().values().stream()
            .flatMap(own -> own.names().stream())
            .collect(Collectors.toSet());
    Annotator annotator = Annotator.of(new Tagger(loaded));
    if (output == null) {
      Writer writer = writer(stdout);
      labelAll(annotator, writer);
      writer.flush();
      hint();
      return 0;
    }
    try (AtomicOutput file = AtomicOutput.to(output)) {
      Writer writer = writer(file.stream());
      labelAll(annotator, writer);
      writer.flush();
      file.commit();
    }
    hint();
    return 0;
  }

  /** Says so if the lines are training data: their labels were read as part of the texts. */
  private void hint() {
    if (texts > 0 && labelled == texts) {
      spec.commandLine()
          .getErr()
          .println(
              "rnnotator: every line begins with a label of the model and a tab, as in training"
                  + " data, which was read as part of the text; eval -m scores such a file");
    }
  }

  private static Writer writer(OutputStream stream) {
    return new BufferedWriter(
        new OutputStreamWriter(new BufferedOutputStream(stream, 1 << 16), StandardCharsets.UTF_8));
  }

  private void labelAll(Annotator annotator, Writer writer) throws IOException {
    try (OrderedTasks<List<Document>> tasks =
        new OrderedTasks<>(Runtime.getRuntime().availableProcessors())) {
      for (String file : files) {
        String name = file.equals("-") ? CorpusFormat.STDIN : file;
        try (TextLines lines =
            file.equals("-") ? new TextLines(stdin, name) : TextLines.open(Path.of(file))) {
          for (List<Document> block = block(lines, name);
              !block.isEmpty();
              block = block(lines, name)) {
            List<Document> texts = block;
            tasks.add(() -> annotator.annotate(texts));
            while (tasks.isDue()) {
              write(tasks.take(), writer);
            }
          }
        }
      }
      while (!tasks.isEmpty()) {
        write(tasks.take(), writer);
      }
    }
  }

  private List<Document> block(TextLines lines, String name) throws IOException {
    List<Document> block = new ArrayList<>();
    StringBuilder whole = new StringBuilder();
    long characters = 0;
    boolean any = false;
    while (block.size() < BLOCK && characters < BLOCK_CHARACTERS) {
      Optional<TextLines.Line> line = lines.read();
      if (line.isEmpty()) {
        break;
      }
      String text = line.get().text();
      any = true;
      if (in.equals("lines")) {
        int tab = text.indexOf('\t');
        texts += text.isBlank() ? 0 : 1;
        labelled += tab > 0 && labels.contains(text.substring(0, tab)) ? 1 : 0;
        block.add(text(name, name + ":" + line.get().number(), text));
        characters += text.length();
      } else if (whole.length() <= TextTokenizer.LONGEST) {
        whole.append(whole.isEmpty() ? "" : "\n").append(text);
      }
    }
    if (in.equals("text") && any) {
      block.add(text(name, name, whole.toString()));
    }
    return block;
  }

  private Document text(String name, String place, String raw) {
    if (raw.length() > TextTokenizer.LONGEST && !warned) {
      warned = true;
      spec.commandLine()
          .getErr()
          .printf(
              Locale.ROOT,
              "%s: longer than %,d characters; the label is that of the beginning%n",
              place,
              TextTokenizer.LONGEST);
    }
    return new Document(files.size() > 1 ? name : "", raw, List.of(), Section.WHOLE);
  }

  private void write(List<Document> labelled, Writer writer) throws IOException {
    for (Document text : labelled) {
      Map<String, Label> labels = text.labels();
      if (out.equals("jsonl")) {
        writeJson(text, labels, writer);
      } else {
        for (Label label : labels.values()) {
          writer.write(label.name() + "\t" + rounded(label) + "\t");
        }
        writer.write(text.text().replace('\n', ' '));
      }
      writer.write('\n');
    }
    // Shows the results at once, and stops here if the reader is gone.
    writer.flush();
  }

  private static void writeJson(Document text, Map<String, Label> labels, Writer writer)
      throws IOException {
    try (JsonGenerator json =
        JSON.createGenerator(writer).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.writeStartObject();
      if (!text.id().isEmpty()) {
        json.writeStringField("document", text.id());
      }
      json.writeStringField("text", text.text());
      json.writeObjectFieldStart("labels");
      for (Map.Entry<String, Label> label : labels.entrySet()) {
        json.writeStringField(label.getKey(), label.getValue().name());
      }
      json.writeEndObject();
      json.writeObjectFieldStart("probabilities");
      for (Map.Entry<String, Label> label : labels.entrySet()) {
        json.writeFieldName(label.getKey());
        json.writeNumber(rounded(label.getValue()));
      }
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private static String rounded(Label label) {
    return String.format(Locale.ROOT, "%.4f", Objects.requireNonNull(label.probability()));
  }
}
