package io.github.rnnotator.tagger;

import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.nn.head.PartAgreement;
import io.github.rnnotator.nn.head.SoftmaxHead;
import io.github.rnnotator.text.LemmaDictionary;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.ejml.data.FMatrixRMaj;

/**
 * Finds the n best tag sequences of a head; the first are the tags that {@link Predictor} gives.
 */
final class RankedPredictor {
  private final Network network;
  private final Predictor predictor;

  /** Without a cache, which these rare calls would not fill. */
  private final CachedEncoder encoder;

  RankedPredictor(Network network, Predictor predictor) {
    this.network = network;
    this.predictor = predictor;
    this.encoder = new CachedEncoder(network, null);
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
          Objects.requireNonNull(predictor.pooled(sentence, encoder, passes).get(head));
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
    SequenceBatch states = encoder.encode(sentence, pass);
    Labels labels = network.labels(name);
    Head head = Objects.requireNonNull(network.heads().get(name));
    if (labels.areScripts()) {
      return bestLemmas(name, sentence, states, n, pass);
    }
    if (!network.morphemes().containsValue(name)) {
      return ranked(labels, sentence.get(0), nBest(name, head, states, n, pass));
    }
    PartAgreement agreed = predictor.agreement(name, states, pass);
    network
        .morphemes()
        .forEach(
            (lemma, parts) -> {
              if (parts.equals(name)) {
                TagSequence tags = ofDictionary(lemma, states, pass);
                predictor.lemmas(lemma, agreed).decode(sentence, List.of(tags), states, pass);
              }
            });
    return ranked(labels, sentence.get(0), SoftmaxHead.nBest(agreed.p(), states.packing(), n));
  }

  /** Labels that are likelier than the head's own contradict the tags of other heads. */
  private List<List<Head.Ranked>> nBest(
      String name, Head head, SequenceBatch states, int n, PassContext pass) {
    if (!predictor.agrees(name)) {
      return head.nBest(states, n, pass);
    }
    int[] labels = predictor.decoded(name, states, pass).labels();
    FMatrixRMaj p = head.probabilities(states, pass);
    for (int row = 0; row < p.numRows; row++) {
      float own = p.data[row * p.numCols + labels[row]];
      for (int j = 0; j < p.numCols; j++) {
        if (p.data[row * p.numCols + j] > own) {
          p.data[row * p.numCols + j] = -1;
        }
      }
    }
    return SoftmaxHead.nBest(p, states.packing(), n);
  }

  private List<RankedTags> bestLemmas(
      String name, List<Sentence> sentence, SequenceBatch states, int n, PassContext pass) {
    Labels labels = network.labels(name);
    SoftmaxHead head = (SoftmaxHead) Objects.requireNonNull(network.heads().get(name));
    TagSequence tags = ofDictionary(name, states, pass);
    SoftmaxHead.Prior prior = prior(name, sentence.get(0), tags, states, pass);
    List<RankedTags> lemmas = ranked(labels, sentence.get(0), head.nBest(states, n, prior, pass));
    LemmaDictionary dictionary = labels.dictionary();
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
    if (!network.heads().containsKey(head)) {
      return TagSequence.of();
    }
    // The timesteps of a single sentence are the rows.
    Head.Decoded decoded = predictor.decoded(head, states, pass);
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

  /** Returns what the form of each row, and its tags, tell about the scripts. */
  private SoftmaxHead.Prior prior(
      String name,
      Sentence sentence,
      TagSequence ofDictionary,
      SequenceBatch states,
      PassContext pass) {
    Labels labels = network.labels(name);
    List<LemmaDecoder.Candidates> words = new ArrayList<>();
    for (int t = 0; t < sentence.size(); t++) {
      words.add(LemmaDecoder.Candidates.of(labels, sentence, t, ofDictionary));
    }
    String tags = network.morphemes().get(name);
    if (tags == null) {
      return (row, label) -> words.get(row).prior(label);
    }
    PartAgreement parts = predictor.agreement(tags, states, pass);
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
}
