package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.text.Sentence;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Models without some of their heads or vectors. */
class SmallerModelTest {
  private static final Sentence KNOWN = Sentence.of("She", "reads", "books");

  private final TaggerModel whole =
      TinyTaggers.untrained(
          TinyTaggers.config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, "upos", "xpos"),
          TinyTaggers.english(20),
          2,
          1);

  @Test
  void otherHeadsTagAsBefore() {
    TaggerModel part = whole.without(Set.of("xpos"));
    assertThat(part.labels().keySet()).containsExactly("upos");
    assertThat(part.config().input().heads()).doesNotContainKey("xpos");
    assertThat(new Tagger(part).tag(List.of(KNOWN)).get(0).tags("upos"))
        .isEqualTo(new Tagger(whole).tag(List.of(KNOWN)).get(0).tags("upos"));
    assertThatThrownBy(() -> whole.without(Set.of("upos", "xpos"))).hasMessageContaining("heads");
    assertThatThrownBy(() -> whole.without(Set.of("ner")))
        .hasMessage("no head 'ner', only [upos, xpos]");
  }

  @Test
  void lemmasKeepTheTagsOfTheirDictionary() {
    TaggerModel model =
        TinyTaggers.untrained(TinyTaggers.analysis(true), TinyTaggers.analysed(20), 2, 1);
    assertThatThrownBy(() -> model.without(Set.of("upos")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the dictionary of head lemma has lemmas by form and upos; keep the head upos, or leave"
                + " lemma out, too");
    TaggerModel part = model.without(Set.of("upos", "lemma"));
    assertThat(new Tagger(part).tag(KNOWN).tags().keySet()).containsExactly("feats");
    assertThat(new Tagger(model.without(Set.of("feats"))).tag(KNOWN).tags("lemma"))
        .isEqualTo(new Tagger(model).tag(KNOWN).tags("lemma"));
  }

  @Test
  void wordsWithAVectorLeftAreReadAsBefore() {
    WordVectors.Builder builder = new WordVectors.Builder(4, WordVectors.Type.F16);
    for (String word : List.of("zebra", "quagga", "okapi")) {
      builder.add(word, new float[] {word.length(), 1, -1, 2});
    }
    EmbedConfig.Words words = EmbedConfig.Words.defaults().dim(4).vectors("v.vec").tune(true);
    TaggerConfig config = whole.config();
    config = config.embed(config.embed().words(words));
    TaggerModel model =
        TaggerModel.create(
            config,
            Vocabularies.of(List.of(KNOWN), config.embed()).with(builder.build()),
            Map.copyOf(whole.labels()),
            TrainingOptions.NONE,
            3);
    TaggerModel fewer = model.withVectors(2);
    for (String word : List.of("She", "zebra", "quagga", "okapi")) {
      List<Sentence> sentence = List.of(Sentence.of(word, "reads"));
      boolean same = new Tagger(fewer).tag(sentence).equals(new Tagger(model).tag(sentence));
      assertThat(same).as(word).isEqualTo(!word.equals("okapi"));
    }
    assertThatThrownBy(() -> whole.withVectors(2)).hasMessageContaining("no pretrained vectors");
  }
}
