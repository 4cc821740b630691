package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.io.AtomicOutput;
import io.github.rnnotator.onnx.OnnxExport;
import io.github.rnnotator.onnx.OnnxModel;
import io.github.rnnotator.tagger.TaggerModel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rnnotator export}: exports a model's network for other programs. */
@Command(
    name = "export",
    description = "Writes a model's network, words and labels as an ONNX file.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  rnnotator export -m ewt.rnn --onnx ewt.onnx"})
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "A model file, or the name of a bundled model. Default: en.")
  private @Nullable Path model;

  @Option(
      names = "--onnx",
      paramLabel = "FILE",
      required = true,
      description = "The file to write, for ONNX Runtime (docs/onnx.md).")
  private Path onnx;

  @Override
  public Integer call() throws IOException {
    new FileRoles().reads(model).writes(onnx);
    TaggerModel tagger = Models.load(model);
    OnnxModel network;
    try {
      network = OnnxExport.of(tagger, Main.Version.number());
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
    try (AtomicOutput file = AtomicOutput.to(onnx)) {
      OutputStream buffered = new BufferedOutputStream(file.stream(), 1 << 16);
      network.write(buffered);
      buffered.flush();
      file.commit();
    } catch (IllegalArgumentException e) {
      throw new InputException(onnx + ": " + e.getMessage());
    }
    spec.commandLine().getErr().println("wrote " + onnx + " (" + Files.size(onnx) / 1000 + " kB)");
    return 0;
  }
}
