package io.github.rnnotator.data;

import io.github.rnnotator.eval.Evaluation;
import io.github.rnnotator.eval.WholeText;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.Iterator;
import java.util.List;

/** Tags a corpus and compares the result with its gold tags. */
public final class Scoring {
  private Scoring() {}

  /** Returns the scores of a model on a corpus. */
  public static Evaluation of(TaggerModel model, GoldCorpus corpus) {
    Evaluation evaluation = evaluation(model);
    add(new Tagger(model), corpus, List.of(evaluation));
    return evaluation;
  }

  /** Creates an evaluation of all heads of a model. */
  public static Evaluation evaluation(TaggerModel model) {
    return new Evaluation(HeadMeasures.of(model.config()), model.schemes(), model::knows);
  }

  /** Tags a corpus once and adds it to several evaluations. */
  public static void add(Tagger tagger, GoldCorpus corpus, List<Evaluation> evaluations) {
    boolean texts = tagger.model().config().labelsTexts();
    List<List<Sentence>> documents =
        corpus.documents().stream()
            .map(document -> document.stream().map(TaggedSentence::sentence).toList())
            .toList();
    Iterator<TaggedSentence> predicted =
        tagger.tagDocuments(documents).stream().flatMap(List::stream).iterator();
    for (TaggedSentence sentence : corpus.dataset().sentences()) {
      TaggedSentence gold =
          (texts ? WholeText.of(sentence) : sentence)
              .withAll(tagger.model().config().heads().keySet());
      TaggedSentence found = texts ? WholeText.of(predicted.next()) : predicted.next();
      evaluations.forEach(evaluation -> evaluation.add(gold, found));
    }
  }
}
