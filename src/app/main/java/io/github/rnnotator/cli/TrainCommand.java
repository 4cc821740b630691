package io.github.rnnotator.cli;

import io.github.rnnotator.data.GoldCheck;
import io.github.rnnotator.data.GoldCorpus;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.Split;
import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.pretrained.PretrainedEncoder;
import io.github.rnnotator.train.ModelCard;
import io.github.rnnotator.train.NetworkTooLargeException;
import io.github.rnnotator.train.PretrainedLayers;
import io.github.rnnotator.train.Recipe;
import io.github.rnnotator.train.SegmentConfig;
import io.github.rnnotator.train.StartModel;
import io.github.rnnotator.train.Trainer;
import io.github.rnnotator.train.Training;
import io.github.rnnotator.train.TrainingFiles;
import io.github.rnnotator.train.segmenter.SegmenterTraining;
import io.github.rnnotator.train.source.SourceSampling;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rnnotator train}: from a configuration and two files to a model file. */
@Command(
    name = "train",
    description = {
      "Trains a tagger on files with gold tags, a classifier on labelled texts, or a transducer on"
          + " pairs of texts."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  rnnotator train -c eval/ewt-pos.yaml --train train.conllu --dev dev.conllu -o ewt.rnn",
      "  rnnotator train -c eval/sms-spam.yaml --train sms.tsv -o sms.rnn",
      "  rnnotator train -c eval/cmudict.yaml --train train.tsv --dev dev.tsv -o cmudict.rnn",
      "  rnnotator train --from ewt.rnn --train more.conllu --set train.epochs=5 -o more.rnn",
      "  rnnotator train --from en -c own.yaml --train own.conll --dev dev.conll -o own.rnn"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private final RecipeOptions options = new RecipeOptions();

  @Option(
      names = "--from",
      paramLabel = "MODEL",
      description = {
        "Trains a finished model further: begins with its weights, and adds the words, characters"
            + " and labels of the data to its own. A model file, or the name of a bundled model.",
        "Given several times: begins with the average of models that were trained from one model"
            + " with other seeds. --set train.epochs=0 only averages, and scores.",
        "Without -c its layers and heads, and the defaults of train.* or what --set says; -c may"
            + " have other heads, for labels of your own, and lack embed and encoder."
      })
  private List<Path> from = List.of();

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description =
          "Training data. With train.sources in the configuration, one more source; else required.")
  private @Nullable Path train;

  @Option(
      names = "--dev",
      paramLabel = "FILE",
      description =
          "Data that selects the epoch to keep. Default: the last tenth of --train, or the dev data"
              + " of the sources.")
  private @Nullable Path dev;

  @Option(
      names = "--segmenter-only",
      description = {
        "With --from: trains a segmenter for the model and leaves its tagger as it is.",
        "Without a key segment in the configuration, the default one."
      })
  private boolean segmenterOnly;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "MODEL.rnn",
      description = "The model file to write.")
  private Path output;

  @Mixin private final RunOptions runs = new RunOptions();

  /** What is not as in the model to start from. */
  private final List<String> changes = new ArrayList<>();

  /** The model to start from, once it was read. */
  private @Nullable StartModel start;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    runs.check();
    if (options.isForPairs()) {
      if (!from.isEmpty() || segmenterOnly) {
        throw new InputException(
            "--from and --segmenter-only are for taggers, the configuration is for pairs");
      }
      new PairTrainer(options, runs, err).run(requireTrain(), dev, output);
      err.println("wrote " + output + " (" + Files.size(output) / 1000 + " kB)");
      return 0;
    }
    Recipe recipe = recipe();
    if (recipe.training().sources().isEmpty()) {
      requireTrain();
    }
    TrainingFiles files = new TrainingFiles(output, runs.seeds());
    long firstSeed = recipe.training().seed();
    FileRoles roles = options.inputs(recipe, from.isEmpty()).reads(train).reads(dev);
    from.forEach(roles::reads);
    roles.writesAll(files.written(firstSeed));
    runs.requireNoCheckpoint(files, firstSeed);
    SegmentConfig segment = segment(recipe);
    ModelCard card =
        new ModelCard(
            Main.Version.number(), runs.dataLicense(), options.config(), options.settings());
    if (segmenterOnly) {
      TaggerModel own = Objects.requireNonNull(start).model();
      files.writeModel(
          output, segmented(own, segmenter(segment, recipe, files), card), runs.type());
      Files.deleteIfExists(files.segmenterCheckpoint());
      err.println("wrote " + output + " (" + Files.size(output) / 1000 + " kB)");
      return 0;
    }
    Split data = data(recipe);
    changes.forEach(err::println);
    data.unseenLabels(recipe.tagger(), start == null ? Map.of() : start.model().labels())
        .forEach(err::println);
    SegmenterTraining.@Nullable Result segmenter = segmenter(segment, recipe, files);
    Training training =
        start == null
            ? Training.of(recipe, data, options.vectors(recipe, data, err))
            : Training.from(start, recipe, data);
    training = training.threads(options.threads());

    Training seeded = training;
    runs.runAll(
        files,
        firstSeed,
        (seed, listener, resume) -> {
          Trainer.Result result = seeded.seed(seed).listener(listener).run(resume);
          String text = card.of(result, data.train().amount(), seed) + pretrainedCard(seeded);
          TaggerModel model =
              segmented(
                  result.model().withCard(start == null ? text : text + start.card()),
                  segmenter,
                  card);
          return new RunOptions.Outcome(
              result.epoch(), result.scores(), file -> files.writeModel(file, model, runs.type()));
        });
    Files.deleteIfExists(files.segmenterCheckpoint());
    err.println("wrote " + output + " (" + Files.size(output) / 1000 + " kB)");
    return 0;
  }

  private Path requireTrain() {
    if (train == null) {
      throw new ParameterException(spec.commandLine(), "Missing required option: '--train=FILE'");
    }
    return train;
  }

  /** The card of the pretrained layers states the text from which they learned. */
  private static String pretrainedCard(Training training) {
    PretrainedEncoder layers = training.vectors().layers();
    PretrainedLayers settings = training.recipe().pretrained();
    return layers == null || settings == null
        ? ""
        : ModelCard.section(
            "Pretrained layers " + Path.of(settings.from()).getFileName(), layers.card());
  }

  private Recipe recipe() throws IOException {
    if (from.isEmpty()) {
      return options.read();
    }
    String models = from.stream().map(Path::toString).collect(Collectors.joining(", "));
    try {
      start = StartModel.read(from);
    } catch (IllegalArgumentException e) {
      throw new InputException("--from " + models + ": " + e.getMessage());
    }
    try {
      Recipe read = options.read(start.model().config());
      if (options.config() == null && !segmenterOnly) {
        List<Path> data = Stream.of(train, dev).filter(Objects::nonNull).toList();
        read = StartModel.withGold(read, data, changes::add);
      }
      Recipe recipe = start.recipe(read);
      changes.addAll(start.changes(read));
      return recipe;
    } catch (IllegalArgumentException e) {
      throw new InputException("--from " + models + ": " + e.getMessage());
    }
  }

  private @Nullable SegmentConfig segment(Recipe recipe) throws InputException {
    SegmentConfig segment = recipe.segment();
    if (segmenterOnly && start == null) {
      throw new InputException("--segmenter-only needs --from MODEL, whose segmenter it trains");
    }
    segment = segment == null && segmenterOnly ? SegmentConfig.defaults() : segment;
    if (segmenterOnly && from.size() > 1) {
      throw new InputException(
          "--segmenter-only leaves the tagger of one model as it is; give --from once");
    }
    if (segment != null && train == null) {
      throw new InputException(
          "a segmenter learns from --train and segment.files, not from train.sources; give --train,"
              + " or leave out segment");
    }
    if (segment != null && !recipe.tagger().input().format().equals("conllu")) {
      throw new InputException(
          "a segmenter learns from CoNLL-U, not from input.format: "
              + recipe.tagger().input().format()
              + "; leave out segment");
    }
    return segment;
  }

  /** Returns a model with the segmenter that was trained, if any, or that of the first model. */
  private TaggerModel segmented(
      TaggerModel model, SegmenterTraining.@Nullable Result trained, ModelCard card) {
    if (trained != null) {
      return card.withSegmenter(model, trained.model(), trained.scores());
    }
    return start == null ? model : model.withSegmenter(start.model().segmenter());
  }

  private SegmenterTraining.@Nullable Result segmenter(
      @Nullable SegmentConfig segment, Recipe recipe, TrainingFiles files)
      throws IOException, InterruptedException {
    options.announce(spec.commandLine().getErr());
    if (segment == null) {
      return null;
    }
    spec.commandLine().getErr().println("segmenter");
    Path saved = files.segmenterCheckpoint();
    try (TrainingProgress progress = new TrainingProgress(spec.commandLine().getErr())) {
      String language = recipe.tagger().input().language();
      return new SegmenterTraining(segment, language, options.threads(), progress)
          .run(requireTrain(), dev, runs.resume(saved, true));
    } catch (NetworkTooLargeException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }

  private Split data(Recipe recipe) throws IOException {
    Split data = recipe.training().sources().isEmpty() ? oneSource(recipe) : sources(recipe);
    if (start == null) {
      return data;
    }
    try {
      changes.addAll(start.newLabels(recipe, data.train()));
    } catch (IllegalArgumentException e) {
      throw new InputException("--from " + from.get(0) + ": " + e.getMessage());
    }
    return new Split(start.inSchemes(data.train()), start.inSchemes(data.dev()));
  }

  private void checkLanguage(Recipe recipe, GoldCorpus gold) {
    if (start != null) {
      String language = recipe.tagger().input().language();
      new LanguageCheck(language, "--from", spec.commandLine().getErr())
          .look(gold.source(), gold.sentences());
    }
  }

  private Split sources(Recipe recipe) throws IOException {
    Split data = recipe.sources(train, dev);
    checkLanguage(recipe, data.train());
    PrintWriter err = spec.commandLine().getErr();
    Map<Group.Source, Integer> dev = data.dev().sizes();
    Map<Group.Source, Integer> sizes = data.train().sizes();
    SourceSampling sampling = SourceSampling.of(sizes, recipe.training().balance());
    sizes.forEach(
        (source, size) ->
            err.printf(
                Locale.ROOT,
                "source %s: %,d %s, %.2f times per epoch, %s%n",
                source.name(),
                size,
                data.train().unit(),
                sampling.of(source),
                dev.containsKey(source) ? "%,d dev".formatted(dev.get(source)) : "no dev"));
    return data;
  }

  private Split oneSource(Recipe recipe) throws IOException {
    GoldCorpus gold = recipe.corpus(requireTrain());
    checkLanguage(recipe, gold);
    gold.requireGold(recipe.tagger(), "", GoldCheck.LEAVE_OUT);
    Split data;
    if (dev != null) {
      data = new Split(gold, recipe.corpus(dev));
      data.dev().requireGold(recipe.tagger(), "dev data", GoldCheck.LEAVE_OUT);
    } else {
      if (gold.size() == 1) {
        throw new InputException(
            train
                + ": one "
                + gold.unit().replaceFirst("s$", "")
                + " is too few to hold some out; give --dev");
      }
      data = Split.holdOut(gold);
      data.dev().requireHeldOutGold(recipe.tagger(), "the part held out as dev data", "give --dev");
      spec.commandLine()
          .getErr()
          .println(
              "no --dev: %s of --train are held out"
                  .formatted(
                      recipe.tagger().labelsTexts()
                          ? "every tenth text, %d,".formatted(data.dev().size())
                          : "the last %d sentences".formatted(data.dev().size())));
    }
    data.train().requireGold(recipe.tagger(), "", GoldCheck.LEAVE_OUT);
    return data;
  }
}
