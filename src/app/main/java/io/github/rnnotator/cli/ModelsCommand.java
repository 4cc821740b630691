package io.github.rnnotator.cli;

import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.TaggerModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rnnotator models}: lists the bundled models. */
@Command(
    name = "models",
    description = {
      "Lists the bundled models; use their names in place of a model file.",
      "\"rnnotator inspect NAME\" shows what a model was trained on, its scores and its licence."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  rnnotator models", "  rnnotator tag -m en-fast letter.txt"})
final class ModelsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("name", "language", "heads", "MB"));
    for (BundledModel bundled : BundledModel.all()) {
      byte[] file;
      try (InputStream in = bundled.open()) {
        file = in.readAllBytes();
      }
      TaggerModel model = ModelFile.read(new ByteArrayInputStream(file), bundled.name()).model();
      rows.add(
          List.of(
              bundled.name(),
              model.config().input().language(),
              String.join(" ", model.labels().keySet()),
              String.format(Locale.ROOT, "%.1f", file.length / 1e6)));
    }
    PrintWriter out = spec.commandLine().getOut();
    String layout =
        "%-" + width(rows, 0) + "s  %-" + width(rows, 1) + "s  %-" + width(rows, 2) + "s  %5s%n";
    rows.forEach(row -> out.printf(Locale.ROOT, layout, row.toArray()));
    out.flush();
    return 0;
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
  }
}
