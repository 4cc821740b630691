package io.github.rnnotator.eval;

import io.github.rnnotator.text.TaggedSentence;

/**
 * A sentence with its gold and its predicted tags.
 *
 * @param number its number, from 1
 * @param line the line of its first token in the gold file, from 1; 0 if not known
 * @param gold the right tags
 * @param predicted the tags found
 */
record SentencePair(long number, int line, TaggedSentence gold, TaggedSentence predicted) {}
