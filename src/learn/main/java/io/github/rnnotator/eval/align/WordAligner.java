package io.github.rnnotator.eval.align;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Aligns gold with predicted words of one text, as the evaluation of the CoNLL 2018 shared task
 * does (Zeman et al., CoNLL 2018 Shared Task: Multilingual Parsing from Raw Text to Universal
 * Dependencies, section 3).
 *
 * <p>A word outside of multiword tokens is aligned with the word that has the same characters of
 * the text. The words of a multiword token have no characters of their own: where either side has
 * one, the smallest span that no multiword token crosses is taken, and its words are aligned by a
 * longest common subsequence of their forms, ignoring case. Of several longest ones, words of one
 * form at the front are aligned, else gold words are skipped first.
 *
 * <p>Words may come in any portions; they are forgotten once they are settled. Not thread-safe.
 */
final class WordAligner {
  private static final int FORGET = 4096;

  /**
   * A word.
   *
   * @param begin its first character in the text without white space
   * @param end after its last
   * @param multiword whether it is part of a multiword token, whose characters these then are
   * @param form its form in lower case
   * @param tags its key of each {@link WordMetric}
   */
  record Word(long begin, long end, boolean multiword, String form, List<String> tags) {
    Word {
      tags = List.copyOf(tags);
    }
  }

  /** The words of one side that are not yet settled. */
  private static final class Side {
    private final List<Word> words = new ArrayList<>();
    private int next;
    private boolean ended;

    boolean has(int i) {
      return i < words.size();
    }

    Word get(int i) {
      return words.get(i);
    }

    /** Whether word {@code i} comes after a stretch that ends here. */
    boolean isBeyond(int i, long end) {
      if (!has(i)) {
        return ended;
      }
      return get(i).multiword ? get(i).begin >= end : get(i).end > end;
    }

    void forget() {
      if (next >= FORGET) {
        words.subList(0, next).clear();
        next = 0;
      }
    }
  }

  private final Side gold = new Side();
  private final Side predicted = new Side();
  private final BiConsumer<Word, Word> aligned;
  private final Consumer<Word> passed;

  /**
   * An aligner of two texts.
   *
   * @param aligned receives each aligned gold and predicted word, in order
   * @param passed receives each predicted word, aligned or not, once it is settled
   */
  WordAligner(BiConsumer<Word, Word> aligned, Consumer<Word> passed) {
    this.aligned = aligned;
    this.passed = passed;
  }

  void addGold(Word word) {
    gold.words.add(word);
  }

  void addPredicted(Word word) {
    predicted.words.add(word);
  }

  /** Where the first predicted word begins that is not settled, or {@code otherwise}. */
  long settledUntil(long otherwise) {
    return predicted.has(predicted.next) ? predicted.get(predicted.next).begin : otherwise;
  }

  /** Settles what can be settled without words that are still to come. */
  void advance() {
    boolean settled = true;
    while (settled && gold.has(gold.next) && predicted.has(predicted.next)) {
      Word g = gold.get(gold.next);
      Word p = predicted.get(predicted.next);
      if (g.multiword || p.multiword) {
        settled = alignStretch(g, p);
      } else if (g.begin == p.begin && g.end == p.end) {
        aligned.accept(g, p);
        gold.next++;
        passUntil(predicted.next + 1);
      } else if (g.begin <= p.begin) {
        gold.next++;
      } else {
        passUntil(predicted.next + 1);
      }
    }
    gold.forget();
    predicted.forget();
  }

  /** No more words come: settles the rest. */
  void finish() {
    gold.ended = true;
    predicted.ended = true;
    advance();
    passUntil(predicted.words.size());
  }

  private void passUntil(int end) {
    while (predicted.next < end) {
      passed.accept(predicted.get(predicted.next++));
    }
  }

  /** Aligns the stretch of a multiword token, or returns false if later words may extend it. */
  private boolean alignStretch(Word g, Word p) {
    int goldBegin = gold.next;
    int predictedBegin = predicted.next;
    long end;
    if (g.multiword) {
      end = g.end;
      predictedBegin += !p.multiword && p.begin < g.begin ? 1 : 0;
    } else {
      end = p.end;
      goldBegin += g.begin < p.begin ? 1 : 0;
    }
    int i = goldBegin;
    int j = predictedBegin;
    while (!gold.isBeyond(i, end) || !predicted.isBeyond(j, end)) {
      if ((!gold.has(i) && !gold.ended) || (!predicted.has(j) && !predicted.ended)) {
        return false;
      }
      if (gold.has(i) && (!predicted.has(j) || gold.get(i).begin <= predicted.get(j).begin)) {
        end = extended(end, gold.get(i++));
      } else {
        end = extended(end, predicted.get(j++));
      }
    }
    align(gold.words.subList(goldBegin, i), predicted.words.subList(predictedBegin, j));
    gold.next = i;
    passUntil(j);
    return true;
  }

  private static long extended(long end, Word word) {
    return word.multiword ? Math.max(end, word.end) : end;
  }

  private void align(List<Word> golds, List<Word> predicteds) {
    // longest[g][p]: the longest common subsequence of the words from g and from p on.
    int[][] longest = new int[golds.size() + 1][predicteds.size() + 1];
    for (int g = golds.size() - 1; g >= 0; g--) {
      for (int p = predicteds.size() - 1; p >= 0; p--) {
        longest[g][p] =
            same(golds.get(g), predicteds.get(p))
                ? 1 + longest[g + 1][p + 1]
                : Math.max(longest[g + 1][p], longest[g][p + 1]);
      }
    }
    int g = 0;
    int p = 0;
    while (g < golds.size() && p < predicteds.size()) {
      if (same(golds.get(g), predicteds.get(p))) {
        aligned.accept(golds.get(g++), predicteds.get(p++));
      } else if (longest[g][p] == longest[g + 1][p]) {
        g++;
      } else {
        p++;
      }
    }
  }

  private static boolean same(Word gold, Word predicted) {
    return gold.form.equals(predicted.form);
  }
}
