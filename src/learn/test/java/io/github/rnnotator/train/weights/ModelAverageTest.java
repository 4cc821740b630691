package io.github.rnnotator.train.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.embed.EmbedConfig.Characters;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.text.TaggedSentence;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelAverageTest {
  private static final List<TaggedSentence> CORPUS = TinyTaggers.english(12);
  private static final TaggerConfig CONFIG =
      TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, "upos");

  @Test
  void eachWeightIsTheMean() {
    List<TaggerModel> models = List.of(model(1), model(2), model(3));
    TaggerModel average = ModelAverage.of(models);
    for (int i = 0; i < average.parameters().size(); i++) {
      for (int k = 0; k < average.parameters().get(i).size(); k++) {
        float sum = 0;
        for (TaggerModel model : models) {
          sum += model.parameters().get(i).value().data[k];
        }
        assertThat(average.parameters().get(i).value().data[k]).isCloseTo(sum / 3, within(1e-6f));
      }
    }
    assertThat(average.labels()).isEqualTo(models.get(0).labels());
  }

  @Test
  void oneModelAndItsCopiesKeepEveryBit() {
    TaggerModel model = model(4).withCard("its card");
    assertThat(TinyTaggers.bits(ModelAverage.of(List.of(model))))
        .isEqualTo(TinyTaggers.bits(model));
    TaggerModel same = ModelAverage.of(List.of(model, model(4), model));
    assertThat(TinyTaggers.bits(same)).isEqualTo(TinyTaggers.bits(model));
    assertThat(same.card()).isEqualTo("its card");
  }

  @Test
  void modelsOfOtherPartsAreRefused() {
    refused(
        TinyTaggers.untrained(
            CONFIG.encoder(List.of(EncoderLayer.bidirectional(CellKind.GRU, 7))), CORPUS, 1, 1),
        "layers or heads");
    refused(
        TinyTaggers.untrained(CONFIG, CORPUS.subList(0, 3), 1, 1),
        "layers or heads, words, labels");
    refused(
        TinyTaggers.untrained(
            TinyTaggers.config(CellKind.GRU, Characters.Kind.LSTM, "xpos"), CORPUS, 1, 1),
        "layers or heads, labels");
  }

  /** Of the same shapes, but another cell. */
  @Test
  void anotherContextIsRefused() {
    TaggerConfig gru = CONFIG.context(EncoderLayer.bidirectional(CellKind.MIN_GRU, 3));
    TaggerModel first = TinyTaggers.untrained(gru, CORPUS, 1, 1);
    assertThat(ModelAverage.of(List.of(first, first)).config().context()).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelAverage.of(List.of(first, model(1))))
        .withMessageStartingWith("models to average differ in layers or heads;");
  }

  private static void refused(TaggerModel other, String different) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelAverage.of(List.of(model(1), other)))
        .withMessage(
            "models to average differ in "
                + different
                + "; they must have been trained from one model on the same data");
  }

  private static TaggerModel model(long seed) {
    return TinyTaggers.untrained(CONFIG, CORPUS, 1, seed);
  }
}
