package io.github.rnnotator.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.github.rnnotator.text.Sentence;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ejml.data.FMatrixRMaj;

/**
 * Only libtorch's LSTM layers, from given vectors, without words, characters and labels. Sentences
 * of a batch are padded to the longest.
 */
final class TorchLayers implements SentenceTagger {
  private final LibTorch torch = new LibTorch();
  private final int inputDim;
  private final LibTorch.LstmWeights weights;
  private final Map<Shape, NDArray> inputs = new ConcurrentHashMap<>();

  TorchLayers(LstmStack stack) {
    this.inputDim = stack.inputDim();
    this.weights = stack.torchWeights(torch);
  }

  @Override
  public List<String> tag(List<Sentence> sentences) {
    for (List<Integer> places : ByLength.batches(sentences)) {
      int timesteps = sentences.get(places.get(0)).size();
      NDArray x =
          inputs.computeIfAbsent(new Shape(timesteps, places.size(), inputDim), this::vectors);
      try (NDScope scope = LibTorch.scope()) {
        LibTorch.lstm(weights, x, false);
      }
    }
    return List.of();
  }

  private NDArray vectors(Shape shape) {
    FMatrixRMaj values = Vectors.matrix((int) (shape.get(0) * shape.get(1)), inputDim, 7);
    return torch.array(values.data, shape);
  }

  @Override
  public void close() {
    torch.close();
  }
}
