/** Variations of training sentences. */
@NullMarked
package io.github.rnnotator.train.augment;

import org.jspecify.annotations.NullMarked;
