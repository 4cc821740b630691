package io.github.rnnotator.cli;

import io.github.rnnotator.corpus.CorpusSentence;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Iterates over gold sentences with the predictions of one or more taggers. */
interface TagPairs extends Closeable {
  /** How to fix a file in which a sentence lacks a head. */
  String NEEDS_ALL = "leave the sentence out, or score another head (--head)";

  /**
   * One sentence.
   *
   * @param gold the sentence with gold tags
   * @param predicted the same tokens with the predictions of each tagger
   */
  record Row(CorpusSentence gold, List<TaggedSentence> predicted) {}

  /** The heads to be scored, with their measures. */
  Map<String, Measure> measures();

  /** The scheme of each head with chunk tags, if known. */
  Map<String, TagScheme> schemes();

  /**
   * The scheme, known or guessed, of the gold tags of each head scored by F1; call before the first
   * sentence.
   */
  Map<String, TagScheme> goldSchemes();

  /** The same for the predicted tags of the first tagger. */
  Map<String, TagScheme> predictedSchemes();

  /** Whether a form was seen in training; true if unknown. */
  boolean knows(String form);

  /**
   * Returns the next sentence, or empty at the end.
   *
   * @throws io.github.rnnotator.corpus.CorpusException if a file is malformed, differs from the
   *     others, or has no sentences
   */
  Optional<Row> next() throws IOException;
}
