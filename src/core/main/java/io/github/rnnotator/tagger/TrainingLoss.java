package io.github.rnnotator.tagger;

import io.github.rnnotator.embed.TokenEncoder;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.head.CrfHead;
import io.github.rnnotator.nn.head.CrossView;
import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.nn.head.LabelSets;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;

/**
 * The loss of a network on gold tags, with its gradients: the weighted sum of the heads' losses,
 * and those of the language model and of cross-view training if there are any.
 */
public final class TrainingLoss {
  private final Network network;
  private final Map<String, Float> headWeights = new LinkedHashMap<>();
  private final float languageModelWeight;
  private final float crossViewWeight;

  /**
   * The groups of one training step, or of a part of one.
   *
   * @param groups at least one
   */
  public record Batch(List<Group> groups) {
    /** Copies the groups. */
    public Batch {
      groups = List.copyOf(groups);
    }

    /** Returns the sentences of all groups. */
    public List<TaggedSentence> sentences() {
      return groups.stream().flatMap(group -> group.sentences().stream()).toList();
    }

    /** Returns the number of tokens, without separators. */
    public int tokens() {
      return groups.stream().mapToInt(Group::tokens).sum();
    }
  }

  /**
   * Creates the loss of a network.
   *
   * @param config the network's configuration
   * @param options those with which the network was created
   */
  public TrainingLoss(Network network, TaggerConfig config, TrainingOptions options) {
    this.network = network;
    this.languageModelWeight = options.languageModel();
    this.crossViewWeight = options.crossView();
    config.heads().forEach((name, head) -> headWeights.put(name, head.weight()));
  }

  /**
   * Runs the forward and backward pass of a batch and adds the gradients of its loss.
   *
   * @param batch a head that a sentence lacks adds no loss for it
   * @param weight multiplies the gradients, such as {@code 1 / tokens of the whole batch} (or
   *     texts)
   * @return the weighted sum of the heads' losses, in nats
   */
  public double addGradients(Batch batch, float weight, PassContext pass, Gradients gradients) {
    List<List<Sentence>> groups = batch.groups().stream().map(Group::untagged).toList();
    List<Sentence> joined = groups.stream().map(SentenceGroups::joined).toList();
    TokenEncoder.Output tokens = network.embed().forward(joined, pass);
    Layer.Output first = network.firstLayer().forward(tokens.y(), pass);
    Layer.Output encoded = network.remainingLayers().forward(first.y(), pass);
    SentenceRows rows = SentenceRows.of(groups);
    SequenceBatch states = rows.toSentences(encoded.y(), pass);
    int n = states.packing().tokens();
    FMatrixRMaj dStates = pass.zeros(n, states.dim());
    double sum = 0;
    for (Map.Entry<String, Head> head : network.heads().entrySet()) {
      float headWeight = Objects.requireNonNull(headWeights.get(head.getKey()));
      Head.Loss loss = loss(head, batch, states, weight * headWeight, pass);
      sum += headWeight * loss.sum();
      FMatrixRMaj d = loss.backprop().apply(dStates, gradients);
      pass.ops().addScaled(1, d.data, 0, dStates.data, 0, n * states.dim());
    }
    FMatrixRMaj dEncoded = rows.toGroups(dStates, pass);
    FMatrixRMaj dFirst = encoded.backprop().apply(dEncoded, gradients);
    if (network.languageModel() != null) {
      // Its loss is per token, while other heads may label texts.
      float each = network.labelsTexts() ? weight * groups.size() / n : weight;
      int[] words = network.embed().wordIds(joined);
      Head.Loss loss =
          network.languageModel().loss(first.y(), words, each * languageModelWeight, pass);
      FMatrixRMaj d = loss.backprop().apply(dFirst, gradients);
      pass.ops().addScaled(1, d.data, 0, dFirst.data, 0, d.numRows * d.numCols);
    }
    crossViewTargets(batch, rows.groups(), pass)
        .forEach(
            (head, targets) -> {
              float headWeight = Objects.requireNonNull(headWeights.get(head));
              float viewWeight = weight * headWeight * crossViewWeight;
              CrossView views = Objects.requireNonNull(network.crossViews().get(head));
              Head.Loss loss = views.loss(first.y(), targets, viewWeight, pass);
              FMatrixRMaj d = loss.backprop().apply(dFirst, gradients);
              pass.ops().addScaled(1, d.data, 0, dFirst.data, 0, d.numRows * d.numCols);
            });
    FMatrixRMaj dTokens = first.backprop().apply(dFirst, gradients);
    tokens.backprop().apply(dTokens, gradients);
    return sum;
  }

  private Head.Loss loss(
      Map.Entry<String, Head> head,
      Batch batch,
      SequenceBatch states,
      float weight,
      PassContext pass) {
    Head function = head.getValue();
    List<TaggedSentence> sentences = batch.sentences();
    if (network.labelsTexts()) {
      int[] gold = goldLabels(head.getKey(), sentences, states.packing());
      return function.loss(states, gold, weight, pass);
    }
    int[] gold = goldTags(head.getKey(), sentences, states.packing());
    LabelSets sets = restoreUnknown(head.getKey(), batch, states.packing(), gold);
    if (sets.size() == 0) {
      return function.loss(states, gold, weight, pass);
    }
    if (!(function instanceof CrfHead crf)) {
      throw new IllegalArgumentException(
          "a source does not annotate all types of head '"
              + head.getKey()
              + "', which only a crf can learn from");
    }
    return crf.loss(states, gold, sets, weight, pass);
  }

  private int[] goldLabels(String head, List<TaggedSentence> batch, Packing packing) {
    int[] gold = new int[batch.size()];
    for (int i = 0; i < gold.length; i++) {
      Label label = batch.get(i).labels().get(head);
      gold[packing.rank(i)] =
          label == null ? Head.NO_LABEL : network.labels(head).ids(TagSequence.of(label.name()))[0];
    }
    return gold;
  }

  private int[] goldTags(String head, List<TaggedSentence> batch, Packing packing) {
    int[] gold = new int[packing.tokens()];
    for (int i = 0; i < batch.size(); i++) {
      TagSequence tags = batch.get(i).tags().get(head);
      int[] ids = tags == null ? null : network.labels(head).ids(batch.get(i).sentence(), tags);
      for (int t = 0; t < packing.length(i); t++) {
        gold[packing.row(i, t)] = ids == null ? Head.NO_LABEL : ids[t];
      }
    }
    return gold;
  }

  /**
   * Replaces the label of tokens outside all mentions by a set of labels where their source does
   * not annotate all types.
   *
   * @param gold modified: {@code labels + k} for set {@code k}
   * @return the sets
   */
  private LabelSets restoreUnknown(String head, Batch batch, Packing packing, int[] gold) {
    Labels labels = network.labels(head);
    List<boolean[]> sets = new ArrayList<>();
    Map<Group.Source, Integer> ids = new HashMap<>();
    int sentence = 0;
    for (Group group : batch.groups()) {
      Integer id = ids.get(group.source());
      boolean isNew = id == null && !group.source().isUnlabelled();
      boolean[] outside = isNew ? labels.outside(group.source().annotates()) : null;
      if (outside != null) {
        id = labels.size() + sets.size();
        ids.put(group.source(), id);
        sets.add(outside);
      }
      for (TaggedSentence tagged : group.sentences()) {
        TagSequence tags = tagged.tags().get(head);
        for (int t = 0; id != null && tags != null && t < tagged.size(); t++) {
          if (tags.tag(t).equals(TagScheme.OUTSIDE)) {
            gold[packing.row(sentence, t)] = id;
          }
        }
        sentence++;
      }
    }
    return new LabelSets(sets.toArray(new boolean[0][]));
  }

  /**
   * Runs the network without dropout on the unlabelled groups of a batch.
   *
   * @param all the packing of the groups of the batch
   * @return for each head with a {@link CrossView} the probabilities of its labels, {@code [tokens
   *     x labels]}: 0 in labelled groups and at separators. Empty without unlabelled groups.
   */
  private Map<String, FMatrixRMaj> crossViewTargets(
      Batch batch, Packing all, PassContext training) {
    List<Integer> unlabelled = new ArrayList<>();
    for (int i = 0; i < batch.groups().size(); i++) {
      if (batch.groups().get(i).source().isUnlabelled()) {
        unlabelled.add(i);
      }
    }
    if (network.crossViews().isEmpty() || unlabelled.isEmpty()) {
      return Map.of();
    }
    PassContext pass = training.withoutTraining();
    List<List<Sentence>> groups =
        unlabelled.stream().map(i -> batch.groups().get(i).untagged()).toList();
    TokenEncoder.Output tokens =
        network.embed().forward(groups.stream().map(SentenceGroups::joined).toList(), pass);
    SequenceBatch first = network.firstLayer().forward(tokens.y(), pass).y();
    SequenceBatch encoded = network.remainingLayers().forward(first, pass).y();
    SentenceRows rows = SentenceRows.of(groups);
    SequenceBatch states = rows.toSentences(encoded, pass);
    Map<String, FMatrixRMaj> targets = new LinkedHashMap<>();
    for (String head : network.crossViews().keySet()) {
      Head function = Objects.requireNonNull(network.heads().get(head));
      FMatrixRMaj p = rows.toGroups(function.probabilities(states, pass), pass);
      targets.put(head, inBatch(p, rows.groups(), unlabelled, all, pass));
    }
    return targets;
  }

  /** Moves the rows of some groups to their places in the batch. */
  private static FMatrixRMaj inBatch(
      FMatrixRMaj p, Packing packing, List<Integer> groups, Packing all, PassContext pass) {
    FMatrixRMaj moved = pass.zeros(all.tokens(), p.numCols);
    for (int i = 0; i < groups.size(); i++) {
      for (int t = 0; t < packing.length(i); t++) {
        int from = packing.row(i, t) * p.numCols;
        int to = all.row(groups.get(i), t) * p.numCols;
        System.arraycopy(p.data, from, moved.data, to, p.numCols);
      }
    }
    return moved;
  }
}
