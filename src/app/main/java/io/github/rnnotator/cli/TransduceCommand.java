package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.io.AtomicOutput;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.CorpusInput;
import io.github.rnnotator.io.TextLines;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.report.AttentionPlot;
import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.transducer.SearchConfig;
import io.github.rnnotator.tagger.transducer.Transducer;
import io.github.rnnotator.tagger.transducer.TransducerFile;
import io.github.rnnotator.tagger.transducer.TransducerModel;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rnnotator transduce}: writes an output for each line. */
@Command(
    name = "transduce",
    description = {
      "Writes an output for each line: its pronunciation, its translation, an answer. A blank line"
          + " is unchanged.",
      "With --n-best, an output line has rank, probability and output, separated by tabs, and a"
          + " blank line follows the last of each source."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  rnnotator transduce -m cmudict.rnn words.txt",
      "  rnnotator transduce -m cmudict.rnn --n-best 3 --beam 8 words.txt",
      "  echo tutorial | rnnotator transduce -m cmudict.rnn"
    })
final class TransduceCommand implements Callable<Integer> {
  /** The number of lines read together. */
  private static final int BLOCK = 256;

  private final InputStream stdin;
  private final OutputStream stdout;

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "MODEL",
      description = "A model file, trained with input.format: pairs.")
  private Path model;

  @Option(
      names = "--beam",
      paramLabel = "N",
      description = "How many beginnings of an output are kept. Default: search.beam of the model.")
  private @Nullable Integer beam;

  @Option(
      names = "--n-best",
      paramLabel = "N",
      description = "Writes the N best outputs of each line, with their probabilities.")
  private @Nullable Integer best;

  @Option(
      names = "--attention",
      paramLabel = "FILE.svg",
      description = "Draws what each symbol of the first output read of its source.")
  private @Nullable Path attention;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write. Default: standard output.")
  private @Nullable Path output;

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Files; - for standard input.")
  private List<String> files = new ArrayList<>(List.of("-"));

  private boolean drawn;

  TransduceCommand(InputStream stdin, OutputStream stdout) {
    this.stdin = stdin;
    this.stdout = stdout;
  }

  @Override
  public Integer call() throws IOException {
    new FileRoles().reads(model).readsAll(files).writes(output).writes(attention);
    if (Files.notExists(model) && BundledModel.named(model.toString()).isPresent()) {
      throw new InputException(
          "-m %s: the bundled model tags tokens; use rnnotator tag, or a model trained on pairs"
              .formatted(model));
    }
    TransducerModel loaded = TransducerFile.read(model);
    if (attention != null && loaded.config().decoder().attention() == null) {
      throw new InputException("--attention: the model has no attention");
    }
    Transducer transducer = new Transducer(loaded, search(loaded.config().search()), Ops.best());
    if (output == null) {
      transduceAll(loaded, transducer, writer(stdout));
      return 0;
    }
    try (AtomicOutput file = AtomicOutput.to(output)) {
      transduceAll(loaded, transducer, writer(file.stream()));
      file.commit();
    }
    return 0;
  }

  private SearchConfig search(SearchConfig own) throws InputException {
    try {
      SearchConfig search = beam == null ? own : own.beam(beam);
      if (best != null) {
        new SearchConfig(best, 0);
      }
      return search;
    } catch (IllegalArgumentException e) {
      throw new InputException("--beam and --n-best: " + e.getMessage());
    }
  }

  private static Writer writer(OutputStream stream) {
    return new BufferedWriter(
        new OutputStreamWriter(new BufferedOutputStream(stream, 1 << 16), StandardCharsets.UTF_8));
  }

  private void transduceAll(TransducerModel model, Transducer transducer, Writer writer)
      throws IOException {
    for (String file : files) {
      String name = file.equals("-") ? CorpusFormat.STDIN : file;
      try (TextLines lines =
          file.equals("-")
              ? new TextLines(CorpusInput.unpack(stdin, name), name)
              : TextLines.open(Path.of(file))) {
        for (List<String> block = block(lines, name, model);
            !block.isEmpty();
            block = block(lines, name, model)) {
          List<String> sources = block.stream().filter(line -> !line.isBlank()).toList();
          List<List<Transducer.Output>> all =
              sources.isEmpty()
                  ? List.of()
                  : transducer.transduce(sources, best == null ? 1 : best);
          Iterator<List<Transducer.Output>> outputs = all.iterator();
          for (String line : block) {
            if (line.isBlank()) {
              writer.write(line + "\n");
            } else {
              write(outputs.next(), writer);
            }
          }
          if (attention != null && !drawn && !sources.isEmpty()) {
            draw(alignment(transducer, sources.get(0), all.get(0).get(0).text()), attention);
          }
          // Shows the results at once, and stops here if the reader is gone.
          writer.flush();
        }
      }
    }
    writer.flush();
  }

  private static Transducer.Alignment alignment(Transducer transducer, String source, String output)
      throws InputException {
    try {
      return transducer.attention(source, output);
    } catch (IllegalArgumentException e) {
      throw new InputException("--attention: " + e.getMessage());
    }
  }

  private void draw(Transducer.Alignment alignment, Path file) throws IOException {
    drawn = true;
    try (AtomicOutput out = AtomicOutput.to(file)) {
      AttentionPlot.write(
          out.stream(), alignment.source(), alignment.target(), alignment.weights());
      out.commit();
    }
  }

  private static List<String> block(TextLines lines, String name, TransducerModel model)
      throws IOException {
    List<String> block = new ArrayList<>();
    while (block.size() < BLOCK) {
      Optional<TextLines.Line> line = lines.read();
      if (line.isEmpty()) {
        break;
      }
      try {
        if (!line.get().text().isBlank()) {
          model.sourceIds(line.get().text());
        }
      } catch (IllegalArgumentException e) {
        throw new CorpusException(name, line.get().number(), String.valueOf(e.getMessage()));
      }
      block.add(line.get().text());
    }
    return block;
  }

  private void write(List<Transducer.Output> outputs, Writer writer) throws IOException {
    if (best == null) {
      writer.write(outputs.get(0).text() + "\n");
      return;
    }
    for (int rank = 1; rank <= outputs.size(); rank++) {
      Transducer.Output one = outputs.get(rank - 1);
      writer.write(
          String.format(Locale.ROOT, "%d\t%.4f\t%s\n", rank, one.probability(), one.text()));
    }
    writer.write("\n");
  }
}
