package io.github.rnnotator.train;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.tagger.CorpusLabels;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.tagger.SentenceGroups;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TrainingOptions;
import io.github.rnnotator.tagger.pretrained.PretrainedEncoder;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.weights.ExtendedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The model that a run begins with: the words and labels of the training data with fresh weights,
 * or those of an earlier model and what the data adds.
 */
record InitialModel(
    RunSettings settings,
    Vocabularies vocabularies,
    Map<String, Labels> labels,
    TrainingOptions options) {
  static InitialModel of(RunSettings settings, Dataset train) {
    TaggerConfig config = settings.config();
    TaggerModel start = settings.start();
    List<TaggedSentence> sentences = train.labelled().sentences();
    List<Sentence> words =
        new ArrayList<>(sentences.stream().map(TaggedSentence::sentence).toList());
    if (config.group() > 0) {
      words.addAll(SentenceGroups.separators(sentences.size()));
    }
    Vocabularies seen = Vocabularies.of(words, config.embed()).with(settings.vectors());
    PretrainedEncoder pretrained = settings.pretrained();
    if (pretrained != null) {
      seen =
          new Vocabularies(
              seen.words(),
              pretrained.vocabularies().characters().extended(seen.characters()),
              seen.vectors(),
              seen.columns());
    }
    // --train comes first.
    List<List<TaggedSentence>> sources =
        train.labelled().bySource().values().stream().map(Dataset::sentences).toList();
    Map<String, Labels> labels = new LinkedHashMap<>();
    config
        .heads()
        .forEach(
            (head, headConfig) -> {
              Labels old = start == null ? null : start.labels().get(head);
              List<TaggedSentence> lexicon =
                  headConfig.kind() == HeadConfig.Kind.LEMMA
                      ? settings.lexicon().sentences(head, CorpusLabels.dictionaryTags(config))
                      : List.of();
              labels.put(
                  head,
                  old == null
                      ? CorpusLabels.of(sources, lexicon, head, config)
                      : CorpusLabels.extended(old, sources, lexicon, head, config));
            });
    TrainingConfig training = settings.training();
    TrainingOptions options =
        new TrainingOptions(
            training.dropout(),
            training.recurrentDropout(),
            training.dropout(),
            training.wordDropout(),
            training.languageModel(),
            training.crossView().hasText() ? training.crossView().weight() : 0);
    return new InitialModel(
        settings, start == null ? seen : start.vocabularies().extended(seen), labels, options);
  }

  /** Checks that the memory suffices to train the model. */
  void requireMemory() throws NetworkTooLargeException {
    long weights;
    try {
      weights = TaggerModel.weights(settings.config(), vocabularies, labels);
    } catch (ArithmeticException e) {
      weights = Long.MAX_VALUE;
    }
    NetworkTooLargeException.check(
        weights, settings.training().shards(), Runtime.getRuntime().maxMemory());
  }

  /** Allocates the model; each call gives one with the same weights. */
  TaggerModel create() {
    TaggerConfig config = settings.config();
    TaggerModel start = settings.start();
    if (start != null) {
      return ExtendedModel.of(start, config, vocabularies, labels, options);
    }
    long seed = settings.training().seed();
    TaggerModel model = TaggerModel.create(config, vocabularies, labels, options, seed);
    PretrainedEncoder pretrained = settings.pretrained();
    if (pretrained != null) {
      pretrained.initialize(model);
    }
    return model;
  }
}
