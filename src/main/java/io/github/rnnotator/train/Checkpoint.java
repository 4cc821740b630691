package io.github.rnnotator.train;

import io.github.rnnotator.corpus.AtomicOutput;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.Optimizer;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.WeightAverage;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.text.TaggedSentence;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a run needs to go on as if it had not stopped: weights, best weights, moments,
 * averages, and how far it is. One safetensors file, replaced as a whole.
 */
record Checkpoint(
    String configuration,
    String data,
    String vectors,
    List<Parameter> weights,
    List<Parameter> best,
    Optimizer optimizer,
    WeightAverage average) {
  /** The checkpoint of a run with these settings, data and weights. */
  static Checkpoint of(
      TaggerConfig config,
      TrainingConfig training,
      List<List<List<TaggedSentence>>> data,
      @Nullable WordVectors vectors,
      List<Parameter> weights,
      List<Parameter> best,
      Optimizer optimizer,
      WeightAverage average) {
    return new Checkpoint(
        // The settings as one string; records print all of their parts.
        config + " " + training,
        hash(data),
        vectors == null ? "" : vectors.sha256(),
        weights,
        best,
        optimizer,
        average);
  }

  void write(Path file, Progress progress) throws IOException {
    try (AtomicOutput output = AtomicOutput.to(file)) {
      OutputStream out = new BufferedOutputStream(output.stream(), 1 << 16);
      Safetensors.write(
          out,
          tensors(),
          Map.of(
              "run", configuration,
              "data", data,
              "vectors", vectors,
              "epoch", Integer.toString(progress.epoch()),
              "steps", Long.toString(progress.steps()),
              "batches", Integer.toString(progress.batches()),
              "loss", Double.toString(progress.loss()),
              "best_epoch", Integer.toString(progress.bestEpoch()),
              "best_score", Double.toString(progress.bestScore())),
          Safetensors.Type.F32);
      out.flush();
      output.commit();
    }
  }

  Progress read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ModelFormatException(
          file.toString(), "", "no checkpoint to resume from; train without --resume first");
    }
    Safetensors.Content content;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      content = Safetensors.read(in, Files.size(file), file.toString(), "");
    }
    same("run", configuration, "another configuration", "the one it was begun with", content, file);
    same("data", data, "other data", "the same --train and --dev", content, file);
    same("vectors", vectors, "other word vectors", "the same file of vectors", content, file);
    for (Map.Entry<String, FMatrixRMaj> target : tensors().entrySet()) {
      FMatrixRMaj value = target.getValue();
      FMatrixRMaj stored = content.tensors().get(target.getKey());
      if (stored == null || stored.numRows != value.numRows || stored.numCols != value.numCols) {
        throw new ModelFormatException(
            file.toString(),
            target.getKey(),
            "missing or of another shape; train without --resume");
      }
      System.arraycopy(stored.data, 0, value.data, 0, value.numRows * value.numCols);
    }
    try {
      Map<String, String> metadata = content.metadata();
      return new Progress(
          Integer.parseInt(metadata.getOrDefault("epoch", "")),
          Long.parseLong(metadata.getOrDefault("steps", "")),
          Integer.parseInt(metadata.getOrDefault("batches", "")),
          Double.parseDouble(metadata.getOrDefault("loss", "")),
          Integer.parseInt(metadata.getOrDefault("best_epoch", "")),
          Double.parseDouble(metadata.getOrDefault("best_score", "")));
    } catch (NumberFormatException e) {
      throw new ModelFormatException(file.toString(), "", "it does not say how far the run was");
    }
  }

  private Map<String, FMatrixRMaj> tensors() {
    Map<String, FMatrixRMaj> tensors = new LinkedHashMap<>();
    weights.forEach(p -> tensors.put("weights." + p.name(), p.value()));
    best.forEach(p -> tensors.put("best." + p.name(), p.value()));
    tensors.putAll(optimizer.state());
    tensors.putAll(average.state());
    return tensors;
  }

  private static void same(
      String key,
      String expected,
      String other,
      String remedy,
      Safetensors.Content content,
      Path file)
      throws ModelFormatException {
    if (!expected.equals(content.metadata().get(key))) {
      throw new ModelFormatException(
          file.toString(),
          "",
          "a checkpoint of a run with "
              + other
              + "; resume with "
              + remedy
              + ", or train without --resume");
    }
  }

  /** The hash codes of strings, lists and maps are specified, so that any Java gives the same. */
  private static String hash(List<List<List<TaggedSentence>>> data) {
    return Integer.toHexString(
        data.stream()
            .map(part -> part.stream().map(Checkpoint::content).toList())
            .toList()
            .hashCode());
  }

  private static List<?> content(List<TaggedSentence> document) {
    return document.stream().map(s -> List.of(s.sentence().forms(), gold(s))).toList();
  }

  private static Map<String, List<String>> gold(TaggedSentence sentence) {
    Map<String, List<String>> gold = new LinkedHashMap<>();
    sentence.tags().forEach((head, tags) -> gold.put(head, tags.tags()));
    sentence.labels().forEach((head, label) -> gold.put(head, List.of(label.name())));
    return gold;
  }
}
