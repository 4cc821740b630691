/**
 * Recurrent networks: parameters, packed batches, layers with forward and backward passes,
 * optimizers and schedules.
 */
@NullMarked
package io.github.rnnotator.nn;

import org.jspecify.annotations.NullMarked;
