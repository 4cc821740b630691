/**
 * Exports networks in the ONNX format, for ONNX Runtime and other programs. Start with {@link
 * io.github.rnnotator.onnx.OnnxExport}; {@code GraphBuilder} adds the nodes of a graph, and {@code
 * OnnxModel} writes them.
 */
@NullMarked
package io.github.rnnotator.onnx;

import org.jspecify.annotations.NullMarked;
