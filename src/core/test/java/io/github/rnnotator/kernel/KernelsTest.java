package io.github.rnnotator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class KernelsTest {

  /** Checks that each test run uses the kernel it is meant for. */
  @Test
  @EnabledIfSystemProperty(named = "kernel.expected", matches = ".+")
  void bestKernelIsTheOneUnderTest() {
    assertThat(Kernels.best().name()).startsWith(System.getProperty("kernel.expected"));
  }

  @Test
  void bestKernelIsChosenOnce() {
    assertThat(Kernels.best()).isSameAs(Kernels.best());
  }

  @Test
  void plainKernelRunsOnEveryJvm() {
    assertThat(Kernels.plain().name()).startsWith("plain");
  }

  @Test
  void vectorKernelRequiresItsModule() {
    boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertThat(Kernels.vector().isPresent()).isEqualTo(module);
  }
}
