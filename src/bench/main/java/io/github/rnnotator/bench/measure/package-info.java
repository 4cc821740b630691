/**
 * How programs are measured: in turn, round by round, with the time of the processor as well as
 * that of the clock. Start with {@link io.github.rnnotator.bench.measure.Rounds}.
 */
@NullMarked
package io.github.rnnotator.bench.measure;

import org.jspecify.annotations.NullMarked;
