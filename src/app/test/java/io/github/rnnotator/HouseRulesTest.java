package io.github.rnnotator;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sizes that keep the code readable. Only {@code ops}, the room of hot loops, may exceed them. */
class HouseRulesTest {
  private static final int LINES = 350;
  private static final int PARAMETERS = 6;
  private static final int FILES = 40;

  /** The schema of a report in JSON: one record per object. */
  private static final Set<String> SCHEMAS = Set.of("EvaluationReport.java");

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().replace('\\', '/').contains("/main/java/"))
          .toList();
    }
  }

  private static boolean isOps(Path file) {
    return file.getParent().endsWith("ops");
  }

  @Test
  void noClassIsLong() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : sources()) {
      long lines = Files.readString(file).lines().count();
      if (lines > LINES && !isOps(file) && !SCHEMAS.contains(file.getFileName().toString())) {
        tooLong.add(file.getFileName() + ": " + lines);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void noRoomIsCrowded() throws IOException {
    Map<Path, Integer> rooms = new TreeMap<>();
    sources().forEach(file -> rooms.merge(file.getParent(), 1, Integer::sum));
    assertThat(rooms).hasSizeGreaterThan(20);
    assertThat(rooms.entrySet()).filteredOn(room -> room.getValue() > FILES).isEmpty();
  }

  /** Records name their components; a call of one with many is for its factories and withers. */
  @Test
  void noMethodTakesManyParameters() {
    JavaClasses classes = OwnClasses.all();
    Set<String> tooMany = new TreeSet<>();
    for (JavaClass type : classes) {
      for (JavaCodeUnit method : type.getCodeUnits()) {
        if (method.getRawParameterTypes().size() > PARAMETERS
            && !(type.isRecord() && method.isConstructor())
            && !type.isEnum()
            && !method.getName().startsWith("lambda$")
            && !method.getName().equals("$deserializeLambda$")
            && !type.getPackageName().endsWith(".ops")) {
          tooMany.add(type.getSimpleName() + "." + method.getName());
        }
      }
    }
    assertThat(classes).hasSizeGreaterThan(300);
    assertThat(tooMany).isEmpty();
  }
}
