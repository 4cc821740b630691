package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.embed.VectorFile;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.io.AtomicOutput;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.OneLine;
import io.github.rnnotator.vectors.VectorImport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rnnotator vectors}: from a published file of word vectors to a small one. */
@Command(
    name = "vectors",
    description = {
      "Converts, prunes and quantises word vectors.",
      "Reads text of GloVe, word2vec and fastText, word2vec's binary format, each also gzipped, and"
          + " its own files.",
      "Of a model with pretrained vectors it keeps those of the first words (--top), which makes it"
          + " smaller."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  rnnotator vectors glove.6B.100d.txt -o glove.vec --top 100000 --type i8",
      "  rnnotator vectors large.rnn -o small.rnn --top 10000"
    })
final class VectorsCommand implements Callable<Integer> {
  private static final String MODEL = ".rnn";

  private final InputStream stdin;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Word vectors; - for standard input.")
  private String file;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.vec",
      description = "The file to write (docs/formats.md).")
  private Path output;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "Keeps the first N words, which are the most frequent. Default: all.")
  private int top = Integer.MAX_VALUE;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "F16",
      description = "How numbers are stored: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private WordVectors.Type type;

  @Option(
      names = "--weights",
      paramLabel = "TYPE",
      defaultValue = "F16",
      description =
          "How the weights of a model are stored: ${COMPLETION-CANDIDATES}. Default:"
              + " ${DEFAULT-VALUE}.")
  private Safetensors.Type weights;

  VectorsCommand(InputStream stdin) {
    this.stdin = stdin;
  }

  @Override
  public Integer call() throws IOException {
    if (top < 1) {
      throw new InputException("--top is " + top + ", expected at least 1");
    }
    new FileRoles().reads(file).writes(output);
    if (output.toString().endsWith(MODEL)) {
      return ofModel();
    }
    WordVectors vectors;
    List<String> notes = new ArrayList<>();
    try (WordCount count = new WordCount(file)) {
      vectors =
          file.equals("-")
              ? VectorImport.read(stdin, CorpusFormat.STDIN, top, type, count, notes::add)
              : VectorImport.read(Path.of(file), top, Set.of(), type, count, notes::add);
    }
    String source = file.equals("-") ? CorpusFormat.STDIN : file;
    notes.forEach(note -> spec.commandLine().getErr().println(OneLine.of(source + ": " + note)));
    try (AtomicOutput out = AtomicOutput.to(output)) {
      VectorFile.write(out.stream(), vectors);
      out.commit();
    }
    spec.commandLine()
        .getErr()
        .printf(
            Locale.ROOT,
            "wrote %s: %,d words, length %d, %s (%,d kB)%n",
            output,
            vectors.size(),
            vectors.dim(),
            vectors.type().name().toLowerCase(Locale.ROOT),
            Files.size(output) / 1000);
    return 0;
  }

  /** Makes a model smaller. */
  private int ofModel() throws IOException {
    TaggerModel model = ModelFile.read(Path.of(file));
    TaggerModel smaller;
    try {
      smaller = model.withVectors(top);
    } catch (IllegalArgumentException e) {
      throw new InputException(file + ": " + e.getMessage());
    }
    try (AtomicOutput out = AtomicOutput.to(output)) {
      ModelFile.write(out.stream(), smaller, weights);
      out.commit();
    }
    spec.commandLine()
        .getErr()
        .printf(
            Locale.ROOT,
            "wrote %s: %,d of %,d pretrained vectors, weights %s (%,d kB)%n",
            output,
            Objects.requireNonNull(smaller.vocabularies().vectors()).size(),
            Objects.requireNonNull(model.vocabularies().vectors()).size(),
            weights,
            Files.size(output) / 1000);
    return 0;
  }
}
