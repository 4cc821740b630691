package io.github.rnnotator.train.segmenter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class LiteralsTest {
  @Property(tries = 300)
  void literalsArePrintableAscii(@ForAll long seed, @ForAll @NotEmpty String word) {
    String literal = new Literals(new SplittableRandom(seed)).any(word);
    assertThat(literal).matches("[!-~]+");
    assertThat(new Literals(new SplittableRandom(seed)).any(word)).isEqualTo(literal);
  }

  @Test
  void thereAreLiteralsOfEveryKind() {
    Set<String> all = new HashSet<>();
    for (int seed = 0; seed < 5000; seed++) {
      all.add(new Literals(new SplittableRandom(seed)).any("Anna"));
    }
    assertThat(all)
        .contains("C++")
        .anyMatch(literal -> literal.matches("~/.*"))
        .anyMatch(literal -> literal.matches("@anna\\d+"))
        .anyMatch(literal -> literal.matches("anna\\.yaml"))
        .anyMatch(literal -> literal.matches("/etc/.*"))
        .anyMatch(literal -> literal.matches("\\d{4}-\\d\\d-\\d\\d"))
        .anyMatch(literal -> literal.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"))
        .anyMatch(literal -> literal.matches("www\\.anna\\.com"));
  }
}
