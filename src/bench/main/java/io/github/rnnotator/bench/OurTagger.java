package io.github.rnnotator.bench;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TrainingOptions;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rnnotator, with the words, characters and labels of the training data and random weights:
 * training would change the predicted labels, not the work.
 *
 * @param head the name of its labels
 * @param tagger the tagger
 */
record OurTagger(String head, Tagger tagger) implements SentenceTagger {
  /** Creates a tagger with the form cache, which the first rounds fill. */
  static OurTagger of(TaggerModel model) {
    return withCache(model, Tagger.CACHED_FORMS);
  }

  /** Creates a tagger with a cache of this many forms; 0 for no cache. */
  static OurTagger withCache(TaggerModel model, int forms) {
    String head = model.labels().keySet().iterator().next();
    return new OurTagger(head, new Tagger(model, Ops.best(), forms));
  }

  /** The configuration of {@code eval/ewt-pos.yaml} with this cell; for entities, with a CRF. */
  static TaggerConfig config(Task task, CellKind cell, int hidden) {
    HeadConfig head =
        switch (task.kind()) {
          case POS -> HeadConfig.softmax();
          case NER -> HeadConfig.crf(TagScheme.IOBES);
        };
    EmbedConfig embed =
        new EmbedConfig(EmbedConfig.Words.defaults(), EmbedConfig.Characters.defaults(), true);
    EncoderLayer layer = EncoderLayer.bidirectional(cell, hidden);
    return TaggerConfig.of(
        InputConfig.defaults(), embed, List.of(layer, layer), Map.of(task.head(), head));
  }

  /** A model with this configuration for the words and labels of the training data. */
  static TaggerModel model(Task task, CellKind cell, int hidden) {
    TaggerConfig config = config(task, cell, hidden);
    List<Sentence> sentences = task.train().stream().map(TaggedSentence::sentence).toList();
    TagScheme scheme = config.heads().values().iterator().next().scheme();
    return TaggerModel.create(
        config,
        Vocabularies.of(sentences, config.embed()),
        Map.of(task.head(), Labels.of(task.labels(), scheme)),
        TrainingOptions.NONE,
        1);
  }

  @Override
  public List<String> tag(List<Sentence> sentences) {
    List<String> labels = new ArrayList<>();
    for (TaggedSentence tagged : tagger.tag(sentences)) {
      labels.addAll(tagged.tags(head).tags());
    }
    return labels;
  }
}
