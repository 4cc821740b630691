package io.github.rnnotator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class KernelsTest {

  /** Keeps either run of the tests from using the other kernel silently. */
  @Test
  @EnabledIfSystemProperty(named = "kernel.expected", matches = ".+")
  void theBestKernelIsTheOneThisRunIsFor() {
    assertThat(Kernels.best().name()).startsWith(System.getProperty("kernel.expected"));
  }

  @Test
  void theBestKernelIsChosenOnce() {
    assertThat(Kernels.best()).isSameAs(Kernels.best());
  }

  @Test
  void thePlainKernelIsThereOnEveryJvm() {
    assertThat(Kernels.plain().name()).startsWith("plain");
  }

  @Test
  void theVectorKernelIsThereWithItsModule() {
    boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertThat(Kernels.vector().isPresent()).isEqualTo(module);
  }
}
