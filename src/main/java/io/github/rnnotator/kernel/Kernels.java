package io.github.rnnotator.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Picks the kernel that runs fastest on this JVM: the vector kernel where the module {@code
 * jdk.incubator.vector} was added and the compiler and the processor can use it, else the plain
 * one.
 */
public final class Kernels {
  private Kernels() {}

  /** The best kernel here, chosen once, at the first call, and logged then. */
  public static Kernel best() {
    return Best.KERNEL;
  }

  /** The kernel in plain Java, for tests and comparisons. */
  public static Kernel plain() {
    return new PlainKernel(hasHardwareFma());
  }

  /** The vector kernel, if its module is there, however fast it may be. */
  static Optional<Kernel> vector() {
    // Only this expression loads VectorKernel, which can't be linked without the module.
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? Optional.of(new VectorKernel())
        : Optional.empty();
  }

  private static boolean hasOptimizingCompiler() {
    String info = System.getProperty("java.vm.info", "");
    return !info.contains("emulated-client") && !info.contains("interpreted");
  }

  /** Whether fma is an instruction here, as it is wherever the JVM does not say otherwise. */
  private static boolean hasHardwareFma() {
    try {
      HotSpotDiagnosticMXBean hotSpot =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return hotSpot == null || Boolean.parseBoolean(hotSpot.getVMOption("UseFMA").getValue());
    } catch (LinkageError | IllegalArgumentException notHotSpot) {
      return true;
    }
  }

  private static final class Best {
    static final Kernel KERNEL = choose();

    private static Kernel choose() {
      Logger log = LoggerFactory.getLogger(Kernels.class);
      Optional<Kernel> vector = vector();
      if (!hasOptimizingCompiler()) {
        log.info("Using the plain float kernel, since this JVM runs without its C2 compiler.");
        return plain();
      }
      if (!hasHardwareFma()) {
        log.info(
            "Using the plain float kernel, since this processor has no fused multiply-add; results"
                + " may differ in the last digits from those of other machines.");
        return plain();
      }
      if (vector.isEmpty()) {
        log.info(
            "Using the plain float kernel, which is slower; for the fast one add --add-modules"
                + " jdk.incubator.vector to the java command or to JDK_JAVA_OPTIONS.");
        return plain();
      }
      log.debug("Using the float kernel {}.", vector.get().name());
      return vector.get();
    }
  }
}
