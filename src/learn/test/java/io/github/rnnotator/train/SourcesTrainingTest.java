package io.github.rnnotator.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.embed.EmbedConfig.Characters;
import io.github.rnnotator.eval.ChunkScore;
import io.github.rnnotator.eval.Score;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.source.MacroScore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on several sources. */
class SourcesTrainingTest {
  private static final TaggerConfig NER =
      TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, TinyTaggers.crf(TagScheme.IOBES));

  @TempDir private Path folder;

  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static List<Group> groups(
      List<TaggedSentence> sentences, String name, double weight, @Nullable Set<String> types) {
    Group.Source source = new Group.Source(name, weight, types);
    return sentences.stream().map(s -> new Group(List.of(s), source)).toList();
  }

  @SafeVarargs
  private static Dataset union(List<Group>... parts) {
    List<Group> all = new ArrayList<>();
    for (List<Group> part : parts) {
      all.addAll(part);
    }
    return new Dataset(all);
  }

  private static TrainingConfig training() {
    return TrainingConfig.defaults()
        .rate(0.01f)
        .batch(8)
        .epochs(3)
        .patience(0)
        .dropout(0.2f)
        .average(0.9f);
  }

  private static Trainer trainer(
      TaggerConfig config, TrainingConfig training, int threads, Consumer<TrainingEvent> listener) {
    return new Trainer(config, training, Ops.best(), threads, listener);
  }

  /** "Dr NAME went to PLACE": names and places are known by their context alone. */
  private static List<TaggedSentence> visits(int count, long seed, boolean places) {
    Random random = new Random(seed);
    List<TaggedSentence> sentences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = "N" + random.nextInt(400);
      String place = "P" + random.nextInt(400);
      boolean first = random.nextBoolean();
      Sentence words =
          first
              ? Sentence.of("Dr", name, "went", "to", place)
              : Sentence.of("In", place, "lives", "Dr", name);
      String loc = places ? "B-LOC" : "O";
      TagSequence tags =
          first
              ? TagSequence.of("O", "B-PER", "O", "O", loc)
              : TagSequence.of("O", loc, "O", "O", "B-PER");
      sentences.add(new TaggedSentence(words, Map.of("ner", tags)));
    }
    return sentences;
  }

  /**
   * A large source annotates persons alone. Taken for complete, it teaches that places are outside;
   * with its types declared, places are found as well as without it.
   */
  @Test
  void sourceWithOneTypeDoesNotLowerTheRecallOfOthers() throws Exception {
    List<Group> complete = groups(visits(40, 1, true), "complete", 1, null);
    List<TaggedSentence> partly = visits(200, 2, false);
    Dataset dev = Dataset.of(visits(60, 3, true));
    TrainingConfig training = training().epochs(8).dropout(0).rate(0.02f);
    double alone = recall(union(complete), dev, training);
    double naive = recall(union(complete, groups(partly, "partly", 1, null)), dev, training);
    double declared =
        recall(union(complete, groups(partly, "partly", 1, Set.of("PER"))), dev, training);
    assertThat(naive).isLessThan(60);
    assertThat(declared).isGreaterThan(95).isGreaterThanOrEqualTo(alone - 1);
  }

  private static double recall(Dataset train, Dataset dev, TrainingConfig training)
      throws Exception {
    Score score = trainer(NER, training, 1, e -> {}).train(train, dev, null).scores().get("ner");
    return ((ChunkScore) score).types().get("LOC").recall();
  }

  @Test
  void typesThatAllSourcesAnnotateChangeNothing() throws Exception {
    List<TaggedSentence> sentences = TinyTaggers.entities(30);
    Dataset dev = Dataset.of(sentences);
    Set<String> all = Set.of("PER", "LOC", "ORG", "MISC", "DATE", "TIME", "NUM");
    Trainer.Result expected =
        trainer(NER, training(), 1, e -> {}).train(Dataset.of(sentences), dev, null);
    Trainer.Result declared =
        trainer(NER, training(), 1, e -> {})
            .train(union(groups(sentences, "only", 1, all)), dev, null);
    assertThat(expected.model().labels().get("ner").kinds()).isSubsetOf(all);
    assertThat(TinyTaggers.bits(declared.model())).isEqualTo(TinyTaggers.bits(expected.model()));
    assertThat(declared.scores()).isEqualTo(expected.scores());
  }

  private static Dataset mixed() {
    return union(
        groups(TinyTaggers.entities(24), "news", 1.5, null),
        groups(visits(50, 4, false), "visits", 0.7, Set.of("PER")));
  }

  private static Dataset mixedDev() {
    return union(
        groups(TinyTaggers.entities(12), "news", 1.5, null),
        groups(visits(10, 5, false), "visits", 0.7, Set.of("PER")));
  }

  @Test
  void resumedRunEqualsUninterruptedRunOnAnyNumberOfThreads() throws Exception {
    TrainingConfig training = training().balance(0.4f).replaceMentions(0.5f);
    TaggerConfig config = NER.group(14);
    Path whole = folder.resolve("whole");
    trainer(config, training, 1, e -> {})
        .train(mixed(), mixedDev(), new Trainer.Resume(whole, false));
    for (int stop = 2; stop < 20; stop += 5) {
      Path part = folder.resolve("part" + stop);
      int at = stop;
      int[] steps = {0};
      Trainer stopped =
          trainer(
              config,
              training,
              2,
              event -> {
                if (event instanceof TrainingEvent.Stepped && ++steps[0] == at) {
                  throw new Stop();
                }
              });
      assertThatThrownBy(
              () -> stopped.train(mixed(), mixedDev(), new Trainer.Resume(part, false, 0)))
          .isInstanceOf(Stop.class);
      trainer(config, training, 2, e -> {})
          .train(mixed(), mixedDev(), new Trainer.Resume(part, true));
      assertThat(Files.readAllBytes(part)).isEqualTo(Files.readAllBytes(whole));
    }
  }

  @Test
  void otherWeightsOrTypesAreOtherData() throws Exception {
    Path file = folder.resolve("checkpoint");
    List<TaggedSentence> visits = visits(20, 6, true);
    Dataset dev = Dataset.of(visits);
    Trainer trainer = trainer(NER, training(), 1, e -> {});
    trainer.train(union(groups(visits, "a", 1, null)), dev, new Trainer.Resume(file, false));
    for (List<Group> other :
        List.of(
            groups(visits, "b", 1, null),
            groups(visits, "a", 2, null),
            groups(visits, "a", 1, Set.of("PER")))) {
      assertThatThrownBy(() -> trainer.train(union(other), dev, new Trainer.Resume(file, true)))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("other data");
    }
  }

  @Test
  void headScoreIsTheMeanOverTheSourcesThatHaveIt() throws Exception {
    Map<String, HeadConfig> heads = new LinkedHashMap<>();
    heads.put("upos", HeadConfig.softmax());
    heads.put("ner", HeadConfig.crf(TagScheme.IOB2));
    TaggerConfig config = TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, heads);
    List<TaggedSentence> tagged =
        TinyTaggers.english(20).stream()
            .map(s -> new TaggedSentence(s.sentence(), Map.of("upos", s.tags("upos"))))
            .toList();
    List<TrainingEvent.EpochFinished> epochs = new ArrayList<>();
    Dataset data =
        union(
            groups(tagged, "treebank", 1, null),
            groups(TinyTaggers.entities(24), "news", 1, null),
            groups(visits(30, 7, true), "visits", 1, null));
    Dataset dev =
        union(
            groups(tagged, "treebank", 1, null),
            groups(TinyTaggers.entities(24), "news", 1, null),
            groups(visits(30, 8, false), "visits", 1, null));
    Trainer.Result result =
        trainer(
                config,
                training().epochs(12),
                1,
                event -> {
                  if (event instanceof TrainingEvent.EpochFinished finished) {
                    epochs.add(finished);
                  }
                })
            .train(data, dev, null);
    MacroScore ner = (MacroScore) result.scores().get("ner");
    assertThat(ner.sources()).containsOnlyKeys("news", "visits");
    assertThat(ner.value())
        .isCloseTo(
            (ner.sources().get("news").value() + ner.sources().get("visits").value()) / 2,
            within(1e-9));
    assertThat(ner.bySource().get("visits")).isNotEqualTo(ner.bySource().get("news"));
    Score upos = result.scores().get("upos");
    assertThat(upos.bySource()).containsOnlyKeys("treebank");
    assertThat(upos.value()).isGreaterThan(20);
    double best =
        epochs.stream()
            .mapToDouble(e -> (e.scores().get("upos").value() + e.scores().get("ner").value()) / 2)
            .max()
            .orElseThrow();
    assertThat(result.score()).isCloseTo(best, within(1e-9));
  }

  /** A model that finds places which a source leaves out makes no errors by that. */
  @Test
  void typesThatADevSourceDoesNotAnnotateAreNotScored() throws Exception {
    TrainingConfig training = training().epochs(8).dropout(0).rate(0.02f);
    Dataset train = Dataset.of(visits(80, 9, true));
    List<TaggedSentence> persons = visits(40, 10, false);
    Dataset dev =
        union(groups(persons, "complete", 1, null), groups(persons, "partly", 1, Set.of("PER")));
    MacroScore ner =
        (MacroScore) trainer(NER, training, 1, e -> {}).train(train, dev, null).scores().get("ner");
    assertThat(ner.bySource().get("complete")).isLessThan(80);
    assertThat(ner.bySource().get("partly")).isGreaterThan(95);
  }

  @Test
  void augmentationOfSeveralSourcesIsRefused() {
    Trainer trainer =
        trainer(NER, training(), 1, e -> {}).augmentedBy(random -> Dataset.of(List.of()));
    assertThatThrownBy(() -> trainer.train(mixed(), mixedDev(), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an augmentation is for data of one source");
  }
}
