package io.github.rnnotator.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.TaggedSentence;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on two executors in separate processes. */
class RnnotatorTaggerTest {
  private static final Path MODEL =
      Path.of("src/models/en/main/resources/META-INF/rnnotator/models/en.rnn");

  private static SparkSession spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    String classes =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.contains("rnnotator-"))
            .collect(Collectors.joining(File.pathSeparator));
    spark =
        SparkSession.builder()
            .master("local-cluster[2,1,1024]")
            .config("spark.executor.extraClassPath", classes)
            .config("spark.ui.enabled", "false")
            .config("spark.executor.memory", "1g")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    if (spark != null) {
      spark.stop();
    }
  }

  private static List<String> texts(int documents) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      texts.add("Anna 😀 reads book " + i + ". " + "Bob doesn't e\u0301! ".repeat(i % 7));
    }
    return texts;
  }

  private static Dataset<Row> dataset(List<String> texts, int partitions) {
    return spark.createDataset(texts, Encoders.STRING()).toDF("text").repartition(partitions);
  }

  /** The annotations of rows, with the text as key. */
  private static List<String> said(List<Row> rows) {
    List<String> said = new ArrayList<>();
    for (Row row : rows) {
      StringBuilder line = new StringBuilder(row.<String>getAs("text"));
      for (Row token : row.<Row>getList(row.fieldIndex("tokens"))) {
        line.append('|').append(token.<Integer>getAs("sentence"));
        line.append(' ').append(token.<String>getAs("form"));
        line.append(' ').append(token.<Integer>getAs("begin"));
        line.append(' ').append(token.getJavaMap(token.fieldIndex("tags")).get("upos"));
      }
      said.add(line.toString());
    }
    said.sort(null);
    return said;
  }

  private static List<String> expected(List<String> texts) throws Exception {
    Annotator annotator = Annotator.load(MODEL);
    List<String> said = new ArrayList<>();
    for (String text : texts) {
      StringBuilder line = new StringBuilder(text);
      Document document = annotator.annotate(text);
      int number = 0;
      for (TaggedSentence sentence : document.sentences()) {
        for (int i = 0; i < sentence.size(); i++) {
          line.append('|').append(number);
          line.append(' ').append(sentence.sentence().form(i));
          line.append(' ').append(sentence.sentence().tokens().get(i).begin());
          line.append(' ').append(sentence.tags("upos").tag(i));
        }
        number++;
      }
      said.add(line.toString());
    }
    said.sort(null);
    return said;
  }

  @Test
  void labelsEqualLocalOnesAndEachExecutorLoadsModelOnce() throws Exception {
    List<String> texts = texts(400);
    RnnotatorTagger tagger = RnnotatorTagger.of(Files.readAllBytes(MODEL));
    List<Row> rows = tagger.transform(dataset(texts, 16)).collectAsList();
    assertThat(said(rows)).isEqualTo(expected(texts));
    assertThat(tagger.modelsLoaded()).isBetween(1L, 2L);
  }

  @Test
  void savedTransformerWorksWithoutItsModelFile() throws Exception {
    RnnotatorTagger tagger =
        RnnotatorTagger.of(Files.readAllBytes(MODEL)).setInputCol("body").setOutputCol("found");
    String path = folder.resolve("saved").toUri().toString();
    tagger.write().save(path);
    RnnotatorTagger loaded = RnnotatorTagger.load(path);
    assertThat(loaded.uid()).isEqualTo(tagger.uid());
    assertThat(loaded.getInputCol()).isEqualTo("body");
    assertThat(loaded.getOutputCol()).isEqualTo("found");
    List<String> texts = texts(5);
    List<Row> rows =
        loaded
            .setInputCol("text")
            .setOutputCol("tokens")
            .transform(dataset(texts, 1))
            .collectAsList();
    assertThat(said(rows)).isEqualTo(expected(texts));
  }

  @Test
  void killedExecutorDoesNotChangeTheResult() throws Exception {
    List<String> texts = texts(6000);
    RnnotatorTagger tagger = RnnotatorTagger.of(Files.readAllBytes(MODEL));
    CompletableFuture<List<Row>> rows =
        CompletableFuture.supplyAsync(() -> tagger.transform(dataset(texts, 40)).collectAsList());
    ProcessHandle victim = null;
    while (victim == null && !rows.isDone()) {
      Thread.sleep(200);
      victim = tagger.modelsLoaded() > 0 ? executor() : null;
    }
    assertThat(victim).as("a busy executor").isNotNull();
    assertThat(victim.destroyForcibly()).isTrue();
    assertThat(said(rows.get(10, TimeUnit.MINUTES))).isEqualTo(expected(texts));
    assertThat(victim.isAlive()).isFalse();
  }

  private static ProcessHandle executor() {
    return ProcessHandle.current()
        .descendants()
        .filter(
            process ->
                process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .findFirst()
        .orElse(null);
  }
}
