/**
 * Scores: accuracy, the F1 of conlleval and their details. Start with {@link
 * io.github.rnnotator.eval.Evaluation}, the scores of one file; {@link
 * io.github.rnnotator.eval.Conlleval} is the script, {@link
 * io.github.rnnotator.eval.SystemComparison} compares two taggers.
 */
@NullMarked
package io.github.rnnotator.eval;

import org.jspecify.annotations.NullMarked;
