package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.embed.ColumnConfig;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.embed.WordVectors.Type;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The count that guards the reader equals the actual number of weights. */
class WeightCountTest {
  private static final HeadConfig.Kind[] TOKEN_KINDS = {
    HeadConfig.Kind.SOFTMAX, HeadConfig.Kind.CRF, HeadConfig.Kind.FEATS, HeadConfig.Kind.LEMMA
  };

  @Property(tries = 300)
  void countIsTheSumOfAllParameters(@ForAll long seed) {
    Random random = new Random(seed);
    List<EncoderLayer> encoder = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      CellKind cell = pick(CellKind.values(), random);
      boolean both = random.nextBoolean();
      encoder.add(
          (both
                  ? EncoderLayer.bidirectional(cell, size(random))
                  : EncoderLayer.recurrent(cell, size(random)))
              .dense(random.nextBoolean())
              .rank(random.nextBoolean() ? size(random) : 0));
    }
    // Last states need a top layer without a skip connection.
    boolean texts =
        random.nextInt(3) == 0 && !encoder.isEmpty() && !encoder.get(encoder.size() - 1).dense();
    Map<String, HeadConfig> heads = new LinkedHashMap<>();
    Map<String, Labels> labels = new LinkedHashMap<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      HeadConfig.Kind kind = texts ? HeadConfig.Kind.DOCUMENT : pick(TOKEN_KINDS, random);
      heads.put("head" + i, head(kind, random));
      labels.put("head" + i, new Labels(names(size(random))));
    }
    TaggerConfig config =
        TaggerConfig.of(
                InputConfig.defaults().format(texts ? "labelled" : "conllu"),
                texts ? embed(random).columns(Map.of()) : embed(random),
                encoder,
                heads)
            .context(
                random.nextBoolean()
                    ? null
                    : EncoderLayer.bidirectional(CellKind.GRU, size(random)));
    Vocabularies vocabularies =
        new Vocabularies(
            vocabulary(random),
            vocabulary(random),
            vectors(config.embed()),
            Map.of("pos", vocabulary(random)));
    TaggerModel model =
        TaggerModel.create(config, vocabularies, labels, TrainingOptions.NONE, seed);
    assertThat(model.parameters().stream().map(Parameter::name)).doesNotHaveDuplicates();
    assertThat(WeightCount.of(config, vocabularies, labels))
        .isEqualTo(model.parameters().stream().mapToLong(Parameter::size).sum());
  }

  private static HeadConfig head(HeadConfig.Kind kind, Random random) {
    boolean parts = kind == HeadConfig.Kind.SOFTMAX && random.nextBoolean();
    HeadConfig head =
        new HeadConfig(kind, null, 1, 0, 0, null, null, null, null, parts, 0, List.of());
    boolean ranked = kind == HeadConfig.Kind.SOFTMAX && random.nextBoolean();
    return ranked ? head.rank(size(random)) : head;
  }

  @Test
  void countBeyondAnIntIsNotASmallNumber() {
    List<EncoderLayer> encoder = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      encoder.add(EncoderLayer.bidirectional(CellKind.LSTM, 1 << 14));
    }
    TaggerConfig config =
        TaggerConfig.of(
            InputConfig.defaults(),
            EmbedConfig.ofShape(),
            encoder,
            Map.of("upos", HeadConfig.softmax()));
    Vocabularies none = new Vocabularies(new Vocabulary(List.of()), new Vocabulary(List.of()));
    assertThat(WeightCount.of(config, none, Map.of())).isGreaterThan(1L << 32);
  }

  private static EmbedConfig embed(Random random) {
    EmbedConfig.@Nullable Words words =
        switch (random.nextInt(4)) {
          case 0 -> EmbedConfig.Words.defaults().dim(size(random));
          case 1 -> pretrained(size(random), true, 0);
          case 2 -> pretrained(size(random), false, random.nextInt(4));
          default -> null;
        };
    EmbedConfig.@Nullable Characters characters =
        random.nextBoolean()
            ? new EmbedConfig.Characters(
                pick(EmbedConfig.Characters.Kind.values(), random),
                size(random),
                size(random),
                1 + 2 * random.nextInt(3),
                random.nextBoolean())
            : null;
    boolean shape = random.nextBoolean() || (words == null && characters == null);
    Map<String, ColumnConfig> columns =
        random.nextBoolean() ? Map.of("pos", new ColumnConfig(size(random))) : Map.of();
    return new EmbedConfig(words, characters, shape, columns);
  }

  private static EmbedConfig.Words pretrained(int dim, boolean tune, int trained) {
    return EmbedConfig.Words.defaults().dim(dim).vectors("v.vec").tune(tune).trained(trained);
  }

  private static @Nullable WordVectors vectors(EmbedConfig config) {
    if (config.words() == null || config.words().vectors() == null) {
      return null;
    }
    WordVectors.Builder builder = new WordVectors.Builder(config.words().dim(), Type.F16);
    builder.add("n1", new float[config.words().dim()]);
    return builder.build();
  }

  private static Vocabulary vocabulary(Random random) {
    return new Vocabulary(
        names(random.nextInt(6)).stream().map(name -> new Vocabulary.Entry(name, 1)).toList());
  }

  private static List<String> names(int n) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      names.add("n" + i);
    }
    return names;
  }

  private static int size(Random random) {
    return 1 + random.nextInt(9);
  }

  private static <T> T pick(T[] values, Random random) {
    return values[random.nextInt(values.length)];
  }
}
