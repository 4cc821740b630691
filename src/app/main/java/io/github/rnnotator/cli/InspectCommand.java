package io.github.rnnotator.cli;

import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.SegmenterModel;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.pretrained.PretrainedEncoder;
import io.github.rnnotator.tagger.pretrained.PretrainedFile;
import io.github.rnnotator.tagger.transducer.TransducerFile;
import io.github.rnnotator.tagger.transducer.TransducerModel;
import io.github.rnnotator.tagger.transducer.Unit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rnnotator inspect}: shows the contents of a model file. */
@Command(
    name = "inspect",
    description = "Shows a model's card, heads, labels, sizes and hashes.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  rnnotator inspect ewt.rnn"})
final class InspectCommand implements Callable<Integer> {
  private static final int MOST_LABELS = 100;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      arity = "0..1",
      description = "A model file, or the name of a bundled model. Default: en.")
  private @Nullable Path file;

  @Override
  public Integer call() throws IOException {
    if (file != null && Files.isRegularFile(file) && TransducerFile.isTransducer(file)) {
      TransducerFile.Contents contents = TransducerFile.inspect(file);
      TransducerModel transducer = contents.model();
      PrintWriter out = spec.commandLine().getOut();
      out.println(transducer.card().strip());
      out.printf(
          Locale.ROOT,
          "%nsource: %,d symbols (%s)%ntarget: %,d symbols (%s)%n%n",
          transducer.source().entries().size(),
          name(transducer.config().input().source()),
          transducer.target().entries().size(),
          name(transducer.config().input().target()));
      print(transducer.parameters(), contents.entries(), out);
      return 0;
    }
    if (file != null && Files.isRegularFile(file) && PretrainedFile.isPretrained(file)) {
      PretrainedFile.Contents contents = PretrainedFile.inspect(file);
      PretrainedEncoder encoder = contents.encoder();
      PrintWriter out = spec.commandLine().getOut();
      out.println(encoder.card().strip());
      out.println();
      printVocabularies(encoder.vocabularies(), out);
      print(encoder.parameters(), contents.entries(), out);
      return 0;
    }
    ModelFile.Contents contents = Models.inspect(file);
    TaggerModel model = contents.model();
    PrintWriter out = spec.commandLine().getOut();
    out.println(model.card().strip());
    out.println();
    out.println("heads");
    model
        .labels()
        .forEach(
            (head, labels) ->
                out.println("  " + describe(head, labels, model.config().heads().get(head))));
    out.println();
    printVocabularies(model.vocabularies(), out);
    WordVectors vectors = model.vocabularies().vectors();
    if (vectors != null) {
      out.printf(
          Locale.ROOT,
          "%,d pretrained vectors of length %d, %s%n%n",
          vectors.size(),
          vectors.dim(),
          vectors.type());
    }
    SegmenterModel segmenter = model.segmenter();
    if (segmenter != null) {
      out.printf(
          Locale.ROOT,
          "segmenter: %,d pieces, %,d multiword tokens, %,d weights%n%n",
          segmenter.network().vocabularies().words().entries().size(),
          segmenter.multiword().words().size(),
          segmenter.network().parameters().stream().mapToLong(Parameter::size).sum());
    }
    print(model.parameters(), contents.entries(), out);
    return 0;
  }

  private static void printVocabularies(Vocabularies vocabularies, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%,d words, %,d characters%n%n",
        vocabularies.words().entries().size(),
        vocabularies.characters().entries().size());
  }

  private static String name(Unit unit) {
    return unit.name().toLowerCase(Locale.ROOT);
  }

  private static void print(
      List<Parameter> parameters, List<ModelFile.EntryInfo> entries, PrintWriter out) {
    out.println("weights");
    long sum = 0;
    for (Parameter parameter : parameters) {
      out.println("  " + parameter);
      sum += parameter.size();
    }
    out.printf(Locale.ROOT, " %,d in total%n%n", sum);
    out.println("entries");
    for (ModelFile.EntryInfo entry : entries) {
      out.printf(
          Locale.ROOT,
          "  %-20s %,12d bytes  sha256 %s%n",
          entry.name(),
          entry.bytes(),
          entry.sha256());
    }
    out.flush();
  }

  private static String describe(String head, Labels labels, @Nullable HeadConfig settings) {
    HeadConfig.Pooling pooling = settings == null ? null : settings.pooling();
    String scheme =
        labels.modelScheme() == null
            ? pooling == null
                ? ""
                : ", one per text, pooling " + pooling.name().toLowerCase(Locale.ROOT)
            : ", " + labels.modelScheme() + " inside, " + labels.fileScheme() + " outside";
    return head + ": " + labels.size() + " labels" + scheme + ": " + named(labels.names());
  }

  /** Abbreviates long lists of labels. */
  private static String named(List<String> names) {
    String shown = String.join(" ", names.subList(0, Math.min(MOST_LABELS, names.size())));
    return names.size() <= MOST_LABELS
        ? shown
        : String.format(Locale.ROOT, "%s and %,d more", shown, names.size() - MOST_LABELS);
  }
}
