package io.github.rnnotator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command against what the conlleval script printed for sixty files, byte for byte. */
class ConllevalCasesTest {
  static Stream<String> cases() {
    return IntStream.range(0, 60).mapToObj("%03d"::formatted);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void printsAndReturnsWhatTheScriptDoes(String name) throws IOException {
    List<String> args = new ArrayList<>(List.of("conlleval"));
    Arrays.stream(text(name + ".args").split("\\s+")).filter(a -> !a.isEmpty()).forEach(args::add);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int status =
        Main.run(
            new ByteArrayInputStream(bytes(name + ".in")), out, err, args.toArray(String[]::new));

    assertThat(status).isEqualTo(Integer.parseInt(text(name + ".status").strip()));
    assertThat(out.toByteArray()).isEqualTo(bytes(name + ".expected")).isNotEmpty();
    assertThat(err.toByteArray()).isEmpty();
  }

  private static String text(String file) throws IOException {
    return new String(bytes(file), UTF_8);
  }

  private static byte[] bytes(String file) throws IOException {
    try (InputStream in =
        ConllevalCasesTest.class.getResourceAsStream("/conlleval_cases/" + file)) {
      return in.readAllBytes();
    }
  }
}
