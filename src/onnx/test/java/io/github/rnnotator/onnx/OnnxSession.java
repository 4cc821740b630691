package io.github.rnnotator.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** An exported network in ONNX Runtime, on one thread. */
public final class OnnxSession implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /** Opens a model from the bytes of an ONNX file. */
  public OnnxSession(byte[] model) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = environment.createSession(model, options);
    }
  }

  /**
   * The scores by output name: {@code [batch, timesteps, labels]}, padding included, or {@code
   * [batch, 1, labels]} for heads that label whole texts.
   */
  public Map<String, float[][][]> run(PaddedBatch batch) throws OrtException {
    Map<String, OnnxTensor> inputs = tensors(batch);
    try (OrtSession.Result result = session.run(inputs)) {
      Map<String, float[][][]> outputs = new HashMap<>();
      for (String name : session.getOutputNames()) {
        if (result.get(name).orElseThrow().getValue() instanceof float[][][] scores) {
          outputs.put(name, scores);
        } else if (result.get(name).orElseThrow().getValue() instanceof float[][] scores) {
          outputs.put(
              name, Arrays.stream(scores).map(s -> new float[][] {s}).toArray(float[][][]::new));
        }
      }
      return outputs;
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private Map<String, OnnxTensor> tensors(PaddedBatch batch) throws OrtException {
    long[] sentences = {batch.batch()};
    long[] tokens = {batch.batch(), batch.timesteps()};
    long[] characters = {batch.batch(), batch.timesteps(), batch.length()};
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (String name : session.getInputNames()) {
      inputs.put(
          name,
          switch (name) {
            case "words" -> longs(batch.words(), tokens);
            case "vectors" -> longs(batch.vectors(), tokens);
            case "characters" -> longs(batch.characters(), characters);
            case "word_lengths" -> ints(batch.wordLengths(), tokens);
            case "shapes" -> longs(batch.shapes(), tokens);
            case "lengths" -> ints(batch.lengths(), sentences);
            default -> throw new IllegalArgumentException("unknown input " + name);
          });
    }
    return inputs;
  }

  private OnnxTensor longs(long[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  private OnnxTensor ints(int[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, IntBuffer.wrap(values), shape);
  }

  Set<String> inputNames() {
    return session.getInputNames();
  }

  Map<String, String> metadata() throws OrtException {
    return session.getMetadata().getCustomMetadata();
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
