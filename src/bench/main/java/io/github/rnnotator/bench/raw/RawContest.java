package io.github.rnnotator.bench.raw;

import io.github.rnnotator.bench.measure.Rounds;
import io.github.rnnotator.eval.EvaluationReport.Aligned;
import io.github.rnnotator.eval.align.AlignedScorer;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares pipelines from raw text to sentences, tokens, parts of speech, features, lemmas and
 * names: the speed on one thread, and the scores of the CoNLL 2018 shared task on the same text.
 *
 * @param models model files or names of bundled models
 * @param train CoNLL-U with names, to train OpenNLP's name finders on
 * @param text CoNLL-U with gold tags, whose raw text is annotated
 */
public record RawContest(List<Path> models, Path train, Path text) {
  /** The scorer wants intervals, which the table does not show. */
  private static final Bootstrap BOOTSTRAP = new Bootstrap(40, 1, 0.95);

  /** The names of the metrics of heads with another name. */
  private static final Map<String, String> METRICS = Map.of("feats", "UFeats", "lemma", "Lemmas");

  /** Trains what is to be trained, scores all and measures them. */
  public RawResults measure(Rounds rounds) throws IOException {
    GoldText gold = GoldText.read(text);
    List<Pipeline> pipelines = pipelines(gold);
    List<Map<String, Double>> scores = new ArrayList<>();
    for (Pipeline pipeline : pipelines) {
      System.err.println("scoring " + pipeline.name());
      scores.add(scores(gold, pipeline));
    }
    return new RawResults(
        gold.words(), gold.sentences().size(), scores, rounds.measure(pipelines), rounds.count());
  }

  private List<Pipeline> pipelines(GoldText gold) throws IOException {
    List<Pipeline> pipelines = new ArrayList<>();
    for (Path name : models) {
      TaggerModel model = BundledModel.readNamed(name).model();
      String quoted = "`" + name + "`";
      pipelines.add(OurPipeline.of(quoted, model, Tagger.CACHED_FORMS, gold));
      pipelines.add(OurPipeline.of(quoted + ", no cache", model, 0, gold));
    }
    pipelines.add(CoreNlpPipeline.byDefault(gold));
    pipelines.add(CoreNlpPipeline.fastest(gold));
    pipelines.add(OpenNlpPipeline.train(GoldText.documents(train), gold));
    return pipelines;
  }

  /** Returns F1 by metric, in percent; without those of heads that the pipeline does not have. */
  private static Map<String, Double> scores(GoldText gold, Pipeline pipeline) throws IOException {
    AlignedScorer scorer =
        AlignedScorer.of(
            GoldText.MEASURES,
            SentenceReader.of(gold.sentences()),
            SentenceReader.of(pipeline.sentences()));
    List<String> lacking =
        GoldText.MEASURES.keySet().stream()
            .filter(head -> !pipeline.heads().contains(head))
            .map(head -> METRICS.getOrDefault(head, head.toUpperCase(Locale.ROOT)))
            .toList();
    Map<String, Double> scores = new LinkedHashMap<>();
    for (Aligned metric : scorer.score(BOOTSTRAP).metrics()) {
      if (!lacking.contains(metric.name())) {
        scores.put(metric.name(), metric.rates().f1());
      }
    }
    return scores;
  }
}
