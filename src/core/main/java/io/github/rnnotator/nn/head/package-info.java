/**
 * Heads: from the encoder's vectors to labels, their probabilities and the training loss. {@link
 * io.github.rnnotator.nn.head.Head} is the place to start; {@link
 * io.github.rnnotator.nn.head.SoftmaxHead} and {@link io.github.rnnotator.nn.head.CrfHead} are the
 * two that label tokens. Heads are built of layers, and no layer knows them.
 */
@NullMarked
package io.github.rnnotator.nn.head;

import org.jspecify.annotations.NullMarked;
