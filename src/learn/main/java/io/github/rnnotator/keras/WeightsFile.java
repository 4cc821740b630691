package io.github.rnnotator.keras;

import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.ModelZip;
import io.github.rnnotator.tagger.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a network in the safetensors format: a tensor for each {@link Parameter}, by its
 * name. Files are untrusted: one larger than the weights need is not read, and no weight changes
 * before all of them fit.
 */
final class WeightsFile {
  /** Bytes, more than the header of any file takes. */
  private static final long HEADER = 2 << 20;

  private WeightsFile() {}

  static void write(Path file, List<Parameter> weights) throws IOException {
    Files.write(file, ModelZip.bytes(weights, Safetensors.Type.F32));
  }

  static void read(Path file, List<Parameter> weights) throws IOException {
    Map<String, FMatrixRMaj> tensors = tensors(file, weights);
    Set<String> unknown = new HashSet<>(tensors.keySet());
    List<FMatrixRMaj> fitting = new ArrayList<>();
    for (Parameter parameter : weights) {
      fitting.add(fitting(file, parameter, tensors.get(parameter.name())));
      unknown.remove(parameter.name());
    }
    if (!unknown.isEmpty()) {
      throw otherLayers(file, "tensor " + unknown.iterator().next() + " is not of this model");
    }
    for (int i = 0; i < fitting.size(); i++) {
      Parameter parameter = weights.get(i);
      System.arraycopy(fitting.get(i).data, 0, parameter.value().data, 0, parameter.size());
    }
  }

  private static Map<String, FMatrixRMaj> tensors(Path file, List<Parameter> weights)
      throws IOException {
    try (InputStream in = ModelFile.open(file)) {
      long size = Files.size(file);
      long most = HEADER + Float.BYTES * weights.stream().mapToLong(Parameter::size).sum();
      if (size > most) {
        throw otherLayers(file, size + " bytes, the weights of this model need less than " + most);
      }
      return Safetensors.read(in, size, file.toString(), "").tensors();
    }
  }

  private static FMatrixRMaj fitting(Path file, Parameter parameter, @Nullable FMatrixRMaj tensor)
      throws ModelFormatException {
    if (tensor == null) {
      throw otherLayers(file, "tensor " + parameter.name() + " is missing");
    }
    FMatrixRMaj own = parameter.value();
    if (tensor.numRows != own.numRows || tensor.numCols != own.numCols) {
      throw otherLayers(
          file,
          "tensor %s is [%d x %d], expected [%d x %d]"
              .formatted(
                  parameter.name(), tensor.numRows, tensor.numCols, own.numRows, own.numCols));
    }
    for (float weight : tensor.data) {
      if (!Float.isFinite(weight)) {
        throw new ModelFormatException(
            file.toString(), "", "tensor " + parameter.name() + " holds " + weight);
      }
    }
    return tensor;
  }

  private static ModelFormatException otherLayers(Path file, String problem) {
    return new ModelFormatException(
        file.toString(), "", problem + "; build the model with the layers it was saved with");
  }
}
