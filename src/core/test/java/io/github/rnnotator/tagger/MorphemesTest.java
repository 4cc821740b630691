package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.head.PartAgreement;
import io.github.rnnotator.text.Morpheme;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lemmas and tags that agree on the number of morphemes. */
class MorphemesTest {
  private static final List<TaggedSentence> CORPUS = corpus();

  private static List<TaggedSentence> corpus() {
    Map<String, Integer> columns = new LinkedHashMap<>();
    columns.put("lemma", 2);
    columns.put("upos", 3);
    columns.put("xpos", 4);
    return SampleCorpora.read("ko.conllu", "\t", 1, columns);
  }

  private static TaggerModel model(boolean agreeing, boolean dictionary) {
    HeadConfig lemma = HeadConfig.lemma().minCount(1).dictionary(dictionary);
    return untrained(agreeing ? lemma.morphemes("xpos") : lemma, HeadConfig.softmax());
  }

  private static TaggerModel untrained(HeadConfig lemma, HeadConfig xpos) {
    Map<String, HeadConfig> heads = new LinkedHashMap<>();
    heads.put("lemma", lemma);
    heads.put("upos", HeadConfig.softmax());
    heads.put("xpos", xpos);
    TaggerConfig config =
        TinyTaggers.config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, heads)
            .input(
                InputConfig.defaults()
                    .heads(Map.of("lemma", "lemma", "upos", "upos", "xpos", "xpos")));
    return TinyTaggers.untrained(config, CORPUS, 2, 5);
  }

  private static int agreeing(List<TaggedSentence> tagged) {
    int agreeing = 0;
    for (TaggedSentence sentence : tagged) {
      for (int i = 0; i < sentence.size(); i++) {
        int lemma = Morpheme.count(sentence.tags("lemma").tag(i));
        agreeing += lemma == Morpheme.count(sentence.tags("xpos").tag(i)) ? 1 : 0;
      }
    }
    return agreeing;
  }

  @Property(tries = 200)
  void tagsAreWeighedByTheLemmasOfTheirNumber(@ForAll long seed) {
    Random random = new Random(seed);
    int[] counts = random.ints(1 + random.nextInt(6), 1, 4).toArray();
    float[] before = distribution(random, counts.length);
    FMatrixRMaj p = new FMatrixRMaj(1, counts.length, true, before.clone());
    // The lemmas: how many morphemes each has, and its probability.
    int[] lemmas = random.ints(3, 1, 5).toArray();
    float[] ofLemmas = distribution(random, lemmas.length);
    float[] distribution = new float[32];
    for (int l = 0; l < lemmas.length; l++) {
      PartAgreement.add(distribution, lemmas[l], ofLemmas[l]);
    }
    PartAgreement tags = new PartAgreement(p, counts);
    tags.agree(0, tags.distribution(0), distribution);
    double[] expected = new double[counts.length];
    double sum = 0;
    for (int j = 0; j < counts.length; j++) {
      double same = 0;
      for (int l = 0; l < lemmas.length; l++) {
        same += lemmas[l] == counts[j] ? ofLemmas[l] : 0;
      }
      expected[j] = before[j] * Math.sqrt(0.02 + same);
      sum += expected[j];
    }
    for (int j = 0; j < counts.length; j++) {
      assertThat((double) p.data[j]).isCloseTo(expected[j] / sum, within(1e-5));
    }
  }

  private static float[] distribution(Random random, int size) {
    float[] p = new float[size];
    float sum = 0;
    for (int i = 0; i < size; i++) {
      p[i] = 0.01f + random.nextFloat();
      sum += p[i];
    }
    for (int i = 0; i < size; i++) {
      p[i] /= sum;
    }
    return p;
  }

  @Test
  void lemmasAndTagsAgreeMoreOften() {
    List<TaggedSentence> apart =
        new Tagger(model(false, false)).tag(CORPUS.stream().map(TaggedSentence::sentence).toList());
    List<TaggedSentence> together =
        new Tagger(model(true, false)).tag(CORPUS.stream().map(TaggedSentence::sentence).toList());
    assertThat(agreeing(together)).isGreaterThan(agreeing(apart));
    assertThat(together.get(0).tags().keySet()).containsExactly("lemma", "upos", "xpos");
    for (int i = 0; i < apart.size(); i++) {
      assertThat(together.get(i).tags("upos")).isEqualTo(apart.get(i).tags("upos"));
    }
  }

  @Test
  void theBestSequencesAreTheTaggersOwn() {
    for (boolean dictionary : new boolean[] {false, true}) {
      Tagger tagger = new Tagger(model(true, dictionary));
      for (TaggedSentence sentence : CORPUS.subList(0, 10)) {
        TaggedSentence tagged = tagger.tag(sentence.sentence());
        for (String head : List.of("lemma", "xpos")) {
          assertThat(tagger.best(sentence.sentence(), head, 3).get(0).tags().tags())
              .isEqualTo(tagged.tags(head).tags());
        }
      }
    }
  }

  @Test
  void aModelWhoseLabelsShareThePartsIsReadAsItWasWritten() throws IOException {
    TaggerModel model =
        untrained(
            HeadConfig.lemma().minCount(1).morphemes("xpos").parts(true),
            HeadConfig.softmax().parts(true));
    assertThat(model.parameters().stream().map(Parameter::name))
        .contains("heads.xpos.values.kernel", "heads.lemma.values.kernel");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ModelFile.write(file, model, Safetensors.Type.F32);
    TaggerModel read =
        ModelFile.read(new ByteArrayInputStream(file.toByteArray()), "ko.rnn").model();
    assertThat(read.config()).isEqualTo(model.config());
    List<Sentence> sentences = CORPUS.stream().map(TaggedSentence::sentence).toList();
    assertThat(new Tagger(read).tag(sentences)).isEqualTo(new Tagger(model).tag(sentences));
  }

  @ParameterizedTest
  @CsvSource({"정부+는, 2", "+, 1", "++, 1", "C++, 2", "가+았+다, 3", "a, 1", "'', 1"})
  void aLonePlusIsAMorpheme(String lemma, int count) {
    assertThat(Morpheme.count(lemma)).isEqualTo(count);
  }

  @Test
  void onlyALemmaHasMorphemesAndOnlyAHeadOfTagsNamesThem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeadConfig.softmax().morphemes("xpos"))
        .withMessage("a head has morphemes: xpos, which only kind: lemma can have, not softmax");
    TaggerConfig config = model(false, false).config();
    Map<String, HeadConfig> heads = new LinkedHashMap<>(config.heads());
    for (String other : List.of("lemma", "none")) {
      heads.put("lemma", HeadConfig.lemma().morphemes(other));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> config.heads(heads))
          .withMessage(
              "heads.lemma.morphemes is %s, expected a head of kind: softmax whose tags have a"
                  + " part for each morpheme",
              other);
    }
  }
}
