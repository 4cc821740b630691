package io.github.rnnotator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launchers on a system with Bash. Names that are not ASCII are made by Bash, since the JVM of
 * the tests may have a locale that cannot name them.
 */
class LauncherTest {
  /**
   * An installation in a folder with a blank and é in its name, and a Java that prints its call.
   */
  private static final String INSTALL =
      """
      set -eu
      home=$PWD/$'a home \\xc3\\xa9'
      mkdir -p "$home" jdk/bin links/deep bin
      cp "$SOURCES/src/app/dist/rnnotator" "$home/rnnotator"
      : >"$home/rnnotator.jar"
      touch -d '2020-01-01' "$home/rnnotator.jar"
      echo 'JAVA_VERSION="17"' >jdk/release
      cat >jdk/bin/java <<'JAVA'
      #!/usr/bin/env bash
      for word in "$@"; do
        case $word in
          -XX:ArchiveClassesAtExit=*) echo archive >"${word#*=}"; exit ;;
        esac
      done
      accented=$'\\xc3\\xa9'
      echo "length of e with acute accent: ${#accented}"
      printf '<%s>\\n' "$@"
      JAVA
      chmod +x jdk/bin/java
      export JAVA_HOME=$PWD/jdk
      """;

  @TempDir Path folder;

  @BeforeEach
  void needsBash() {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "this system has no Bash");
  }

  private String bash(String script, Map<String, String> environment) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/bash", "-c", script);
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("SOURCES", Path.of("").toAbsolutePath().toString());
    builder.environment().put("JAVA", ProcessHandle.current().info().command().orElseThrow());
    builder.environment().put("CLASS_PATH", System.getProperty("java.class.path"));
    builder.environment().keySet().removeIf(name -> name.startsWith("RNNOTATOR_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"$home/rnnotator\" tag",
        "cd \"$home\"; ./rnnotator tag",
        "cd \"$home\"; bash rnnotator tag",
        "ln -s \"$home/rnnotator\" bin/r; bin/r tag",
        "ln -s \"$home/rnnotator\" bin/r; cd bin; PATH=$PWD:$PATH r tag",
        "ln -s ../$'a home \\xc3\\xa9'/rnnotator bin/r; cd /; \"$OLDPWD/bin/r\" tag",
        "ln -s \"$home/rnnotator\" links/one; ln -s ../links/one bin/r; ln -s bin/r r; ./r tag",
        "ln -s \"$home\" links/home; ln -s ../links/home/rnnotator bin/r; bin/r tag",
        "ln -s links/deep d; ln -s \"$home/rnnotator\" links/one; ln -s ../one d/r; d/r tag",
        "ln -s \"$home/rnnotator\" bin/r; mkdir x; export CDPATH=$PWD/x; mkdir x/bin; bin/r tag"
      })
  void startsItsOwnJarThroughAnyLink(String call) throws Exception {
    String said = bash(INSTALL + call, Map.of());
    String home = folder.toRealPath() + "/a home é";
    assertThat(said).contains("<" + home + "/rnnotator.jar>\n<tag>\n");
    // The temporary folder does not delete it if this JVM cannot name it.
    String files =
        bash(
            "cd a*; ls; cd ..; find . -name '*.jsa*'; find bin links -type f; rm -rf a*; find .",
            Map.of());
    assertThat(files)
        .startsWith("classes-17.jsa\nrnnotator\nrnnotator.jar\n./a home é/classes-17.jsa\n.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "", "en_US.UTF-8", "xx_XX", "C.UTF-8"})
  void javaGetsALocaleThatReadsUtf8(String locale) throws Exception {
    String call =
        """
        "$home/rnnotator" --version $'Zo\\xc3\\xab'
        rm -rf "$home"
        """;
    String said = bash(INSTALL + call, Map.of("LC_ALL", locale, "LANG", "", "LC_CTYPE", ""));
    // Without an installed one there is nothing to do.
    assumeTrue(bash("locale -a", Map.of()).toLowerCase(java.util.Locale.ROOT).contains("utf"));
    assertThat(said).contains("length of e with acute accent: 1\n", "<Zoë>");
  }

  @Test
  void namesThatAreNotAsciiAreReadInTheLocaleC() throws Exception {
    String call =
        """
        cat >jdk/bin/java <<'JAVA'
        #!/usr/bin/env bash
        while [ "$1" != -jar ]; do shift; done
        shift 2
        exec "$JAVA" -cp "$CLASS_PATH" io.github.rnnotator.cli.Main "$@"
        JAVA
        export RNNOTATOR_CDS=off
        echo 'She reads books.' >$'g\\xc3\\xb6d.txt'
        "$home/rnnotator" tag -m en-fast -o $'\\xed\\x95\\x9c.txt' $'g\\xc3\\xb6d.txt'
        cat $'\\xed\\x95\\x9c.txt'
        echo "alone:"
        "$JAVA" -cp "$CLASS_PATH" io.github.rnnotator.cli.Main tag -m en-fast $'g\\xc3\\xb6d.txt'
        echo "rc=$?"
        rm -rf "$home" $'g\\xc3\\xb6d.txt' $'\\xed\\x95\\x9c.txt'
        """;
    String said = bash(INSTALL + "set +e\n" + call, Map.of("LC_ALL", "C"));
    assertThat(said).contains("She/PRON");
    // macOS reads names as UTF-8 in every locale.
    assertThat(said.substring(said.indexOf("alone:\n") + 7))
        .satisfiesAnyOf(
            alone ->
                assertThat(alone)
                    .startsWith("rnnotator: g")
                    .contains("set LC_ALL=C.UTF-8", "launcher")
                    .endsWith("\nrc=2\n")
                    .hasLineCount(2),
            alone -> assertThat(alone).contains("She/PRON"));
  }

  @Test
  void closedStreamsAreErrors() throws Exception {
    String call =
        """
        cat >jdk/bin/java <<'JAVA'
        #!/usr/bin/env bash
        read -r line && echo "read"
        { echo written; } 2>/dev/null || echo "not written" >&2
        JAVA
        set +e
        echo line | "$home/rnnotator" models >&-
        "$home/rnnotator" models <&-
        echo line | "$home/rnnotator" models 2>&-
        rm -rf "$home"
        """;
    String said = bash(INSTALL + call, Map.of("RNNOTATOR_CDS", "off"));
    assertThat(said).contains("not written\n").containsOnlyOnce("read\n");
  }

  /** A checkout whose Maven only records its calls. */
  private static final String CHECKOUT =
      """
      set -eu
      mkdir -p "a checkout"/{scripts,src/app/dist,src/core/main} jdk/bin tools
      cp "$SOURCES"/scripts/{rnnotator,build-if-newer.bash} "a checkout/scripts"
      cp "$SOURCES/src/app/dist/rnnotator" "a checkout/src/app/dist"
      touch "a checkout/pom.xml" "a checkout/src/core/main/Source.java"
      printf '#!/usr/bin/env bash\\necho "started ${@: -1}"\\n' >jdk/bin/java
      cat >tools/mvn <<MVN
      #!/usr/bin/env bash
      mkdir "$PWD/building" || echo overlap >>"$PWD/log"
      sleep 0.3
      echo built >>"$PWD/log"
      [ ! -f "$PWD/broken" ] || { echo "it is broken"; exit 1; }
      mkdir -p target/rnnotator-app
      touch target/rnnotator-app/rnnotator.jar
      rmdir "$PWD/building"
      MVN
      chmod +x jdk/bin/java tools/mvn
      export JAVA_HOME=$PWD/jdk PATH=$PWD/tools:$PATH RNNOTATOR_CDS=off
      ln -s "$PWD/a checkout/scripts/rnnotator" r
      """;

  @Test
  void severalFirstStartsBuildOnce() throws Exception {
    String call =
        """
        ./r one & ./r two & ./r three & wait
        ./r four
        cat log
        """;
    String said = bash(CHECKOUT + call, Map.of());
    assertThat(said)
        .contains("started one\n", "started two\n", "started three\n", "started four\n")
        .contains("rnnotator: waiting for another build ...")
        .endsWith("started four\nbuilt\n");
    assertThat(names()).contains("a checkout").doesNotContain("target", "rnnotator.jar.built");
  }

  private String names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().toString();
    }
  }

  @Test
  void aNewerSourceIsBuiltAndAFailedBuildIsNotTakenForOne() throws Exception {
    String call =
        """
        ./r one
        touch "a checkout/src/core/main/Source.java"
        touch broken
        ./r two || echo "rc=$?"
        rm -r broken building
        ./r three
        ./r four
        cat log
        """;
    String said = bash(CHECKOUT + call, Map.of());
    assertThat(said)
        .contains("it is broken\nrnnotator: the build failed, see above\nrc=1\n")
        .contains("started three\nstarted four\n")
        .endsWith("built\n".repeat(3))
        .doesNotContain("started two", "overlap");
  }
}
