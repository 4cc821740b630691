/**
 * Training: batches, epochs, checkpoints, early stopping and progress events. Start with {@link
 * io.github.rnnotator.train.Trainer} and {@link io.github.rnnotator.train.TrainingConfig}.
 */
@NullMarked
package io.github.rnnotator.train;

import org.jspecify.annotations.NullMarked;
