/**
 * What turns gradients into new weights: {@link io.github.rnnotator.nn.optimizer.Optimizer} (Adam,
 * Nadam, SGD), {@link io.github.rnnotator.nn.optimizer.Schedule} of its rate, and {@link
 * io.github.rnnotator.nn.optimizer.WeightAverage}. Layers do not know them.
 */
@NullMarked
package io.github.rnnotator.nn.optimizer;

import org.jspecify.annotations.NullMarked;
