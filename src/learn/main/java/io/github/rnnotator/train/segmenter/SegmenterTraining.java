package io.github.rnnotator.train.segmenter;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.eval.Score;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.SegmenterModel;
import io.github.rnnotator.text.MultiwordTable;
import io.github.rnnotator.train.SegmentConfig;
import io.github.rnnotator.train.Trainer;
import io.github.rnnotator.train.TrainingEvent;
import io.github.rnnotator.train.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains a segmenter on the text of CoNLL-U files. One seed gives one result. Immutable.
 *
 * @param config the network, its training and the other files
 * @param language ISO 639 code of the text, which selects the word lists of {@link TextVariation}
 * @param threads the number of threads, at least 1; the result does not depend on it
 * @param listener receives the events of the run, on the calling thread
 */
public record SegmenterTraining(
    SegmentConfig config, String language, int threads, Consumer<TrainingEvent> listener) {
  /**
   * Checks the number of threads.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public SegmenterTraining {
    Workers.check(threads);
  }

  /**
   * A segmenter and its scores on the dev data.
   *
   * @param scores the accuracy of each head over the pieces
   */
  public record Result(SegmenterModel model, Map<String, ? extends Score> scores) {}

  /**
   * Trains.
   *
   * @param train a CoNLL-U file, besides those of the configuration
   * @param dev what selects the epoch, as it is and varied once, or null to hold out the last tenth
   *     of the training data
   * @param resume where to keep a checkpoint and whether to resume from it, or null to keep none
   * @throws io.github.rnnotator.io.CorpusException if a file is not CoNLL-U
   * @throws InterruptedException if the thread is interrupted
   */
  public Result run(Path train, @Nullable Path dev, Trainer.@Nullable Resume resume)
      throws IOException, InterruptedException {
    List<Path> files = new ArrayList<>(List.of(train));
    config.files().forEach(file -> files.add(Path.of(file)));
    GoldText gold = GoldText.read(files);
    List<Passage> passages = gold.passages();
    List<Passage> held;
    if (dev == null) {
      int first = passages.size() - Math.max(1, passages.size() / 10);
      held = passages.subList(first, passages.size());
      passages = passages.subList(0, Math.max(1, first));
    } else {
      held = GoldText.read(List.of(dev)).passages();
    }
    WordLists lists = WordLists.of(language);
    TextVariation variation = new TextVariation(passages, lists, config.augment());
    Trainer trainer =
        new Trainer(config.tagger(language), config.train(), Ops.best(), threads, listener)
            .augmentedBy(variation);
    Dataset known = variation.withVariations(new SplittableRandom(config.train().seed()));
    Dataset scored =
        new TextVariation(held, lists, config.augment()).withVariations(new SplittableRandom(0));
    Trainer.Result result = trainer.train(known, scored, resume);
    MultiwordTable multiword = MultiwordTable.learn(gold.multiword());
    return new Result(
        new SegmenterModel(result.model(), multiword, config.keep()), result.scores());
  }
}
