/**
 * Scores of two segmentations of one text: {@link io.github.rnnotator.eval.align.AlignedScorer}
 * aligns what both sides cut out of it.
 */
@NullMarked
package io.github.rnnotator.eval.align;

import org.jspecify.annotations.NullMarked;
