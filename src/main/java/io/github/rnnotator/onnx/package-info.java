/** Networks in the ONNX format, for ONNX Runtime and other programs that run it. */
@NullMarked
package io.github.rnnotator.onnx;

import org.jspecify.annotations.NullMarked;
