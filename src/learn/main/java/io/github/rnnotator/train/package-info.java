/** Training: batches, epochs, checkpoints, early stopping and progress events. */
@NullMarked
package io.github.rnnotator.train;

import org.jspecify.annotations.NullMarked;
