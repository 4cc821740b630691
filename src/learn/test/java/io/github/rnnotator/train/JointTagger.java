package io.github.rnnotator.train;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tiny tagger with the heads {@code xpos}, {@code upos} and {@code ner}, trained on the sample
 * corpus for a while: it finds most names there, and makes mistakes.
 */
public final class JointTagger {
  /** The sample corpus with all three kinds of tags. */
  public static final List<TaggedSentence> SAMPLE = sample();

  private static final class Trained {
    private static final Tagger TAGGER = train();
  }

  private JointTagger() {}

  /** Returns the tagger, trained on first use. */
  public static Tagger get() {
    return Trained.TAGGER;
  }

  /** Writes its model file into a folder. */
  public static Path write(Path folder) throws IOException {
    return write(get().model(), folder.resolve("joint.rnn"));
  }

  /** Writes a model file. */
  public static Path write(TaggerModel model, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      ModelFile.write(out, model, Safetensors.Type.F32);
    }
    return file;
  }

  private static List<TaggedSentence> sample() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("xpos", "xpos");
    columns.put("upos", "upos");
    columns.put("ner", "misc:NER");
    try {
      return new CorpusFormat.Conllu(columns)
          .read(Path.of("corpora/sample/en.conllu")).stream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Tagger train() {
    Map<String, HeadConfig> heads = new LinkedHashMap<>();
    heads.put("xpos", HeadConfig.softmax());
    heads.put("upos", HeadConfig.softmax());
    heads.put("ner", HeadConfig.crf(TagScheme.IOBES));
    TaggerConfig config = TinyTaggers.config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, heads);
    TrainingConfig training =
        TrainingConfig.defaults()
            .rate(0.02f)
            .batch(8)
            .shards(2)
            .epochs(8)
            .patience(0)
            .dropout(0.1f)
            .average(0.9f)
            .seed(1);
    try {
      return new Tagger(
          new Trainer(config, training, Ops.best(), 2, event -> {})
              .train(SAMPLE, SAMPLE.subList(0, 8), null)
              .model());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
