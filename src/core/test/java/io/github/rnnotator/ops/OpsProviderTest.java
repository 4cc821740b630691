package io.github.rnnotator.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class OpsProviderTest {

  /** Checks that each test run uses the operations it is meant for. */
  @Test
  @EnabledIfSystemProperty(named = "ops.expected", matches = ".+")
  void bestOpsAreThoseUnderTest() {
    assertThat(Ops.best().name()).startsWith(System.getProperty("ops.expected"));
  }

  @Test
  void bestOpsAreChosenOnce() {
    assertThat(Ops.best()).isSameAs(Ops.best());
  }

  @Test
  void scalarOpsRunOnEveryJvm() {
    assertThat(Ops.scalar().name()).startsWith("scalar");
  }

  @Test
  void vectorOpsRequireTheirModule() {
    boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertThat(OpsProvider.vector().isPresent()).isEqualTo(module);
  }
}
