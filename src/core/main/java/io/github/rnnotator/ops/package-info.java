/**
 * Float operations: matrix products, activations and gates, on the Vector API when it is present
 * and in plain Java otherwise. {@link io.github.rnnotator.ops.Ops} is the place to start.
 */
@NullMarked
package io.github.rnnotator.ops;

import org.jspecify.annotations.NullMarked;
