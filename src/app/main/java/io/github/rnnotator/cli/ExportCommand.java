package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.io.AtomicOutput;
import io.github.rnnotator.onnx.OnnxExport;
import io.github.rnnotator.onnx.OnnxModel;
import io.github.rnnotator.onnx.TransducerExport;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.transducer.TransducerFile;
import io.github.rnnotator.tagger.transducer.TransducerModel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
      description = {
        "The file to write, for ONNX Runtime (docs/onnx.md).",
        "With a model trained on pairs: NAME.encoder.onnx and NAME.decoder.onnx for NAME.onnx."
      })
  private Path onnx;

  @Override
  public Integer call() throws IOException {
    new FileRoles().reads(model).writes(onnx);
    if (model != null && Files.isRegularFile(model) && TransducerFile.isTransducer(model)) {
      Path encoder = half("encoder");
      Path decoder = half("decoder");
      new FileRoles().reads(model).writes(encoder).writes(decoder);
      TransducerModel transducer = TransducerFile.read(model);
      write(encoder, () -> TransducerExport.encoder(transducer, Main.Version.number()));
      write(decoder, () -> TransducerExport.decoder(transducer, Main.Version.number()));
      return 0;
    }
    TaggerModel tagger = Models.load(model);
    write(onnx, () -> OnnxExport.of(tagger, Main.Version.number()));
    return 0;
  }

  /** {@code NAME.encoder.onnx} from {@code NAME.onnx}. */
  private Path half(String name) {
    String file = onnx.toString();
    String end = file.endsWith(".onnx") ? ".onnx" : "";
    return Path.of(file.substring(0, file.length() - end.length()) + "." + name + end);
  }

  private void write(Path to, Supplier<OnnxModel> export) throws IOException {
    OnnxModel network;
    try {
      network = export.get();
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
    try (AtomicOutput file = AtomicOutput.to(to)) {
      OutputStream buffered = new BufferedOutputStream(file.stream(), 1 << 16);
      network.write(buffered);
      buffered.flush();
      file.commit();
    } catch (IllegalArgumentException e) {
      throw new InputException(to + ": " + e.getMessage());
    }
    spec.commandLine().getErr().println("wrote " + to + " (" + Files.size(to) / 1000 + " kB)");
  }
}
