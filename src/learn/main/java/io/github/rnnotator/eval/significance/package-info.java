/**
 * Chance in scores: {@link io.github.rnnotator.eval.significance.Bootstrap} gives intervals, {@link
 * io.github.rnnotator.eval.significance.Randomization} p-values, both of {@link
 * io.github.rnnotator.eval.significance.ResamplingUnits}.
 */
@NullMarked
package io.github.rnnotator.eval.significance;

import org.jspecify.annotations.NullMarked;
