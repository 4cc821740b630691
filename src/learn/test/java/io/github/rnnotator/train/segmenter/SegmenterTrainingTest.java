package io.github.rnnotator.train.segmenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.SegmenterModel;
import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.train.SegmentConfig;
import io.github.rnnotator.train.TrainingConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A segmenter learns what its treebank shows, and one seed gives one segmenter. */
class SegmenterTrainingTest {
  @TempDir private Path folder;

  private Path treebank(String name, int sentences, long seed) throws IOException {
    Random random = new Random(seed);
    String[] words = {"Ann", "sees", "the", "house", "birds", "sing", "Tom", "runs", "now"};
    StringBuilder lines = new StringBuilder("# newdoc\n");
    for (int i = 0; i < sentences; i++) {
      if (random.nextInt(4) == 0) {
        lines.append("# newpar\n");
      }
      int id = 1;
      for (int k = 0; k <= random.nextInt(5); k++) {
        boolean last = random.nextInt(5) == 0;
        lines.append(row(id++, words[random.nextInt(words.length)], "_"));
        if (last) {
          lines.append(id + "-" + (id + 1) + "\tdon't" + "\t_".repeat(8) + "\n");
          lines.append(row(id++, "do", "_")).append(row(id++, "n't", "_"));
        }
      }
      lines.append(row(id++, words[random.nextInt(words.length)], "SpaceAfter=No"));
      lines.append(row(id, ".", random.nextInt(10) == 0 ? "SpaceAfter=No" : "_")).append('\n');
    }
    return Files.writeString(folder.resolve(name), lines.toString());
  }

  private static String row(int id, String form, String misc) {
    return id + "\t" + form + "\t_\tX" + "\t_".repeat(5) + "\t" + misc + "\n";
  }

  private static SegmentConfig small(int epochs, float augment) {
    SegmentConfig defaults = SegmentConfig.defaults();
    TrainingConfig train = defaults.train().epochs(epochs).batch(4).rate(0.01f);
    return new SegmentConfig(
        EmbedConfig.of(EmbedConfig.Words.defaults().dim(8)).shape(true),
        List.of(EncoderLayer.bidirectional(CellKind.GRU, 8)),
        train,
        List.of(),
        augment,
        List.of("Yahoo!"));
  }

  private SegmenterTraining.Result train(int epochs, float augment, int threads)
      throws IOException, InterruptedException {
    return new SegmenterTraining(small(epochs, augment), "en", threads, event -> {})
        .run(treebank("train.conllu", 200, 1), treebank("dev.conllu", 40, 2), null);
  }

  @Test
  void learnsSentencesTokensAndMultiwordTokens() throws Exception {
    SegmenterTraining.Result result = train(8, 0, 2);
    assertThat(result.scores().get(SegmenterModel.TOKEN).value()).isGreaterThan(98);
    List<Sentence> sentences =
        TextSegmenter.of(result.model()).segment("Ann sees Tom. Birds don't sing now.");
    assertThat(sentences.stream().map(s -> String.join(" ", s.forms())))
        .containsExactly("Ann sees Tom .", "Birds do n't sing now .");
    MultiwordToken token = sentences.get(1).multiwordTokens().get(0);
    assertThat(token.form()).isEqualTo("don't");
    assertThat(token.begin()).isEqualTo(20);
  }

  @Test
  void oneSeedGivesOneSegmenterOnAnyNumberOfThreads() throws Exception {
    assertThat(bytes(train(2, 0.2f, 1))).isEqualTo(bytes(train(2, 0.2f, 2)));
  }

  private static byte[] bytes(SegmenterTraining.Result result) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(out, result.model().network(), Safetensors.Type.F32);
    return out.toByteArray();
  }

  @Test
  void withoutDevDataSomeIsHeldOut() throws Exception {
    SegmenterTraining.Result result =
        new SegmenterTraining(small(1, 0.2f), "en", 1, event -> {})
            .run(treebank("all.conllu", 200, 1), null, null);
    assertThat(result.scores().keySet())
        .containsExactlyInAnyOrder(SegmenterModel.TOKEN, SegmenterModel.SENTENCE);
  }

  @Test
  void aScriptWithoutSpacesNeedsNoSpaceAfter() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("zh.conllu"),
            row(1, "看似", "_") + row(2, "簡單", "_") + row(3, "。", "_") + "\n");
    List<GoldToken> sentence = GoldText.read(List.of(file)).passages().get(0).sentences().get(0);
    assertThat(sentence).extracting(GoldToken::gap).containsOnly(Gap.NONE);
  }

  @Test
  void withoutThreadsNothingIsTrained() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SegmenterTraining(small(1, 0), "en", 0, event -> {}))
        .withMessage("0 threads, expected at least 1");
  }

  @Test
  void anEmptyFileIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("empty.conllu"), "\n");
    assertThatThrownBy(() -> GoldText.read(List.of(file)))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("no sentences, expected at least one");
  }
}
