package io.github.rnnotator.pretrain;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.segment.LineBreaks;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.tagger.SentenceGroups;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.train.DerivedSeed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Cuts stretches of text into the groups that a layer reads as one sequence, as the training of a
 * tagger cuts documents. Thread-safe.
 *
 * @param segmenter finds sentences and words
 * @param tokens the greatest length of a group; 0 for one sentence per group
 * @param seed of the places at which groups begin
 */
record TextGroups(TextSegmenter segmenter, int tokens, long seed) {
  /** Longer sentences are cut: they are lists and tables. */
  private static final int LONGEST_SENTENCE = 128;

  /**
   * Creates the groups of a recipe, with the segmenter of its language.
   *
   * @throws InputException if the language has no segmenter
   */
  static TextGroups of(PretrainRecipe recipe) throws InputException {
    TextSegmenter segmenter;
    try {
      segmenter = TextSegmenter.forLanguage(recipe.config().language());
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new InputException("input.language: " + e.getMessage());
    }
    return new TextGroups(
        segmenter.with(LineBreaks.END_SENTENCE), recipe.config().group(), recipe.training().seed());
  }

  /**
   * Returns the groups of stretches, each joined to one sentence of at least 2 tokens.
   *
   * @param chunk the number of the chunk, which determines where groups begin
   * @param first the number of the first stretch in its chunk
   */
  List<Sentence> of(List<String> stretches, int chunk, int first) {
    Map<String, String> forms = new HashMap<>();
    List<Sentence> groups = new ArrayList<>();
    for (int i = 0; i < stretches.size(); i++) {
      List<List<String>> sentences = new ArrayList<>();
      for (Sentence sentence : segmenter.segment(stretches.get(i))) {
        cut(sentence.forms(), sentences);
      }
      SplittableRandom random = new SplittableRandom(DerivedSeed.of(seed, -4 - chunk, first + i));
      for (List<List<String>> group :
          SentenceGroups.of(
              List.of(sentences), tokens, List::size, () -> 1 + random.nextInt(tokens))) {
        Sentence joined = joined(group, forms);
        if (joined.size() > 1) {
          groups.add(joined);
        }
      }
    }
    return groups;
  }

  private static void cut(List<String> sentence, List<List<String>> parts) {
    for (int from = 0; from < sentence.size(); from += LONGEST_SENTENCE) {
      parts.add(sentence.subList(from, Math.min(sentence.size(), from + LONGEST_SENTENCE)));
    }
  }

  /** Joins sentences; equal forms share one string. */
  private static Sentence joined(List<List<String>> group, Map<String, String> forms) {
    List<Sentence> sentences = new ArrayList<>();
    for (List<String> sentence : group) {
      sentences.add(
          Sentence.of(
              sentence.stream().map(form -> forms.computeIfAbsent(form, own -> own)).toList()));
    }
    return SentenceGroups.joined(sentences);
  }
}
