package io.github.rnnotator.tagger;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Networks that label whole texts, small enough to train or write quickly in a test. */
public final class TinyTexts {
  /** The file of the samples. */
  public static final Path FILE = Path.of("corpora/sample/messages.tsv");

  /** Some messages with the head {@code label}, tokenized at blanks. */
  public static final List<TaggedSentence> SAMPLE =
      SampleCorpora.labelled(FILE, "label").subList(0, 80);

  private TinyTexts() {}

  /** Two layers, the upper one in one or both directions, and one head {@code label}. */
  public static TaggerConfig config(HeadConfig.Pooling pooling, boolean both) {
    CellKind gru = CellKind.GRU;
    return TaggerConfig.of(
        InputConfig.defaults().format("labelled").heads(Map.of("label", "label")),
        EmbedConfig.of(EmbedConfig.Words.defaults().dim(8)).shape(true),
        List.of(
            EncoderLayer.bidirectional(CellKind.LSTM, 5),
            both ? EncoderLayer.bidirectional(gru, 7) : EncoderLayer.recurrent(gru, 7)),
        Map.of("label", HeadConfig.document(pooling)));
  }

  /** A model of the samples with random weights that gives each label to half of them. */
  public static TaggerModel untrained(TaggerConfig config, long seed) {
    List<Sentence> plain = SAMPLE.stream().map(TaggedSentence::sentence).toList();
    EmbedConfig.@Nullable Words words = config.embed().words();
    @Nullable WordVectors vectors =
        words == null || words.vectors() == null
            ? null
            : TinyTaggers.vectors(plain, words.dim(), words.type());
    TaggerModel model =
        TaggerModel.create(
            config,
            Vocabularies.of(plain, config.embed()).with(vectors),
            Map.of("label", new Labels(List.of("ham", "spam"))),
            TrainingOptions.NONE,
            seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (Parameter parameter : model.parameters()) {
      float[] values = parameter.value().data;
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat() * 2 - 1;
      }
    }
    Tagger tagger = new Tagger(model);
    double[] odds =
        plain.stream()
            .mapToDouble(text -> spam(tagger.labels(text, "label")))
            .map(p -> Math.log(p / (1 - p)))
            .sorted()
            .toArray();
    for (Parameter parameter : model.parameters()) {
      if (parameter.name().equals("heads.label.bias")) {
        parameter.value().data[1] -= (float) (odds[39] + odds[40]) / 2;
      }
    }
    return model;
  }

  private static double spam(List<Label> labels) {
    return labels.stream()
        .filter(label -> label.name().equals("spam"))
        .mapToDouble(label -> Objects.requireNonNull(label.probability()))
        .sum();
  }
}
