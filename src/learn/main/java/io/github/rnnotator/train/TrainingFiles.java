package io.github.rnnotator.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rnnotator.eval.Score;
import io.github.rnnotator.io.AtomicOutput;
import io.github.rnnotator.report.CurveChart;
import io.github.rnnotator.report.LearningCurves;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.pretrained.PretrainedEncoder;
import io.github.rnnotator.tagger.pretrained.PretrainedFile;
import io.github.rnnotator.tagger.transducer.TransducerFile;
import io.github.rnnotator.tagger.transducer.TransducerModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The files that training writes, all next to {@code NAME.rnn}: with several seeds {@code
 * NAME.seed-N.rnn}, while a run is under way its checkpoint, and {@code NAME.curves.csv}, {@code
 * .svg}, {@code .png} and {@code NAME.scores.json}.
 *
 * @param model the model file
 * @param seeds the number of runs
 */
public record TrainingFiles(Path model, int seeds) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> CURVES = List.of(".curves.csv", ".curves.svg", ".curves.png");

  /** The result of a run. */
  public record Run(long seed, int epoch, Map<String, ? extends Score> scores) {}

  /** Returns the model of one run; {@code NAME.rnn} itself if there is only one. */
  public Path model(long seed) {
    return seeds == 1 ? model : named(".seed-" + seed + ".rnn");
  }

  /** Returns the checkpoint of one run. */
  public Path checkpoint(long seed) {
    return Path.of(model(seed) + ".checkpoint");
  }

  /** Returns the checkpoint of the segmenter, whose training precedes the runs. */
  public Path segmenterCheckpoint() {
    return Path.of(model + ".segmenter.checkpoint");
  }

  private Path named(String end) {
    String name = model.toString();
    return Path.of((name.endsWith(".rnn") ? name.substring(0, name.length() - 4) : name) + end);
  }

  /**
   * Returns all files that runs write, of which some may be checkpoints that are deleted later.
   *
   * @param firstSeed the seed of the first run
   */
  public List<Path> written(long firstSeed) {
    List<Path> files = new ArrayList<>(List.of(model));
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      if (seeds > 1) {
        files.add(model(seed));
      }
      files.add(checkpoint(seed));
    }
    CURVES.forEach(end -> files.add(named(end)));
    files.add(named(".scores.json"));
    return files;
  }

  /** Reads the curves of an earlier, interrupted part of the same runs. */
  public LearningCurves earlierCurves() throws IOException {
    Path csv = named(".curves.csv");
    return Files.isRegularFile(csv)
        ? LearningCurves.parse(Files.readString(csv, StandardCharsets.UTF_8))
        : new LearningCurves();
  }

  /** Writes a model file. */
  public void writeModel(Path file, TaggerModel model, Safetensors.Type type) throws IOException {
    write(file, out -> ModelFile.write(out, model, type));
  }

  /** Writes a model file of a transducer. */
  public void writeModel(Path file, TransducerModel model, Safetensors.Type type)
      throws IOException {
    write(file, out -> TransducerFile.write(out, model, type));
  }

  /** Writes a file of pretrained layers. */
  public void writeModel(Path file, PretrainedEncoder encoder, Safetensors.Type type)
      throws IOException {
    write(file, out -> PretrainedFile.write(out, encoder, type));
  }

  void writeCurves(LearningCurves curves) throws IOException {
    byte[] csv = curves.toCsv().getBytes(StandardCharsets.UTF_8);
    write(named(".curves.csv"), out -> out.write(csv));
  }

  /** Returns a listener that writes the curve of a run after each epoch. */
  public Consumer<TrainingEvent> recorder(long seed, LearningCurves curves) {
    return new CurveRecorder(seed, curves, this);
  }

  /** Draws the curves, unless the record of a finished run is lost. */
  public void drawCurves(LearningCurves curves) throws IOException {
    if (curves.points().isEmpty()) {
      // Those of an earlier run would be taken for this one's.
      for (String end : CURVES) {
        Files.deleteIfExists(named(end));
      }
      return;
    }
    String title = String.valueOf(model.getFileName());
    for (CurveChart.Format format : CurveChart.Format.values()) {
      write(
          named(".curves." + format.name().toLowerCase(Locale.ROOT)),
          out -> CurveChart.write(out, curves, title, format));
    }
  }

  /** Writes the scores of all runs, and a summary for each head. */
  public void writeScores(List<Run> runs) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode all = json.putArray("runs");
    for (Run run : runs) {
      ObjectNode node = all.addObject().put("seed", run.seed()).put("epoch", run.epoch());
      ObjectNode scores = node.putObject("scores");
      run.scores().forEach((head, score) -> scores.put(head, score.value()));
      writeSources(node, run);
    }
    ObjectNode heads = json.putObject("heads");
    Map<String, ? extends Score> first = runs.get(0).scores();
    summaries(runs)
        .forEach(
            (head, summary) ->
                heads
                    .putObject(head)
                    .put("measure", Objects.requireNonNull(first.get(head)).label())
                    .put("mean", summary.mean())
                    .put("standard_deviation", summary.standardDeviation())
                    .put("minimum", summary.minimum())
                    .put("maximum", summary.maximum()));
    byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    write(named(".scores.json"), out -> out.write(bytes));
  }

  private static void writeSources(ObjectNode node, Run run) {
    run.scores()
        .forEach(
            (head, score) ->
                score
                    .bySource()
                    .forEach(
                        (name, value) ->
                            node.withObjectProperty("sources")
                                .withObjectProperty(name)
                                .put(head, value)));
  }

  /** Returns a summary of the runs' scores, by head. */
  public static Map<String, SeedSummary> summaries(List<Run> runs) {
    Map<String, SeedSummary> summaries = new LinkedHashMap<>();
    for (String head : runs.get(0).scores().keySet()) {
      List<Double> values = new ArrayList<>();
      runs.forEach(run -> values.add(Objects.requireNonNull(run.scores().get(head)).value()));
      summaries.put(head, SeedSummary.of(values));
    }
    return summaries;
  }

  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  private static void write(Path file, Content content) throws IOException {
    AtomicOutput.removeLeftovers(file);
    try (AtomicOutput out = AtomicOutput.to(file)) {
      content.write(out.stream());
      out.commit();
    }
  }
}
