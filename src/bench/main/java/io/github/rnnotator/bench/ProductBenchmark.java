package io.github.rnnotator.bench;

import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** {@link Products} in JMH: each program and each shape in its own JVM. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProductBenchmark {
  /** The name of a {@link Products.Program}. */
  @Param({"RNNOTATOR", "PLAIN", "EJML", "NETLIB", "LIBTORCH"})
  public String program;

  /** Rows of A, columns of A, columns of B. */
  @Param({"800x512x1024", "32x256x1024", "1x128x512", "33x127x129"})
  public String shape;

  private Calculation calculation;

  /** Creates the matrices. */
  @Setup
  public void open() {
    String[] sizes = shape.split("x");
    calculation =
        Products.calculation(
            Products.Program.valueOf(program),
            Integer.parseInt(sizes[0]),
            Integer.parseInt(sizes[1]),
            Integer.parseInt(sizes[2]));
  }

  /** {@code C = A B}. */
  @Benchmark
  public void multiply() {
    calculation.run();
  }

  /** Frees native memory. */
  @TearDown
  public void close() {
    calculation.close();
  }
}
