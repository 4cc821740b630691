package io.github.rnnotator.cli;

import io.github.rnnotator.io.CorpusInput;
import io.github.rnnotator.pretrain.PretrainRecipe;
import io.github.rnnotator.pretrain.Pretraining;
import io.github.rnnotator.pretrain.TextListener;
import io.github.rnnotator.train.ModelCard;
import io.github.rnnotator.train.TrainingFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rnnotator pretrain}: from raw text to layers with which a tagger begins. */
@Command(
    name = "pretrain",
    description = {
      "Pretrains words, characters and the first layer of a tagger on raw text: they learn to"
          + " predict the next and the previous word.",
      "A tagger begins with them if its configuration has pretrained: {from: BASE.rnn}."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  rnnotator pretrain -c eval/bundled-en.yaml wiki.txt.zst news.txt.gz -o base.rnn"
    })
final class PretrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private final RecipeOptions options = new RecipeOptions();

  @Parameters(
      paramLabel = "TEXT",
      arity = "1..*",
      description =
          "Raw text: a paragraph per line, a blank line between documents; may be compressed.")
  private List<Path> texts;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "BASE.rnn",
      description = "The file of pretrained layers to write.")
  private Path output;

  @Mixin private final RunOptions runs = new RunOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    runs.check();
    PretrainRecipe recipe = options.readPretraining();
    TrainingFiles files = new TrainingFiles(output, runs.seeds());
    long firstSeed = recipe.training().seed();
    FileRoles roles = new FileRoles().reads(options.config()).reads(recipe.words().vectors());
    for (Path text : texts) {
      CorpusInput.requireFile(text);
      roles.reads(text);
    }
    roles.writesAll(files.written(firstSeed));
    runs.requireNoCheckpoint(files, firstSeed);
    options.announce(err);
    Pretraining pretraining =
        new Pretraining(recipe, texts, options.threads(), event -> {}, new TextProgress(err));
    ModelCard card =
        new ModelCard(
            Main.Version.number(), runs.dataLicense(), options.config(), options.settings());
    runs.runAll(
        files,
        firstSeed,
        "chunk",
        (seed, listener, resume) -> {
          Pretraining.Result result = pretraining.seed(seed).listener(listener).run(resume);
          String text =
              card.of(
                  recipe.config().language(),
                  result.chunk(),
                  result.scores(),
                  amount(result),
                  seed);
          return new RunOptions.Outcome(
              result.chunk(),
              result.scores(),
              file -> files.writeModel(file, result.encoder().withCard(text), runs.type()));
        });
    err.println("wrote " + output + " (" + Files.size(output) / 1000 + " kB)");
    return 0;
  }

  /** Shows how much of the text was read, on a terminal, and then what was found. */
  private static final class TextProgress implements TextListener {
    private final PrintWriter err;
    private @Nullable WordCount count;

    TextProgress(PrintWriter err) {
      this.err = err;
    }

    @Override
    public void read(long tokens) {
      WordCount shown = count == null ? new WordCount("first pass") : count;
      shown.accept(tokens);
      count = shown;
    }

    @Override
    public void note(String line) {
      if (count != null) {
        count.close();
        count = null;
      }
      err.println(line);
      err.flush();
    }
  }

  private String amount(Pretraining.Result result) {
    return String.format(
        Locale.ROOT,
        "%,d tokens of %s",
        result.tokens(),
        texts.stream()
            .map(text -> String.valueOf(text.getFileName()))
            .collect(Collectors.joining(", ")));
  }
}
