package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.text.KnownLemmas;
import io.github.rnnotator.text.LemmaDictionary;
import io.github.rnnotator.text.LemmaScript;
import io.github.rnnotator.text.Sentence;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Heads of lemmas and features, from training data to tags. */
class LemmaTest {
  private static final List<TaggedSentence> CORPUS = TinyTaggers.analysed(40);

  private static TaggerModel model(boolean dictionary) {
    return TinyTaggers.untrained(TinyTaggers.analysis(dictionary), CORPUS, 2, 5);
  }

  private static Labels labels(TaggerModel model, String head) {
    return Objects.requireNonNull(model.labels().get(head), head);
  }

  @Test
  void lemmasBecomeScriptsAndComeBack() {
    Labels labels = labels(model(false), "lemma");
    assertThat(labels.areScripts()).isTrue();
    for (TaggedSentence sentence : CORPUS) {
      int[] ids = labels.ids(sentence.sentence(), sentence.tags("lemma"));
      assertThat(labels.tags(sentence.sentence(), ids, new float[ids.length]).tags())
          .isEqualTo(sentence.tags("lemma").tags());
    }
  }

  @Test
  void rareScriptsHaveNoLabel() {
    TaggerConfig config = TinyTaggers.analysis(false);
    Map<String, HeadConfig> heads = new LinkedHashMap<>(config.heads());
    heads.put("lemma", HeadConfig.lemma().minCount(20));
    Labels frequent = CorpusLabels.of(List.of(CORPUS), List.of(), "lemma", config.heads(heads));
    assertThat(frequent.size()).isBetween(2, labels(model(false), "lemma").size() - 1);
    assertThat(frequent.names()).contains(LemmaScript.KEEP.toString(), "l0;;");
    assertThat(frequent.ids(Sentence.of("wxyz", "the"), TagSequence.of("rare", "the")))
        .containsExactly(Head.NO_LABEL, frequent.names().indexOf("l0;;"));
    assertThat(frequent.ids(Sentence.of("the"), TagSequence.missing(1)))
        .containsExactly(Head.NO_LABEL);
  }

  @Test
  void moreTrainingDataKeepsTheIds() {
    TaggerConfig config = TinyTaggers.analysis(true);
    Labels old = CorpusLabels.of(List.of(CORPUS.subList(0, 10)), List.of(), "lemma", config);
    Labels more = CorpusLabels.extended(old, List.of(CORPUS), List.of(), "lemma", config);
    assertThat(more.names().subList(0, old.size())).isEqualTo(old.names());
    assertThat(more.size()).isGreaterThan(old.size());
    LemmaDictionary entries = Objects.requireNonNull(more.dictionary());
    assertThat(entries.lemmas().keySet())
        .containsAll(Objects.requireNonNull(old.dictionary()).lemmas().keySet());
  }

  @Test
  void everyLemmaIsThatOfAScriptThatFits() {
    Labels labels = labels(model(false), "lemma");
    // One character: most scripts are too long for it.
    Sentence sentence = Sentence.of("a", "I", "가", "running", "X");
    TaggedSentence tagged = new Tagger(model(false)).tag(sentence);
    for (int i = 0; i < sentence.size(); i++) {
      String form = sentence.form(i);
      assertThat(labels.names())
          .anyMatch(script -> LemmaScript.parse(script).apply(form).isPresent());
      String lemma = tagged.tags("lemma").tag(i);
      assertThat(labels.names().stream().map(s -> LemmaScript.parse(s).apply(form).orElse("")))
          .contains(lemma);
      assertThat(tagged.tags("lemma").probabilities().get(i)).isBetween(0f, 1f);
    }
  }

  @Test
  void theDictionaryComesBeforeTheScripts() {
    TaggerModel model = model(true);
    LemmaDictionary dictionary = Objects.requireNonNull(labels(model, "lemma").dictionary());
    assertThat(dictionary.tags()).isEqualTo("upos");
    List<Sentence> sentences = CORPUS.stream().map(TaggedSentence::sentence).toList();
    List<TaggedSentence> with = new Tagger(model).tag(sentences);
    List<TaggedSentence> without = new Tagger(model(false)).tag(sentences);
    int found = 0;
    for (int s = 0; s < with.size(); s++) {
      assertThat(with.get(s).tags().keySet()).containsExactly("lemma", "upos", "feats");
      for (int i = 0; i < with.get(s).size(); i++) {
        String tag = with.get(s).tags("upos").tag(i);
        String entry = dictionary.find(sentences.get(s).form(i), tag).orElse("");
        found += entry.isEmpty() ? 0 : 1;
        String lemma = with.get(s).tags("lemma").tag(i);
        if (entry.isEmpty()) {
          String scripts = without.get(s).tags("lemma").tag(i);
          // A lemma of the dictionary is preferred to what the scripts alone give.
          assertThat(lemma)
              .satisfiesAnyOf(
                  known -> assertThat(KnownLemmas.of(dictionary).contains(known)).isTrue(),
                  scripted -> assertThat(scripted).isEqualTo(scripts));
        } else {
          assertThat(lemma).isEqualTo(entry);
          assertThat(with.get(s).tags("lemma").probabilities().get(i))
              .isEqualTo(with.get(s).tags("upos").probabilities().get(i));
        }
      }
    }
    assertThat(found).isPositive();
  }

  @Test
  void theBestSequenceOfLemmasIsTheTaggersOwn() {
    for (boolean dictionary : new boolean[] {false, true}) {
      Tagger tagger = new Tagger(model(dictionary));
      for (TaggedSentence sentence : CORPUS.subList(0, 10)) {
        List<RankedTags> best = tagger.best(sentence.sentence(), "lemma", 5);
        assertThat(best.get(0).tags().tags())
            .isEqualTo(tagger.tag(sentence.sentence()).tags("lemma").tags());
        assertThat(best.stream().map(one -> one.tags().tags())).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void onlyFeaturesOfTheTrainingDataAreGiven() {
    TaggerModel model = model(false);
    List<String> legal = labels(model, "feats").names();
    assertThat(legal).contains("_", "Number=Sing", "Number=Sing|Person=3|Tense=Pres");
    for (TaggedSentence sentence : new Tagger(model).tag(List.of(Sentence.of("x", "runs")))) {
      assertThat(legal).containsAll(sentence.tags("feats").tags());
    }
  }

  @Test
  void theDictionaryIsReadAsItWasWritten() throws IOException {
    TaggerModel model = model(true);
    TaggerModel read = read(write(model));
    assertThat(labels(read, "lemma").dictionary()).isEqualTo(labels(model, "lemma").dictionary());
    assertThat(labels(read, "lemma").names()).isEqualTo(labels(model, "lemma").names());
    assertThat(write(read)).isEqualTo(write(model));
    Sentence sentence = CORPUS.get(3).sentence();
    assertThat(new Tagger(read).tag(sentence)).isEqualTo(new Tagger(model).tag(sentence));
    assertThat(ModelFileTest.unzip(write(model(false)))).doesNotContainKey(ModelFile.LEMMAS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "what | line 1 is not a head or a word with its tag and lemma",
        "word\\ta\\tX\\tb | line 1 is not a head or a word with its tag and lemma",
        "head\\tlemma | line 1 is not a head or a word with its tag and lemma",
        "head\\tupos\\tlemma | head 'upos' is not one of lemmas",
        "head\\tlemma\\tlemma | head 'lemma' is not one of tags",
        "head\\tlemma\\tner | head 'ner' is not one of tags",
      })
  void brokenDictionariesAreRefused(String lines, String message) {
    byte[] bytes = lines.replace("\\t", "\t").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () -> read(SegmenterFileTest.with(write(model(true)), ModelFile.LEMMAS, bytes)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(ModelFile.LEMMAS)
        .hasMessageContaining(message);
  }

  @Test
  void scriptsThatAreNoneAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Labels.ofScripts(List.of("k;;", "what")))
        .withMessageContaining("'what' is not a lemma script");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Labels.ofScripts(List.of("l0;;")))
        .withMessage("the script k;; is missing, which applies to every form");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Labels(List.of("X")).with(new LemmaDictionary("", Map.of())))
        .withMessage("labels that are not scripts have no dictionary");
  }

  private static byte[] write(TaggerModel model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(out, model, Safetensors.Type.F32);
    return out.toByteArray();
  }

  private static TaggerModel read(byte[] bytes) throws IOException {
    return ModelFile.read(new ByteArrayInputStream(bytes), "probe.rnn").model();
  }
}
