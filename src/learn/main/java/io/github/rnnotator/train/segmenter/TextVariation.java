package io.github.rnnotator.train.segmenter;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.Augmentation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Varies passages, so that a segmenter learns more than the texts of one treebank show:
 * abbreviations, addresses, quotations, lists, messages, line breaks, missing spaces and full
 * stops, upper and lower case. Immutable.
 *
 * @param passages the gold passages
 * @param lists the tokens of the language
 * @param share the fraction of passages to vary, in {@code [0, 1]}
 */
record TextVariation(List<Passage> passages, WordLists lists, float share) implements Augmentation {
  /** Returns the passages as they are. */
  static TextVariation none(List<Passage> passages) {
    return new TextVariation(passages, new WordLists(Map.of()), 0);
  }

  @Override
  public Dataset of(RandomGenerator random) {
    List<TaggedSentence> sequences = new ArrayList<>();
    for (Passage passage : share == 0 ? passages : reordered(random)) {
      List<List<GoldToken>> draft = passage.draft();
      if (random.nextFloat() < share) {
        new Insertions(lists, random).apply(draft);
        new Openings(lists, random).apply(draft);
        new Endings(lists, random).apply(draft);
        new Layout(lists, random).apply(draft);
      }
      sequences.addAll(LabelledPieces.of(draft));
    }
    return Dataset.of(sequences);
  }

  /** Puts sentences that belong to no document in another order, next to other sentences. */
  private List<Passage> reordered(RandomGenerator random) {
    List<Passage> all = new ArrayList<>();
    List<List<GoldToken>> loose = new ArrayList<>();
    for (Passage passage : passages) {
      if (passage.isOfDocument()) {
        all.add(passage);
      } else {
        loose.addAll(passage.sentences());
      }
    }
    for (int i = loose.size() - 1; i > 0; i--) {
      Collections.swap(loose, i, random.nextInt(i + 1));
    }
    all.addAll(Passage.of(loose, false));
    return all;
  }

  /** Returns the passages unchanged, then all of them varied once if any are to be varied. */
  Dataset withVariations(RandomGenerator random) {
    List<TaggedSentence> all = new ArrayList<>();
    all.addAll(none(passages).of(random).sentences());
    if (share > 0) {
      all.addAll(new TextVariation(passages, lists, 1).of(random).sentences());
    }
    return Dataset.of(all);
  }
}
