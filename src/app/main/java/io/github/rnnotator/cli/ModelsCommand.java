package io.github.rnnotator.cli;

import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.TaggerModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
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
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%-8s  %-8s  %-20s  %8s%n", "name", "language", "heads", "MB");
    for (BundledModel bundled : BundledModel.all()) {
      byte[] file;
      try (InputStream in = bundled.open()) {
        file = in.readAllBytes();
      }
      TaggerModel model = ModelFile.read(new ByteArrayInputStream(file), bundled.name()).model();
      out.printf(
          Locale.ROOT,
          "%-8s  %-8s  %-20s  %8.1f%n",
          bundled.name(),
          model.config().input().language(),
          String.join(" ", model.labels().keySet()),
          file.length / 1e6);
    }
    out.flush();
    return 0;
  }
}
