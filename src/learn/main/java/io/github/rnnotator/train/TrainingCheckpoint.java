package io.github.rnnotator.train;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.io.AtomicOutput;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.optimizer.Optimizer;
import io.github.rnnotator.nn.optimizer.WeightAverage;
import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.text.Sha256;
import io.github.rnnotator.text.TaggedSentence;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * The state from which a run resumes as if it had not stopped: weights, best weights, moments,
 * averages, and progress. One safetensors file followed by the SHA-256 of its bytes, replaced as a
 * whole. A file with a wrong SHA-256 is not read.
 */
public record TrainingCheckpoint(Identity identity, State state) {
  private static final int SHA256_BYTES = 32;

  /** Changes with the names of tensors. */
  private static final String FORMAT = "2";

  /** The remedy if a checkpoint can't be used. */
  private static final String RESTART = "start again with --discard";

  /**
   * Tells whether a checkpoint is of the run that resumes from it.
   *
   * @param run all settings, and the initial model if there is one
   * @param data the hash of the training and dev data
   * @param vectors the hash of the pretrained vectors; empty for none
   */
  public record Identity(String run, String data, String vectors) {
    static Identity of(RunSettings settings, Dataset train, Dataset dev) throws IOException {
      WordVectors vectors = settings.vectors();
      return new Identity(
          settings.identity(), hash(List.of(train, dev)), vectors == null ? "" : vectors.sha256());
    }

    /** The hash codes of strings, lists and maps are specified, so that any Java gives the same. */
    private static String hash(List<Dataset> data) {
      return Integer.toHexString(
          data.stream()
              .map(part -> part.documents().stream().map(Identity::content).toList())
              .toList()
              .hashCode());
    }

    private static List<?> content(Group document) {
      List<Object> content = new ArrayList<>();
      document.sentences().forEach(s -> content.add(List.of(s.sentence().forms(), gold(s))));
      if (!document.source().equals(Group.Source.ONLY)) {
        content.add(document.source().toString());
      }
      return content;
    }

    private static Map<String, List<String>> gold(TaggedSentence sentence) {
      Map<String, List<String>> gold = new LinkedHashMap<>();
      sentence.tags().forEach((head, tags) -> gold.put(head, tags.tags()));
      sentence.labels().forEach((head, label) -> gold.put(head, List.of(label.name())));
      return gold;
    }
  }

  /** The numbers of a run, which reading overwrites. */
  public record State(
      List<Parameter> weights, List<Parameter> best, Optimizer optimizer, WeightAverage average) {
    Map<String, FMatrixRMaj> tensors() {
      Map<String, FMatrixRMaj> tensors = new LinkedHashMap<>();
      weights.forEach(p -> tensors.put("weights." + p.name(), p.value()));
      best.forEach(p -> tensors.put("best." + p.name(), p.value()));
      tensors.putAll(optimizer.state());
      tensors.putAll(average.state());
      return tensors;
    }
  }

  void write(Path file, Progress progress) throws IOException {
    try (AtomicOutput output = AtomicOutput.to(file)) {
      MessageDigest sha256 = Sha256.digest();
      OutputStream out =
          new BufferedOutputStream(new DigestOutputStream(output.stream(), sha256), 1 << 16);
      Safetensors.write(out, state.tensors(), metadata(progress), Safetensors.Type.F32);
      out.flush();
      output.stream().write(sha256.digest());
      output.commit();
    }
  }

  private Map<String, String> metadata(Progress progress) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("run", identity.run());
    metadata.put("data", identity.data());
    metadata.put("vectors", identity.vectors());
    metadata.put("epoch", Integer.toString(progress.epoch()));
    metadata.put("steps", Long.toString(progress.steps()));
    metadata.put("batches", Integer.toString(progress.batches()));
    metadata.put("loss", Double.toString(progress.loss()));
    metadata.put("best_epoch", Integer.toString(progress.bestEpoch()));
    metadata.put("best_score", Double.toString(progress.bestScore()));
    return metadata;
  }

  Progress read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ModelFormatException(
          file.toString(),
          "",
          "no checkpoint to resume from: the run is finished or has not begun; leave out --resume,"
              + " or train a finished model further with --from");
    }
    long length = Files.size(file) - SHA256_BYTES;
    requireSound(file, length);
    Safetensors.Content content;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      content = Safetensors.read(in, length, file.toString(), "");
    }
    if (!FORMAT.equals(content.metadata().get("format"))) {
      throw new ModelFormatException(
          file.toString(), "", "a checkpoint of another version of this program; " + RESTART);
    }
    same(
        "run", identity.run(), "another configuration", "the one it was begun with", content, file);
    same("data", identity.data(), "other data", "the same data", content, file);
    same(
        "vectors",
        identity.vectors(),
        "other word vectors",
        "the same file of vectors",
        content,
        file);
    for (Map.Entry<String, FMatrixRMaj> target : state.tensors().entrySet()) {
      FMatrixRMaj value = target.getValue();
      FMatrixRMaj stored = content.tensors().get(target.getKey());
      if (stored == null || stored.numRows != value.numRows || stored.numCols != value.numCols) {
        throw new ModelFormatException(
            file.toString(), target.getKey(), "missing or of another shape; " + RESTART);
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
      throw new ModelFormatException(file.toString(), "", "its progress is missing or invalid");
    }
  }

  /** Checks all bytes before any is used: a flipped bit would change a weight. */
  private static void requireSound(Path file, long length) throws IOException {
    MessageDigest sha256 = Sha256.digest();
    byte[] stated;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      byte[] block = new byte[1 << 16];
      for (long left = Math.max(0, length); left > 0; ) {
        int read = in.read(block, 0, (int) Math.min(block.length, left));
        if (read < 0) {
          break;
        }
        sha256.update(block, 0, read);
        left -= read;
      }
      stated = in.readNBytes(SHA256_BYTES);
    }
    if (length < 0 || !MessageDigest.isEqual(stated, sha256.digest())) {
      throw new ModelFormatException(
          file.toString(),
          "",
          "its SHA-256 is not the one at its end; the checkpoint is damaged, cut off or of another"
              + " version; "
              + RESTART);
    }
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
          "a checkpoint of a run with " + other + "; resume with " + remedy + ", or " + RESTART);
    }
  }
}
