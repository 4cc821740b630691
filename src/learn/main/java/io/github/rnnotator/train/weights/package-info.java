/**
 * The weights that training begins with, made of those of finished models: extended by words and
 * labels, factored, averaged. Start with {@link io.github.rnnotator.train.weights.ExtendedModel}.
 */
@NullMarked
package io.github.rnnotator.train.weights;

import org.jspecify.annotations.NullMarked;
