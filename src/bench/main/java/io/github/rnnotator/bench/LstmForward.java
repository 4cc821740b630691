package io.github.rnnotator.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.rnnotator.nn.PackedWeights;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * The forward pass of bidirectional LSTM layers, from input vectors to the last layer's states:
 * {@code [timesteps * batch x inputDim]} to {@code [timesteps * batch x 2 * hidden]}, with the same
 * weights for all. The output stays in each program's own memory.
 */
final class LstmForward {
  private LstmForward() {}

  /** All programs, ours first. */
  static List<Calculation> contestants(LstmStack stack, int batch, int timesteps) {
    FMatrixRMaj x = Vectors.matrix(timesteps * batch, stack.inputDim(), 3);
    return List.of(
        new Ours(stack, x, batch), new Torch(stack, x, batch), new Onnx(stack, x, batch));
  }

  private static final class Ours implements Calculation {
    private final LstmStack stack;
    private final SequenceBatch x;
    private final Ops ops = Ops.best();
    private final PackedWeights weights = new PackedWeights(ops);
    private final Workspace workspace = new Workspace();
    private FMatrixRMaj states;

    Ours(LstmStack stack, FMatrixRMaj x, int batch) {
      this.stack = stack;
      int[] lengths = new int[batch];
      Arrays.fill(lengths, x.numRows / batch);
      this.x = new SequenceBatch(Packing.of(lengths), x);
      this.states = x;
    }

    @Override
    public String name() {
      return "Rnnotator";
    }

    @Override
    public void run() {
      workspace.reset();
      PassContext pass = PassContext.inference(ops, workspace, weights);
      states = stack.network().forward(x, pass).y().values();
    }

    @Override
    public float[] output() {
      return Arrays.copyOf(states.data, states.numRows * states.numCols);
    }
  }

  private static final class Torch implements Calculation {
    private final LibTorch torch = new LibTorch();
    private final LibTorch.LstmWeights weights;
    private final NDArray x;

    Torch(LstmStack stack, FMatrixRMaj x, int batch) {
      this.weights = stack.torchWeights(torch);
      this.x = torch.array(x.data, new Shape(x.numRows / batch, batch, x.numCols));
    }

    @Override
    public String name() {
      return torch.name();
    }

    @Override
    public void run() {
      try (NDScope scope = LibTorch.scope()) {
        LibTorch.lstm(weights, x, false);
      }
    }

    @Override
    public float[] output() {
      try (NDScope scope = LibTorch.scope()) {
        return LibTorch.lstm(weights, x, false).toFloatArray();
      }
    }

    @Override
    public void close() {
      torch.close();
    }
  }

  private static final class Onnx implements Calculation {
    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs;

    Onnx(LstmStack stack, FMatrixRMaj x, int batch) {
      this.session = OnnxSessions.open(stack.onnx());
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      int timesteps = x.numRows / batch;
      int[] lengths = new int[batch];
      Arrays.fill(lengths, timesteps);
      try {
        this.inputs =
            Map.of(
                "X",
                OnnxTensor.createTensor(
                    environment,
                    FloatBuffer.wrap(x.data),
                    new long[] {timesteps, batch, x.numCols}),
                "lengths",
                OnnxTensor.createTensor(environment, IntBuffer.wrap(lengths), new long[] {batch}));
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public String name() {
      return OnnxSessions.name();
    }

    @Override
    public void run() {
      try (OrtSession.Result result = session.run(inputs)) {
        // The states are not copied.
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public float[] output() {
      try (OrtSession.Result result = session.run(inputs)) {
        FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      inputs.values().forEach(OnnxTensor::close);
      OnnxSessions.close(session);
    }
  }
}
