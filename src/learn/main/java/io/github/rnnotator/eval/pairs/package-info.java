/**
 * Scores of outputs of any length: exact matches, edits and chrF. Start with {@link
 * io.github.rnnotator.eval.pairs.PairScorer}.
 */
@NullMarked
package io.github.rnnotator.eval.pairs;

import org.jspecify.annotations.NullMarked;
