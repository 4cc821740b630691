package io.github.rnnotator.train.segmenter;

import java.util.ArrayList;
import java.util.List;

/**
 * A few consecutive sentences of a gold text. Immutable.
 *
 * @param sentences at least one, each with at least one token
 * @param isOfDocument whether its file marks documents or paragraphs; the sentences of other files
 *     may be in any order
 */
record Passage(List<List<GoldToken>> sentences, boolean isOfDocument) {
  /** A passage ends after so many tokens, at the end of a sentence. */
  private static final int TOKENS = 120;

  Passage {
    sentences = sentences.stream().map(List::copyOf).toList();
  }

  /** Groups sentences into passages. */
  static List<Passage> of(List<List<GoldToken>> sentences, boolean isOfDocument) {
    List<Passage> passages = new ArrayList<>();
    List<List<GoldToken>> passage = new ArrayList<>();
    int tokens = 0;
    for (List<GoldToken> sentence : sentences) {
      passage.add(sentence);
      tokens += sentence.size();
      if (tokens >= TOKENS) {
        passages.add(new Passage(passage, isOfDocument));
        passage = new ArrayList<>();
        tokens = 0;
      }
    }
    if (!passage.isEmpty()) {
      passages.add(new Passage(passage, isOfDocument));
    }
    return passages;
  }

  /** Returns a copy of the sentences that may be changed. */
  List<List<GoldToken>> draft() {
    List<List<GoldToken>> draft = new ArrayList<>();
    sentences.forEach(sentence -> draft.add(new ArrayList<>(sentence)));
    return draft;
  }
}
