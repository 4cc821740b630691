/**
 * Scores: accuracy, the F1 of conlleval, intervals and significance. Start with {@link
 * io.github.rnnotator.eval.Evaluation}, the scores of one file; {@code ChunkEvaluation} is
 * conlleval, {@code Bootstrap} an interval, and {@code AlignedScorer} scores texts whose tokens
 * differ.
 */
@NullMarked
package io.github.rnnotator.eval;

import org.jspecify.annotations.NullMarked;
