package io.github.rnnotator.tagger;

import io.github.rnnotator.nn.Parameter;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** The weights of a model file, which are converted directly to where a network has them. */
public final class StoredWeights {
  private final ModelZip zip;
  private final Map<String, Safetensors.Stored> tensors;

  StoredWeights(ModelZip zip, Map<String, Safetensors.Stored> tensors) {
    this.zip = zip;
    this.tensors = tensors;
  }

  /**
   * Checks that there are as many weights as a configuration needs, before any is allocated.
   *
   * @param expected throws an {@link ArithmeticException} if they are too many to count
   */
  public void requireCount(LongSupplier expected) throws ModelFormatException {
    long found = tensors.values().stream().mapToLong(t -> (long) t.rows() * t.cols()).sum();
    long needed;
    try {
      needed = expected.getAsLong();
    } catch (ArithmeticException e) {
      throw zip.broken(ModelFile.MODEL, "the network has too many weights to count");
    }
    if (found != needed) {
      throw zip.broken(ModelFile.WEIGHTS, found + " weights, the configuration needs " + needed);
    }
  }

  /** Copies the weights to these parameters, each under its own name. */
  public void fill(List<Parameter> parameters) throws ModelFormatException {
    fill(parameters, name -> name);
  }

  /**
   * Copies the weights to these parameters.
   *
   * @param names returns the name in the file of a parameter
   */
  void fill(List<Parameter> parameters, UnaryOperator<String> names) throws ModelFormatException {
    for (Parameter parameter : parameters) {
      String name = names.apply(parameter.name());
      fill(parameter.value(), name, tensors.get(name));
    }
  }

  private void fill(FMatrixRMaj value, String name, Safetensors.@Nullable Stored tensor)
      throws ModelFormatException {
    if (tensor == null) {
      throw zip.broken(ModelFile.WEIGHTS, "tensor " + name + " is missing");
    }
    if (tensor.rows() != value.numRows || tensor.cols() != value.numCols) {
      throw zip.broken(
          ModelFile.WEIGHTS,
          "tensor %s is [%d x %d], expected [%d x %d]"
              .formatted(name, tensor.rows(), tensor.cols(), value.numRows, value.numCols));
    }
    if (!tensor.copyTo(value)) {
      throw zip.broken(ModelFile.WEIGHTS, "tensor " + name + " holds " + tensor.firstNotFinite());
    }
  }
}
