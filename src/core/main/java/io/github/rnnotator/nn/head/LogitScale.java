package io.github.rnnotator.nn.head;

import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.ops.Ops;
import java.util.List;

/** Scales the logits of a head. */
final class LogitScale {
  private LogitScale() {}

  /**
   * Divides weights of which logits are linear functions.
   *
   * @throws IllegalArgumentException if the temperature is not positive and finite
   */
  static void divide(List<Parameter> weights, float temperature, Ops ops) {
    if (!(temperature > 0 && Float.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "temperature " + temperature + ", expected more than 0, and finite");
    }
    for (Parameter weight : weights) {
      ops.scale(1 / temperature, weight.value().data, 0, weight.size());
    }
  }
}
