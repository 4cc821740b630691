package io.github.rnnotator.train;

import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.pretrained.PretrainedEncoder;
import io.github.rnnotator.tagger.pretrained.PretrainedFile;
import io.github.rnnotator.text.Sha256;
import io.github.rnnotator.train.source.Lexicon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a run depends on besides its data and its threads.
 *
 * @param vectors pretrained vectors if the configuration has them, else null
 * @param listener receives the events, on the calling thread
 * @param start the model whose weights a run begins with, or null for fresh ones
 * @param augmentation varies the data of each epoch, or null to train on the same data
 * @param pretrained the layers that a run begins with, or null for fresh ones
 * @param lexicon words with their lemmas besides those of the data
 * @param pretrainedRate the factor of the learning rate of their weights
 */
record RunSettings(
    TaggerConfig config,
    TrainingConfig training,
    @Nullable WordVectors vectors,
    Ops ops,
    Consumer<TrainingEvent> listener,
    @Nullable TaggerModel start,
    @Nullable Augmentation augmentation,
    @Nullable PretrainedEncoder pretrained,
    Lexicon lexicon,
    float pretrainedRate) {
  /** Returns a copy whose runs begin with the weights and the pretrained vectors of a model. */
  RunSettings startingFrom(TaggerModel model) {
    return begin(model.vocabularies().vectors(), model, null, 1);
  }

  /** Returns a copy whose runs begin with these layers. */
  RunSettings pretrained(PretrainedEncoder layers, float rate) {
    return begin(vectors, null, layers, rate);
  }

  private RunSettings begin(
      @Nullable WordVectors vectors,
      @Nullable TaggerModel start,
      @Nullable PretrainedEncoder pretrained,
      float rate) {
    return new RunSettings(
        config, training, vectors, ops, listener, start, augmentation, pretrained, lexicon, rate);
  }

  /** Returns a copy whose runs vary the data of each epoch. */
  RunSettings augmented(Augmentation other) {
    return data(other, lexicon);
  }

  /** Returns a copy whose dictionary of lemmas has these words, too. */
  RunSettings lexicon(Lexicon words) {
    return data(augmentation, words);
  }

  private RunSettings data(@Nullable Augmentation augmentation, Lexicon lexicon) {
    return new RunSettings(
        config,
        training,
        vectors,
        ops,
        listener,
        start,
        augmentation,
        pretrained,
        lexicon,
        pretrainedRate);
  }

  /** Returns the factor of the learning rate of a weight. */
  float rate(String weight) {
    return pretrained != null && pretrained.hasWeight(weight) ? pretrainedRate : 1;
  }

  /** Returns the settings as one string; records print all of their components. */
  String identity() throws IOException {
    // What is read from the sources is hashed with the data.
    String own = config + " " + training.sources(List.of()).lexicon("");
    if (!lexicon.entries().isEmpty()) {
      own += " lexicon " + Sha256.of(lexicon.entries().toString().getBytes(StandardCharsets.UTF_8));
    }
    PretrainedEncoder layers = pretrained;
    if (layers != null) {
      own +=
          " pretrained "
              + Sha256.of(out -> PretrainedFile.write(out, layers, Safetensors.Type.F32))
              + " rate "
              + pretrainedRate;
    }
    TaggerModel model = start;
    if (model == null) {
      return own;
    }
    return own + " from " + Sha256.of(out -> ModelFile.write(out, model, Safetensors.Type.F32));
  }
}
