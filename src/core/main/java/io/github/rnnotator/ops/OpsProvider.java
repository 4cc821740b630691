package io.github.rnnotator.ops;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * Selects the fastest operations of this JVM: those on vectors if the module {@code
 * jdk.incubator.vector} is present and compiler and processor support it, else the scalar ones.
 */
final class OpsProvider {
  private OpsProvider() {}

  /** Returns the fastest operations; the first call selects and logs it. */
  static Ops best() {
    return Best.OPS;
  }

  /** Returns the operations in plain Java, for tests and comparisons. */
  static Ops scalar() {
    return new ScalarOps(hasHardwareFma());
  }

  /** Returns the operations on vectors if their module is present, however slow they may be. */
  static Optional<Ops> vector() {
    // Only this expression loads VectorOps, which can't be linked without the module.
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? Optional.of(new VectorOps())
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
    static final Ops OPS = choose();

    private static Ops choose() {
      Optional<Ops> vector = vector();
      if (!hasOptimizingCompiler()) {
        log("Using the scalar float operations, since this JVM runs without its C2 compiler.");
        return scalar();
      }
      if (!hasHardwareFma()) {
        log(
            "Using the scalar float operations, since this processor has no fused multiply-add; results"
                + " may differ in the last digits from those of other machines.");
        return scalar();
      }
      if (vector.isEmpty()) {
        log(
            "Using the scalar float operations, which are slower; for the fast ones add --add-modules"
                + " jdk.incubator.vector to the java command or to JDK_JAVA_OPTIONS.");
        return scalar();
      }
      return vector.get();
    }

    /** Finds the logger only when it is needed: it takes longer than all other work of a start. */
    private static void log(String message) {
      System.getLogger(Ops.class.getName()).log(System.Logger.Level.INFO, message);
    }
  }
}
