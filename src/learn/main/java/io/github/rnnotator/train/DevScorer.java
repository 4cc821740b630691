package io.github.rnnotator.train;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.data.HeadMeasures;
import io.github.rnnotator.eval.Evaluation;
import io.github.rnnotator.eval.HeadScore;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.eval.WholeText;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Scores models on the dev data. */
final class DevScorer {
  private final TaggerConfig config;
  private final Dataset dev;
  private final Ops ops;
  private final Workers workers;
  private final Map<String, Measure> measures;

  DevScorer(TaggerConfig config, Dataset dev, Ops ops, Workers workers) {
    this.config = config;
    this.dev = dev;
    this.ops = ops;
    this.workers = workers;
    this.measures = HeadMeasures.of(config);
  }

  Map<String, HeadScore> scores(TaggerModel candidate) throws InterruptedException {
    Tagger tagger = new Tagger(candidate, ops);
    List<Callable<List<List<TaggedSentence>>>> work = new ArrayList<>();
    List<Group> documents = dev.documents();
    int part = Math.max(1, (documents.size() + workers.count() - 1) / workers.count());
    for (int from = 0; from < documents.size(); from += part) {
      List<List<Sentence>> untagged =
          documents.subList(from, Math.min(documents.size(), from + part)).stream()
              .map(Group::untagged)
              .toList();
      work.add(() -> tagger.tagDocuments(untagged));
    }
    Evaluation evaluation = new Evaluation(measures, candidate.schemes(), candidate::knows);
    Iterator<TaggedSentence> gold = dev.sentences().iterator();
    for (List<List<TaggedSentence>> tagged : workers.all(work)) {
      for (List<TaggedSentence> document : tagged) {
        for (TaggedSentence predicted : document) {
          evaluation.add(scored(gold.next()).withAll(measures.keySet()), scored(predicted));
        }
      }
    }
    return evaluation.scores();
  }

  /** Returns the scored item: the sentence, or the whole text if texts have labels. */
  private TaggedSentence scored(TaggedSentence sentence) {
    return config.labelsTexts() ? WholeText.of(sentence) : sentence;
  }
}
