package io.github.rnnotator.train.segmenter;

import java.util.ArrayList;
import java.util.List;

/**
 * A few consecutive sentences of a gold text. Immutable.
 *
 * @param sentences at least one, each with at least one token
 */
record Passage(List<List<GoldToken>> sentences) {
  Passage {
    sentences = sentences.stream().map(List::copyOf).toList();
  }

  /** Returns a copy of the sentences that may be changed. */
  List<List<GoldToken>> draft() {
    List<List<GoldToken>> draft = new ArrayList<>();
    sentences.forEach(sentence -> draft.add(new ArrayList<>(sentence)));
    return draft;
  }
}
