package io.github.rnnotator.tagger;

import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.pass.AdmissionCache;
import io.github.rnnotator.tagger.pass.HeapShare;
import io.github.rnnotator.tagger.pass.TaggerOps;
import io.github.rnnotator.tagger.pass.Workspaces;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Tags sentences, or labels whole texts, as its model was trained to.
 *
 * <pre>{@code
 * Tagger tagger = Tagger.load(Path.of("ewt.rnn"));
 * TaggedSentence tagged = tagger.tag(Sentence.of("She", "reads", "books"));
 * tagged.tags("upos").tags();   // [PRON, VERB, NOUN]
 * }</pre>
 *
 * <p>A model with heads of kind {@code document} labels the whole text instead of tagging tokens:
 * {@code tagger.tag(text).label("label")}. Such a text is passed as one {@code Sentence}.
 *
 * <p>Memory does not grow with the length of a sentence: one of more than {@value
 * Stretches#LONGEST} tokens is read in stretches that overlap by {@code 2 * }{@value
 * Stretches#CONTEXT} tokens.
 *
 * <p>May be shared by any number of threads; each call uses buffers of its own, and all share the
 * packed weights and the cache of words. The model's weights must no longer change.
 */
public final class Tagger {
  /** The default limit of words whose context-free part is cached. */
  public static final int CACHED_FORMS = 10_000;

  /** Groups per batch, a multiple of a product's tile. */
  private static final int BATCH = 48;

  private final TaggerModel model;
  private final TaggerOps ops;
  private final Predictor predictor;
  private final RankedPredictor rankedPredictor;

  /** Longer groups make smaller batches, so that the buffers stay small. */
  private final int batchTokens = HeapShare.ofThisJvm().batchTokens();

  private final Workspaces workspaces = new Workspaces();

  /** Creates a tagger on the fastest operations of this JVM, after its first tokens. */
  public Tagger(TaggerModel model) {
    this(model, TaggerOps.scalarFirst(), cachedForms(model));
  }

  /** Creates a tagger on given operations. */
  public Tagger(TaggerModel model, Ops ops) {
    this(model, ops, cachedForms(model));
  }

  /**
   * Creates a tagger on given operations with a cache of a given size. The tags and probabilities
   * do not depend on either.
   *
   * @param cachedForms the maximum number of words whose context-free part is cached; each takes 4
   *     bytes for every column of the first layer's kernel (two directions of an LSTM of 128: 4
   *     KB); 0 for no cache
   */
  public Tagger(TaggerModel model, Ops ops, int cachedForms) {
    this(model, TaggerOps.always(ops), cachedForms);
  }

  private Tagger(TaggerModel model, TaggerOps ops, int cachedForms) {
    if (cachedForms < 0) {
      throw new IllegalArgumentException("cachedForms is " + cachedForms + ", expected 0 or more");
    }
    this.model = model;
    this.ops = ops;
    AdmissionCache<float[]> cache = cachedForms == 0 ? null : new AdmissionCache<>(cachedForms);
    this.predictor = new Predictor(model.network(), cache);
    this.rankedPredictor = new RankedPredictor(model.network(), predictor);
  }

  private static int cachedForms(TaggerModel model) {
    int bytes = Float.BYTES * Math.max(1, model.network().firstLayer().projectedDim());
    return Math.max(1, Math.min(CACHED_FORMS, HeapShare.ofThisJvm().cachedBytes() / bytes));
  }

  /**
   * Reads a model file.
   *
   * @throws ModelFormatException if the file is broken or not a model
   */
  public static Tagger load(Path file) throws IOException {
    return new Tagger(TaggerModel.load(file));
  }

  /**
   * Creates a tagger with a bundled model.
   *
   * @throws ModelFormatException if its artifact is missing
   * @throws IllegalArgumentException if no model has that name
   * @see BundledModel
   */
  public static Tagger bundled(String name) throws IOException {
    Optional<BundledModel> model = BundledModel.named(name);
    if (model.isEmpty()) {
      BundledModel.requireArtifact(name);
      throw new IllegalArgumentException(
          "no bundled model '" + name + "', only " + BundledModel.names());
    }
    return new Tagger(model.get().read().model());
  }

  /** Returns the model. */
  public TaggerModel model() {
    return model;
  }

  /** Tags one sentence. */
  public TaggedSentence tag(Sentence sentence) {
    return tag(List.of(sentence)).get(0);
  }

  /**
   * Tags sentences, each by itself; the result is in their order and does not depend on how they
   * are grouped.
   */
  public List<TaggedSentence> tag(List<Sentence> sentences) {
    return tagGroups(SentenceGroups.single(sentences), () -> {}).stream()
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Tags the sentences of a document, in order. A model trained with groups ({@link
   * TaggerConfig#group}) reads each sentence together with its neighbours; otherwise this is the
   * same as {@link #tag(List)}.
   */
  public List<TaggedSentence> tagDocument(List<Sentence> document) {
    return tagDocuments(List.of(document)).get(0);
  }

  /**
   * Tags documents as {@link #tagDocument} does, but faster than one by one.
   *
   * @return one list per document, in order; it does not depend on how the documents are grouped
   */
  public List<List<TaggedSentence>> tagDocuments(List<List<Sentence>> documents) {
    return tagDocuments(documents, () -> {});
  }

  /**
   * As above, but cancellable.
   *
   * @param beforeBatch called before each batch of sentences; an exception it throws ends the work
   *     and is passed to the caller
   */
  public List<List<TaggedSentence>> tagDocuments(
      List<List<Sentence>> documents, Runnable beforeBatch) {
    int tokens = model.config().group();
    Iterator<TaggedSentence> tagged =
        tagGroups(SentenceGroups.of(documents, tokens, Sentence::size, () -> tokens), beforeBatch)
            .stream()
            .flatMap(List::stream)
            .iterator();
    return documents.stream()
        .map(document -> document.stream().map(sentence -> tagged.next()).toList())
        .toList();
  }

  private List<List<TaggedSentence>> tagGroups(List<List<Sentence>> groups, Runnable beforeBatch) {
    List<List<Sentence>> parts = new ArrayList<>();
    for (List<Sentence> group : groups) {
      if (isLong(group)) {
        if (!model.config().labelsTexts()) {
          Stretches.of(group.get(0)).forEach(stretch -> parts.add(List.of(stretch)));
        }
      } else {
        parts.add(group);
      }
    }
    Workspace workspace = workspaces.take();
    try {
      Iterator<List<TaggedSentence>> tagged = tagParts(parts, workspace, beforeBatch).iterator();
      List<List<TaggedSentence>> whole = new ArrayList<>();
      for (List<Sentence> group : groups) {
        whole.add(isLong(group) ? List.of(whole(group.get(0), tagged, workspace)) : tagged.next());
      }
      return whole;
    } finally {
      workspaces.giveBack(workspace);
    }
  }

  private static boolean isLong(List<Sentence> group) {
    return group.size() == 1 && group.get(0).size() > Stretches.LONGEST;
  }

  /** Tags a long sentence in stretches, or labels a long text. */
  private TaggedSentence whole(
      Sentence sentence, Iterator<List<TaggedSentence>> tagged, Workspace workspace) {
    if (model.config().labelsTexts()) {
      return predictor.label(sentence, () -> ops.pass(workspace, sentence.size()));
    }
    List<TaggedSentence> stretches = new ArrayList<>();
    for (int i = Stretches.count(sentence); i > 0; i--) {
      stretches.addAll(tagged.next());
    }
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    for (String head : stretches.get(0).tags().keySet()) {
      List<TagSequence> parts = stretches.stream().map(part -> part.tags(head)).toList();
      tags.put(
          head, Objects.requireNonNull(model.labels().get(head)).legal(Stretches.joined(parts)));
    }
    return new TaggedSentence(sentence, tags);
  }

  private List<List<TaggedSentence>> tagParts(
      List<List<Sentence>> groups, Workspace workspace, Runnable beforeBatch) {
    // Groups of similar length together: then most are active at every timestep.
    int[] sizes = groups.stream().mapToInt(SentenceGroups::size).toArray();
    Integer[] order = new Integer[groups.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingInt(i -> -sizes[i]));
    List<List<TaggedSentence>> tagged =
        new ArrayList<>(Collections.nCopies(groups.size(), List.<TaggedSentence>of()));
    for (int from = 0; from < order.length; ) {
      int to = from + 1;
      int tokens = sizes[order[from]];
      while (to < order.length && to - from < BATCH && tokens + sizes[order[to]] <= batchTokens) {
        tokens += sizes[order[to++]];
      }
      List<List<Sentence>> batch = new ArrayList<>();
      for (int i = from; i < to; i++) {
        batch.add(groups.get(order[i]));
      }
      beforeBatch.run();
      List<TaggedSentence> results = predictor.tag(batch, ops.pass(workspace, tokens));
      int next = 0;
      for (int i = from; i < to; i++) {
        int end = next + groups.get(order[i]).size();
        tagged.set(order[i], results.subList(next, end));
        next = end;
      }
      from = to;
    }
    return tagged;
  }

  /**
   * Returns the best tag sequences of one head, best first; the first is that of {@link #tag},
   * except that rounding may decide a tie. For a sentence read in stretches, the sequences are
   * combined from the best ones of each, and the log probability is the sum over the stretches.
   *
   * @param n the maximum number, at least 1; fewer are returned if fewer are possible
   * @throws IllegalArgumentException if the model has no such head, or the head labels whole texts
   */
  public List<RankedTags> best(Sentence sentence, String head, int n) {
    model.requireTokens();
    return ranked(sentence, head, n);
  }

  /**
   * Returns all labels of one head for a whole text, the most probable first; the first is that of
   * {@link #tag}, and the probabilities sum to 1.
   *
   * @param text its tokens as one sequence
   * @throws IllegalArgumentException if the model has no such head, or the head tags tokens
   */
  public List<Label> labels(Sentence text, String head) {
    model.requireLabels();
    return ranked(text, head, Integer.MAX_VALUE).stream()
        .map(one -> new Label(one.tags().tag(0), one.tags().probabilities().get(0)))
        .toList();
  }

  private List<RankedTags> ranked(Sentence sentence, String head, int n) {
    Workspace workspace = workspaces.take();
    try {
      return rankedPredictor.best(sentence, head, n, () -> ops.pass(workspace, sentence.size()));
    } finally {
      workspaces.giveBack(workspace);
    }
  }
}
