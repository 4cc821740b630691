package io.github.rnnotator.tagger;

import io.github.rnnotator.embed.TokenEncoder;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.nn.CrfHead;
import io.github.rnnotator.nn.Dropout;
import io.github.rnnotator.nn.GlobalAveragePooling;
import io.github.rnnotator.nn.GlobalContext;
import io.github.rnnotator.nn.GlobalMaxPooling;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Head;
import io.github.rnnotator.nn.Initializers;
import io.github.rnnotator.nn.LanguageModel;
import io.github.rnnotator.nn.LastStates;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.PackedBatch;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.Pass;
import io.github.rnnotator.nn.PooledHead;
import io.github.rnnotator.nn.Sequential;
import io.github.rnnotator.nn.SoftmaxHead;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The network of a tagger: token vectors, recurrent layers, heads. The weights may be read by any
 * number of threads while they do not change.
 */
public final class Network {
  private final TokenEncoder embed;
  private final Sequential encoder;

  /** The encoder up to its first recurrent layer, and the rest. */
  private final Sequential lower;

  private final Sequential upper;
  private final Map<String, Head> heads = new LinkedHashMap<>();
  private final Map<String, Float> lossWeights = new LinkedHashMap<>();
  private final Map<String, Labels> labels;
  private final boolean labelsTexts;

  /** The first layer's auxiliary objective, in training only. */
  private final @Nullable LanguageModel languageModel;

  private final float languageModelWeight;

  /** The number of words that the language model distinguishes; it merges all rarer ones. */
  private static final int LANGUAGE_MODEL_WORDS = 5000;

  /**
   * Options that prevent overfitting.
   *
   * @param input on token vectors and between layers, the same elements at every timestep
   * @param recurrent on the states that the recurrent product reads
   * @param characters on the output of the character encoder
   * @param words on whole word vectors, so that some words rely on spelling and context
   * @param languageModel the weight of a loss by which the first layer of the encoder learns to
   *     predict the words around each token, see {@link LanguageModel}; 0 for none
   */
  public record Regularization(
      float input, float recurrent, float characters, float words, float languageModel) {
    /** None. */
    public static final Regularization NONE = new Regularization(0, 0, 0, 0, 0);
  }

  /** Creates a network with fresh weights; the same seed gives the same weights. */
  public Network(
      TaggerConfig config,
      Vocabularies vocabularies,
      Map<String, Labels> labels,
      Regularization dropout,
      long seed) {
    this(config, vocabularies, labels, dropout, new SplittableRandom(seed));
  }

  /** Creates a network whose weights are all to be read from a file. */
  static Network blank(TaggerConfig config, Vocabularies vocabularies, Map<String, Labels> labels) {
    return new Network(config, vocabularies, labels, Regularization.NONE, Initializers.BLANK);
  }

  private Network(
      TaggerConfig config,
      Vocabularies vocabularies,
      Map<String, Labels> labels,
      Regularization dropout,
      RandomGenerator random) {
    this.labelsTexts = config.labelsTexts();
    this.labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    this.embed =
        new TokenEncoder(
            config.embed(), vocabularies, dropout.characters(), dropout.words(), random);
    List<LayerSpec> specs = new ArrayList<>();
    LayerSpec between = new Dropout(dropout.input()).variational(true);
    specs.add(config.context() == null ? between : withContext(between, config, dropout));
    for (EncoderLayer layer : config.encoder()) {
      specs.add(layer.spec(dropout.recurrent()));
      specs.add(between);
    }
    this.encoder = Sequential.build("encoder.", embed.outputDim(), specs, random);
    config
        .heads()
        .forEach(
            (name, head) -> {
              heads.put(
                  name,
                  switch (head.kind()) {
                    case SOFTMAX ->
                        SoftmaxHead.build(
                            "heads." + name,
                            encoder.outputDim(),
                            labels(name).size(),
                            head.smoothing(),
                            random);
                    case CRF ->
                        CrfHead.build(
                            "heads." + name,
                            encoder.outputDim(),
                            labels(name).constraints(),
                            head.margin(),
                            random);
                    case DOCUMENT ->
                        new PooledHead(
                            pooling(head, config).build(name, encoder.outputDim(), random),
                            SoftmaxHead.build(
                                "heads." + name,
                                encoder.outputDim(),
                                labels(name).size(),
                                head.smoothing(),
                                random));
                  });
              lossWeights.put(name, head.weight());
            });
    // Layers 0 to 2: input dropout (or context), first RNN, its dropout.
    this.lower = encoder.part(0, Math.min(3, encoder.size()));
    this.upper = encoder.part(lower.size(), encoder.size());
    this.languageModelWeight = dropout.languageModel();
    this.languageModel =
        languageModelWeight == 0 ? null : languageModel(config, vocabularies, random);
  }

  private static LanguageModel languageModel(
      TaggerConfig config, Vocabularies vocabularies, RandomGenerator random) {
    if (!canModelLanguage(config)) {
      throw new IllegalArgumentException(
          "train.language_model is set, but it needs embed.words and a first layer of the encoder"
              + " that is bidirectional and neither residual nor dense");
    }
    int words = Math.min(LANGUAGE_MODEL_WORDS, vocabularies.words().size());
    return LanguageModel.build("language_model", config.encoder().get(0).hidden(), words, random);
  }

  private static boolean canModelLanguage(TaggerConfig config) {
    if (config.embed().words() == null || config.encoder().isEmpty()) {
      return false;
    }
    EncoderLayer first = config.encoder().get(0);
    return first.bidirectional() != null && !first.residual() && !first.dense();
  }

  /** The numbers of the layers above are the same with and without a context. */
  private static LayerSpec withContext(
      LayerSpec between, TaggerConfig config, Regularization dropout) {
    EncoderLayer context = Objects.requireNonNull(config.context());
    LayerSpec global =
        new GlobalContext(stack(List.of(context.spec(dropout.recurrent()), between)));
    LayerSpec named = (name, dim, random) -> global.build("context", dim, random);
    return stack(List.of(between, named));
  }

  private static LayerSpec stack(List<LayerSpec> specs) {
    return (name, dim, random) -> Sequential.build(name + ".", dim, specs, random);
  }

  private static LayerSpec pooling(HeadConfig head, TaggerConfig config) {
    return switch (Objects.requireNonNull(head.pooling())) {
      // The columns of the top layer's forward direction come first.
      case LAST -> new LastStates(config.encoder().get(config.encoder().size() - 1).hidden());
      case MAX -> new GlobalMaxPooling();
      case MEAN -> new GlobalAveragePooling();
    };
  }

  private Labels labels(String head) {
    return Objects.requireNonNull(labels.get(head), () -> "no labels for head " + head);
  }

  /** Returns the weights that training updates: {@link #parameters} and those for training only. */
  public List<Parameter> trainedParameters() {
    List<Parameter> all = new ArrayList<>(parameters());
    if (languageModel != null) {
      all.addAll(languageModel.parameters());
    }
    return all;
  }

  /** Returns the weights of the tagger, in a fixed order. */
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(embed.parameters());
    all.addAll(encoder.parameters());
    heads.values().forEach(head -> all.addAll(head.parameters()));
    return all;
  }

  /**
   * Runs the forward and backward pass of a batch and adds the gradients of its loss.
   *
   * @param batch groups of sentences with gold tags, or of one text each with gold labels; a head
   *     that a sentence lacks adds no loss for it
   * @param weight multiplies the gradients, such as {@code 1 / tokens of the whole batch} (or
   *     texts)
   * @return the weighted sum of the heads' losses, in nats
   */
  public double train(
      List<List<TaggedSentence>> batch, float weight, Pass pass, Gradients gradients) {
    List<TaggedSentence> sentences = batch.stream().flatMap(List::stream).toList();
    List<List<Sentence>> groups =
        batch.stream().map(p -> p.stream().map(TaggedSentence::sentence).toList()).toList();
    List<Sentence> joined = groups.stream().map(SentenceGroups::joined).toList();
    TokenEncoder.Forward tokens = embed.forward(joined, pass);
    Layer.Forward first = lower.forward(tokens.output(), pass);
    Layer.Forward encoded = upper.forward(first.output(), pass);
    SentenceRows regrouping = SentenceRows.of(groups);
    PackedBatch states = regrouping.toSentences(encoded.output(), pass);
    int n = states.packing().tokens();
    FMatrixRMaj dStates = pass.zeros(n, states.dim());
    double sum = 0;
    for (Map.Entry<String, Head> head : heads.entrySet()) {
      float headWeight = Objects.requireNonNull(lossWeights.get(head.getKey()));
      int[] gold = gold(head.getKey(), sentences, states.packing());
      Head.Loss loss = head.getValue().loss(states, gold, weight * headWeight, pass);
      sum += headWeight * loss.sum();
      FMatrixRMaj d = loss.backward().backward(dStates, gradients);
      pass.kernel().addScaled(1, d.data, 0, dStates.data, 0, n * states.dim());
    }
    FMatrixRMaj dEncoded = regrouping.toGroups(dStates, pass);
    FMatrixRMaj dFirst = encoded.backward().backward(dEncoded, gradients);
    if (languageModel != null) {
      // Its loss is per token, while other heads may label texts.
      float each = labelsTexts ? weight * batch.size() / n : weight;
      Head.Loss loss =
          languageModel.loss(
              first.output(), embed.wordIds(joined), each * languageModelWeight, pass);
      FMatrixRMaj d = loss.backward().backward(dFirst, gradients);
      pass.kernel().addScaled(1, d.data, 0, dFirst.data, 0, d.numRows * d.numCols);
    }
    tokens.backward().backward(first.backward().backward(dFirst, gradients), gradients);
    return sum;
  }

  private int[] gold(String head, List<TaggedSentence> batch, Packing packing) {
    if (labelsTexts) {
      int[] gold = new int[batch.size()];
      for (int i = 0; i < gold.length; i++) {
        Label label = batch.get(i).labels().get(head);
        gold[packing.rank(i)] =
            label == null ? Head.NO_LABEL : labels(head).ids(TagSequence.of(label.name()))[0];
      }
      return gold;
    }
    int[] gold = new int[packing.tokens()];
    for (int i = 0; i < batch.size(); i++) {
      TagSequence tags = batch.get(i).tags().get(head);
      int[] ids = tags == null ? null : labels(head).ids(tags);
      for (int t = 0; t < packing.length(i); t++) {
        gold[packing.row(i, t)] = ids == null ? Head.NO_LABEL : ids[t];
      }
    }
    return gold;
  }

  private PackedBatch states(List<Sentence> batch, Pass pass, AdmissionCache<float[]> cache) {
    Packing packing = Packing.of(batch.stream().mapToInt(Sentence::size).toArray());
    float[][] projected = new float[packing.tokens()][];
    Map<String, List<Integer>> missing = new LinkedHashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      Sentence sentence = batch.get(i);
      for (int t = 0; t < packing.length(i); t++) {
        int row = packing.row(i, t);
        float[] known = cache.get(sentence.form(t));
        if (known == null) {
          missing.computeIfAbsent(sentence.form(t), form -> new ArrayList<>()).add(row);
        } else {
          projected[row] = known;
        }
      }
    }
    if (!missing.isEmpty()) {
      FMatrixRMaj x = embed.encode(missing.keySet().toArray(new String[0]), pass);
      FMatrixRMaj fresh = encoder.project(x, pass);
      int from = 0;
      for (Map.Entry<String, List<Integer>> form : missing.entrySet()) {
        float[] kept = Arrays.copyOfRange(fresh.data, from, from + fresh.numCols);
        from += fresh.numCols;
        cache.put(form.getKey(), kept);
        form.getValue().forEach(row -> projected[row] = kept);
      }
    }
    return encoder.forwardProjected(packing, projected, pass);
  }

  /**
   * Tags a batch of groups.
   *
   * @param cache the cached projections of words, or null to compute all; gives the same bits
   * @return the sentences of all groups, in order, with tags or labels
   */
  List<TaggedSentence> tag(
      List<List<Sentence>> groups, Pass pass, @Nullable AdmissionCache<float[]> cache) {
    List<Sentence> joined = groups.stream().map(SentenceGroups::joined).toList();
    PackedBatch encoded = encode(joined, pass, cache);
    PackedBatch states = SentenceRows.of(groups).toSentences(encoded, pass);
    List<Sentence> batch = groups.stream().flatMap(List::stream).toList();
    return labelsTexts ? labelled(batch, states, pass) : tagged(batch, states, pass);
  }

  private PackedBatch encode(
      List<Sentence> batch, Pass pass, @Nullable AdmissionCache<float[]> cache) {
    return cache == null
        ? encoder.forward(embed.forward(batch, pass).output(), pass).output()
        : states(batch, pass, cache);
  }

  /** Returns the number of floats cached per word, see {@link AdmissionCache}. */
  int projectedDim() {
    return encoder.projectedDim();
  }

  /**
   * Labels a text of any length: pools each of its stretches, then the results. For last states and
   * maxima this equals pooling the whole, and for means too, since all stretches have the same
   * length.
   *
   * @param passes gives a pass for each stretch, and one more
   */
  TaggedSentence label(
      Sentence text, Supplier<Pass> passes, @Nullable AdmissionCache<float[]> cache) {
    Map<String, PackedBatch> pooled = pooled(text, passes, cache);
    Pass pass = passes.get();
    Map<String, Label> labels = new LinkedHashMap<>();
    heads.forEach(
        (name, head) -> {
          Head.Decoded decoded = head.decode(Objects.requireNonNull(pooled.get(name)), pass);
          String label = labels(name).names().get(decoded.labels()[0]);
          labels.put(name, new Label(label, decoded.probabilities()[0]));
        });
    return TaggedSentence.labelled(text, labels);
  }

  /** Returns each head's pooled vectors of the stretches of a text, as one sequence. */
  private Map<String, PackedBatch> pooled(
      Sentence text, Supplier<Pass> passes, @Nullable AdmissionCache<float[]> cache) {
    List<Sentence> stretches = Stretches.apart(text);
    Map<String, float[][]> vectors = new LinkedHashMap<>();
    for (int i = 0; i < stretches.size(); i++) {
      Pass pass = passes.get();
      PackedBatch states = encode(List.of(stretches.get(i)), pass, cache);
      for (Map.Entry<String, Head> head : heads.entrySet()) {
        PackedBatch vector = ((PooledHead) head.getValue()).pool(states, pass);
        vectors.computeIfAbsent(head.getKey(), name -> new float[stretches.size()][])[i] =
            Arrays.copyOf(vector.values().data, vector.dim());
      }
    }
    Map<String, PackedBatch> pooled = new LinkedHashMap<>();
    vectors.forEach((head, rows) -> pooled.put(head, PackedBatch.of(new float[][][] {rows})));
    return pooled;
  }

  private List<TaggedSentence> labelled(List<Sentence> batch, PackedBatch states, Pass pass) {
    List<Map<String, Label>> labels = new ArrayList<>();
    batch.forEach(text -> labels.add(new LinkedHashMap<>()));
    heads.forEach(
        (name, head) -> {
          Head.Decoded decoded = head.decode(states, pass);
          for (int i = 0; i < batch.size(); i++) {
            int row = states.packing().rank(i);
            String label = labels(name).names().get(decoded.labels()[row]);
            labels.get(i).put(name, new Label(label, decoded.probabilities()[row]));
          }
        });
    List<TaggedSentence> labelled = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      labelled.add(TaggedSentence.labelled(batch.get(i), labels.get(i)));
    }
    return labelled;
  }

  private List<TaggedSentence> tagged(List<Sentence> batch, PackedBatch states, Pass pass) {
    Packing packing = states.packing();
    List<Map<String, TagSequence>> tags = new ArrayList<>();
    batch.forEach(sentence -> tags.add(new LinkedHashMap<>()));
    heads.forEach(
        (name, head) -> {
          Head.Decoded decoded = head.decode(states, pass);
          for (int i = 0; i < batch.size(); i++) {
            int[] ids = new int[packing.length(i)];
            float[] probabilities = new float[ids.length];
            for (int t = 0; t < ids.length; t++) {
              ids[t] = decoded.labels()[packing.row(i, t)];
              probabilities[t] = decoded.probabilities()[packing.row(i, t)];
            }
            tags.get(i).put(name, labels(name).tags(ids, probabilities));
          }
        });
    List<TaggedSentence> tagged = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      tagged.add(new TaggedSentence(batch.get(i), tags.get(i)));
    }
    return tagged;
  }

  /**
   * Returns the best tag sequences of one head for one sentence, best first.
   *
   * @param passes gives a pass for each stretch of the sentence, and one more
   */
  List<RankedTags> best(Sentence sentence, String head, int n, Supplier<Pass> passes) {
    Head decoder = heads.get(head);
    if (decoder == null) {
      throw new IllegalArgumentException("no head '" + head + "', only " + heads.keySet());
    }
    if (labelsTexts && sentence.size() > Stretches.LONGEST) {
      PackedBatch pooled = Objects.requireNonNull(pooled(sentence, passes, null).get(head));
      return ranked(decoder, pooled, head, n, passes.get());
    }
    List<Sentence> stretches = labelsTexts ? List.of(sentence) : Stretches.of(sentence);
    if (stretches.size() == 1) {
      Pass pass = passes.get();
      return ranked(decoder, encode(stretches, pass, null), head, n, pass);
    }
    RankedStretches best = new RankedStretches(n);
    for (Sentence stretch : stretches) {
      Pass pass = passes.get();
      best.add(ranked(decoder, encode(List.of(stretch), pass, null), head, best.width(), pass));
    }
    return best.joined(labels(head));
  }

  private List<RankedTags> ranked(Head decoder, PackedBatch states, String head, int n, Pass pass) {
    return decoder.nBest(states, n, pass).get(0).stream()
        .map(
            ranked ->
                new RankedTags(
                    labels(head).tags(ranked.labels(), ranked.probabilities()),
                    ranked.logProbability()))
        .toList();
  }
}
