/** Exports networks in the ONNX format, for ONNX Runtime and other programs. */
@NullMarked
package io.github.rnnotator.onnx;

import org.jspecify.annotations.NullMarked;
