package io.github.rnnotator.train;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.data.HeadMeasures;
import io.github.rnnotator.eval.Evaluation;
import io.github.rnnotator.eval.HeadScore;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.eval.Score;
import io.github.rnnotator.eval.WholeText;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.source.KnownGold;
import io.github.rnnotator.train.source.MacroScore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;

/** Scores models on the dev data. */
final class DevScorer {
  private final TaggerConfig config;
  private final Map<Group.Source, Dataset> dev;
  private final Ops ops;
  private final Workers workers;
  private final Map<String, Measure> measures;

  DevScorer(TaggerConfig config, Dataset dev, Ops ops, Workers workers) {
    this.config = config;
    this.dev = dev.bySource();
    this.ops = ops;
    this.workers = workers;
    this.measures = HeadMeasures.of(config);
  }

  /** Returns the score of each head; with several sources, the mean over those that have it. */
  Map<String, ? extends Score> scores(TaggerModel candidate) throws InterruptedException {
    Tagger tagger = new Tagger(candidate, ops);
    if (dev.size() == 1) {
      return scores(tagger, dev.values().iterator().next(), measures);
    }
    Map<String, Map<String, HeadScore>> bySource = new LinkedHashMap<>();
    measures.keySet().forEach(head -> bySource.put(head, new LinkedHashMap<>()));
    for (Map.Entry<Group.Source, Dataset> source : dev.entrySet()) {
      Dataset data = source.getValue();
      Map<String, Measure> own = new LinkedHashMap<>(measures);
      own.keySet().removeIf(head -> data.sentences().stream().noneMatch(s -> s.has(head)));
      scores(tagger, data, own)
          .forEach(
              (head, score) ->
                  Objects.requireNonNull(bySource.get(head)).put(source.getKey().name(), score));
    }
    Map<String, MacroScore> scores = new LinkedHashMap<>();
    bySource.forEach((head, sources) -> scores.put(head, new MacroScore(sources)));
    return scores;
  }

  private Map<String, HeadScore> scores(Tagger tagger, Dataset data, Map<String, Measure> heads)
      throws InterruptedException {
    TaggerModel candidate = tagger.model();
    Evaluation evaluation = new Evaluation(heads, candidate.schemes(), candidate::knows);
    for (TemperatureScaling.Prediction one : predictions(tagger, data)) {
      evaluation.add(scored(one.gold()).withAll(heads.keySet()), scored(one.found()));
    }
    return evaluation.scores();
  }

  /** Returns what a model predicts for the dev data of all sources. */
  List<TemperatureScaling.Prediction> predictions(TaggerModel candidate)
      throws InterruptedException {
    Tagger tagger = new Tagger(candidate, ops);
    List<TemperatureScaling.Prediction> all = new ArrayList<>();
    for (Dataset data : dev.values()) {
      all.addAll(predictions(tagger, data));
    }
    return all;
  }

  private List<TemperatureScaling.Prediction> predictions(Tagger tagger, Dataset data)
      throws InterruptedException {
    List<Callable<List<List<TaggedSentence>>>> work = new ArrayList<>();
    List<Group> documents = data.documents();
    int part = Math.max(1, (documents.size() + workers.count() - 1) / workers.count());
    for (int from = 0; from < documents.size(); from += part) {
      List<List<Sentence>> untagged =
          documents.subList(from, Math.min(documents.size(), from + part)).stream()
              .map(Group::untagged)
              .toList();
      work.add(() -> tagger.tagDocuments(untagged));
    }
    Group.Source source = documents.get(0).source();
    Set<String> chunkHeads = tagger.model().schemes().keySet();
    List<TemperatureScaling.Prediction> all = new ArrayList<>();
    Iterator<TaggedSentence> gold = data.sentences().iterator();
    for (List<List<TaggedSentence>> tagged : workers.all(work)) {
      for (List<TaggedSentence> document : tagged) {
        for (TaggedSentence found : document) {
          TaggedSentence known = KnownGold.of(gold.next(), found, source, chunkHeads);
          all.add(new TemperatureScaling.Prediction(known, found));
        }
      }
    }
    return all;
  }

  /** Returns the scored item: the sentence, or the whole text if texts have labels. */
  private TaggedSentence scored(TaggedSentence sentence) {
    return config.labelsTexts() ? WholeText.of(sentence) : sentence;
  }
}
