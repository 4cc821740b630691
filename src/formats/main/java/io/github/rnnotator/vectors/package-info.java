/**
 * The formats in which word vectors are published. Start with {@link
 * io.github.rnnotator.vectors.VectorImport}.
 */
@NullMarked
package io.github.rnnotator.vectors;

import org.jspecify.annotations.NullMarked;
