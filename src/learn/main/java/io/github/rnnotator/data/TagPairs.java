package io.github.rnnotator.data;

import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Iterates over gold sentences with the predictions of one or more taggers. */
public interface TagPairs extends Closeable {
  /**
   * One sentence.
   *
   * @param gold with the right tags of every head, {@link
   *     io.github.rnnotator.text.TagSequence#MISSING} where a word has none
   * @param predicted the same tokens with the tags of each tagger
   */
  record Row(TaggedSentence gold, List<TaggedSentence> predicted) {}

  /** Returns the heads to be scored, with their measures. */
  Map<String, Measure> measures();

  /** Returns the scheme of each head with chunk tags, if known. */
  Map<String, TagScheme> schemes();

  /**
   * Returns the scheme, known or guessed, of the gold tags of each head scored by F1; call before
   * the first sentence.
   */
  Map<String, TagScheme> goldSchemes();

  /** As above, for the predicted tags of the first tagger. */
  Map<String, TagScheme> predictedSchemes();

  /** Returns the unnamed heads that were left out, one line each. */
  default List<String> notes() {
    return List.of();
  }

  /** Returns whether a form was seen in training; true if unknown. */
  boolean knows(String form);

  /**
   * Returns the next sentence, or empty at the end.
   *
   * @throws io.github.rnnotator.io.CorpusException if a file breaks its format, differs from the
   *     others, has no sentence at all, or at the end if no word had a tag of a head
   */
  Optional<Row> next() throws IOException;
}
