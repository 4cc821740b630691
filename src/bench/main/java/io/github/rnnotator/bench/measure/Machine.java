package io.github.rnnotator.bench.measure;

import io.github.rnnotator.ops.Ops;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.Stream;

/** Describes the environment of a measurement: processor, JVM, date, and load. */
public final class Machine {
  private Machine() {}

  public static String describe() {
    return String.format(
        Locale.ROOT,
        "%s, %d cores; %s %s; ops %s; %s; load average %.2f",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.vendor"),
        Runtime.version(),
        Ops.best().name(),
        LocalDate.now(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException notLinux) {
      return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }
  }
}
