/**
 * Recurrent networks: parameters, batches of sequences, layers with forward and backward passes,
 * optimizers and schedules. Start with {@link io.github.rnnotator.nn.Sequential}, a stack of
 * layers, and {@link io.github.rnnotator.nn.Lstm}, one of them; {@link
 * io.github.rnnotator.nn.Layer} is what all have in common, and {@link
 * io.github.rnnotator.nn.CellKind} lists the recurrent cells.
 */
@NullMarked
package io.github.rnnotator.nn;

import org.jspecify.annotations.NullMarked;
