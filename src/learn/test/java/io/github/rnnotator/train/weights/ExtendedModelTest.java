package io.github.rnnotator.train.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.tagger.TrainingOptions;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words, labels and weights that a model keeps: {@code TrainerTest} has more. */
class ExtendedModelTest {
  private static final List<TaggedSentence> CORPUS = TinyTaggers.english(20);
  private static final List<Sentence> TEXT = CORPUS.stream().map(TaggedSentence::sentence).toList();

  /** The longest vectors have 40 elements, the head has fewer labels. */
  private static final int FULL = 60;

  @Test
  void theFullRankChangesNoProbabilityMuch() {
    TaggerModel start = model(config(0));
    TaggerModel factored = extended(start, config(FULL));
    assertThat(names(factored)).contains("encoder.1.rank.kernel", "heads.upos.rank.kernel");
    assertSameTags(start, factored);
    TaggerModel back = extended(factored, config(0));
    assertThat(names(back)).isEqualTo(names(start));
    assertSameTags(start, back);
  }

  @Test
  void theSameRankKeepsEveryBit() {
    TaggerModel start = model(config(3));
    assertThat(TinyTaggers.bits(extended(start, config(3)))).isEqualTo(TinyTaggers.bits(start));
  }

  /** The bias of a projection is a part of the next one's. */
  @Test
  void factorsOfAnyBiasAreMultipliedOut() {
    TaggerModel start = model(config(5));
    assertThat(names(start)).contains("encoder.0.rank.bias");
    assertSameTags(start, extended(start, config(0)));
    assertSameTags(start, extended(start, config(FULL)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void aSmallerRankHasTheSameLayersAndFewerWeights(int rank) {
    TaggerModel start = model(config(0));
    TaggerModel factored = extended(start, config(rank));
    assertThat(factored.parameters().stream().mapToLong(Parameter::size).sum())
        .isLessThan(start.parameters().stream().mapToLong(Parameter::size).sum());
    assertThat(new Tagger(factored).tag(TEXT)).hasSameSizeAs(TEXT);
  }

  private static void assertSameTags(TaggerModel expected, TaggerModel actual) {
    List<TaggedSentence> theirs = new Tagger(expected).tag(TEXT);
    List<TaggedSentence> ours = new Tagger(actual).tag(TEXT);
    for (int i = 0; i < TEXT.size(); i++) {
      assertThat(ours.get(i).tags("upos").tags()).isEqualTo(theirs.get(i).tags("upos").tags());
      for (int t = 0; t < TEXT.get(i).size(); t++) {
        assertThat(ours.get(i).tags("upos").probabilities().get(t))
            .isCloseTo(theirs.get(i).tags("upos").probabilities().get(t), within(1e-3f));
      }
    }
  }

  private static List<String> names(TaggerModel model) {
    return model.parameters().stream().map(Parameter::name).toList();
  }

  /** All layers and the head with one rank. */
  private static TaggerConfig config(int rank) {
    TaggerConfig config = TinyTaggers.deep("upos");
    List<EncoderLayer> encoder = config.encoder().stream().map(layer -> layer.rank(rank)).toList();
    Map<String, HeadConfig> heads = new LinkedHashMap<>();
    config.heads().forEach((name, head) -> heads.put(name, head.rank(rank)));
    return config.encoder(encoder).heads(heads);
  }

  private static TaggerModel model(TaggerConfig config) {
    return TinyTaggers.untrained(config, CORPUS, 0.5f, 1);
  }

  private static TaggerModel extended(TaggerModel start, TaggerConfig config) {
    return ExtendedModel.of(
        start, config, start.vocabularies(), start.labels(), TrainingOptions.NONE, 7);
  }
}
