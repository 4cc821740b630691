package io.github.rnnotator.tagger;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Taggers small enough to train or write quickly in a test, and the sample corpora. */
public final class TinyTaggers {
  private TinyTaggers() {}

  /** The first English sentences, with the heads {@code upos} and {@code xpos}. */
  public static List<TaggedSentence> english(int sentences) {
    return conllu("en.conllu", sentences);
  }

  /** The first Korean sentences, with the heads {@code upos} and {@code xpos}. */
  public static List<TaggedSentence> korean(int sentences) {
    return conllu("ko.conllu", sentences);
  }

  /** The first English sentences, with the head {@code ner} in IOB2. */
  public static List<TaggedSentence> entities(int sentences) {
    return SampleCorpora.read("en.conll", " ", 0, Map.of("ner", 3)).stream()
        .limit(sentences)
        .toList();
  }

  /** The first English sentences, with the heads {@code upos}, {@code feats} and {@code lemma}. */
  public static List<TaggedSentence> analysed(int sentences) {
    Map<String, Integer> heads = new LinkedHashMap<>();
    heads.put("upos", 3);
    heads.put("feats", 4);
    heads.put("lemma", 2);
    return SampleCorpora.read("en.conllu", "\t", 1, heads).stream()
        // Rows of multiword tokens have no lemma.
        .filter(sentence -> !sentence.tags("lemma").tags().contains("_"))
        .limit(sentences)
        .map(TinyTaggers::withFeatures)
        .toList();
  }

  /** The sample has no features; these say what its English tags do. */
  private static TaggedSentence withFeatures(TaggedSentence sentence) {
    Map<String, TagSequence> tags = new LinkedHashMap<>(sentence.tags());
    tags.computeIfPresent(
        "feats",
        (head, xpos) -> TagSequence.of(xpos.tags().stream().map(TinyTaggers::features).toList()));
    return sentence.with(tags);
  }

  private static String features(String xpos) {
    return switch (xpos) {
      case "NN", "NNP" -> "Number=Sing";
      case "NNS", "NNPS" -> "Number=Plur";
      case "VBZ" -> "Number=Sing|Person=3|Tense=Pres";
      case "VBP" -> "Number=Plur|Tense=Pres";
      case "VBD" -> "Tense=Past";
      default -> "_";
    };
  }

  /** A softmax head {@code upos}, and a head each of features and lemmas. */
  public static TaggerConfig analysis(boolean dictionary) {
    Map<String, HeadConfig> heads = new LinkedHashMap<>();
    heads.put("lemma", HeadConfig.lemma().minCount(1).dictionary(dictionary).rank(6));
    heads.put("upos", HeadConfig.softmax());
    heads.put("feats", HeadConfig.feats());
    return config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, heads)
        .input(
            InputConfig.defaults()
                .heads(Map.of("lemma", "lemma", "upos", "upos", "feats", "feats")));
  }

  private static List<TaggedSentence> conllu(String file, int sentences) {
    Map<String, Integer> heads = new LinkedHashMap<>();
    heads.put("upos", 3);
    heads.put("xpos", 4);
    return SampleCorpora.read(file, "\t", 1, heads).stream().limit(sentences).toList();
  }

  /** Words, characters and shape, one bidirectional layer, softmax heads without a scheme. */
  public static TaggerConfig config(
      CellKind cell, EmbedConfig.Characters.Kind characters, String... heads) {
    Map<String, HeadConfig> configs = new LinkedHashMap<>();
    for (String head : heads) {
      configs.put(head, HeadConfig.softmax());
    }
    return config(cell, characters, configs);
  }

  /** As above, with any heads. */
  public static TaggerConfig config(
      CellKind cell, EmbedConfig.Characters.Kind characters, Map<String, HeadConfig> heads) {
    return TaggerConfig.of(
        InputConfig.defaults(),
        new EmbedConfig(
            EmbedConfig.Words.defaults().dim(8),
            new EmbedConfig.Characters(characters, 4, 4, 3, false),
            true),
        List.of(EncoderLayer.bidirectional(cell, 8)),
        heads);
  }

  /** A global context, a dense layer and a residual one. */
  public static TaggerConfig deep(String... heads) {
    TaggerConfig plain = config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, heads);
    // Words 8, characters 4, shape 8, context 6; then 10 more.
    return plain
        .context(EncoderLayer.bidirectional(CellKind.GRU, 3))
        .encoder(
            List.of(
                EncoderLayer.recurrent(CellKind.LSTM, 10).dense(true),
                EncoderLayer.bidirectional(CellKind.SIMPLE_RNN, 18).residual(true),
                EncoderLayer.bidirectional(CellKind.GRU, 5).rank(9)));
  }

  /** One chunk head {@code ner}, learned in this scheme. */
  public static Map<String, HeadConfig> ner(TagScheme inside) {
    return Map.of("ner", HeadConfig.softmax(inside));
  }

  /** As above, with a CRF. */
  public static Map<String, HeadConfig> crf(TagScheme inside) {
    return Map.of("ner", HeadConfig.crf(inside));
  }

  /** A model of these sentences with random weights in +-limit: large ones for decided tags. */
  public static TaggerModel untrained(
      TaggerConfig config, List<TaggedSentence> sentences, float limit, long seed) {
    Map<String, Labels> labels = new LinkedHashMap<>();
    config
        .heads()
        .forEach(
            (head, settings) ->
                labels.put(head, CorpusLabels.of(List.of(sentences), List.of(), head, config)));
    List<Sentence> plain = sentences.stream().map(TaggedSentence::sentence).toList();
    EmbedConfig.Words words = config.embed().words();
    TaggerModel model =
        TaggerModel.create(
            config,
            Vocabularies.of(plain, config.embed())
                .with(
                    words == null || words.vectors() == null
                        ? null
                        : vectors(plain, words.dim(), words.type())),
            labels,
            TrainingOptions.NONE,
            seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (Parameter parameter : model.parameters()) {
      float[] values = parameter.value().data;
      for (int i = 0; i < values.length; i++) {
        values[i] = (random.nextFloat() * 2 - 1) * limit;
      }
    }
    return model;
  }

  /** The same network with pretrained vectors, as {@link #vectors} gives them. */
  public static TaggerConfig withVectors(
      TaggerConfig config, boolean tune, int trained, WordVectors.Type type) {
    EmbedConfig.Words words =
        EmbedConfig.Words.defaults()
            .dim(8)
            .type(type)
            .vectors("tiny.vec")
            .tune(tune)
            .trained(trained);
    return config.embed(config.embed().words(words));
  }

  /** Random vectors for every second form of these sentences, and for some words not in them. */
  public static WordVectors vectors(List<Sentence> sentences, int dim, WordVectors.Type type) {
    WordVectors.Builder builder = new WordVectors.Builder(dim, type);
    SplittableRandom random = new SplittableRandom(dim);
    List<String> forms =
        new ArrayList<>(sentences.stream().flatMap(s -> s.forms().stream()).distinct().toList());
    forms.addAll(List.of("unseen", "Unseen", "zebra", "x00"));
    for (int i = 0; i < forms.size(); i++) {
      float[] vector = new float[dim];
      for (int j = 0; j < dim; j++) {
        vector[j] = random.nextFloat() * 2 - 1;
      }
      if (i % 2 == 0 || i >= forms.size() - 4) {
        builder.add(forms.get(i), vector);
      }
    }
    return builder.build();
  }

  /** Returns the bits of every weight by the parameter's name. */
  public static Map<String, List<Integer>> bits(TaggerModel model) {
    Map<String, List<Integer>> bits = new LinkedHashMap<>();
    for (Parameter parameter : model.parameters()) {
      float[] values = Arrays.copyOf(parameter.value().data, parameter.size());
      Integer[] each = new Integer[values.length];
      Arrays.setAll(each, i -> Float.floatToRawIntBits(values[i]));
      bits.put(parameter.name(), List.of(each));
    }
    return bits;
  }
}
