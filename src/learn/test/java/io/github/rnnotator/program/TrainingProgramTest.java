package io.github.rnnotator.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.data.FilePairs;
import io.github.rnnotator.data.Formats;
import io.github.rnnotator.data.GoldCorpus;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.PairEvaluation;
import io.github.rnnotator.data.Scoring;
import io.github.rnnotator.data.Split;
import io.github.rnnotator.data.TagPairs;
import io.github.rnnotator.eval.AccuracyScore;
import io.github.rnnotator.eval.Comparison;
import io.github.rnnotator.eval.Evaluation;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.eval.significance.Randomization;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.formats.SentenceWriter;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.CrossValidation;
import io.github.rnnotator.train.Recipe;
import io.github.rnnotator.train.SettingException;
import io.github.rnnotator.train.StartModel;
import io.github.rnnotator.train.Trainer;
import io.github.rnnotator.train.Training;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program does with module learn alone, without the command line. */
class TrainingProgramTest {
  private static final Path SAMPLE = Path.of("corpora/sample/en.conllu");

  private static final String YAML =
      """
      input:   {format: conllu, heads: {upos: upos}, language: en}
      embed:   {words: {dim: 8}, shape: true}
      encoder: [{bidirectional: gru, hidden: 6}]
      heads:   {upos: {kind: softmax}}
      train:   {rate: 0.02, batch: 8, epochs: 2}
      """;

  @TempDir Path folder;
  private Path config;
  private Recipe recipe;

  @BeforeEach
  void readRecipe() throws IOException {
    config = Files.writeString(folder.resolve("pos.yaml"), YAML);
    recipe = Recipe.read(config);
  }

  @Test
  void aHeadThatTaggingNeedsCantBeAuxiliary() throws Exception {
    Map<String, String> settings =
        Map.of(
            "input.heads",
            "{upos: upos, xpos: xpos, lemma: lemma}",
            "heads",
            "{upos: {kind: softmax}, xpos: {kind: softmax}, lemma: {kind: lemma, morphemes: xpos}}",
            "auxiliary",
            "[xpos]");
    assertThatThrownBy(() -> Recipe.read(config, settings))
        .hasMessageContaining("auxiliary has xpos, which heads.lemma.morphemes needs also for");
    assertThatThrownBy(
            () ->
                Recipe.read(
                    config,
                    Map.of(
                        "input.heads", "{upos: upos, lemma: lemma}",
                        "heads.lemma", "{kind: lemma}",
                        "auxiliary", "[upos]")))
        .hasMessageContaining("auxiliary has upos, which heads.lemma.dictionary needs also for");
    assertThatThrownBy(
            () ->
                Recipe.read(
                    config,
                    Map.of(
                        "input.heads", "{upos: upos, xpos: xpos}",
                        "heads.xpos", "{kind: softmax, agree: [upos]}",
                        "auxiliary", "[upos]")))
        .hasMessageContaining("auxiliary has upos, which heads.xpos.agree needs also for tagging");
  }

  /** An auxiliary head shapes the weights of the others, and is then left out. */
  @Test
  void auxiliaryHeadIsTrainedButNotInTheModel() throws Exception {
    String heads = "{upos: {kind: softmax}, xpos: {kind: softmax}}";
    Map<String, String> both =
        Map.of(
            "input.heads", "{upos: upos, xpos: xpos}", "heads", heads, "train.calibrate", "false");
    Map<String, String> helped = new java.util.HashMap<>(both);
    helped.put("auxiliary", "[xpos]");
    Recipe joint = Recipe.read(config, both);
    Split data = Split.holdOut(joint.corpus(SAMPLE));
    TaggerModel whole = Training.of(joint, data).threads(1).run().model();
    TaggerModel part = Training.of(Recipe.read(config, helped), data).threads(1).run().model();
    assertThat(part.labels().keySet()).containsExactly("upos");
    assertThat(part.config().input().heads().keySet()).containsExactly("upos");
    assertThat(part.parameters()).hasSizeLessThan(whole.parameters().size());
    TaggedSentence sentence = data.dev().sentences().get(0);
    assertThat(new Tagger(part).tag(List.of(sentence.sentence())).get(0).tags("upos"))
        .isEqualTo(new Tagger(whole).tag(List.of(sentence.sentence())).get(0).tags("upos"));
    // The same configuration trains the model further, without the head that it no longer has.
    helped.put(
        "train.sources",
        "[{file: a.conllu, heads: {xpos: xpos}}, {file: b.conllu, heads: {upos: upos, xpos: xpos}}]");
    StartModel start = new StartModel(Path.of("part.rnn"), part);
    Recipe rest = start.recipe(Recipe.read(config, helped));
    assertThat(rest.tagger().heads().keySet()).containsExactly("upos");
    assertThat(rest.auxiliary()).isEmpty();
    assertThat(rest.training().sources()).hasSize(1);
    assertThat(rest.training().sources().get(0).heads()).isEqualTo(Map.of("upos", "upos"));
    helped.remove("train.sources");
    Recipe alone = start.recipe(Recipe.read(config, helped));
    assertThat(Training.from(start, alone, data).threads(1).run().model().labels().keySet())
        .containsExactly("upos");
    helped.put("auxiliary", "[upos, xpos]");
    assertThatThrownBy(() -> Recipe.read(config, helped)).hasMessageContaining("some, but not all");
  }

  @Test
  void withoutThreadsNothingIsTrained() throws Exception {
    Training training = Training.of(recipe, Split.holdOut(recipe.corpus(SAMPLE)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training.threads(0))
        .withMessage("0 threads, expected at least 1");
  }

  @Test
  void trainsFromYamlWritesAModelAndScoresIt() throws Exception {
    Split data = Split.holdOut(recipe.corpus(SAMPLE));
    assertThat(data.dev().size()).isEqualTo((data.train().size() + data.dev().size()) / 10);
    Trainer.Result result = Training.of(recipe, data).threads(1).run();
    Path file = folder.resolve("pos.rnn");
    try (OutputStream out = Files.newOutputStream(file)) {
      ModelFile.write(out, result.model().withCard("Trained by a program."), Safetensors.Type.F32);
    }
    Evaluation evaluation = Scoring.of(ModelFile.read(file), data.dev());
    assertThat(evaluation.scores().get("upos").value())
        .isEqualTo(result.scores().get("upos").value())
        .isGreaterThan(40);
  }

  @Test
  void settingsReplaceValuesOfTheFile() throws Exception {
    assertThat(Recipe.read(config, Map.of("train.rate", "0.01")).training().rate())
        .isEqualTo(0.01f);
    assertThatThrownBy(() -> Recipe.read(config, Map.of("train.rat", "0.01")))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("unknown key 'rat'");
    Path broken = Files.writeString(folder.resolve("broken.yaml"), YAML + "trian: {}\n");
    assertThatThrownBy(() -> Recipe.read(broken))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("broken.yaml:7:1:")
        .hasMessageContaining("did you mean 'train'?");
  }

  @Test
  void aMisspeltKeyIsReportedBeforeWhatIsMissing() throws Exception {
    for (String[] layer :
        List.of(
            new String[] {"{bidirectional: lstm, hiden: 50}", "'hiden', did you mean 'hidden'?"},
            new String[] {
              "{bidirectionl: lstm, hidden: 50}", "'bidirectionl', did you mean 'bidirectional'?"
            },
            new String[] {
              "{recurrent: lstm, hidden: 50, bidirectional: gru, desne: true}",
              "'desne', did you mean 'dense'?"
            })) {
      Path file =
          Files.writeString(
              folder.resolve("misspelt.yaml"),
              YAML.replaceAll("(?m)^encoder: .*", "encoder: [" + layer[0] + "]"));
      assertThatThrownBy(() -> Recipe.read(file))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("misspelt.yaml:3:")
          .hasMessageContaining("unknown key " + layer[1]);
      assertThatThrownBy(() -> Recipe.read(config, Map.of("encoder", "[" + layer[0] + "]")))
          .isInstanceOf(SettingException.class)
          .hasMessageContaining("unknown key " + layer[1]);
    }
    assertThatThrownBy(() -> Recipe.read(config, Map.of("encoder", "[{recurrent: lstm}]")))
        .hasMessageContaining("hidden is missing");
    assertThatThrownBy(() -> Recipe.read(config, Map.of("heads.upos", "{kind: crf, schem: iob2}")))
        .hasMessageContaining("unknown key 'schem', did you mean 'scheme'?");
  }

  @Test
  void crossValidationScoresEverySentenceOnce() throws Exception {
    GoldCorpus corpus = recipe.corpus(SAMPLE);
    CrossValidation.Result result = CrossValidation.of(recipe, corpus, 3).run();
    assertThat(result.folds().get("upos")).hasSize(3);
    AccuracyScore all = (AccuracyScore) result.all().get("upos");
    assertThat(all.tokens())
        .isEqualTo(corpus.sentences().stream().mapToInt(TaggedSentence::size).sum());
    assertThat(all.value()).isGreaterThan(25);
  }

  @Test
  void comparesTheTagsOfTwoModels() throws Exception {
    GoldCorpus corpus = recipe.corpus(SAMPLE);
    Split data = Split.holdOut(corpus);
    Path weak = tagged("weak.conllu", train(data, "1"));
    Path better = tagged("better.conllu", train(data, "4"));
    try (TagPairs pairs =
        FilePairs.open(
            Formats.of(recipe.tagger().input(), recipe.tagger().embed()),
            SAMPLE,
            List.of(weak, better))) {
      Comparison upos =
          PairEvaluation.compare(pairs, new Bootstrap(200, 1, 0.95), new Randomization(200, 1))
              .get("upos");
      assertThat(upos.difference()).isPositive();
      assertThat(upos.sentences()).isEqualTo(corpus.size());
    }
  }

  @Test
  void furtherTrainingUsesTheVectorsOfTheModel() throws Exception {
    Path vectors = folder.resolve("vectors.txt");
    Files.writeString(vectors, "the 1 0 0 0 0 0 0 0\nand 0 1 0 0 0 0 0 0\n");
    Recipe withVectors = Recipe.read(config, Map.of("embed.words.vectors", "'" + vectors + "'"));
    Split data = Split.holdOut(recipe.corpus(SAMPLE));
    TaggerModel first = Training.of(withVectors, data).run().model();
    Files.delete(vectors);
    StartModel start = new StartModel(Path.of("first.rnn"), first);
    Recipe further = start.recipe(Recipe.of(first.config(), Map.of("train.epochs", "1")));
    TaggerModel second = Training.from(start, further, data).run().model();
    assertThat(second.vocabularies().vectors()).isNotNull();
    assertThat(Scoring.of(second, data.train()).scores().get("upos").value()).isGreaterThan(25);
  }

  private TaggerModel train(Split data, String epochs) throws Exception {
    return Training.of(Recipe.read(config, Map.of("train.epochs", epochs)), data).run().model();
  }

  private Path tagged(String name, TaggerModel model) throws IOException {
    Tagger tagger = new Tagger(model);
    Path file = folder.resolve(name);
    CorpusFormat format = new CorpusFormat.Conllu(Map.of("upos", "upos"));
    try (SentenceReader in = format.open(SAMPLE);
        OutputStream out = Files.newOutputStream(file);
        SentenceWriter writer = format.writer(out)) {
      for (Optional<TaggedSentence> next = in.read(); next.isPresent(); next = in.read()) {
        TaggedSentence sentence = next.get();
        writer.write(tagger.tag(sentence.sentence()).with(sentence.origin()));
      }
    }
    return file;
  }
}
