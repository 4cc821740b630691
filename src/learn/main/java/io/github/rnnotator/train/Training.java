package io.github.rnnotator.train;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.data.PretrainedVectors;
import io.github.rnnotator.data.Split;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.pretrained.PretrainedEncoder;
import io.github.rnnotator.train.source.CrossViewConfig;
import io.github.rnnotator.train.source.Lexicon;
import io.github.rnnotator.train.source.UnlabelledText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a recipe on data: with all processors, without a listener and without a checkpoint, unless
 * told otherwise. Immutable.
 *
 * @param recipe what to train and how
 * @param data what to train on
 * @param vectors the word vectors and layers that the recipe requests
 * @param start the model whose weights a run begins with, or null for fresh ones
 * @param threads the number of threads, at least 1; the result does not depend on it
 * @param listener receives the events of a run, on the calling thread
 */
public record Training(
    Recipe recipe,
    Split data,
    PretrainedVectors vectors,
    @Nullable StartModel start,
    int threads,
    Consumer<TrainingEvent> listener) {
  /**
   * Checks the number of threads.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public Training {
    Workers.check(threads);
  }

  /**
   * Creates a training with new weights; reads the word vectors that the recipe requests.
   *
   * @throws IOException if the vectors can't be read
   */
  public static Training of(Recipe recipe, Split data) throws IOException {
    return of(
        recipe,
        data,
        PretrainedVectors.read(
            recipe.tagger(),
            recipe.pretrainedFile(),
            data.train().sentences(),
            n -> {},
            note -> {}));
  }

  /**
   * Creates a training that begins with the weights and the word vectors of a model; the file of
   * vectors that it was trained with is not read.
   *
   * @param recipe with the layers and heads of the model ({@link StartModel#recipe})
   * @param data with tags in its schemes ({@link StartModel#inSchemes})
   */
  public static Training from(StartModel start, Recipe recipe, Split data) {
    PretrainedVectors own =
        new PretrainedVectors(recipe.tagger(), start.model().vocabularies().vectors(), null);
    Training fresh = of(recipe, data, own);
    return new Training(recipe, data, own, start, fresh.threads, fresh.listener);
  }

  /** Creates a training with new weights and these word vectors. */
  public static Training of(Recipe recipe, Split data, PretrainedVectors vectors) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new Training(recipe, data, vectors, null, processors, event -> {});
  }

  /** Returns a copy with another seed. */
  public Training seed(long seed) {
    return new Training(recipe.withSeed(seed), data, vectors, start, threads, listener);
  }

  /** Returns a copy with another number of threads. */
  public Training threads(int threads) {
    return new Training(recipe, data, vectors, start, threads, listener);
  }

  /** Returns a copy that reports to another listener. */
  public Training listener(Consumer<TrainingEvent> listener) {
    return new Training(recipe, data, vectors, start, threads, listener);
  }

  /**
   * Trains without a checkpoint.
   *
   * @see #run(Trainer.Resume)
   */
  public Trainer.Result run() throws IOException, InterruptedException {
    return run(null);
  }

  /**
   * Trains.
   *
   * @param resume where to keep a checkpoint and whether to resume from it, or null to keep none
   * @throws IOException if a checkpoint can't be written or read, or belongs to another run
   * @throws NetworkTooLargeException if there is not enough memory
   * @throws DivergedException if a weight, gradient or loss is not finite
   * @throws InterruptedException if the thread is interrupted
   */
  public Trainer.Result run(Trainer.@Nullable Resume resume)
      throws IOException, InterruptedException {
    Trainer trainer =
        new Trainer(
            vectors.config(), recipe.training(), vectors.vectors(), Ops.best(), threads, listener);
    PretrainedEncoder layers = vectors.layers();
    if (layers != null && recipe.pretrained() != null) {
      trainer = trainer.pretrained(layers, recipe.pretrained().rate());
    }
    if (start != null) {
      trainer = trainer.startingFrom(start.model());
    }
    String lexicon = recipe.training().lexicon();
    if (!lexicon.isEmpty()) {
      trainer = trainer.lexicon(Lexicon.read(Path.of(lexicon)));
    }
    Trainer.Result result = trainer.train(trainingData(), data.dev().dataset(), resume);
    return recipe.auxiliary().isEmpty()
        ? result
        : result.with(result.model().without(Set.copyOf(recipe.auxiliary())));
  }

  /** Returns the data with gold tags, and the text without if there is any. */
  private Dataset trainingData() throws IOException {
    Dataset labelled = data.train().dataset();
    CrossViewConfig text = recipe.training().crossView();
    if (!text.hasText()) {
      return labelled;
    }
    double shown =
        labelled.documents().stream()
            .mapToDouble(d -> d.source().weight() * d.sentences().size())
            .sum();
    String language = recipe.tagger().input().language();
    return labelled.with(UnlabelledText.of(text, language).read(shown));
  }
}
