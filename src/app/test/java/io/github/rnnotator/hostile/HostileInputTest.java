package io.github.rnnotator.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reader accepts any bytes: it reads them, or refuses them in one line. The cases found by
 * {@code scripts/fuzz} are kept in the folder {@code hostile} of the test resources, one folder per
 * reader; this test reads them again, and mutated variants of valid inputs.
 */
@Timeout(300) // Detects a reader that hangs.
class HostileInputTest {
  private static final Path KEPT = Path.of("src/app/test/resources/hostile");

  /** Variants of each seed. */
  private static final int VARIANTS = 25;

  static List<Target> targets() {
    return Targets.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void keptCasesAreReadOrRefusedInOneLine(Target target) throws IOException {
    for (Path file : kept(target)) {
      assertThatCode(() -> target.accept(Files.readAllBytes(file)))
          .as(file.toString())
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void validInputsAreRead(Target target) throws IOException {
    for (byte[] seed : Seeds.of(target.name())) {
      assertThatCode(() -> target.reader().read(seed)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void mutatedInputsAreReadOrRefusedInOneLine(Target target) throws IOException {
    for (byte[] seed : Seeds.of(target.name())) {
      for (int i = 0; i < VARIANTS; i++) {
        byte[] variant = broken(seed, new SplittableRandom(i));
        int number = i;
        assertThatCode(() -> target.accept(variant))
            .as(() -> "variant " + number + " of a seed of " + seed.length + " bytes")
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void everyFolderOfKeptCasesHasReader() throws IOException {
    TreeSet<String> names = new TreeSet<>(Targets.all().stream().map(Target::name).toList());
    try (Stream<Path> folders = Files.list(KEPT)) {
      assertThat(folders.map(folder -> folder.getFileName().toString())).isSubsetOf(names);
    }
  }

  @Test
  void undocumentedExceptionsAndMultilineMessagesAreFindings() {
    Target broken =
        new Target(
            "broken",
            List.of(IOException.class),
            bytes -> {
              if (bytes.length == 0) {
                throw new IllegalStateException("not documented");
              }
              throw new IOException(new String(bytes, StandardCharsets.UTF_8));
            });
    assertThatThrownBy(() -> broken.accept(new byte[0])).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> broken.accept(new byte[] {'a', '\n', 'b'}))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> broken.accept(new byte[5000])).isInstanceOf(AssertionError.class);
    assertThatCode(() -> broken.accept(new byte[] {'a'})).doesNotThrowAnyException();
  }

  private static List<Path> kept(Target target) throws IOException {
    Path folder = KEPT.resolve(target.name());
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** Changes, removes or duplicates some bytes of a copy, or truncates it. */
  private static byte[] broken(byte[] seed, SplittableRandom random) {
    List<Byte> bytes = new ArrayList<>(seed.length);
    for (byte b : seed) {
      bytes.add(b);
    }
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && !bytes.isEmpty(); i++) {
      int at = random.nextInt(bytes.size());
      int to = Math.min(bytes.size(), at + 1 + random.nextInt(8));
      switch (random.nextInt(5)) {
        case 0 -> bytes.set(at, (byte) random.nextInt(256));
        case 1 -> bytes.set(at, (byte) "\t\n \"{}[]:,-0".charAt(random.nextInt(12)));
        case 2 -> bytes.subList(at, to).clear();
        case 3 -> bytes.addAll(at, new ArrayList<>(bytes.subList(at, to)));
        default -> {
          if (random.nextInt(4) == 0) {
            bytes.subList(at, bytes.size()).clear();
          }
        }
      }
    }
    byte[] broken = new byte[bytes.size()];
    for (int i = 0; i < broken.length; i++) {
      broken[i] = bytes.get(i);
    }
    return broken;
  }
}
