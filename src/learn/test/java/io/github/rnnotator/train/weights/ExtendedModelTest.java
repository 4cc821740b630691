package io.github.rnnotator.train.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.tagger.TrainingOptions;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words, labels and weights that a model keeps: {@code TrainerTest} has more. */
class ExtendedModelTest {
  private static final List<TaggedSentence> CORPUS = TinyTaggers.english(20);
  private static final List<Sentence> TEXT = text(CORPUS);

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

  /** Every weight outside of the heads stays, and so does a head that keeps its name. */
  @Test
  void newHeadsBeginAfreshAndOthersCanBeLeftOut() {
    TaggerModel start = TinyTaggers.untrained(TinyTaggers.deep("upos", "xpos"), CORPUS, 0.5f, 1);
    TaggerConfig wanted = TinyTaggers.deep("xpos", "more");
    Map<String, Labels> labels = new LinkedHashMap<>();
    labels.put("xpos", start.labels().get("xpos"));
    labels.put("more", Labels.of(List.of(List.of("A", "B")), null));
    TaggerModel model =
        ExtendedModel.of(start, wanted, start.vocabularies(), labels, TrainingOptions.NONE);
    Map<String, List<Integer>> before = TinyTaggers.bits(start);
    Map<String, List<Integer>> after = TinyTaggers.bits(model);
    assertThat(names(model))
        .contains("heads.xpos.kernel", "heads.more.kernel")
        .doesNotContain("heads.upos.kernel");
    after.forEach(
        (name, bits) -> {
          if (!name.startsWith("heads.more.")) {
            assertThat(bits).as(name).isEqualTo(before.get(name));
          }
        });
    assertThat(model.parameters())
        .filteredOn(parameter -> parameter.name().equals("heads.more.kernel"))
        .allMatch(parameter -> parameter.value().numCols == 2);
  }

  /**
   * The weights of whole labels, projected or not, and those that they share are factored together.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 7})
  void aRankOfHeadsWhoseLabelsShareWeightsKeepsTheirTags(int before) {
    List<TaggedSentence> corpus = TinyTaggers.korean(20);
    TaggerModel start = TinyTaggers.untrained(sharing(before), corpus, 0.5f, 1);
    assertThat(names(start)).contains("heads.xpos.values.kernel");
    TaggerModel factored = extended(start, sharing(FULL));
    assertThat(names(factored)).contains("heads.xpos.rank.kernel", "heads.xpos.values.kernel");
    assertSameTags(start, factored, corpus);
    TaggerModel other = extended(factored, sharing(FULL + 1));
    assertSameTags(start, other, corpus);
    assertThat(new Tagger(extended(start, sharing(3))).tag(text(corpus))).hasSize(20);
  }

  /** With many labels, whole ones have a projection, which a model with fewer lacks. */
  @Test
  void manyNewLabelsLeaveTheTagsAsTheyAre() {
    List<TaggedSentence> corpus = TinyTaggers.korean(20);
    TaggerConfig config = sharing(0).encoder(List.of(EncoderLayer.bidirectional(CellKind.GRU, 40)));
    TaggerModel start = TinyTaggers.untrained(config, corpus, 0.5f, 1);
    assertThat(names(start)).doesNotContain("heads.xpos.rank.kernel");
    List<String> more = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      more.add("NNG+X" + i);
    }
    TaggerModel model =
        ExtendedModel.of(
            start,
            config,
            start.vocabularies(),
            Map.of("xpos", start.labels().get("xpos").extended(List.of(more))),
            TrainingOptions.NONE);
    assertThat(names(model)).contains("heads.xpos.rank.kernel");
    List<TaggedSentence> before = new Tagger(start).tag(text(corpus));
    List<TaggedSentence> after = new Tagger(model).tag(text(corpus));
    int same = 0;
    int all = 0;
    for (int i = 0; i < before.size(); i++) {
      for (int t = 0; t < before.get(i).size(); t++) {
        all++;
        same += before.get(i).tags("xpos").tag(t).equals(after.get(i).tags("xpos").tag(t)) ? 1 : 0;
      }
    }
    assertThat(same).isGreaterThan(all / 2);
  }

  private static TaggerConfig sharing(int rank) {
    HeadConfig head = HeadConfig.softmax().parts(true).rank(rank);
    return TinyTaggers.deep("xpos").heads(Map.of("xpos", head));
  }

  private static List<Sentence> text(List<TaggedSentence> corpus) {
    return corpus.stream().map(TaggedSentence::sentence).toList();
  }

  private static void assertSameTags(TaggerModel expected, TaggerModel actual) {
    assertSameTags(expected, actual, CORPUS);
  }

  private static void assertSameTags(
      TaggerModel expected, TaggerModel actual, List<TaggedSentence> corpus) {
    String head = expected.config().heads().keySet().iterator().next();
    List<TaggedSentence> theirs = new Tagger(expected).tag(text(corpus));
    List<TaggedSentence> ours = new Tagger(actual).tag(text(corpus));
    for (int i = 0; i < corpus.size(); i++) {
      assertThat(ours.get(i).tags(head).tags()).isEqualTo(theirs.get(i).tags(head).tags());
      for (int t = 0; t < corpus.get(i).size(); t++) {
        assertThat(ours.get(i).tags(head).probabilities().get(t))
            .isCloseTo(theirs.get(i).tags(head).probabilities().get(t), within(1e-3f));
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
        start, config, start.vocabularies(), start.labels(), TrainingOptions.NONE);
  }
}
