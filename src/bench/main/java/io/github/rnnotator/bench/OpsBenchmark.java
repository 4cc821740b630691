package io.github.rnnotator.bench;

import io.github.rnnotator.ops.AdamStep;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.ops.PanelMatrix;
import io.github.rnnotator.ops.Step;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * All operations except {@code C = A B}, at the sizes of a layer of 128 that reads 32 sentences of
 * 25 tokens.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OpsBenchmark {
  private static final int BATCH = 32;
  private static final int TOKENS = 25 * BATCH;
  private static final int UNITS = 128;
  private static final int LABELS = 17;
  private static final Step STEP = new Step(BATCH, BATCH, 0, BATCH);
  private static final AdamStep ADAM = new AdamStep(1, 0.9f, 0.999f, 1e-6f, 1e-7f, 1, 0);

  /** The operations: the fastest, or plain Java. */
  @Param({"BEST", "SCALAR"})
  public String ops;

  private final PanelMatrix packed = new PanelMatrix();
  private final PanelMatrix repacked = new PanelMatrix();
  private final FMatrixRMaj x = Vectors.matrix(TOKENS, 2 * UNITS, 1);
  private final FMatrixRMaj weights = Vectors.matrix(2 * UNITS, 4 * UNITS, 2);
  private final FMatrixRMaj weightGradient = new FMatrixRMaj(2 * UNITS, 4 * UNITS);
  private final FMatrixRMaj gates = Vectors.matrix(TOKENS, 4 * UNITS, 3);
  private final FMatrixRMaj gateGradient = new FMatrixRMaj(TOKENS, 4 * UNITS);
  private final FMatrixRMaj gruGates = Vectors.matrix(TOKENS, 3 * UNITS, 4);
  private final FMatrixRMaj gruState = Vectors.matrix(TOKENS, 3 * UNITS, 5);
  private final FMatrixRMaj gruGradient = new FMatrixRMaj(TOKENS, 3 * UNITS);
  private final FMatrixRMaj gruStateGradient = new FMatrixRMaj(TOKENS, 3 * UNITS);
  private final FMatrixRMaj c = Vectors.matrix(TOKENS, UNITS, 6);
  private final FMatrixRMaj tanhC = Vectors.matrix(TOKENS, UNITS, 7);
  private final FMatrixRMaj h = Vectors.matrix(TOKENS, UNITS, 8);
  private final FMatrixRMaj hGradient = Vectors.matrix(TOKENS, UNITS, 9);
  private final FMatrixRMaj cGradient = new FMatrixRMaj(TOKENS, UNITS);
  private final FMatrixRMaj scores = Vectors.matrix(TOKENS, LABELS, 10);
  private final FMatrixRMaj transitions = Vectors.matrix(LABELS, LABELS, 11);
  private final float[] next = new float[LABELS];
  private final float[] firstMoment = new float[weights.data.length];
  private final float[] secondMoment = new float[weights.data.length];
  private Ops chosen;

  /** Selects the operations and packs the gradients, as the backward pass does. */
  @Setup
  public void open() {
    chosen = ops.equals("SCALAR") ? Ops.scalar() : Ops.best();
    chosen.pack(gates, false, packed);
  }

  /** Packs weights as a right operand. */
  @Benchmark
  public void pack() {
    chosen.pack(weights, false, repacked);
  }

  /** Packs transposed weights as a right operand. */
  @Benchmark
  public void packTransposed() {
    chosen.pack(weights, true, repacked);
  }

  /** The weight gradient, {@code A^T B}. */
  @Benchmark
  public void multiplyTransposed() {
    chosen.multiplyTransposed(x, packed, weightGradient, false);
  }

  /** A timestep of an LSTM. */
  @Benchmark
  public void lstmForward() {
    chosen.lstmForward(gates, c, tanhC, h, STEP);
  }

  /** A timestep of an LSTM, backward. */
  @Benchmark
  public void lstmBackward() {
    chosen.lstmBackward(gates, c, tanhC, hGradient, cGradient, gateGradient, STEP);
  }

  /** A timestep of a GRU. */
  @Benchmark
  public void gruForward() {
    chosen.gruForward(gruGates, gruState, h, STEP);
  }

  /** A timestep of a GRU, backward. */
  @Benchmark
  public void gruBackward() {
    chosen.gruBackward(gruGates, gruState, h, hGradient, gruGradient, gruStateGradient, STEP);
  }

  /** A timestep of a SimpleRNN. */
  @Benchmark
  public void tanh() {
    chosen.tanh(h.data, 0, BATCH * UNITS);
  }

  /** As many sigmoids. */
  @Benchmark
  public void sigmoid() {
    chosen.sigmoid(h.data, 0, BATCH * UNITS);
  }

  /** As many exponentials, of fresh inputs each time, since repeated ones would overflow. */
  @Benchmark
  public void exp() {
    System.arraycopy(tanhC.data, 0, h.data, 0, BATCH * UNITS);
    chosen.exp(h.data, 0, BATCH * UNITS);
  }

  /** The probabilities of labels. */
  @Benchmark
  public void softmaxRows() {
    chosen.softmaxRows(scores, 0, TOKENS);
  }

  /** A step of the Viterbi algorithm. */
  @Benchmark
  public void maxPlus() {
    chosen.maxPlus(scores.data, 0, transitions, next, 0);
  }

  /** A step of the forward algorithm. */
  @Benchmark
  public void logMultiply() {
    chosen.logMultiply(scores.data, 0, transitions, next, 0);
  }

  /** Adam's update of a layer's weights. */
  @Benchmark
  public void adam() {
    chosen.adam(
        ADAM,
        weights.data,
        weightGradient.data,
        0,
        firstMoment,
        secondMoment,
        0,
        2 * UNITS * 4 * UNITS);
  }
}
