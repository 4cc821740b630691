package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import io.github.rnnotator.text.TagCombinations;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Heads whose tags agree, {@code heads.NAME.agree}. */
class AgreementTest {
  private static final List<TaggedSentence> CORPUS = TinyTaggers.analysed(40);
  private static final List<String> HEADS = List.of("upos", "feats");

  private static TaggerModel model(boolean agreeing) {
    TaggerConfig config = TinyTaggers.analysis(true);
    Map<String, HeadConfig> heads = new LinkedHashMap<>(config.heads());
    if (agreeing) {
      heads.put("feats", HeadConfig.feats().agree(List.of("upos")));
    }
    return TinyTaggers.untrained(config.heads(heads), CORPUS, 2, 5);
  }

  private static List<TaggedSentence> tagged(TaggerModel model) {
    return new Tagger(model).tag(CORPUS.stream().map(TaggedSentence::sentence).toList());
  }

  private static List<List<String>> combinations(List<TaggedSentence> sentences) {
    return TagCombinations.of(HEADS, sentences).tags();
  }

  private static byte[] file(TaggerModel model) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ModelFile.write(file, model, Safetensors.Type.F32);
    return file.toByteArray();
  }

  @Test
  void onlyCombinationsOfTheTrainingDataAreTagged() {
    List<List<String>> known = combinations(CORPUS);
    assertThat(known).doesNotContainSequence(combinations(tagged(model(false))));
    assertThat(known).containsAll(combinations(tagged(model(true))));
  }

  @Test
  void wordsWithoutAContradictionAreTaggedAsBefore() {
    List<List<String>> known = combinations(CORPUS);
    List<TaggedSentence> apart = tagged(model(false));
    List<TaggedSentence> together = tagged(model(true));
    int same = 0;
    for (int i = 0; i < apart.size(); i++) {
      for (int t = 0; t < apart.get(i).size(); t++) {
        List<String> tags =
            List.of(apart.get(i).tags("upos").tag(t), apart.get(i).tags("feats").tag(t));
        if (known.contains(tags)) {
          for (String head : List.of("upos", "feats", "lemma")) {
            TagSequence expected = apart.get(i).tags(head);
            assertThat(together.get(i).tags(head).tag(t)).isEqualTo(expected.tag(t));
            assertThat(together.get(i).tags(head).probabilities().get(t))
                .isEqualTo(expected.probabilities().get(t));
          }
          same++;
        }
      }
    }
    assertThat(same).isPositive();
  }

  @Test
  void theBestSequencesAreTheTaggersOwn() {
    Tagger tagger = new Tagger(model(true));
    for (TaggedSentence sentence : CORPUS.subList(0, 15)) {
      TaggedSentence tagged = tagger.tag(sentence.sentence());
      for (String head : List.of("upos", "feats", "lemma")) {
        List<RankedTags> best = tagger.best(sentence.sentence(), head, 3);
        assertThat(best.get(0).tags().tags()).isEqualTo(tagged.tags(head).tags());
        assertThat(best.get(0).logProbability())
            .isGreaterThanOrEqualTo(best.get(1).logProbability());
      }
    }
  }

  @Test
  void aModelIsReadAsItWasWritten() throws IOException {
    TaggerModel model = model(true);
    TaggerModel read = ModelFile.read(new ByteArrayInputStream(file(model)), "a.rnn").model();
    assertThat(read.config()).isEqualTo(model.config());
    assertThat(Objects.requireNonNull(read.labels().get("feats")).combinations())
        .isEqualTo(new TagCombinations(HEADS, combinations(CORPUS)));
    assertThat(tagged(read)).isEqualTo(tagged(model));
  }

  @Test
  void combinationsOfOtherLabelsAreRefused() throws IOException {
    String json =
        """
        {"format": 3, "config": %s, "labels": {"upos": {"names": ["NOUN"]},
         "feats": {"names": ["_"], "combinations": [%s]},
         "lemma": {"names": ["k;;"]}}, "entries": {
          "words.txt": {"bytes": 1, "sha256": "0"}, "chars.txt": {"bytes": 1, "sha256": "0"},
          "weights.safetensors": {"bytes": 1, "sha256": "0"}, "MODEL_CARD.md": {"bytes": 1, "sha256": "0"}}}
        """;
    String config = ConfigJson.mapper(new JsonFactory()).writeValueAsString(model(true).config());
    Manifest read =
        Manifest.read(
            json.formatted(config, "[\"NOUN\", \"_\"]").getBytes(StandardCharsets.UTF_8), "a");
    assertThat(Objects.requireNonNull(read.labels().get("feats")).combinations())
        .isEqualTo(new TagCombinations(HEADS, List.of(List.of("NOUN", "_"))));
    for (String wrong :
        List.of("[\"VERB\", \"_\"]", "[\"NOUN\"]", "[\"NOUN\", \"_\", \"_\"]", "3", "[3, \"_\"]")) {
      byte[] bytes = json.formatted(config, wrong).getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> Manifest.read(bytes, "a"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("combination");
    }
  }

  @Test
  void whatIsLearnedFurtherExtendsTheCombinations() {
    TaggerModel model = model(true);
    Labels old = Objects.requireNonNull(model.labels().get("feats"));
    List<TaggedSentence> more = TinyTaggers.analysed(80);
    Labels extended = CorpusLabels.extended(old, List.of(more), List.of(), "feats", model.config());
    assertThat(Objects.requireNonNull(extended.combinations()).tags())
        .isEqualTo(combinations(more))
        .containsAll(combinations(CORPUS))
        .hasSizeGreaterThan(combinations(CORPUS).size());
  }

  @Test
  void aModelWithoutOneOfTheHeadsTagsTheOthersAlone() {
    TaggerModel part = model(true).without(Set.of("upos", "lemma"));
    assertThat(part.config().heads().get("feats")).isEqualTo(HeadConfig.feats());
    List<TaggedSentence> apart = tagged(model(false));
    List<TaggedSentence> tagged = tagged(part);
    for (int i = 0; i < apart.size(); i++) {
      assertThat(tagged.get(i).tags("feats")).isEqualTo(apart.get(i).tags("feats"));
    }
  }

  @Test
  void onlyHeadsOfSingleTagsAgreeAndOnlyOnce() {
    for (HeadConfig head :
        List.of(HeadConfig.crf(), HeadConfig.lemma(), HeadConfig.softmax(TagScheme.IOBES))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> head.agree(List.of("upos")))
          .withMessage(
              "a head has agree: [upos], which only kind: softmax without a scheme and kind:"
                  + " feats can have");
    }
    TaggerConfig config = model(false).config();
    for (String other : List.of("lemma", "none")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> config.heads(with(config, HeadConfig.feats().agree(List.of(other)))))
          .withMessage(
              "heads.feats.agree has %s, expected other heads of kind: softmax without a scheme,"
                  + " or kind: feats",
              other);
    }
    for (String other : List.of("feats", "upos")) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> config.heads(with(config, HeadConfig.feats().agree(List.of("upos", other)))))
          .withMessage(
              "heads.feats.agree has %s, which can agree only once (with another head, or with"
                  + " lemmas on morphemes)",
              other);
    }
    Map<String, HeadConfig> heads = with(config, HeadConfig.feats().agree(List.of("upos")));
    heads.put("lemma", HeadConfig.lemma().morphemes("upos"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.heads(heads))
        .withMessageContaining("only once");
  }

  private static Map<String, HeadConfig> with(TaggerConfig config, HeadConfig feats) {
    Map<String, HeadConfig> heads = new LinkedHashMap<>(config.heads());
    heads.put("feats", feats);
    return heads;
  }
}
