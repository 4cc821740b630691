package io.github.rnnotator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** NOTICE names every library that a built Rnnotator needs, and its licence. */
class NoticeTest {
  /** Where the build writes the class path of the program before the tests run. */
  private static final Path LIBRARIES = Path.of("target/rnnotator-app/runtime-classpath");

  /** Licences that a work under Apache-2.0 may be shipped with. */
  private static final Set<String> FREE =
      Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause");

  private static final Pattern LIBRARY = Pattern.compile("  ([a-z0-9-]+) +([A-Z]\\S+) +\\S.*");
  private static final Pattern JAR = Pattern.compile("(.+?)-\\d.*\\.jar");

  @Test
  void everyLibraryIsNamedAndNothingElse() throws IOException {
    assertThat(notice().keySet()).isEqualTo(libraries());
  }

  @Test
  void everyLicenceIsOneToBeShippedWith() throws IOException {
    assertThat(notice()).allSatisfy((library, licence) -> assertThat(FREE).contains(licence));
  }

  @Test
  void coreNlpIsNotShipped() throws IOException {
    assertThat(libraries()).noneMatch(name -> name.contains("stanford") || name.contains("spark"));
  }

  @Test
  void everyBundledModelIsNamed() throws IOException {
    String notice = Files.readString(Path.of("NOTICE"));
    try (Stream<Path> files = Files.walk(Path.of("src/models"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".rnn"))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(notice).contains(name));
    }
  }

  private static Map<String, String> notice() throws IOException {
    Map<String, String> licences = new TreeMap<>();
    List<String> lines = Files.readAllLines(Path.of("NOTICE"));
    int heading =
        lines.indexOf(
            lines.stream().filter(l -> l.startsWith("Libraries")).findFirst().orElseThrow());
    for (String line : lines.subList(heading, lines.size())) {
      Matcher library = LIBRARY.matcher(line);
      if (library.matches()) {
        licences.put(library.group(1), library.group(2));
      }
    }
    return licences;
  }

  private static Set<String> libraries() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String entry : Files.readString(LIBRARIES).strip().split(File.pathSeparator)) {
      if (!Command.isModule(entry, ".*")) {
        Matcher name = JAR.matcher(String.valueOf(Path.of(entry).getFileName()));
        assertThat(name.matches()).as(entry).isTrue();
        names.add(name.group(1));
      }
    }
    return names;
  }
}
