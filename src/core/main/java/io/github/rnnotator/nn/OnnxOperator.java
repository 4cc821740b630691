package io.github.rnnotator.nn;

import java.util.List;
import java.util.Map;

/**
 * The ONNX operator that computes a recurrent layer.
 *
 * @param type its name: {@code RNN}, {@code GRU} or {@code LSTM}
 * @param gates for each gate in ONNX's order, its index in ours
 * @param activations its {@code activations} for each direction; empty for the defaults
 * @param attributes its other attributes
 */
public record OnnxOperator(
    String type, List<Integer> gates, List<String> activations, Map<String, Integer> attributes) {
  /** Copies the lists and the map. */
  public OnnxOperator {
    gates = List.copyOf(gates);
    activations = List.copyOf(activations);
    attributes = Map.copyOf(attributes);
  }

  /** An operator with its default activations. */
  OnnxOperator(String type, List<Integer> gates) {
    this(type, gates, List.of(), Map.of());
  }
}
