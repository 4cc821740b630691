package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.Stress;
import io.github.rnnotator.embed.EmbedConfig.Characters;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.HeadConfig.Pooling;
import io.github.rnnotator.tagger.pass.Workspaces;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sentence of any length is tagged in bounded memory, as if it were read as a whole. */
@Isolated("measures the heap")
class LongSentencesTest {
  private static final List<TaggedSentence> FILES = TinyTaggers.entities(60);

  /** The tokens of a sentence whose buffers would be seen in the heap. */
  private static final int LONG = Stress.choose(100_000, 300_000);

  private static final long MUCH = LONG * 175L;

  private static Sentence sentence(int size) {
    List<String> words = FILES.stream().flatMap(s -> s.sentence().forms().stream()).toList();
    SplittableRandom random = new SplittableRandom(size);
    return Sentence.of(random.ints(size, 0, words.size()).mapToObj(words::get).toList());
  }

  private static TaggerModel model(Map<String, HeadConfig> heads) {
    return TinyTaggers.untrained(
        TinyTaggers.config(CellKind.LSTM, Characters.Kind.CNN, heads), FILES, 2, 6);
  }

  /** Returns the network's output for the sentence as one sequence. */
  private static TagSequence readWhole(TaggerModel model, Sentence sentence) {
    PassContext pass = PassContext.inference(Ops.best(), new Workspace());
    return new Predictor(model.network(), null)
        .tag(List.of(List.of(sentence)), pass)
        .get(0)
        .tags("ner");
  }

  @Test
  void multiwordTokensAreKeptAndDoNotChangeTags() {
    Tagger tagger = new Tagger(model(Map.of("ner", HeadConfig.crf(TagScheme.IOB2))));
    for (int size : new int[] {4, 2 * Stretches.LONGEST}) {
      List<Token> words = new ArrayList<>();
      List<MultiwordToken> multiwordTokens = new ArrayList<>();
      List<String> forms = sentence(size).forms();
      for (int i = 0; i < size; i += 2) {
        words.addAll(MultiwordToken.words("x", i, forms.subList(i, i + 2)));
        multiwordTokens.add(new MultiwordToken("x", new Span(i, i + 2), i, i + 1));
      }
      Sentence sentence = new Sentence(words, multiwordTokens);
      TaggedSentence expected = tagger.tag(new Sentence(words));
      TaggedSentence tagged = tagger.tag(sentence);
      assertThat(tagged.sentence()).isEqualTo(sentence);
      assertThat(tagged.tags()).isEqualTo(expected.tags());
      assertThat(tagger.tagDocument(List.of(sentence, sentence)))
          .extracting(TaggedSentence::sentence)
          .containsExactly(sentence, sentence);
    }
  }

  @Property(tries = 50)
  void stretchesCoverTheSentenceAndJoinToIt(@ForAll @IntRange(min = 1, max = 20_000) int size) {
    Sentence sentence = Sentence.of(IntStream.range(0, size).mapToObj(i -> "w" + i).toList());
    List<Sentence> stretches = Stretches.of(sentence);
    assertThat(stretches).hasSize(Stretches.count(sentence));
    assertThat(stretches).allMatch(stretch -> stretch.size() <= Stretches.LONGEST);
    if (size <= Stretches.LONGEST) {
      assertThat(stretches).containsExactly(sentence);
    }
    List<TagSequence> tags =
        stretches.stream()
            .map(
                stretch ->
                    new TagSequence(
                        stretch.forms(),
                        stretch.forms().stream()
                            .map(form -> Float.valueOf(form.substring(1)))
                            .toList()))
            .toList();
    TagSequence joined = Stretches.joined(tags);
    assertThat(joined.tags()).isEqualTo(sentence.forms());
    assertThat(joined.probabilities().get(size - 1)).isEqualTo(size - 1);
    assertThat(Stretches.apart(sentence).stream().flatMap(part -> part.tokens().stream()).toList())
        .isEqualTo(sentence.tokens());
  }

  @Test
  void aSentenceOfTheLimitIsReadAsAWhole() {
    TaggerModel model = model(TinyTaggers.crf(TagScheme.IOBES));
    for (int size : new int[] {1, 2047, Stretches.LONGEST}) {
      Sentence sentence = sentence(size);
      assertThat(new Tagger(model).tag(sentence).tags("ner")).isEqualTo(readWhole(model, sentence));
    }
  }

  @ParameterizedTest
  @EnumSource(TagScheme.class)
  void aCutNeitherShowsNorBreaksTheScheme(TagScheme inside) {
    for (Map<String, HeadConfig> heads :
        List.of(TinyTaggers.crf(inside), TinyTaggers.ner(inside))) {
      TaggerModel model = model(heads);
      for (int size : new int[] {Stretches.LONGEST + 1, 4097, 9000}) {
        Sentence sentence = sentence(size);
        TagSequence tags = new Tagger(model).tag(sentence).tags("ner");
        TagSequence whole = readWhole(model, sentence);
        assertThat(TagScheme.IOB2.isLegal(tags.tags())).isTrue();
        assertThat(tags.tags()).isEqualTo(whole.tags());
        for (int i = 0; i < size; i++) {
          assertThat(tags.probabilities().get(i))
              .isCloseTo(whole.probabilities().get(i), within(0.05f));
        }
      }
    }
  }

  @Test
  void aSeamWithoutAgreementIsMadeLegal() {
    Labels labels =
        Labels.of(List.of(List.of("B-PER", "I-PER", "O", "B-LOC", "I-LOC")), TagScheme.IOBES);
    TagSequence left = constant("O", Stretches.LONGEST);
    TagSequence right = constant("I-PER", 1000);
    List<String> joined = labels.legal(Stretches.joined(List.of(left, right))).tags();
    assertThat(TagScheme.IOB2.isLegal(joined)).isTrue();
    assertThat(joined.indexOf("B-PER")).isEqualTo(Stretches.LONGEST - Stretches.CONTEXT);
  }

  private static TagSequence constant(String tag, int size) {
    return new TagSequence(
        IntStream.range(0, size).mapToObj(i -> tag).toList(),
        IntStream.range(0, size).mapToObj(i -> 0.5f).toList());
  }

  @Test
  void theBestSequencesBeginWithTheTags() {
    Tagger tagger = new Tagger(model(TinyTaggers.crf(TagScheme.IOBES)));
    Sentence sentence = sentence(6000);
    List<RankedTags> best = tagger.best(sentence, "ner", 3);
    assertThat(best).hasSize(3);
    assertThat(best.get(0).tags().tags()).isEqualTo(tagger.tag(sentence).tags("ner").tags());
    assertThat(best.stream().map(each -> each.tags().tags()).distinct()).hasSize(3);
    assertThat(best)
        .isSortedAccordingTo((a, b) -> Double.compare(b.logProbability(), a.logProbability()));
  }

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void aLongTextIsLabelledAsIfReadAsAWhole(Pooling pooling) {
    TaggerModel model = TinyTexts.untrained(TinyTexts.config(pooling, true), 3);
    Tagger tagger = new Tagger(model);
    for (int size : new int[] {Stretches.LONGEST, 5001}) {
      Sentence text = sentence(size);
      PassContext pass = PassContext.inference(Ops.best(), new Workspace());
      Label whole =
          new Predictor(model.network(), null)
              .tag(List.of(List.of(text)), pass)
              .get(0)
              .label("label");
      Label label = tagger.tag(text).label("label");
      assertThat(label.name()).isEqualTo(whole.name());
      assertThat(label.probability()).isCloseTo(whole.probability(), within(0.02f));
      assertThat(tagger.labels(text, "label").get(0)).isEqualTo(label);
    }
  }

  @Test
  void aSharedTaggerGivesMemoryBack() {
    Ops ops = Ops.best();
    Tagger tagger = new Tagger(model(TinyTaggers.crf(TagScheme.IOBES)), ops);
    tagger.tag(sentence(10));
    long before = used();
    TaggedSentence tagged = tagger.tag(sentence(LONG));
    assertThat(tagged.tags("ner").probabilities()).allMatch(p -> p > 0 && p <= 1);
    tagged = null;
    assertThat(used() - before).isLessThan(MUCH);
    assertThat(tagger.best(sentence(LONG), "ner", 1)).hasSize(1);
    assertThat(used() - before).isLessThan(MUCH);
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void idleBuffersAreAsManyAsRanAtATimeRecently() {
    Workspaces workspaces = new Workspaces();
    List<Workspace> taken = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      taken.add(workspaces.take());
    }
    taken.forEach(workspaces::giveBack);
    assertThat(workspaces.idle()).isEqualTo(10);
    for (int i = 0; i < 200; i++) {
      workspaces.giveBack(workspaces.take());
    }
    assertThat(workspaces.idle()).isEqualTo(1);
  }

  @Test
  void buffersOfAnOutlierAreDropped() {
    Workspaces workspaces = new Workspaces();
    Workspace workspace = workspaces.take();
    workspace.matrix(1000, 3000);
    workspaces.giveBack(workspace);
    assertThat(workspaces.idle()).isZero();
    assertThat(workspaces.take()).isNotSameAs(workspace);
  }
}
