package io.github.rnnotator.tagger;

import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.nn.head.PooledHead;
import io.github.rnnotator.nn.head.SoftmaxHead;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.LemmaDictionary;
import io.github.rnnotator.text.LookupForm;
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

  /**
   * Creates a predictor.
   *
   * @param cache the cached projections of words, or null to compute all; gives the same bits
   */
  Predictor(Network network, @Nullable AdmissionCache<float[]> cache) {
    this.network = network;
    this.encoder = new CachedEncoder(network, cache);
    this.uncachedEncoder = new CachedEncoder(network, null);
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
    network
        .heads()
        .forEach(
            (name, head) -> {
              List<TagSequence> decoded =
                  network.labels(name).areScripts()
                      ? Collections.nCopies(batch.size(), TagSequence.of())
                      : tags(name, head.decode(states, pass), batch, states.packing());
              put(name, decoded, tags);
            });
    network
        .heads()
        .forEach(
            (name, head) -> {
              if (network.labels(name).areScripts()) {
                put(name, lemmas(name, (SoftmaxHead) head, batch, tags, states, pass), tags);
              }
            });
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

  private List<TagSequence> lemmas(
      String name,
      SoftmaxHead head,
      List<Sentence> batch,
      List<Map<String, TagSequence>> tags,
      SequenceBatch states,
      PassContext pass) {
    Labels labels = network.labels(name);
    LemmaDictionary dictionary = labels.dictionary();
    String column = dictionary == null ? "" : dictionary.tags();
    List<TagSequence> found =
        tags.stream().map(all -> all.getOrDefault(column, TagSequence.of())).toList();
    return new LemmaDecoder(head, labels).decode(batch, found, states, pass);
  }

  /** Returns what the form of each row tells about the scripts. */
  private static SoftmaxHead.Prior prior(Labels labels, List<Sentence> batch, Packing packing) {
    String[] forms = new String[packing.tokens()];
    for (int i = 0; i < batch.size(); i++) {
      for (int t = 0; t < packing.length(i); t++) {
        forms[packing.row(i, t)] = LookupForm.of(batch.get(i).form(t));
      }
    }
    return (row, label) -> labels.prior(label, forms[row]);
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
      return best(decoder, labels, stretches, n, passes.get());
    }
    RankedStretches best = new RankedStretches(n);
    for (Sentence stretch : stretches) {
      best.add(best(decoder, labels, List.of(stretch), best.width(), passes.get()));
    }
    return best.joined(labels);
  }

  private List<RankedTags> best(
      Head decoder, Labels labels, List<Sentence> sentence, int n, PassContext pass) {
    SequenceBatch states = uncachedEncoder.encode(sentence, pass);
    if (!labels.areScripts()) {
      return ranked(labels, sentence.get(0), decoder.nBest(states, n, pass));
    }
    SoftmaxHead.Prior prior = prior(labels, sentence, states.packing());
    List<RankedTags> lemmas =
        ranked(labels, sentence.get(0), ((SoftmaxHead) decoder).nBest(states, n, prior, pass));
    LemmaDictionary dictionary = labels.dictionary();
    TagSequence tags =
        dictionary == null ? TagSequence.of() : tags(dictionary.tags(), states, pass);
    // Several scripts may give one lemma; the best of equal sequences remains.
    Map<List<String>, RankedTags> distinct = new LinkedHashMap<>();
    for (RankedTags one : lemmas) {
      TagSequence found =
          dictionary == null ? one.tags() : dictionary.replace(sentence.get(0), one.tags(), tags);
      distinct.putIfAbsent(found.tags(), new RankedTags(found, one.logProbability()));
    }
    return List.copyOf(distinct.values());
  }

  /** Returns the tags of the only sentence of a batch; none without a head. */
  private TagSequence tags(String head, SequenceBatch states, PassContext pass) {
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
