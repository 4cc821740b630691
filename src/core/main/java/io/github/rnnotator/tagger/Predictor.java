package io.github.rnnotator.tagger;

import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.nn.head.LabelCombinations;
import io.github.rnnotator.nn.head.PartAgreement;
import io.github.rnnotator.nn.head.PooledHead;
import io.github.rnnotator.nn.head.SoftmaxHead;
import io.github.rnnotator.tagger.pass.AdmissionCache;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.LemmaDictionary;
import io.github.rnnotator.text.Morpheme;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagCombinations;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a network on sentences and decodes what its heads predict: tags, or labels of whole texts.
 */
final class Predictor {
  private final Network network;
  private final CachedEncoder encoder;

  /** How many morphemes each label names, of the heads with which lemmas agree. */
  private final Map<String, int[]> counts = new LinkedHashMap<>();

  private final List<Agreement> agreements = new ArrayList<>();

  /** Heads whose tags occur together only in known combinations. */
  private record Agreement(List<String> heads, LabelCombinations combinations) {}

  /**
   * Creates a predictor.
   *
   * @param cache the cached projections of words, or null to compute all; gives the same bits
   */
  Predictor(Network network, @Nullable AdmissionCache<float[]> cache) {
    this.network = network;
    this.encoder = new CachedEncoder(network, cache);
    for (String head : network.morphemes().values()) {
      List<String> labels = network.labels(head).names();
      counts.put(head, labels.stream().mapToInt(Morpheme::count).toArray());
    }
    for (Labels labels : network.labels().values()) {
      TagCombinations combinations = labels.combinations();
      if (combinations != null) {
        agreements.add(new Agreement(combinations.heads(), ids(combinations)));
      }
    }
  }

  private LabelCombinations ids(TagCombinations combinations) {
    List<Labels> heads = combinations.heads().stream().map(network::labels).toList();
    int[][] ids = new int[combinations.tags().size()][heads.size()];
    for (int c = 0; c < ids.length; c++) {
      for (int k = 0; k < heads.size(); k++) {
        ids[c][k] = heads.get(k).id(combinations.tags().get(c).get(k));
      }
    }
    return new LabelCombinations(heads.stream().mapToInt(Labels::size).toArray(), ids);
  }

  /** Decodes the heads whose tags agree. */
  private Map<String, Head.Decoded> agreed(
      Agreement agreement, SequenceBatch states, PassContext pass) {
    List<SoftmaxHead> heads =
        agreement.heads().stream().map(name -> (SoftmaxHead) network.heads().get(name)).toList();
    List<Head.Decoded> decoded = agreement.combinations().decode(heads, states, pass);
    Map<String, Head.Decoded> agreed = new LinkedHashMap<>();
    for (int k = 0; k < heads.size(); k++) {
      agreed.put(agreement.heads().get(k), decoded.get(k));
    }
    return agreed;
  }

  private Optional<Agreement> agreement(String name) {
    return agreements.stream().filter(agreement -> agreement.heads().contains(name)).findFirst();
  }

  /** Whether the tags of a head agree with those of others. */
  boolean agrees(String name) {
    return agreement(name).isPresent();
  }

  /** Decodes a head, together with those with which it agrees. */
  Head.Decoded decoded(String name, SequenceBatch states, PassContext pass) {
    return agreement(name)
        .map(agreement -> agreed(agreement, states, pass).get(name))
        .orElseGet(() -> Objects.requireNonNull(network.heads().get(name)).decode(states, pass));
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
    Map<String, Head.Decoded> agreed = new LinkedHashMap<>();
    agreements.forEach(agreement -> agreed.putAll(agreed(agreement, states, pass)));
    network
        .heads()
        .forEach(
            (name, head) -> {
              List<TagSequence> decoded = Collections.nCopies(batch.size(), TagSequence.of());
              if (network.morphemes().containsValue(name)) {
                PartAgreement parts = agreement(name, states, pass);
                morphemes.put(name, parts);
                if (isOfDictionary(name)) {
                  decoded =
                      tags(name, SoftmaxHead.best(parts.p(), pass.ops()), batch, states.packing());
                }
              } else if (!network.labels(name).areScripts()) {
                Head.Decoded own = agreed.get(name);
                decoded =
                    tags(
                        name,
                        own == null ? head.decode(states, pass) : own,
                        batch,
                        states.packing());
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
        (name, parts) ->
            put(
                name,
                tags(name, SoftmaxHead.best(parts.p(), pass.ops()), batch, states.packing()),
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

  LemmaDecoder lemmas(String name, @Nullable PartAgreement morphemes) {
    SoftmaxHead head = (SoftmaxHead) Objects.requireNonNull(network.heads().get(name));
    return new LemmaDecoder(head, network.labels(name), morphemes);
  }

  /** Returns the probabilities of a head with which lemmas agree, before they do. */
  PartAgreement agreement(String name, SequenceBatch states, PassContext pass) {
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
  Map<String, SequenceBatch> pooled(
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
}
