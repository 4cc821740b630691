package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.embed.EmbedConfig.Characters;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tags of a sentence depend on that sentence alone. */
class TaggerTest {
  private static final List<Sentence> SENTENCES =
      TinyTaggers.english(60).stream().map(TaggedSentence::sentence).toList();

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void tagsDoNotDependOnOtherSentences(CellKind cell) {
    Tagger tagger = tagger(cell, characters(cell));
    List<TaggedSentence> alone = SENTENCES.stream().map(tagger::tag).toList();
    long seed = 11;
    Random random = new Random(seed);
    for (int i = 0; i < 6; i++) {
      List<Integer> chosen = new ArrayList<>();
      for (int n = 1 + random.nextInt(120); n > 0; n--) {
        chosen.add(random.nextInt(SENTENCES.size()));
      }
      List<TaggedSentence> together = tagger.tag(chosen.stream().map(SENTENCES::get).toList());
      assertThat(together).hasSameSizeAs(chosen);
      for (int j = 0; j < chosen.size(); j++) {
        same(together.get(j), alone.get(chosen.get(j)), "seed " + seed + ", sentence " + j);
      }
    }
  }

  private static void same(TaggedSentence actual, TaggedSentence expected, String what) {
    // The same instance: its place in the list is kept.
    assertThat(actual.sentence()).as(what).isSameAs(expected.sentence());
    assertThat(actual.tags().keySet()).containsExactly("upos", "xpos");
    for (String head : actual.tags().keySet()) {
      TagSequence tags = actual.tags(head);
      assertThat(tags.tags()).as(what).isEqualTo(expected.tags(head).tags());
      for (int i = 0; i < tags.size(); i++) {
        assertThat(tags.probabilities().get(i))
            .as("%s, %s, token %d", what, head, i)
            .isCloseTo(expected.tags(head).probabilities().get(i), within(1e-5f));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void tagsDoNotDependOnTheOpsOrTheCache(CellKind cell) {
    TaggerModel model = tagger(cell, characters(cell)).model();
    List<TaggedSentence> expected = new Tagger(model, Ops.best(), 0).tag(SENTENCES);
    for (Ops ops : List.of(Ops.best(), Ops.scalar())) {
      // No cache, one that evicts all the time, one that holds every word.
      for (int forms : new int[] {0, 5, Tagger.CACHED_FORMS}) {
        Tagger tagger = new Tagger(model, ops, forms);
        // Twice, so that the words are cached.
        for (int round = 0; round < 2; round++) {
          List<TaggedSentence> actual = tagger.tag(SENTENCES);
          for (int i = 0; i < actual.size(); i++) {
            same(actual.get(i), expected.get(i), ops.name() + ", " + forms + " forms, " + i);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void theFirstTokensHaveTheBitsOfLaterOnes(CellKind cell) {
    TaggerModel model = tagger(cell, characters(cell)).model();
    Tagger always = new Tagger(model, Ops.best());
    Tagger first = new Tagger(model);
    // Long enough to change the operations within the first round.
    for (int round = 0; round < 2; round++) {
      for (Sentence sentence : SENTENCES) {
        assertThat(first.tag(sentence)).isEqualTo(always.tag(sentence));
      }
    }
  }

  @Test
  void aTagDependsOnTheWordsOnBothSides() {
    Tagger tagger = tagger(CellKind.GRU, Characters.Kind.CNN);
    TagSequence tags = tagger.tag(Sentence.of("the", "old", "bridge")).tags("upos");
    TagSequence otherEnd = tagger.tag(Sentence.of("the", "old", "council")).tags("upos");
    TagSequence otherStart = tagger.tag(Sentence.of("Engineers", "old", "bridge")).tags("upos");
    assertThat(otherEnd.probabilities().get(0)).isNotEqualTo(tags.probabilities().get(0));
    assertThat(otherStart.probabilities().get(2)).isNotEqualTo(tags.probabilities().get(2));
  }

  /**
   * With a skip connection at the first layer, at later ones, and a context shared by all tokens.
   */
  @Test
  void deepNetworksTagTheSameWithAndWithoutACache() {
    TaggerConfig deep = TinyTaggers.deep("upos");
    TaggerConfig plain = TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, "upos");
    EncoderLayer dense = EncoderLayer.bidirectional(CellKind.LSTM, 4).dense(true);
    EncoderLayer residual = EncoderLayer.bidirectional(CellKind.LSTM, 10).residual(true);
    List<TaggedSentence> corpus = TinyTaggers.english(20);
    List<Sentence> sentences = corpus.stream().map(TaggedSentence::sentence).toList();
    for (TaggerConfig config :
        List.of(
            deep,
            TaggerConfig.of(deep.input(), deep.embed(), List.of(dense), deep.heads()),
            // Words 8, characters 4 and shape 8 are 20.
            TaggerConfig.of(plain.input(), plain.embed(), List.of(residual), plain.heads()),
            TaggerConfig.of(deep.input(), deep.embed(), List.of(), deep.heads())
                .context(deep.context()))) {
      TaggerModel model = TinyTaggers.untrained(config, corpus, 1, 3);
      List<TaggedSentence> expected = new ArrayList<>();
      for (Sentence sentence : sentences) {
        expected.add(new Tagger(model, Ops.best(), 0).tag(sentence));
      }
      Tagger cached = new Tagger(model, Ops.best(), 50);
      assertThat(cached.tag(sentences)).as("%s", config).isEqualTo(expected);
      assertThat(cached.tag(sentences)).as("%s", config).isEqualTo(expected);
    }
  }

  /** {@code heads.feats.values.kernel} would be a weight of both. */
  @Test
  void namesOfHeadsDoNotBeginWithEachOther() {
    TaggerConfig plain = TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, "upos");
    HeadConfig head = HeadConfig.softmax();
    assertThatThrownBy(() -> plain.heads(Map.of("a.b", head, "a.b.values", head)))
        .hasMessage(
            "heads has a.b and a.b.values, whose weights would have the same names; rename one");
    assertThat(plain.heads(Map.of("a", head, "ab", head, "a-b", head, "b.a", head)).heads())
        .hasSize(4);
  }

  @Test
  void aResidualLayerNeedsAnInputOfItsLength() {
    TaggerConfig plain = TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, "upos");
    EncoderLayer residual = EncoderLayer.bidirectional(CellKind.LSTM, 9).residual(true);
    assertThatThrownBy(
            () -> TaggerConfig.of(plain.input(), plain.embed(), List.of(residual), plain.heads()))
        .hasMessage(
            "encoder.0 is residual, but its input has length 20 and its output 18; both must have"
                + " the same, or use dense: true");
  }

  @Test
  void noSentencesGiveNone() {
    assertThat(tagger(CellKind.GRU, Characters.Kind.GRU).tag(List.of())).isEmpty();
  }

  @Test
  void theCallerMayEndTheWorkBetweenBatches() {
    Tagger tagger = tagger(CellKind.GRU, Characters.Kind.CNN);
    List<Sentence> document = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      document.add(Sentence.of("a", "b"));
    }
    List<Integer> batches = new ArrayList<>();
    assertThat(tagger.tagDocuments(List.of(document), () -> batches.add(1)))
        .isEqualTo(tagger.tagDocuments(List.of(document)));
    assertThat(batches).hasSizeGreaterThan(2);
    batches.clear();
    assertThatThrownBy(
            () ->
                tagger.tagDocuments(
                    List.of(document),
                    () -> {
                      batches.add(1);
                      if (batches.size() == 2) {
                        throw new IllegalStateException("enough");
                      }
                    }))
        .hasMessage("enough");
    assertThat(batches).hasSize(2);
  }

  @Test
  void sentencesOfOneTokenAreTagged() {
    Tagger tagger = tagger(CellKind.LSTM, Characters.Kind.LSTM);
    List<Sentence> singles = new ArrayList<>();
    for (String form : List.of("a", "😀", "never-seen", "\uD800", "\n", "한국어", "x".repeat(5000))) {
      singles.add(Sentence.of(form));
    }
    List<TaggedSentence> tagged = tagger.tag(singles);
    for (int i = 0; i < singles.size(); i++) {
      assertThat(tagged.get(i).tags("upos").size()).isEqualTo(1);
      assertThat(tagged.get(i).tags("upos").probabilities().get(0)).isBetween(0f, 1f);
      same(tagged.get(i), tagger.tag(singles.get(i)), "form " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void aSentenceOf5000TokensIsTagged(CellKind cell) {
    Tagger tagger = tagger(cell, Characters.Kind.CNN);
    List<String> forms = new ArrayList<>();
    while (forms.size() < 5000) {
      forms.addAll(SENTENCES.get(forms.size() % SENTENCES.size()).forms());
    }
    Sentence giant = Sentence.of(forms.subList(0, 5000));
    List<TaggedSentence> tagged = tagger.tag(List.of(SENTENCES.get(0), giant, SENTENCES.get(1)));
    same(tagged.get(1), tagger.tag(giant), "giant");
    same(tagged.get(2), tagger.tag(SENTENCES.get(1)), "its neighbour");
    assertThat(tagged.get(1).tags("upos").probabilities()).allMatch(p -> p > 0 && p <= 1);
  }

  @Test
  void sharedByEightThreadsItSaysTheSameAsAlone() throws Exception {
    Tagger tagger = tagger(CellKind.GRU, Characters.Kind.GRU);
    List<TaggedSentence> expected = tagger.tag(SENTENCES);
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try {
      List<Callable<List<TaggedSentence>>> work =
          Collections.nCopies(24, () -> tagger.tag(SENTENCES));
      for (Future<List<TaggedSentence>> result : executor.invokeAll(work)) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void chunksLearnedInIobesComeInTheSchemeOfTheFiles() {
    List<TaggedSentence> iob2 = TinyTaggers.entities(40);
    List<TaggedSentence> iob1 = iob2.stream().map(TaggerTest::inIob1).toList();
    for (List<TaggedSentence> files : List.of(iob2, iob1)) {
      TagScheme outside = files == iob2 ? TagScheme.IOB2 : TagScheme.IOB1;
      TaggerModel model =
          TinyTaggers.untrained(
              TinyTaggers.config(
                  CellKind.GRU, Characters.Kind.CNN, TinyTaggers.ner(TagScheme.IOBES)),
              files,
              2,
              6);
      Labels labels = model.labels().get("ner");
      assertThat(labels.names()).anyMatch(l -> l.startsWith("S-")).allMatch(TagScheme.IOBES::isTag);
      Tagger tagger = new Tagger(model);
      List<String> seen = new ArrayList<>();
      for (TaggedSentence sentence : files) {
        List<String> tags = tagger.tag(sentence.sentence()).tags("ner").tags();
        assertThat(outside.isLegal(tags)).as("%s", tags).isTrue();
        seen.addAll(tags);
      }
      assertThat(seen).anyMatch(tag -> tag.startsWith("I-"));
    }
  }

  @Test
  void aCrfGivesLegalSequencesThatDoNotDependOnTheOtherSentences() {
    List<TaggedSentence> files = TinyTaggers.entities(60);
    for (TagScheme inside : TagScheme.values()) {
      Tagger tagger =
          new Tagger(
              TinyTaggers.untrained(
                  TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, TinyTaggers.crf(inside)),
                  files,
                  2,
                  6));
      List<TaggedSentence> together =
          tagger.tag(files.stream().map(TaggedSentence::sentence).toList());
      List<String> seen = new ArrayList<>();
      for (TaggedSentence tagged : together) {
        TagSequence tags = tagged.tags("ner");
        TagSequence alone = tagger.tag(tagged.sentence()).tags("ner");
        assertThat(TagScheme.IOB2.isLegal(tags.tags())).as("%s", tags).isTrue();
        assertThat(tags.tags()).isEqualTo(alone.tags());
        assertThat(tags.probabilities()).isEqualTo(alone.probabilities());
        seen.addAll(tags.tags());
      }
      assertThat(seen).anyMatch(tag -> tag.startsWith("B-")).anyMatch(tag -> tag.startsWith("I-"));
    }
  }

  private static TaggedSentence inIob1(TaggedSentence sentence) {
    List<String> tags = TagScheme.IOB2.convert(sentence.tags("ner").tags(), TagScheme.IOB1);
    return new TaggedSentence(sentence.sentence(), Map.of("ner", TagSequence.of(tags)));
  }

  /** Random weights, large enough that tags differ, small enough that none is certain. */
  private static Tagger tagger(CellKind cell, Characters.Kind characters) {
    return new Tagger(
        TinyTaggers.untrained(
            TinyTaggers.config(cell, characters, "upos", "xpos"),
            TinyTaggers.english(60),
            0.6f,
            8));
  }

  /** Returns another character encoder for each of the first cells, so that all are used. */
  private static Characters.Kind characters(CellKind cell) {
    Characters.Kind[] kinds = Characters.Kind.values();
    return kinds[cell.ordinal() % kinds.length];
  }
}
