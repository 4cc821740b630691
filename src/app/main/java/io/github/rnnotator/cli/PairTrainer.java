package io.github.rnnotator.cli;

import io.github.rnnotator.data.PairCorpus;
import io.github.rnnotator.train.ModelCard;
import io.github.rnnotator.train.PairRecipe;
import io.github.rnnotator.train.PairTraining;
import io.github.rnnotator.train.TrainingFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code rnnotator train} with a configuration for pairs: trains a transducer. */
record PairTrainer(RecipeOptions options, RunOptions runs, PrintWriter err) {
  void run(Path train, @Nullable Path dev, Path output) throws IOException, InterruptedException {
    PairRecipe recipe = options.readPairs();
    TrainingFiles files = new TrainingFiles(output, runs.seeds());
    long firstSeed = recipe.training().seed();
    new FileRoles()
        .reads(options.config())
        .reads(train)
        .reads(dev)
        .writesAll(files.written(firstSeed));
    runs.requireNoCheckpoint(files, firstSeed);
    List<PairCorpus> data = data(recipe, train, dev);
    options.announce(err);
    PairTraining training =
        new PairTraining(recipe, data.get(0), data.get(1), options.threads(), event -> {});
    ModelCard card =
        new ModelCard(
            Main.Version.number(), runs.dataLicense(), options.config(), options.settings());
    runs.runAll(
        files,
        firstSeed,
        (seed, listener, resume) -> {
          PairTraining.Result result = training.seed(seed).listener(listener).run(resume);
          String text =
              card.of(
                  recipe.transducer().input().language(),
                  result.epoch(),
                  result.scores(),
                  data.get(0).pairs().size() + " pairs",
                  seed);
          return new RunOptions.Outcome(
              result.epoch(),
              result.scores(),
              file -> files.writeModel(file, result.model().withCard(text), runs.type()));
        });
  }

  private List<PairCorpus> data(PairRecipe recipe, Path train, @Nullable Path dev)
      throws IOException {
    PairCorpus gold = PairCorpus.read(train, recipe.transducer().input());
    if (dev != null) {
      return List.of(gold, PairCorpus.read(dev, recipe.transducer().input()));
    }
    List<PairCorpus> parts = gold.holdOut();
    err.println(
        "no --dev: every tenth pair, %d, of --train are held out"
            .formatted(parts.get(1).pairs().size()));
    return parts;
  }
}
