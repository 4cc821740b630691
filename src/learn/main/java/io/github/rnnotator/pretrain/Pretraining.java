package io.github.rnnotator.pretrain;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.pretrained.PretrainedEncoder;
import io.github.rnnotator.train.NetworkTooLargeException;
import io.github.rnnotator.train.Trainer;
import io.github.rnnotator.train.TrainingCheckpoint;
import io.github.rnnotator.train.TrainingEvent;
import io.github.rnnotator.train.TrainingRun;
import io.github.rnnotator.train.Workers;
import io.github.rnnotator.vectors.VectorImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pretrains the lower layers of a tagger on raw text: a first pass over the text counts its words,
 * then one epoch or more of training steps, chunk by chunk, with the perplexity of held-out text
 * after each. Memory does not grow with the text. One seed gives one result, bit for bit, whatever
 * the number of threads, and also if a run was stopped and resumed. Immutable.
 *
 * @param recipe what to pretrain and how
 * @param texts files with a paragraph per line and a blank line between documents, compressed or
 *     not; at least one
 * @param threads the number of threads, at least 1; the result does not depend on it
 * @param listener receives the events of a run, on the calling thread; its epochs are chunks
 * @param notes receives what is found in the text
 */
public record Pretraining(
    PretrainRecipe recipe,
    List<Path> texts,
    int threads,
    Consumer<TrainingEvent> listener,
    TextListener notes) {
  /**
   * Copies the files and checks the number of threads.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public Pretraining {
    Workers.check(threads);
    texts = List.copyOf(texts);
  }

  /**
   * The best layers of a run.
   *
   * @param encoder with the weights of the best chunk, without a card
   * @param chunk the best chunk, from 1
   * @param scores the perplexity of the next and of the previous word
   * @param tokens the number of tokens of the text that was trained on
   */
  public record Result(
      PretrainedEncoder encoder, int chunk, Map<String, Perplexity> scores, long tokens) {}

  /** Returns a copy with another seed. */
  public Pretraining seed(long seed) {
    return new Pretraining(recipe.withSeed(seed), texts, threads, listener, notes);
  }

  /** Returns a copy that reports to another listener. */
  public Pretraining listener(Consumer<TrainingEvent> listener) {
    return new Pretraining(recipe, texts, threads, listener, notes);
  }

  /**
   * Pretrains.
   *
   * @param resume where to keep a checkpoint and whether to resume from it, or null to keep none
   * @throws IOException if the text, the vectors or a checkpoint can't be read, or a checkpoint
   *     can't be written
   * @throws NetworkTooLargeException if there is not enough memory
   * @throws io.github.rnnotator.train.DivergedException if a weight, gradient or loss is not finite
   * @throws InterruptedException if the thread is interrupted
   */
  public Result run(Trainer.@Nullable Resume resume) throws IOException, InterruptedException {
    TextPlan plan = TextPlan.of(texts, recipe.training());
    int epochs = recipe.training().epochs();
    try (Workers workers = Workers.start(threads);
        ChunkStream chunks = new ChunkStream(plan, TextGroups.of(recipe), epochs)) {
      TextSurvey survey = TextSurvey.of(plan, recipe, workers, notes::read);
      notes.note(
          String.format(
              Locale.ROOT,
              "%,d tokens in %d chunks, %,d words with a vector, %,d characters; %,d groups held"
                  + " out",
              survey.tokens(),
              plan.chunks(),
              survey.vocabularies().words().size() - 1,
              survey.vocabularies().characters().size() - 1,
              survey.heldOut().size()));
      NetworkTooLargeException.check(
          Language.weights(recipe, survey.vocabularies()),
          recipe.training().shards(),
          Runtime.getRuntime().maxMemory());
      WordVectors vectors = vectors(survey.vocabularies().words());
      PretrainTask task = new PretrainTask(recipe, survey, vectors, chunks, workers);
      TrainingRun.Settings settings =
          new TrainingRun.Settings(
              recipe.training().steps(plan.chunks() * epochs), Ops.best(), listener);
      TrainingRun.Saved saved =
          resume == null ? null : new TrainingRun.Saved(identity(survey, vectors), resume);
      int chunk = new TrainingRun<>(task, settings, saved, workers).train();
      return new Result(task.bestEncoder(), chunk, task.bestScores(), survey.tokens());
    }
  }

  private TrainingCheckpoint.Identity identity(TextSurvey survey, @Nullable WordVectors vectors) {
    return new TrainingCheckpoint.Identity(
        recipe.config() + " " + recipe.words().vectors(null) + " " + recipe.training(),
        Long.toHexString(survey.hash()),
        vectors == null ? "" : vectors.sha256());
  }

  private @Nullable WordVectors vectors(Vocabulary words) throws IOException {
    String name = recipe.words().vectors();
    if (name == null) {
      return null;
    }
    Set<String> wanted = new HashSet<>();
    words.entries().forEach(entry -> wanted.add(entry.text()));
    WordVectors vectors =
        VectorImport.read(
            Path.of(name),
            // The first word, or a file without any of the text's words would be refused as empty.
            1,
            wanted,
            WordVectors.Type.F16,
            read -> {},
            problem -> notes.note(name + ": " + problem));
    if (vectors.dim() != recipe.words().dim()) {
      throw new InputException(
          "embed.words.dim is %d, the vectors of %s have length %d; set embed.words.dim: %d"
              .formatted(recipe.words().dim(), name, vectors.dim(), vectors.dim()));
    }
    long found = words.entries().stream().filter(e -> vectors.find(e.text()) >= 0).count();
    notes.note(
        String.format(
            Locale.ROOT, "%s: %,d of %,d words have a vector", name, found, words.size() - 1));
    return vectors;
  }
}
