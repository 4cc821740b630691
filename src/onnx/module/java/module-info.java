/** Exports networks to ONNX. */
module io.github.rnnotator.onnx {
  requires transitive io.github.rnnotator.core;
  requires com.fasterxml.jackson.databind;

  exports io.github.rnnotator.onnx;
}
