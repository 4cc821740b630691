package io.github.rnnotator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the modules export and open. */
class ModulesTest {
  private static final Pattern EXPORTS =
      Pattern.compile("exports (io\\.github\\.rnnotator[\\w.]*)");
  private static final Pattern OPENS = Pattern.compile("opens (io\\.github\\.rnnotator[\\w.]*)");

  private static List<Path> files(String folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }

  private static Set<String> matches(List<Path> files, Pattern pattern) throws IOException {
    Set<String> matches = new TreeSet<>();
    for (Path file : files) {
      Matcher matcher = pattern.matcher(Files.readString(file));
      while (matcher.find()) {
        matches.add(matcher.group(1));
      }
    }
    return matches;
  }

  /** The guide lists the packages of its examples. */
  @Test
  void packagesOfTheGuideAreExported() throws IOException {
    String guide = Files.readString(Path.of("docs/library.md"));
    int begin = guide.indexOf("Packages are `io.github.rnnotator.` followed by");
    String list = guide.substring(begin, guide.indexOf("\n\n", begin));
    Set<String> packages = new TreeSet<>();
    Matcher names = Pattern.compile("`([a-z]+)`").matcher(list);
    while (names.find()) {
      packages.add("io.github.rnnotator." + names.group(1));
    }
    assertThat(packages).contains("io.github.rnnotator.tagger", "io.github.rnnotator.keras");
    assertThat(matches(files("src", "module-info.java"), EXPORTS)).containsAll(packages);
  }

  /** Jackson reads and writes configurations by reflection. */
  @Test
  void packagesOfConfigurationsAreOpen() throws IOException {
    Set<String> packages = new TreeSet<>();
    for (String module : List.of("core", "learn")) {
      Path root = Path.of("src", module, "main", "java");
      for (Path file : files(root.toString(), ".java")) {
        if (file.getFileName().toString().matches("\\w*Config\\.java")) {
          packages.add(root.relativize(file.getParent()).toString().replace('/', '.'));
        }
      }
    }
    // Its settings are made by programs only.
    packages.remove("io.github.rnnotator.keras");
    assertThat(packages).contains("io.github.rnnotator.train", "io.github.rnnotator.tagger");
    assertThat(matches(files("src", "module-info.java"), OPENS)).containsAll(packages);
  }
}
