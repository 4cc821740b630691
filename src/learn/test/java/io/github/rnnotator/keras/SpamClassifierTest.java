package io.github.rnnotator.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("the program prints to the standard output of the JVM")
class SpamClassifierTest {
  /** The program of the documentation, on the sample messages. */
  @Test
  void theSpamClassifierLearns() throws Exception {
    PrintStream stdout = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      SpamClassifier.main(new String[] {"corpora/sample/messages.tsv"});
    } finally {
      System.setOut(stdout);
    }
    String last =
        printed.toString(StandardCharsets.UTF_8).lines().reduce((a, b) -> b).orElseThrow();
    assertThat(last).contains("F1 of spam: ");
    assertThat(Double.parseDouble(last.replaceAll(".* ", ""))).isGreaterThan(0.85);
  }
}
