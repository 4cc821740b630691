/**
 * Float kernels: matrix products and activations, on the Vector API when it is present and in plain
 * Java otherwise.
 */
@NullMarked
package io.github.rnnotator.kernel;

import org.jspecify.annotations.NullMarked;
