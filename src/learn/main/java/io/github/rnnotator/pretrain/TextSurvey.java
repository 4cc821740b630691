package io.github.rnnotator.pretrain;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.train.Workers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;

/**
 * What the first pass over the text finds.
 *
 * @param plan of the text
 * @param vocabularies its frequent words and characters
 * @param groups the number of groups of each chunk
 * @param tokens the number of tokens to train on
 * @param heldOut the groups to be scored
 * @param hash of the whole text, to tell whether a checkpoint is of the same one
 */
record TextSurvey(
    TextPlan plan,
    Vocabularies vocabularies,
    List<Integer> groups,
    long tokens,
    List<Sentence> heldOut,
    long hash) {
  private static final int MOST_WORDS = 1 << 21;
  private static final int MOST_CHARACTERS = 2000;

  /** Rarer characters are unknown, so that the unknown one has examples. */
  private static final int CHARACTER_COUNT = 5;

  /** The stretches that a thread segments in one piece of work. */
  private static final int STRETCHES = 50;

  /**
   * Reads the whole text.
   *
   * @param read receives the number of tokens read so far
   */
  static TextSurvey of(TextPlan plan, PretrainRecipe recipe, Workers workers, LongConsumer read)
      throws IOException, InterruptedException {
    TextGroups cutter = TextGroups.of(recipe);
    EmbedConfig.Words settings = recipe.words();
    BoundedCounter words = new BoundedCounter(Math.max(MOST_WORDS, 4 * settings.keep()));
    BoundedCounter characters = new BoundedCounter(MOST_WORDS);
    List<Integer> groups = new ArrayList<>();
    List<Sentence> heldOut = new ArrayList<>();
    long tokens = 0;
    long hash = 1;
    try (ChunkReader reader = new ChunkReader(plan)) {
      for (int chunk = 0; chunk < plan.chunks(); chunk++) {
        ChunkReader.Chunk next = reader.next();
        List<Sentence> found = groups(next.trained(), chunk, cutter, workers);
        Map<String, Integer> forms = counts(found);
        forms.forEach(
            (form, count) -> {
              words.add(settings.normalize(form), count);
              LookupForm.of(form)
                  .codePoints()
                  .forEach(c -> characters.add(Character.toString(c), count));
            });
        words.prune();
        characters.prune();
        groups.add(found.size());
        tokens += forms.values().stream().mapToLong(count -> count).sum();
        heldOut.addAll(groups(next.heldOut(), -1 - chunk, cutter, workers));
        hash = 31 * hash + next.trained().hashCode();
        hash = 31 * hash + next.heldOut().hashCode();
        read.accept(tokens);
      }
    }
    if (heldOut.isEmpty() || tokens == 0) {
      throw new InputException(
          plan.files().get(0)
              + ": too little text to hold out a part; give more, or several documents with blank"
              + " lines between them");
    }
    Vocabularies vocabularies =
        new Vocabularies(
            words.toVocabulary(settings.minCount(), settings.keep()),
            characters.toVocabulary(
                recipe.config().embed().characters() == null ? Integer.MAX_VALUE : CHARACTER_COUNT,
                MOST_CHARACTERS));
    return new TextSurvey(plan, vocabularies, groups, tokens, heldOut, hash);
  }

  private static List<Sentence> groups(
      List<String> stretches, int chunk, TextGroups cutter, Workers workers)
      throws InterruptedException {
    List<Callable<List<Sentence>>> work = new ArrayList<>();
    for (int from = 0; from < stretches.size(); from += STRETCHES) {
      int first = from;
      List<String> part = stretches.subList(from, Math.min(stretches.size(), from + STRETCHES));
      work.add(() -> cutter.of(part, chunk, first));
    }
    List<Sentence> groups = new ArrayList<>();
    workers.all(work).forEach(groups::addAll);
    return groups;
  }

  private static Map<String, Integer> counts(List<Sentence> groups) {
    Map<String, Integer> counts = new HashMap<>();
    for (Sentence group : groups) {
      for (int i = 0; i < group.size(); i++) {
        counts.merge(group.form(i), 1, Integer::sum);
      }
    }
    return counts;
  }
}
