package io.github.rnnotator.train;

import io.github.rnnotator.data.Folds;
import io.github.rnnotator.data.GoldCorpus;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.Scoring;
import io.github.rnnotator.data.Split;
import io.github.rnnotator.eval.Evaluation;
import io.github.rnnotator.eval.HeadScore;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains one model per fold, each without that fold, and scores it on the fold. A tenth of the
 * training folds selects the best epoch.
 *
 * @param recipe what to train and how; its seed also determines the folds
 * @param folds the data
 */
public record CrossValidation(Recipe recipe, Folds folds) {
  /** How a fold's model is trained. */
  @FunctionalInterface
  public interface FoldTrainer {
    /**
     * Trains on a split.
     *
     * @param fold from 0
     */
    TaggerModel train(int fold, Split data) throws IOException, InterruptedException;
  }

  /** Receives the scores of a fold. */
  @FunctionalInterface
  public interface FoldListener {
    /**
     * A fold's model was scored on unseen data.
     *
     * @param fold from 0
     */
    void scored(int fold, Map<String, HeadScore> scores, int size);
  }

  /**
   * The scores by head.
   *
   * @param folds of each fold
   * @param all of all folds together
   */
  public record Result(Map<String, List<HeadScore>> folds, Map<String, HeadScore> all) {}

  /**
   * Splits a corpus into folds. Each part that is trained on or scored needs gold tags, or a score
   * would be undefined.
   *
   * @param folds the number of folds
   * @throws IllegalArgumentException if the corpus has fewer parts than that
   * @throws IOException if too little is left to train on, or a part has no gold tags of a head
   */
  public static CrossValidation of(Recipe recipe, GoldCorpus corpus, int folds) throws IOException {
    Folds parts = Folds.of(corpus, folds, recipe.tagger().group() > 0, recipe.training().seed());
    for (int fold = 0; fold < folds; fold++) {
      int left = parts.seen(fold).size();
      if (left < 2) {
        throw new InputException(
            corpus.source()
                + ": "
                + left
                + (recipe.tagger().labelsTexts() ? " text" : " sentence")
                + " is left to train on without a part, expected at least 2");
      }
    }
    requireGold(recipe.tagger(), parts);
    return new CrossValidation(recipe, parts);
  }

  private static void requireGold(TaggerConfig config, Folds parts) throws CorpusException {
    String remedy = "take fewer folds, another --seed, or more sentences with tags";
    for (int fold = 0; fold < parts.count(); fold++) {
      String part = "part %d of %d".formatted(fold + 1, parts.count());
      Split seen = Split.holdOut(parts.seen(fold));
      parts.unseen(fold).requireGold(config, part, remedy);
      seen.dev().requireHeldOutGold(config, "dev data without " + part, remedy);
      seen.train().requireGold(config, "all but " + part, remedy);
    }
  }

  /** Trains and scores all folds, one after the other. */
  public Result run() throws IOException, InterruptedException {
    return run((fold, data) -> Training.of(recipe, data).run().model(), (fold, s, size) -> {});
  }

  /**
   * Trains and scores all folds, one after the other.
   *
   * @param trainer how a fold's model is trained
   * @param listener receives the scores of each fold
   */
  public Result run(FoldTrainer trainer, FoldListener listener)
      throws IOException, InterruptedException {
    Map<String, List<HeadScore>> scores = new LinkedHashMap<>();
    List<Evaluation> all = new ArrayList<>();
    for (int fold = 0; fold < folds.count(); fold++) {
      TaggerModel model = trainer.train(fold, Split.holdOut(folds.seen(fold)));
      Evaluation alone = Scoring.evaluation(model);
      if (all.isEmpty()) {
        all.add(Scoring.evaluation(model));
      }
      GoldCorpus unseen = folds.unseen(fold);
      Scoring.add(new Tagger(model), unseen, List.of(alone, all.get(0)));
      alone
          .scores()
          .forEach(
              (head, score) -> scores.computeIfAbsent(head, name -> new ArrayList<>()).add(score));
      listener.scored(fold, alone.scores(), unseen.size());
    }
    return new Result(scores, all.get(0).scores());
  }
}
