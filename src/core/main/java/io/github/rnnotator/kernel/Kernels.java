package io.github.rnnotator.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Selects the fastest kernel of this JVM: the vector kernel if the module {@code
 * jdk.incubator.vector} is present and compiler and processor support it, else the plain one.
 */
public final class Kernels {
  private Kernels() {}

  /** Returns the fastest kernel; the first call selects and logs it. */
  public static Kernel best() {
    return Best.KERNEL;
  }

  /** Returns the plain Java kernel, for tests and comparisons. */
  public static Kernel plain() {
    return new PlainKernel(hasHardwareFma());
  }

  /** Returns the vector kernel if its module is present, however slow it may be. */
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

  /** Whether fma is a hardware instruction; true unless the JVM says otherwise. */
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
      // SLF4J itself writes a warning where nobody listens.
      Logger log =
          ServiceLoader.load(SLF4JServiceProvider.class).findFirst().isPresent()
              ? LoggerFactory.getLogger(Kernels.class)
              : NOPLogger.NOP_LOGGER;
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
