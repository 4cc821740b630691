package io.github.rnnotator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelsCommandTest {
  /** Also where a model has more heads than the others. */
  @Test
  void theColumnsOfAllModelsAreAligned() {
    List<String> lines = CommandLineRun.run("models").out().lines().toList();
    assertThat(lines).hasSize(4).allMatch(line -> line.length() == lines.get(0).length());
    int heads = lines.get(0).indexOf("heads");
    assertThat(lines.subList(1, 4))
        .allMatch(line -> line.startsWith("upos", heads))
        .allMatch(line -> line.matches(".* \\d+\\.\\d"));
  }
}
