/**
 * Training: recipes, batches, epochs, checkpoints, early stopping and progress events. Start with
 * {@link io.github.rnnotator.train.Recipe}, which {@link io.github.rnnotator.train.Training} and
 * {@link io.github.rnnotator.train.CrossValidation} run; {@link io.github.rnnotator.train.Trainer}
 * takes configurations made in code.
 */
@NullMarked
package io.github.rnnotator.train;

import org.jspecify.annotations.NullMarked;
