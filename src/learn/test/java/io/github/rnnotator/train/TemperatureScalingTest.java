package io.github.rnnotator.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.TemperatureScaling.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TemperatureScalingTest {
  private static List<Prediction> predictions(TaggerModel model, List<TaggedSentence> gold) {
    List<Sentence> sentences = gold.stream().map(TaggedSentence::sentence).toList();
    List<TaggedSentence> found = new Tagger(model).tag(sentences);
    List<Prediction> all = new ArrayList<>();
    for (int i = 0; i < gold.size(); i++) {
      all.add(new Prediction(gold.get(i), found.get(i)));
    }
    return all;
  }

  private static Map<String, Double> scale(TaggerModel model, List<TaggedSentence> gold)
      throws InterruptedException {
    return new TemperatureScaling(model, () -> predictions(model, gold), Ops.best()).apply();
  }

  /** Returns gold tags that a model gets right with this probability. */
  private static List<TaggedSentence> gold(
      TaggerModel model, List<TaggedSentence> corpus, double right, String... heads) {
    SplittableRandom random = new SplittableRandom(1);
    List<TaggedSentence> gold = new ArrayList<>();
    for (Prediction one : predictions(model, corpus)) {
      Map<String, TagSequence> tags = new LinkedHashMap<>();
      for (String head : heads) {
        List<String> own = new ArrayList<>();
        for (String tag : one.found().tags(head).tags()) {
          own.add(random.nextDouble() < right ? tag : "other");
        }
        tags.put(head, TagSequence.of(own));
      }
      gold.add(new TaggedSentence(one.gold().sentence(), tags));
    }
    return gold;
  }

  @Test
  void probabilitiesFitTheDevDataAfterScaling() throws InterruptedException {
    List<TaggedSentence> corpus = TinyTaggers.analysed(60);
    TaggerModel model = TinyTaggers.untrained(TinyTaggers.analysis(true), corpus, 3, 1);
    List<TaggedSentence> gold = gold(model, corpus, 0.7, "upos", "feats", "lemma");
    List<Prediction> before = predictions(model, gold);
    Map<String, Double> temperatures = scale(model, gold);
    List<Prediction> after = predictions(model, gold);
    assertThat(temperatures).containsKeys("upos", "feats").doesNotContainValue(1.0);
    for (String head : List.of("upos", "feats")) {
      double sum = 0;
      int right = 0;
      int all = 0;
      for (int i = 0; i < gold.size(); i++) {
        TagSequence tags = after.get(i).found().tags(head);
        assertThat(tags.tags()).isEqualTo(before.get(i).found().tags(head).tags());
        for (int t = 0; t < tags.size(); t++) {
          sum += tags.probabilities().get(t);
          right += tags.tag(t).equals(gold.get(i).tags(head).tag(t)) ? 1 : 0;
          all++;
        }
      }
      assertThat(sum / all).isCloseTo((double) right / all, within(0.01));
    }
  }

  @Test
  void aHeadWithFewErrorsIsLeftAsItIs() throws InterruptedException {
    List<TaggedSentence> corpus = TinyTaggers.analysed(60);
    TaggerModel model = TinyTaggers.untrained(TinyTaggers.analysis(true), corpus, 3, 1);
    assertThat(scale(model, gold(model, corpus, 1, "upos", "feats", "lemma"))).isEmpty();
    assertThat(scale(model, gold(model, corpus, 0, "upos", "feats"))).isEmpty();
    assertThat(scale(model, gold(model, corpus.subList(0, 1), 0.5, "upos"))).isEmpty();
  }

  @Test
  void chunksAreFittedByMentions() throws InterruptedException {
    List<TaggedSentence> corpus = TinyTaggers.entities(60);
    String head = corpus.get(0).tags().keySet().iterator().next();
    TaggerModel model =
        TinyTaggers.untrained(
            TinyTaggers.config(
                CellKind.GRU,
                EmbedConfig.Characters.Kind.CNN,
                Map.of(head, HeadConfig.crf(TagScheme.IOBES))),
            corpus,
            2,
            1);
    TagScheme scheme = model.schemes().get(head);
    // Every other mention is right, whatever their tokens.
    List<TaggedSentence> gold = new ArrayList<>();
    int number = 0;
    for (Prediction one : predictions(model, corpus)) {
      List<Mention> right = new ArrayList<>();
      for (Mention mention : scheme.mentions(one.found().tags(head).tags())) {
        if (number++ % 2 == 0) {
          right.add(mention);
        }
      }
      TagSequence tags = TagSequence.of(scheme.tags(one.gold().size(), right));
      gold.add(new TaggedSentence(one.gold().sentence(), Map.of(head, tags)));
    }
    assertThat(number).isGreaterThan(100);
    Map<String, Double> temperatures = scale(model, gold);
    assertThat(temperatures).containsOnlyKeys(head);
    double sum = 0;
    int mentions = 0;
    for (Prediction one : predictions(model, gold)) {
      TagSequence found = one.found().tags(head);
      for (Mention mention : scheme.mentions(found.tags())) {
        double least = 1;
        for (int t = mention.span().begin(); t < mention.span().end(); t++) {
          least = Math.min(least, found.probabilities().get(t));
        }
        sum += least;
        mentions++;
      }
    }
    assertThat(sum / mentions).isCloseTo(0.5, within(0.02));
  }
}
