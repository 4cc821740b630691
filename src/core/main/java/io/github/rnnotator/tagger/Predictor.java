package io.github.rnnotator.tagger;

import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.nn.head.PartAgreement;
import io.github.rnnotator.nn.head.PooledHead;
import io.github.rnnotator.nn.head.SoftmaxHead;
import io.github.rnnotator.tagger.pass.AdmissionCache;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.LemmaDictionary;
import io.github.rnnotator.text.Morpheme;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a network on sentences and decodes what its heads predict: tags, or labels of whole texts.
 */
final class Predictor {
  private final Network network;
  private final CachedEncoder encoder;

  /** As {@link #encoder}, for calls that are too rare to fill a cache. */
  private final CachedEncoder uncachedEncoder;

  /** How many morphemes each label names, of the heads with which lemmas agree. */
  private final Map<String, int[]> counts = new LinkedHashMap<>();

  /**
   * Creates a predictor.
   *
   * @param cache the cached projections of words, or null to compute all; gives the same bits
   */
  Predictor(Network network, @Nullable AdmissionCache<float[]> cache) {
    this.network = network;
    this.encoder = new CachedEncoder(network, cache);
    this.uncachedEncoder = new CachedEncoder(network, null);
    for (String head : network.morphemes().values()) {
      List<String> labels = network.labels(head).names();
      counts.put(head, labels.stream().mapToInt(Morpheme::count).toArray());
    }
  }

  /**
   * Tags a batch of groups.
   *
   * @return the sentences of all groups, in order, with tags or labels
   */
  List<TaggedSentence> tag(List<List<Sentence>> groups, PassContext pass) {
    List<Sentence> joined = groups.stream().map(SentenceGroups::joined).toList();
    SequenceBatch encoded = encoder.encode(joined, pass);
    SequenceBatch states = SentenceRows.of(groups).toSentences(encoded, pass);
    List<Sentence> batch = groups.stream().flatMap(List::stream).toList();
    return network.labelsTexts() ? labelled(batch, states, pass) : tagged(batch, states, pass);
  }

  private List<TaggedSentence> labelled(
      List<Sentence> batch, SequenceBatch states, PassContext pass) {
    List<Map<String, Label>> labels = new ArrayList<>();
    batch.forEach(text -> labels.add(new LinkedHashMap<>()));
    network
        .heads()
        .forEach(
            (name, head) -> {
              Head.Decoded decoded = head.decode(states, pass);
              for (int i = 0; i < batch.size(); i++) {
                labels.get(i).put(name, label(name, decoded, states.packing().rank(i)));
              }
            });
    List<TaggedSentence> labelled = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      labelled.add(TaggedSentence.labelled(batch.get(i), labels.get(i)));
    }
    return labelled;
  }

  private Label label(String head, Head.Decoded decoded, int row) {
    String name = network.labels(head).names().get(decoded.labels()[row]);
    return new Label(name, decoded.probabilities()[row]);
  }

  private List<TaggedSentence> tagged(
      List<Sentence> batch, SequenceBatch states, PassContext pass) {
    List<Map<String, TagSequence>> tags = new ArrayList<>();
    batch.forEach(sentence -> tags.add(new LinkedHashMap<>()));
    // Lemmas last, since their dictionary needs tags; the first pass keeps the order of the heads.
    Map<String, PartAgreement> morphemes = new LinkedHashMap<>();
    network
        .heads()
        .forEach(
            (name, head) -> {
              List<TagSequence> decoded = Collections.nCopies(batch.size(), TagSequence.of());
              if (network.morphemes().containsValue(name)) {
                PartAgreement agreed = agreement(name, states, pass);
                morphemes.put(name, agreed);
                if (isOfDictionary(name)) {
                  decoded =
                      tags(name, SoftmaxHead.best(agreed.p(), pass.ops()), batch, states.packing());
                }
              } else if (!network.labels(name).areScripts()) {
                decoded = tags(name, head.decode(states, pass), batch, states.packing());
              }
              put(name, decoded, tags);
            });
    network
        .heads()
        .forEach(
            (name, head) -> {
              if (network.labels(name).areScripts()) {
                String parts = network.morphemes().get(name);
                LemmaDecoder decoder = lemmas(name, parts == null ? null : morphemes.get(parts));
                put(name, decoder.decode(batch, ofDictionary(name, tags), states, pass), tags);
              }
            });
    morphemes.forEach(
        (name, agreed) ->
            put(
                name,
                tags(name, SoftmaxHead.best(agreed.p(), pass.ops()), batch, states.packing()),
                tags));
    List<TaggedSentence> tagged = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      tagged.add(new TaggedSentence(batch.get(i), tags.get(i)));
    }
    return tagged;
  }

  private static void put(
      String head, List<TagSequence> decoded, List<Map<String, TagSequence>> tags) {
    for (int i = 0; i < tags.size(); i++) {
      tags.get(i).put(head, decoded.get(i));
    }
  }

  private List<TagSequence> tags(
      String head, Head.Decoded decoded, List<Sentence> batch, Packing packing) {
    List<TagSequence> tags = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      int[] ids = new int[packing.length(i)];
      float[] probabilities = new float[ids.length];
      for (int t = 0; t < ids.length; t++) {
        ids[t] = decoded.labels()[packing.row(i, t)];
        probabilities[t] = decoded.probabilities()[packing.row(i, t)];
      }
      tags.add(network.labels(head).tags(batch.get(i), ids, probabilities));
    }
    return tags;
  }

  private LemmaDecoder lemmas(String name, @Nullable PartAgreement morphemes) {
    SoftmaxHead head = (SoftmaxHead) Objects.requireNonNull(network.heads().get(name));
    return new LemmaDecoder(head, network.labels(name), morphemes);
  }

  /** Returns the probabilities of a head with which lemmas agree, before they do. */
  private PartAgreement agreement(String name, SequenceBatch states, PassContext pass) {
    Head head = Objects.requireNonNull(network.heads().get(name));
    return new PartAgreement(
        head.probabilities(states, pass), Objects.requireNonNull(counts.get(name)));
  }

  /** Whether the dictionary of a head of lemmas refers to the tags of a head. */
  private boolean isOfDictionary(String head) {
    return network.heads().keySet().stream()
        .map(name -> network.labels(name).dictionary())
        .anyMatch(dictionary -> dictionary != null && dictionary.tags().equals(head));
  }

  /** Returns the tags of each sentence to which the dictionary of a head of lemmas refers. */
  private List<TagSequence> ofDictionary(String name, List<Map<String, TagSequence>> tags) {
    LemmaDictionary dictionary = network.labels(name).dictionary();
    String column = dictionary == null ? "" : dictionary.tags();
    return tags.stream().map(all -> all.getOrDefault(column, TagSequence.of())).toList();
  }

  /** Returns what the form of each row, and its tags, tell about the scripts. */
  private SoftmaxHead.Prior prior(
      String name, List<Sentence> sentence, SequenceBatch states, PassContext pass) {
    Labels labels = network.labels(name);
    List<LemmaDecoder.Candidates> words =
        sentence.get(0).forms().stream()
            .map(form -> new LemmaDecoder.Candidates(labels, form))
            .toList();
    String tags = network.morphemes().get(name);
    if (tags == null) {
      return (row, label) -> words.get(row).prior(label);
    }
    PartAgreement parts = agreement(tags, states, pass);
    float[][] ofTags = new float[words.size()][];
    for (int t = 0; t < ofTags.length; t++) {
      ofTags[t] = parts.distribution(t);
    }
    return (row, label) -> {
      float prior = words.get(row).prior(label);
      int count = words.get(row).count(label);
      return prior == 0 ? 0 : prior * PartAgreement.factor(ofTags[row], count);
    };
  }

  /**
   * Labels a text of any length: pools each of its stretches, then the results. For last states and
   * maxima this equals pooling the whole, and for means too, since all stretches have the same
   * length.
   *
   * @param passes gives a pass for each stretch, and one more
   */
  TaggedSentence label(Sentence text, Supplier<PassContext> passes) {
    Map<String, SequenceBatch> pooled = pooled(text, encoder, passes);
    PassContext pass = passes.get();
    Map<String, Label> labels = new LinkedHashMap<>();
    network
        .heads()
        .forEach(
            (name, head) -> {
              SequenceBatch states = Objects.requireNonNull(pooled.get(name));
              labels.put(name, label(name, head.decode(states, pass), 0));
            });
    return TaggedSentence.labelled(text, labels);
  }

  /** Returns each head's pooled vectors of the stretches of a text, as one sequence. */
  private Map<String, SequenceBatch> pooled(
      Sentence text, CachedEncoder encoder, Supplier<PassContext> passes) {
    List<Sentence> stretches = Stretches.apart(text);
    Map<String, float[][]> vectors = new LinkedHashMap<>();
    for (int i = 0; i < stretches.size(); i++) {
      PassContext pass = passes.get();
      SequenceBatch states = encoder.encode(List.of(stretches.get(i)), pass);
      for (Map.Entry<String, Head> head : network.heads().entrySet()) {
        SequenceBatch vector = ((PooledHead) head.getValue()).pool(states, pass);
        vectors.computeIfAbsent(head.getKey(), name -> new float[stretches.size()][])[i] =
            Arrays.copyOf(vector.values().data, vector.dim());
      }
    }
    Map<String, SequenceBatch> pooled = new LinkedHashMap<>();
    vectors.forEach((head, rows) -> pooled.put(head, SequenceBatch.of(new float[][][] {rows})));
    return pooled;
  }

  /**
   * Returns the best tag sequences of one head for one sentence, best first.
   *
   * @param passes gives a pass for each stretch of the sentence, and one more
   */
  List<RankedTags> best(Sentence sentence, String head, int n, Supplier<PassContext> passes) {
    Head decoder = network.heads().get(head);
    if (decoder == null) {
      throw new IllegalArgumentException(
          "no head '" + head + "', only " + network.heads().keySet());
    }
    Labels labels = network.labels(head);
    if (network.labelsTexts() && sentence.size() > Stretches.LONGEST) {
      SequenceBatch states =
          Objects.requireNonNull(pooled(sentence, uncachedEncoder, passes).get(head));
      return ranked(labels, sentence, decoder.nBest(states, n, passes.get()));
    }
    List<Sentence> stretches = network.labelsTexts() ? List.of(sentence) : Stretches.of(sentence);
    if (stretches.size() == 1) {
      return best(head, stretches, n, passes.get());
    }
    RankedStretches best = new RankedStretches(n);
    for (Sentence stretch : stretches) {
      best.add(best(head, List.of(stretch), best.width(), passes.get()));
    }
    return best.joined(labels);
  }

  private List<RankedTags> best(String name, List<Sentence> sentence, int n, PassContext pass) {
    SequenceBatch states = uncachedEncoder.encode(sentence, pass);
    Labels labels = network.labels(name);
    Head head = Objects.requireNonNull(network.heads().get(name));
    if (labels.areScripts()) {
      return bestLemmas(name, sentence, states, n, pass);
    }
    if (!network.morphemes().containsValue(name)) {
      return ranked(labels, sentence.get(0), head.nBest(states, n, pass));
    }
    PartAgreement agreed = agreement(name, states, pass);
    network
        .morphemes()
        .forEach(
            (lemma, parts) -> {
              if (parts.equals(name)) {
                TagSequence tags = ofDictionary(lemma, states, pass);
                lemmas(lemma, agreed).decode(sentence, List.of(tags), states, pass);
              }
            });
    return ranked(labels, sentence.get(0), SoftmaxHead.nBest(agreed.p(), states.packing(), n));
  }

  private List<RankedTags> bestLemmas(
      String name, List<Sentence> sentence, SequenceBatch states, int n, PassContext pass) {
    Labels labels = network.labels(name);
    SoftmaxHead head = (SoftmaxHead) Objects.requireNonNull(network.heads().get(name));
    SoftmaxHead.Prior prior = prior(name, sentence, states, pass);
    List<RankedTags> lemmas = ranked(labels, sentence.get(0), head.nBest(states, n, prior, pass));
    LemmaDictionary dictionary = labels.dictionary();
    TagSequence tags = ofDictionary(name, states, pass);
    // Several scripts may give one lemma; the best of equal sequences remains.
    Map<List<String>, RankedTags> distinct = new LinkedHashMap<>();
    for (RankedTags one : lemmas) {
      TagSequence found =
          dictionary == null ? one.tags() : dictionary.replace(sentence.get(0), one.tags(), tags);
      distinct.putIfAbsent(found.tags(), new RankedTags(found, one.logProbability()));
    }
    return List.copyOf(distinct.values());
  }

  /** As above, for the only sentence of a batch; none without such a head. */
  private TagSequence ofDictionary(String name, SequenceBatch states, PassContext pass) {
    LemmaDictionary dictionary = network.labels(name).dictionary();
    String head = dictionary == null ? "" : dictionary.tags();
    Head decoder = network.heads().get(head);
    if (decoder == null) {
      return TagSequence.of();
    }
    // The timesteps of a single sentence are the rows.
    Head.Decoded decoded = decoder.decode(states, pass);
    return network.labels(head).tags(decoded.labels(), decoded.probabilities());
  }

  /** Converts the sequences of the only sentence of a batch. */
  private static List<RankedTags> ranked(
      Labels labels, Sentence sentence, List<List<Head.Ranked>> batch) {
    return batch.get(0).stream()
        .map(
            ranked ->
                new RankedTags(
                    labels.tags(sentence, ranked.labels(), ranked.probabilities()),
                    ranked.logProbability()))
        .toList();
  }
}
